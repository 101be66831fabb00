import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.llm.models import write_model

PROJECT = Path(__file__).parent.parent
PERSONA = sorted((PROJECT / "personas").glob("*.yaml"))[0].stem

pytestmark = pytest.mark.slow


def trainer(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=None if env is None else {"PATH": "/usr/bin:/bin", **env},
        timeout=120,
        check=False,
    )


def play(*texts: str, seed: int = 1) -> list[dict[str, object]]:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = trainer("play", "--persona", PERSONA, "--seed", str(seed), "--jsonl", stdin=lines)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_play_prints_the_pick_up_and_one_line_for_each_turn() -> None:
    first, second = play("Guten Tag")
    assert first["customer_acts"] == ["pick_up"] and first["trainee_segments"] == []
    assert second["reply"] and second["ended"] is None
    assert "model" in {first["source"], second["source"]}
    assert second["trainee_segments"][0]["acts"].keys() >= {"greet"}
    assert {"trust", "patience", "objections"} <= second["state"].keys()


def test_the_same_seed_and_lines_give_the_same_call() -> None:
    texts = ("Guten Tag, hier ist Lena Vogt.", "Woran lag es, dass Sie gegangen sind?")

    def fixed(line: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in line.items() if key != "latency_ms"}

    assert [fixed(line) for line in play(*texts)] == [fixed(line) for line in play(*texts)]


def test_a_line_that_is_no_json_is_answered_by_an_error_and_the_call_goes_on() -> None:
    done = trainer(
        "play", "--persona", PERSONA, "--seed", "1", "--jsonl",
        stdin='not json\n{"txt": 1}\n{"text": "Guten Tag"}\n',
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [sorted(answer)[0] for answer in answers[1:3]] == ["error", "error"]
    assert answers[3]["reply"]


def test_an_unknown_persona_is_one_sentence_with_the_known_ones() -> None:
    done = trainer("play", "--persona", "nobody", "--jsonl")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "nobody" in done.stderr and PERSONA in done.stderr


def test_label_cuts_a_turn_into_segments_with_acts() -> None:
    done = trainer(
        "label", "--speaker", "agent", stdin='{"text": "Guten Tag. Warum sind Sie gegangen?"}\n'
    )
    segments = json.loads(done.stdout)["segments"]
    assert [segment["text"] for segment in segments] == ["Guten Tag.", "Warum sind Sie gegangen?"]
    assert "ask_reason" in segments[1]["acts"]


def test_score_prints_one_json_object_a_file_and_names_the_bad_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "call.txt", tmp_path / "recipe.txt"
    good.write_text(
        "Kunde: Berger.\n"
        "Agent: Guten Tag, Frau Berger, Lena Vogt von der Gärtnerei Morgentau. "
        "Ich rufe an, weil Sie lange nichts bestellt haben. Passt es gerade?\n"
        "Kunde: Ja, kurz.\n"
        "Agent: Was war denn der Grund, dass Sie nicht mehr bestellen?\n"
        "Kunde: Die Pflanzen waren zuletzt vertrocknet.\n"
        "Agent: Das tut mir leid, das darf nicht passieren.\n"
        "Kunde: Nein, das finde ich auch.\n",
        encoding="utf-8",
    )
    bad.write_text("Man nehme drei Eier und 200 g Mehl.\n", encoding="utf-8")
    done = trainer("score", "--json", str(good), str(bad))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["principles"].keys() == {"lead", "needs", "objections", "close"}
    assert all(1 <= score["level"] <= 5 for score in first["principles"].values())
    assert "error" in second and done.returncode == 1


def test_check_names_file_and_field_of_a_broken_persona(tmp_path: Path) -> None:
    text = (PROJECT / "personas" / f"{PERSONA}.yaml").read_text(encoding="utf-8")
    (tmp_path / f"{PERSONA}.yaml").write_text(text.replace("age: ", "alter: "), encoding="utf-8")
    done = trainer("check", env={"WIEDERHOEREN_PERSONAS": str(tmp_path)})
    assert done.returncode == 1
    assert f"{PERSONA}.yaml: age:" in done.stderr and f"{PERSONA}.yaml: alter:" in done.stderr


def test_db_upgrade_creates_the_database(tmp_path: Path) -> None:
    file = tmp_path / "new" / "calls.db"
    for _ in range(2):
        done = trainer("db", "upgrade", env={"DATABASE_URL": f"sqlite:///{file}"})
        assert done.returncode == 0, done.stderr
    assert file.is_file()


def test_model_list_shows_the_choices_with_what_they_need() -> None:
    done = trainer("model", "list")
    assert done.returncode == 0, done.stderr
    assert "Qwen/Qwen3-0.6B" in done.stdout and "Apache-2.0" in done.stdout


def test_model_info_says_in_one_line_why_a_model_is_not_there(tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing")
    env = {"WIEDERHOEREN_LLM": "local", "WIEDERHOEREN_MODEL": missing}
    done = trainer("model", "info", env=env)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert missing in done.stderr


def test_a_call_is_played_with_a_chat_model_from_a_folder(tmp_path: Path) -> None:
    env = {"WIEDERHOEREN_LLM": "local", "WIEDERHOEREN_MODEL": str(write_model(tmp_path))}
    line = json.dumps({"text": "Guten Tag, hier ist Lena Vogt."}) + "\n"
    done = trainer("play", "--persona", PERSONA, "--seed", "1", "--jsonl", stdin=line, env=env)
    assert done.returncode == 0, done.stderr
    replies = [json.loads(reply) for reply in done.stdout.splitlines()]
    assert len(replies) == 2
    # Random weights speak no German: whatever they say is refused and the bank speaks.
    assert {reply["source"] for reply in replies} == {"phrase"}


def test_simulate_reports_who_was_won(tmp_path: Path) -> None:
    options = ("--agents", "silent", "--personas", PERSONA, "--calls", "1", "--workers", "1")
    done = trainer("simulate", *options, "--report", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "| silent" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "simulation.html",
        "simulation.json",
        "simulation.md",
    ]


@pytest.mark.parametrize("wrong", [("--agents", "nobody"), ("--personas", "nobody")])
def test_simulate_with_unknown_names_says_so_in_one_line(wrong: tuple[str, str]) -> None:
    done = trainer("simulate", *wrong)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "nobody is none of" in done.stderr
