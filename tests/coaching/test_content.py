"""Own personas and rubrics: made, changed, tried, released, put away – and what calls keep."""

from dataclasses import replace
from typing import Any

import pytest

from tests.access import Company
from trainer.content import Names
from trainer.core.person import Actor
from trainer.core.persona import Persona
from trainer.core.plan import Ending
from trainer.drafts import Draft, draft_of
from trainer.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from trainer.library import Library
from trainer.store.content import Entry, Kind

SHIPPED = "abiola_adeyemi"


def ina(there: Company) -> Actor:
    return there.actors["ina"]


def draft(there: Company, identity: str, kind: Kind = Kind.PERSONA) -> Draft:
    found = there.contents.open(ina(there), kind, identity).content
    assert found is not None
    return draft_of(found)


def save(there: Company, identity: str, *, seen: int, release: bool = False, **more: Any) -> int:
    changed = {**draft(there, identity), **more}
    return there.contents.save(
        ina(there), Kind.PERSONA, identity, changed, seen=seen, release=release
    )


def rubric(there: Company, *, release: bool = True, **more: Any) -> str:
    author = ina(there)
    made = there.contents.duplicate(author, Kind.RUBRIC, "winback", Names(title="Gas"))
    changed = {**draft(there, made, Kind.RUBRIC), **more}
    there.contents.save(author, Kind.RUBRIC, made, changed, seen=1, release=release)
    return made


def test_a_duplicate_bears_its_new_name_wherever_the_old_one_stood(there: Company) -> None:
    made = there.persona()
    found = there.contents.open(ina(there), Kind.PERSONA, made).content
    assert isinstance(found, Persona)
    assert made == "own_gesa_thormaehlen"
    assert (found.full_name, found.company) == ("Gesa Thormählen", "Nordgas")
    assert found.pick_up[:2] == ("Thormählen.", "Ja, Thormählen?")
    assert "Adeyemi" not in found.model_dump_json()
    old = there.practice.library.files.persona(SHIPPED)
    assert found.facts == old.facts and found.decision == old.decision


def test_two_of_the_same_name_are_two(there: Company) -> None:
    assert (there.persona(), there.persona()) == (
        "own_gesa_thormaehlen",
        "own_gesa_thormaehlen_2",
    )


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_duplicate_needs_a_name(there: Company, name: str) -> None:
    names = Names(first="Gesa", last=name, company="Nordgas")
    with pytest.raises(InputError):
        there.contents.duplicate(ina(there), Kind.PERSONA, SHIPPED, names)


def test_trainees_meet_the_newest_released_version(there: Company) -> None:
    made = there.persona()
    assert made not in there.practice.catalog.personas
    with pytest.raises(NotFoundError):
        there.practice.start(there.actors["mia"].person, made)
    there.contents.release(ina(there), Kind.PERSONA, made, 1)
    save(there, made, seen=1, age=61)
    assert there.practice.catalog.persona(made).age != 61
    save(there, made, seen=2, age=62, release=True)
    found = there.practice.catalog.persona(made)
    assert (found.age, found.version) == (62, 3)


def test_another_process_sees_it_at_once(there: Company) -> None:
    other = replace(
        there.practice, library=Library(there.practice.library.files, there.contents.store)
    )
    made = there.persona(release=True)
    assert made in other.catalog.personas
    save(there, made, seen=1, age=61, release=True)
    assert other.catalog.persona(made).age == 61
    there.contents.archive(ina(there), Kind.PERSONA, made, archived=True)
    assert made not in other.catalog.personas


def test_a_running_call_keeps_the_customer_it_began_with(there: Company) -> None:
    made, mia = there.persona(release=True), there.actors["mia"].person
    call = there.practice.start(mia, made, seed=1)
    save(there, made, seen=1, company="Anders GmbH", release=True)
    there.contents.archive(ina(there), Kind.PERSONA, made, archived=True)
    assert list(there.practice.say(mia, call.id, "Guten Tag, hier ist Mia Berg."))
    there.practice.hang_up(mia, call.id)
    assert there.practice.review(mia, call.id).persona.company == "Nordgas"


def test_what_is_put_away_vanishes_from_the_choice_but_not_from_what_was_set(
    there: Company,
) -> None:
    made = there.persona(release=True)
    there.assignments.set(ina(there), there.assignment(personas=(made,)))
    there.contents.archive(ina(there), Kind.PERSONA, made, archived=True)
    assert made not in there.practice.catalog.personas
    with pytest.raises(NotFoundError):
        there.assignments.set(ina(there), there.assignment(personas=(made,)))
    (task,) = there.assignments.mine(there.actors["mia"])
    call = there.assignments.begin(there.actors["mia"], task.assignment.id, made)
    assert call.persona["name"]["last"] == "Thormählen"
    there.contents.archive(ina(there), Kind.PERSONA, made, archived=False)
    assert made in there.practice.catalog.personas


def test_two_who_save_at_once_are_told(there: Company) -> None:
    made = there.persona()
    save(there, made, seen=1, age=61)
    with pytest.raises(ConflictError):
        save(there, made, seen=1, age=62)
    assert draft(there, made)["age"] == 61
    with pytest.raises(ConflictError):
        there.contents.release(ina(there), Kind.PERSONA, made, 1)


def test_what_a_file_is_refused_for_a_form_is_refused_for(there: Company) -> None:
    made = there.persona()
    with pytest.raises(InputError, match="temperament: is missing; add it") as caught:
        changed = draft(there, made)
        del changed["temperament"]
        there.contents.save(ina(there), Kind.PERSONA, made, changed, seen=1, release=True)
    assert caught.value.problem == "refused"
    assert [v.number for v in there.contents.versions(ina(there), Kind.PERSONA, made)] == [1]


def test_shipped_content_cannot_be_saved_or_put_away(there: Company) -> None:
    with pytest.raises(NotFoundError):
        save(there, SHIPPED, seen=1, age=61)
    with pytest.raises(NotFoundError):
        there.contents.archive(ina(there), Kind.PERSONA, SHIPPED, archived=True)


def test_versions_tell_who_and_what(there: Company) -> None:
    made = there.persona()
    save(there, made, seen=1, age=61, release=True)
    newest, first = there.contents.versions(there.actors["otto"], Kind.PERSONA, made)
    assert (newest.number, newest.author_name) == (2, "Ina")
    assert newest.released_at is not None and first.released_at is None
    assert there.contents.version(ina(there), Kind.PERSONA, made, 1)["age"] != 61


def test_a_test_call_plays_the_draft_and_is_nobodys_practice(there: Company) -> None:
    author = ina(there)
    made = there.persona(release=True)
    save(there, made, seen=1, company="Probe AG")
    call = there.contents.try_out(author, Kind.PERSONA, made, owner=author.person)
    assert call.trial and call.persona["company"] == "Probe AG"
    there.practice.hang_up(author.person, call.id)
    with pytest.raises(NotAllowedError):
        there.submissions.submit(author.person, call.id)
    (listed,) = there.practice.own_calls(author.person)
    assert (listed.id, listed.trial) == (call.id, True)
    assert call.id not in {line.call_id for line in there.teamwork.lines(author)}
    with pytest.raises(NotAllowedError):
        there.contents.try_out(author, Kind.PERSONA, made, owner=there.actors["mia"].person)


def test_a_test_call_is_no_progress(there: Company) -> None:
    author = ina(there)
    call = there.contents.try_out(author, Kind.PERSONA, there.persona(), owner=author.person)
    there.practice.hang_up(author.person, call.id)
    assert there.journey.so_far(author.person) == []
    assert there.practice.own_calls(author.person, trial=False) == []
    played = there.practice.start(author.person, SHIPPED)
    there.practice.hang_up(author.person, played.id)
    assert [result.call_id for result in there.journey.so_far(author.person)] == [played.id]


def test_an_own_customer_can_be_what_is_suggested_next(there: Company) -> None:
    library = there.practice.library
    only_own = Library(replace(library.files, personas={}), library.store)
    journey = replace(there.journey, library=only_own)
    assert journey.next([]) is None
    made = there.persona(release=True)
    idea = journey.next([])
    assert idea is not None and idea.persona.id == made


def test_an_attempt_at_a_test_call_is_a_test_call(there: Company) -> None:
    author = ina(there)
    call = there.contents.try_out(author, Kind.PERSONA, there.persona(), owner=author.person)
    there.practice.hang_up(author.person, call.id)
    assert there.attempts.retry(author.person, call.id, 1).trial


def test_a_rubric_is_tried_on_a_call(there: Company) -> None:
    author = ina(there)
    made = rubric(there, release=False, pass_mark=99)
    assert made not in there.practice.catalog.rubrics
    call = there.contents.try_out(author, Kind.RUBRIC, made, owner=author.person, persona=SHIPPED)
    ended = there.practice.hang_up(author.person, call.id)
    assert ended.assessment is not None and ended.assessment.versions["rubric"] == f"{made}/2"
    shown = there.practice.catalog.rubric_of(ended.assessment)
    assert shown is not None and shown.pass_mark == 99


def test_an_assigned_call_is_scored_by_its_rubric_and_stays_readable(there: Company) -> None:
    made, mia = rubric(there, pass_mark=41), there.actors["mia"]
    there.assignments.set(ina(there), there.assignment(rubric=made))
    (task,) = there.assignments.mine(mia)
    persona = task.customers[0].persona_id
    call = there.assignments.begin(mia, task.assignment.id, persona)
    there.practice.calls.finish(call.id, Ending.ABANDONED)
    scored = there.practice.review(mia.person, call.id).call.assessment
    assert scored is not None and scored.versions["rubric"] == f"{made}/2"
    changed = {**draft(there, made, Kind.RUBRIC), "pass_mark": 90}
    there.contents.save(ina(there), Kind.RUBRIC, made, changed, seen=2, release=True)
    assert there.practice.catalog.rubric(made).pass_mark == 90
    there.contents.archive(ina(there), Kind.RUBRIC, made, archived=True)
    then = there.practice.catalog.rubric_of(scored)
    assert then is not None and then.pass_mark == 41
    assert then.fingerprint == scored.versions["rubric_content"]
    # A rubric that is gone keeps nobody from practising.
    again = there.assignments.begin(mia, task.assignment.id, persona)
    assert "rubric" not in again.versions


def test_what_this_version_cannot_read_is_told_and_the_rest_stays(there: Company) -> None:
    made = there.persona(release=True)
    other = there.persona(release=True)
    data = {**draft(there, made), "favourite_colour": "blau"}
    there.contents.store.save(Kind.PERSONA, made, data, author=ina(there).person, seen=1)
    there.contents.store.release(Kind.PERSONA, made, 2)
    catalog = there.practice.catalog
    assert made not in catalog.personas and other in catalog.personas
    assert [str(problem) for problem in catalog.problems] == [
        f"{made}: favourite_colour: is no known field; check the spelling or remove it"
    ]
    assert there.contents.open(ina(there), Kind.PERSONA, made).content is None


def test_who_is_erased_leaves_the_content_without_a_name(there: Company) -> None:
    made = there.persona(release=True)
    there.privacy.erase(there.actors["admin"], ina(there).person)
    (version,) = there.contents.versions(there.actors["otto"], Kind.PERSONA, made)
    assert version.author_name == "–"
    assert made in there.practice.catalog.personas


def test_ones_own_data_names_the_versions_without_what_customers_hide(there: Company) -> None:
    made = there.persona()
    kept = there.privacy.store.everything(ina(there).person)["content_versions"]
    assert [(row["id"], "data" in row) for row in kept] == [(made, False)]


def test_entries_tell_how_everything_stands(there: Company) -> None:
    made = there.persona(release=True)
    save(there, made, seen=1, age=61)
    there.contents.archive(ina(there), Kind.PERSONA, made, archived=True)
    assert there.contents.store.entries() == [
        Entry(Kind.PERSONA, made, newest=2, released=1, archived=True)
    ]
