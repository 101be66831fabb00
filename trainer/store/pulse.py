"""Whether the database answers."""

from sqlalchemy import Engine, text

from trainer.store.session import reading


def check(engine: Engine) -> None:
    """Asks the database for nothing in particular.

    Raises:
        StoreError: It does not answer.
    """
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
