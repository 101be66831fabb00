"""Real calls that were read in, and second opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "real_calls",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_real_calls"),
        _foreign("real_calls", "call_id", "calls.id"),
        _foreign("real_calls", "author", "people.id"),
    )
    op.create_index("ix_real_calls_fingerprint", "real_calls", ["fingerprint"])
    op.create_table(
        "judgements",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("judgement", sa.JSON, nullable=False),
        sa.Column("differing", sa.Integer, nullable=False),
        sa.Column("unscored", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_judgements"),
        _foreign("judgements", "call_id", "calls.id"),
        _foreign("judgements", "author", "people.id"),
    )


def downgrade() -> None:
    # What is left would be practised calls without a customer, which older versions cannot open.
    real = sa.select(sa.table("real_calls", sa.column("call_id")).c.call_id)
    for name, column in (("comments", "call_id"), ("turns", "call_id"), ("calls", "id")):
        table = sa.table(name, sa.column(column))
        op.execute(table.delete().where(table.c[column].in_(real)))
    op.drop_table("judgements")
    op.drop_table("real_calls")


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )
