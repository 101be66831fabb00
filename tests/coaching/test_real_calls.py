"""Transcripts of real calls: read in, scored as by `score`, seen by whom they concern."""

import io
import json
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.access import Company
from trainer.call import annotate
from trainer.core.acts import Speaker
from trainer.errors import NotAllowedError, NotFoundError, TranscriptError
from trainer.measured import Basis, Measured
from trainer.privacy import as_json
from trainer.realcalls import Outcome, RealCalls, build_real_calls
from trainer.scoring.assessor import assess
from trainer.scoring.draft import Draft, read_draft
from trainer.statements import Statements
from trainer.store.agreements import AgreementStore
from trainer.store.calls import CallFilter
from trainer.store.results import ResultStore
from trainer.uploads import MOST_FILES, Upload, unpack

CALL = """\
Frau Albers: Albers?
Lena Vogt: Guten Tag, Frau Albers, mein Name ist Lena Vogt von der Gärtnerei Morgentau. Passt es?
Frau Albers: Ja, aber nur kurz.
Lena Vogt: Danke. Was hat damals den Ausschlag gegeben, dass Sie nicht mehr bestellen?
Frau Albers: Die Lieferung kam dreimal zu spät und niemand hat sich gemeldet.
Lena Vogt: Das tut mir leid, das kann ich gut verstehen. Was wäre Ihnen für einen Neuanfang wichtig?
Frau Albers: Dass jemand anruft, wenn es später wird.
"""


def reader(there: Company) -> RealCalls:
    return build_real_calls(there.practice, there.coaching)


def draft(text: str = CALL, name: str = "albers.txt") -> Draft:
    return read_draft(name, text.encode())


def kept(there: Company, who: str = "ina", owner: str | None = "mia") -> Outcome:
    person = there.actors[owner].person if owner else None
    return reader(there).keep(there.actors[who], draft(), (), person)


def test_a_real_call_is_scored_as_score_does_and_opens_in_the_same_review(there: Company) -> None:
    call = kept(there).call
    assert call is not None
    coached = there.coaching.look(there.actors["ina"], call)
    lines = draft().lines(())
    recognizer = there.practice.recognizer
    wanted = assess(
        annotate(lines, recognizer),
        there.practice.catalog.rubric(),
        {"recognizer": recognizer.version},
    )
    record = coached.review.call
    assert record.assessment == wanted
    assert [turn.turn.text for turn in record.turns] == [text for _, text in lines]
    assert (coached.review.persona, coached.review.states, record.title) == (None, {}, "albers")


def test_its_trainee_sees_it_and_who_read_it_in_and_the_other_team_sees_nothing(
    there: Company,
) -> None:
    call, mia = kept(there).call or "", there.actors["mia"]
    review = there.practice.review(mia.person, call)
    origin = reader(there).origin(mia, review)
    assert origin is not None and origin.author_name == "Ina"
    assert [look.what for look in there.coaching.looks(mia)] == ["read_in"]
    (summary,) = there.coaching.inbox(there.actors["ina"], CallFilter(real=True))
    assert (summary.id, summary.real, summary.persona_name) == (call, True, "albers")
    assert call not in [
        c.id for c in there.coaching.inbox(there.actors["ina"], CallFilter(real=False))
    ]
    assert there.coaching.inbox(there.actors["otto"], CallFilter()) == []
    with pytest.raises(NotFoundError):
        there.coaching.look(there.actors["otto"], call)


def test_a_call_of_nobody_in_particular_stays_with_the_coach_and_the_own_team(
    there: Company,
) -> None:
    call = kept(there, owner=None).call or ""
    assert there.coaching.look(there.actors["ina"], call).review.call.id == call
    with pytest.raises(NotFoundError):
        there.coaching.look(there.actors["otto"], call)


def test_an_administrator_reads_in_for_everybody_and_sees_no_result(there: Company) -> None:
    outcome = kept(there, who="admin", owner="jan")
    assert outcome == Outcome("albers.txt")
    (summary,) = there.coaching.inbox(there.actors["otto"], CallFilter())
    assert summary.person == there.actors["jan"].person
    again = kept(there, who="admin", owner="jan")
    assert (again.problem, again.call) == ("known", None)


def test_nobody_reads_in_for_another_team(there: Company) -> None:
    with pytest.raises(NotFoundError):
        kept(there, owner="jan")
    with pytest.raises(NotFoundError):
        kept(there, owner="otto")  # a coach, no trainee
    with pytest.raises(NotAllowedError):
        kept(there, who="mia", owner=None)


def test_a_real_call_is_no_practice_and_no_example(there: Company) -> None:
    mia, ina = there.actors["mia"], there.actors["ina"]
    before = as_json(Statements(there.practice.calls, there.practice.people, "http://x").of(mia))
    lines = there.teamwork.lines(ina)
    call = kept(there).call or ""
    statements = Statements(there.practice.calls, there.practice.people, "http://x").of(mia)
    assert as_json(statements) == before
    assert there.teamwork.lines(ina) == lines
    with pytest.raises(NotAllowedError):
        there.coaching.ask_example(ina, call)
    results = ResultStore(there.practice.calls.engine).of(mia.person)
    assert results and call not in [result.call_id for result in results]


def test_coaches_correct_it_and_that_counts_as_agreement(there: Company) -> None:
    call, ina = kept(there).call or "", there.actors["ina"]
    there.coaching.look_blind(ina, call)
    there.coaching.look(ina, call)
    there.coaching.correct(ina, call, "lead", "2", "so", version=0)
    there.coaching.finish(ina, call, version=1)
    (correction,) = there.coaching.outcome(there.actors["mia"], call).history
    assert correction.coach == "2"
    measured = Measured(AgreementStore(there.practice.calls.engine))
    assert measured.report(ina, Basis.FINISHED)


def test_erasing_its_trainee_erases_it_and_erasing_its_reader_only_the_name(
    there: Company,
) -> None:
    call, admin = kept(there).call or "", there.actors["admin"]
    assert "dreimal zu spät" in there.privacy.export(there.actors["mia"])
    there.privacy.erase(admin, there.actors["ina"].person)
    mia = there.actors["mia"]
    origin = reader(there).origin(mia, there.practice.review(mia.person, call))
    assert origin is not None and origin.author_name == "–"
    there.privacy.erase(mia, mia.person)
    with pytest.raises(NotFoundError):
        there.practice.calls.get(call)


def test_a_coach_deletes_a_real_call_for_good_and_no_practised_one(there: Company) -> None:
    call, ina = kept(there).call or "", there.actors["ina"]
    there.coaching.comment(ina, call, "Anmerkung", turn=1)
    there.coaching.correct(ina, call, "lead", "2", "so", version=0)
    with pytest.raises(NotFoundError):
        reader(there).delete(there.actors["otto"], call)
    with pytest.raises(NotAllowedError):
        reader(there).delete(ina, there.submitted)
    reader(there).delete(ina, call)
    with pytest.raises(NotFoundError):
        there.coaching.look(ina, call)
    path = Path(str(there.practice.calls.engine.url.database))
    left = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert b"dreimal zu sp" not in left
    assert kept(there).problem == ""


RECIPE = "Zutaten: Nimm drei Eier\nZubereitung: und rühre sie\n" * 4
REFUSED = {
    "recipe": (RECIPE, {"Zutaten"}, "unscored", "sieht nicht nach"),
    "one-sided": ("Agent: Guten Tag.\nAgent: Ja?", (), "unscored", "nur die anrufende Seite"),
    "unclear": ("A: Hallo.\nB: Hallo.", (), "speakers", ""),
    "mojibake": (re.sub("[äöüß]", "?", CALL), (), "unscored", "Zeichen zerstört"),
    "long": ("Agent: Guten Tag.\nKunde: Ja bitte?\n" * 1000, (), "unscored", "zu lang"),
    "swapped": (CALL, {"Frau Albers"}, "unscored", "sieht nicht nach"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_judged_is_refused_with_its_reason_and_not_kept(
    there: Company, name: str
) -> None:
    text, agents, problem, reason = REFUSED[name]
    ina = there.actors["ina"]
    before = len(there.coaching.inbox(ina, CallFilter()))
    outcome = reader(there).keep(ina, draft(text), agents, None)
    assert (outcome.problem, outcome.call, outcome.total) == (problem, None, None)
    assert reason in (outcome.reason.de if outcome.reason else "")
    assert len(there.coaching.inbox(ina, CallFilter())) == before


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b" \n", "empty"),
        ("a.txt", b"Agent: \nKunde: ", "form"),
        ("a.txt", bytes(range(256)), "text"),
        ("a.json", b"[{]", "json"),
        ("a.csv", b"wer,was_denn\nAgent,Ja", "columns"),
        ("a.csv", b"speaker,text\nAgent,Ja, nein", "csv"),
        ("a.txt", b"Agent: " + b"a" * 2_000_001, "long"),
    ],
)
def test_what_cannot_be_read_says_which_way(name: str, content: bytes, problem: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        read_draft(name, content)
    assert caught.value.problem == problem


def test_the_same_transcript_is_kept_once_whatever_its_file_is_called(there: Company) -> None:
    first = kept(there)
    lines = [
        {"speaker": "Agent" if who is Speaker.TRAINEE else "Kunde", "text": text}
        for who, text in draft().lines(())
    ]
    again = read_draft("anders.json", json.dumps(lines).encode())
    outcome = reader(there).keep(there.actors["ina"], again, (), None)
    assert (outcome.problem, outcome.call) == ("known", first.call)
    other = reader(there).keep(there.actors["otto"], again, (), None)
    assert other.problem == "" and other.call != first.call


def test_a_draft_guesses_who_is_the_agent_or_says_that_it_cannot() -> None:
    assert draft().cast == ("Frau Albers", "Lena Vogt") and draft().agents == {"Lena Vogt"}
    assert draft("A: Hallo.\nB: Hallo.").agents == frozenset()


# --- files and archives ---


def archive(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name, content in files:
            target.writestr(name, content)
    return made.getvalue()


def test_an_archive_gives_its_files_without_folders_and_what_systems_add() -> None:
    content = archive(
        ("mai/../../a.txt", b"1"),
        ("__MACOSX/a.txt", b"x"),
        ("mai/.DS_Store", b"x"),
        ("b.vtt", b"2"),
    )
    batch = unpack([Upload("calls.zip", content), Upload("c.csv", b"3")])
    assert batch.files == [Upload("a.txt", b"1"), Upload("b.vtt", b"2"), Upload("c.csv", b"3")]
    assert batch.refused == []


def test_a_bomb_a_nested_archive_and_other_files_are_refused_and_the_rest_comes() -> None:
    bomb = archive(("bomb.txt", b"0" * 50_000_000), ("in.zip", archive(("x.txt", b"x"))))
    batch = unpack(
        [
            Upload("b.zip", bomb),
            Upload("broken.zip", b"PK\x03\x04 nonsense"),
            Upload("a.exe", b"x"),
            Upload("good.txt", b"x"),
        ]
    )
    assert [one.name for one in batch.files] == ["good.txt"]
    assert {one.file: one.problem for one in batch.refused} == {
        "bomb.txt": "large",
        "in.zip": "kind",
        "broken.zip": "zip",
        "a.exe": "kind",
    }


def test_many_large_files_in_a_small_archive_stop_at_the_limit_of_all() -> None:
    content = archive(*((f"{n}.txt", b"0" * 4_900_000) for n in range(45)))
    assert len(content) < 1_000_000
    batch = unpack([Upload("b.zip", content)])
    assert len(batch.files) == 40 and {one.problem for one in batch.refused} == {"total"}


def test_a_thousand_files_are_taken_and_no_more() -> None:
    content = archive(*((f"{n}.txt", b"x") for n in range(MOST_FILES + 2)))
    batch = unpack([Upload("b.zip", content)])
    assert len(batch.files) == MOST_FILES
    assert [one.problem for one in batch.refused] == ["many", "many"]
    hostile = b"PK\x01\x02" * 30_000
    assert unpack([Upload("h.zip", hostile)]).refused[0].problem == "many"


def test_a_locked_archive_says_so() -> None:
    content = bytearray(archive(("a.txt", b"secret")))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert unpack([Upload("l.zip", bytes(content))]).refused[0].problem == "locked"
