"""The import rule of the design as a test."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in [*PROJECT.glob("trainer/**/*.py"), PROJECT / "app.py", PROJECT / "serve.py"]
}
STAGES = {"nlu", "dialogue", "nlg", "scoring", "store"}
ENTRY = {"ui", "cli", "__main__", "app", "serve"}
TERMINAL = {"admin", "agreeing", "database", "play", "scorecard", "wire"}
SERVICES = {
    *{"call", "catalog", "practice", "attempts", "comparison", "submissions", "callfile", "warm"},
    *{"accounts", "passwords", "roster", "privacy", "housekeeping"},
    *{"realcalls", "uploads", "judging"},
    *{"assignments", "coaching", "lrs", "measured", "statements", "teamwork"},
    *{"guided", "hindsight", "journey", "preparing", "progress", "repetition"},
    *{"content", "drafts", "library"},
}

# What each layer may import besides itself; the order goes down only.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "core": {"errors"},
    "log": set(),
    "watch": {"core"},
    "llm": {"watch", "core", "settings", "errors"},
    **dict.fromkeys(STAGES, {"llm", "core", "settings", "errors"}),
    **dict.fromkeys(SERVICES, {*STAGES, *SERVICES, "watch", "llm", "core", "settings", "errors"}),
    "bootstrap": {*SERVICES, "watch", *STAGES, "llm", "core", "settings", "errors"},
    "speech": {"core", "settings", "errors"},
    "scorer": {"bootstrap", *SERVICES, *STAGES, "core", "settings", "errors"},
    "simulation": {"bootstrap", *SERVICES, *STAGES, "core", "settings", "errors"},
    **dict.fromkeys(
        ENTRY | TERMINAL,
        {
            *ENTRY,
            *TERMINAL,
            "scorer",
            "simulation",
            "bootstrap",
            *SERVICES,
            *STAGES,
            *{"log", "watch"},
            "speech",
            "llm",
            "core",
            "settings",
            "errors",
        },
    ),
    "learn": {"nlu", "nlg", "llm", "core", "errors"},
}
# Heavy or framework packages and the layers that may know them.
OWNERS = {
    "streamlit": {"ui", "app", "serve"},
    "starlette": {"ui"},
    "argon2": {"passwords"},
    "prometheus_client": {"watch"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "transformers": {"llm", "learn"},
    "torch": {"llm", "learn"},
    "faster_whisper": {"speech"},
    "fpdf": {"ui"},
}


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "trainer" and len(parts) > 1 else parts[0]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_from_layers_below(module: str) -> None:
    own = layer(module)
    if own == "trainer":
        return
    theirs = {layer(name) for name in imports(MODULES[module]) if name.startswith("trainer.")}
    forbidden = theirs - {own, "__version__"} - MAY_IMPORT[own]
    assert not forbidden, f"{module} ({own}) must not import {sorted(forbidden)}"


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_a_framework_is_known_only_to_its_layer(package: str) -> None:
    users = {
        layer(module)
        for module, path in MODULES.items()
        if any(name.split(".")[0] == package for name in imports(path))
    }
    assert users <= OWNERS[package], f"{package} is imported by {sorted(users - OWNERS[package])}"


def test_no_module_reads_the_environment_but_settings() -> None:
    readers = {
        module
        for module, path in MODULES.items()
        if {"os.environ", "os.getenv"} & imports(path)
        or "os.environ" in path.read_text(encoding="utf-8")
    }
    assert readers <= {"trainer.settings"}


def test_no_import_cycle_within_a_layer() -> None:
    graph = {
        module: {
            target
            for name in imports(path)
            for target in (name, name.rpartition(".")[0])
            if target in MODULES and target != module
        }
        for module, path in MODULES.items()
    }
    done: set[str] = set()

    def walk(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above[above.index(module) :], module])
        if module in done:
            return
        for target in sorted(graph[module]):
            walk(target, (*above, module))
        done.add(module)

    for module in sorted(graph):
        walk(module, ())
