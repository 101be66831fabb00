"""Data of before accounts and coaching is still there, and complete, after the migration."""

from alembic import command
from sqlalchemy import Engine, select, text

from tests.store.samples import assessment, heard, said, start
from trainer.core.digest import digest
from trainer.core.plan import Ending
from trainer.store.calls import CallStore
from trainer.store.schema import config, migrate
from trainer.store.tables import CallRow


def test_calls_and_comments_survive_and_get_their_short_form(engine: Engine, mia: str) -> None:
    calls = CallStore(engine)
    scored, plain = start(calls, mia).id, start(calls, mia).id
    calls.put_turn(scored, said(0, "Ja bitte?"))
    calls.put_turn(scored, heard(1, "Guten Tag."))
    calls.finish(scored, Ending.ABANDONED)
    calls.save_assessment(scored, assessment())
    calls.comment(scored, author=mia, text="Schön – „gut“", turn=1)
    before = [calls.get(scored), calls.get(plain)]
    with engine.begin() as connection:
        command.downgrade(config(connection), "0005")
        command.downgrade(config(connection), "-1")
    migrate(engine)
    assert [calls.get(scored), calls.get(plain)] == before
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT id, digest FROM calls")).all()
        digests = {row.id: row.digest for row in kept}
    assert digests[plain] is None
    assert digests[scored] is not None
    assert before[0].comments[0].kind == "comment"
    assert digest(assessment())["checks"] == {"opens": "met"}


def test_the_migrations_short_form_is_todays(engine: Engine, mia: str) -> None:
    calls = CallStore(engine)
    call = start(calls, mia).id
    calls.finish(call, Ending.ABANDONED)
    calls.save_assessment(call, assessment())

    def kept() -> object:
        with engine.connect() as connection:
            return connection.scalar(select(CallRow.digest))

    today = kept()
    with engine.begin() as connection:
        command.downgrade(config(connection), "0005")
        command.downgrade(config(connection), "-1")
    migrate(engine)
    assert kept() == today == digest(assessment())
