"""The files of `deploy/` name what there is, and the documentation names what can be set."""

import re
import shutil
import subprocess
from pathlib import Path

import yaml

from tests.deploy.site import (
    DEPLOY,
    PROJECT,
    Site,
    configured,
    make_certificate,
    settings_of,
)
from tests.requirements import require
from trainer.settings import Settings

OPERATION = (PROJECT / "docs" / "operation.md").read_text(encoding="utf-8")
NAMES = {
    "DATABASE_URL" if name == "database_url" else f"WIEDERHOEREN_{name.upper()}"
    for name in Settings.model_fields
}


def test_every_setting_is_in_the_documentation() -> None:
    told = set(re.findall(r"`((?:WIEDERHOEREN|DATABASE)_\w+|…_\w+)`", OPERATION))
    known = {name.replace("…", "WIEDERHOEREN") for name in told}
    assert known >= NAMES
    assert {name for name in known if name.startswith("WIEDERHOEREN_")} <= NAMES


def test_the_example_sets_only_what_exists() -> None:
    example = settings_of(DEPLOY / "environment.example")
    own = {name for name in example if not name.startswith("STREAMLIT_")}
    assert own <= NAMES
    assert "CHANGE_ME" in example["DATABASE_URL"]
    Settings(
        **{
            "DATABASE_URL" if name == "DATABASE_URL" else name[len("WIEDERHOEREN_") :].lower(): it
            for name, it in example.items()
            if name in own
        }
    )


def test_compose_runs_the_same_parts_with_files_that_exist() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"app-a", "app-b", "model", "database", "web"}
    for service in services.values():
        for needed in service.get("depends_on", ()):
            assert needed in services
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert set(services["app-a"]["environment"]) <= NAMES


def test_units_are_what_systemd_understands() -> None:
    verify = shutil.which("systemd-analyze")
    require(verify, "systemd-analyze (Debian package systemd)")
    units = sorted((DEPLOY / "systemd").iterdir())
    assert len(units) == 4
    found = subprocess.run(
        [verify, "verify", *units], capture_output=True, text=True, check=False, timeout=60
    ).stderr
    # The app is not in /opt here; anything else is a mistake in the units.
    lines = [line for line in found.splitlines() if "is not executable" not in line]
    assert [line for line in lines if "wiederhoeren" in line] == []


def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    require(nginx, "nginx")
    site = Site(tmp_path, 8443, 8080, {}, {"a": 8601, "b": 8602})
    make_certificate(tmp_path)
    (tmp_path / "site.conf").write_text(configured(site))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ include {tmp_path}/site.conf; }}"
    )
    done = subprocess.run(
        [str(nginx), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "log"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "test is successful" in done.stderr and "[warn]" not in done.stderr
