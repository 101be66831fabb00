import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.access import LINES, Company
from trainer import housekeeping
from trainer.errors import ConflictError, NotFoundError, StoreError
from trainer.privacy import Privacy
from trainer.store.erasure import MADE, OWN, Erasure, _pointing
from trainer.store.tables import PersonRow, Table


def file_of(there: Company) -> bytes:
    """All bytes of the database, its log included."""
    path = Path(str(there.practice.calls.engine.url.database))
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


def busy(there: Company) -> None:
    """Lets Ina do everything a coach can do with Mia's call, and sets Mia something."""
    ina, mia, call = there.actors["ina"], there.actors["mia"], there.submitted
    there.coaching.look(ina, call)
    there.coaching.comment(ina, call, "Anmerkung-von-Ina", turn=1)
    there.coaching.correct(ina, call, "lead", "4", "Begründung-von-Ina", version=0)
    there.coaching.ask_example(ina, call)
    there.coaching.finish(ina, call, version=1)
    there.assignments.begin(
        mia,
        there.assignments.set(ina, there.assignment(people=(mia.person,))),
        there.assignment().personas[0],
    )


def test_every_column_that_names_somebody_says_how() -> None:
    names = {column.name for t in Table.metadata.sorted_tables for column in _pointing(t, "people")}
    assert names <= OWN | MADE


def test_an_erased_trainee_leaves_nothing_in_the_database_file(there: Company) -> None:
    busy(there)
    assert LINES[5].encode() in file_of(there)
    mia = there.actors["mia"]
    there.privacy.erase(mia, mia.person)
    left = file_of(there)
    for trace in (LINES[5].encode(), mia.person.encode(), b"Anmerkung-von-Ina", b"Mia"):
        assert trace not in left
    with pytest.raises(NotFoundError):
        there.practice.calls.get(there.submitted)
    with pytest.raises(NotFoundError):
        there.accounts.store.get(mia.person)
    assert {one.name for one in there.assignments.overview(there.actors["ina"])[0].tasks} == {"Ben"}


def test_an_erased_coach_leaves_the_deeds_without_the_name(there: Company) -> None:
    busy(there)
    ina = there.actors["ina"]
    there.privacy.erase(there.actors["admin"], ina.person)
    left = file_of(there)
    assert ina.person.encode() not in left
    mia = there.actors["mia"]
    (comment,) = there.practice.open(mia.person, there.submitted).comments
    assert (comment.text, comment.author_name) == ("Anmerkung-von-Ina", "–")
    (correction,) = there.coaching.outcome(mia, there.submitted).history
    assert (correction.reason, correction.author_name) == ("Begründung-von-Ina", "–")
    assert there.coaching.looks(mia)[0].viewer_name == "–"


def test_several_can_be_erased_one_after_the_other(there: Company) -> None:
    admin = there.actors["admin"]
    for name in ("ina", "otto", "mia", "ben", "jan"):
        there.privacy.erase(admin, there.actors[name].person)
    with there.practice.calls.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(PersonRow)) == 3
    with pytest.raises(ConflictError):
        there.privacy.erase(admin, admin.person)
    with pytest.raises(NotFoundError):
        there.privacy.erase(admin, "niemand")


def test_the_export_holds_everything_and_no_secret(there: Company) -> None:
    busy(there)
    mia = there.actors["mia"]
    there.accounts.store.begin_session(mia.person, "f" * 64)
    there.accounts.store.set_password(mia.person, "$argon2id$x", keep="f" * 64)
    text = there.privacy.export(mia)
    data = json.loads(text)
    for line in LINES:
        assert line in text
    for table in ("people", "accounts", "members", "sessions", "calls", "turns", "comments",
                  "corrections", "reviews", "examples", "looks", "assignment_calls"):  # fmt: skip
        assert data[table], table
    assert "argon2" not in text and "f" * 64 not in text
    assert "offer_fit" not in text and "trust" not in text
    assert there.actors["ben"].person not in text


def test_old_calls_are_deleted_when_their_time_is_over(there: Company) -> None:
    busy(there)
    keep = Privacy(Erasure(there.practice.calls.engine))
    assert keep.apply_retention() == 0
    in_a_year = Erasure(
        there.practice.calls.engine, now=lambda: datetime.now(UTC) + timedelta(days=365)
    )
    assert Privacy(in_a_year, retention=timedelta(days=366)).apply_retention() == 0
    assert Privacy(in_a_year, retention=timedelta(days=364)).apply_retention() == 3
    assert LINES[5].encode() not in file_of(there)
    assert there.practice.own_calls(there.actors["mia"].person) == []
    assert there.accounts.own(there.actors["mia"]).login == "mia"


def test_housekeeping_runs_at_once_and_again_whatever_fails() -> None:
    done, failed = [], []
    twice = threading.Event()

    def failing() -> None:
        failed.append(1)
        raise StoreError("The database is away.")

    def job() -> None:
        done.append(1)
        if len(done) == 2:
            twice.set()

    stop = housekeeping.start([failing, job], every_s=0.01)
    assert twice.wait(10)
    stop()
    assert len(failed) >= 2
