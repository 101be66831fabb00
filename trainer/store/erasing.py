"""Erases what a person said and thought: every row that belongs to their calls."""

from sqlalchemy import ColumnElement, Engine, Table, delete, or_, select, text

from trainer.store.failures import translated
from trainer.store.session import for_writing
from trainer.store.tables import CallRow
from trainer.store.tables import Table as Base


def erase_calls(engine: Engine, person: str) -> None:
    """Deletes all calls of a person with everything that hangs on them, for good.

    Comments of others on these calls go too; the person themselves stays known by name. On SQLite
    the freed pages are overwritten and the file is written anew.

    Raises:
        StoreError: Nothing was erased.
    """
    with translated():
        with for_writing(engine).begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.execute(text("PRAGMA secure_delete = ON"))
            for table in reversed(Base.metadata.sorted_tables):
                condition = _belongs_to(table, person)
                if condition is not None:
                    connection.execute(delete(table).where(condition))
        if engine.dialect.name == "sqlite":
            _write_anew(engine)


def _write_anew(engine: Engine) -> None:
    """Rewrites SQLite's file and empties its log; neither can be done inside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _belongs_to(table: Table, person: str) -> ColumnElement[bool] | None:
    """Returns which rows of a table are a person's own; None where it knows no such rows."""
    if table is CallRow.__table__:
        return CallRow.person == person
    calls = select(CallRow.id).where(CallRow.person == person)
    conditions: list[ColumnElement[bool]] = []
    for column in table.columns:
        targets = {key.target_fullname for key in column.foreign_keys}
        if "calls.id" in targets:
            conditions.append(column.in_(calls))
        if column.name == "person" and "people.id" in targets:
            conditions.append(column == person)
    return or_(*conditions) if conditions else None
