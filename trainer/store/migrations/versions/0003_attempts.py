"""Attempts from a turn, exams and notes; hints taken; questions to the coach."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("parent", ID),
        sa.Column("turn", sa.Integer),
        sa.Column("exam", sa.Boolean, nullable=False),
        sa.Column("notes", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_attempts"),
        _of_call("attempts", "call_id"),
        _of_call("attempts", "parent"),
    )
    op.create_index("ix_attempts_parent", "attempts", ["parent"])
    op.create_table(
        "hints",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("check", sa.String(64), nullable=False),
        sa.Column("text", sa.JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "number", name="pk_hints"),
        _of_call("hints", "call_id"),
    )
    op.create_table(
        "submissions",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("seen_at", TIME),
        sa.PrimaryKeyConstraint("call_id", name="pk_submissions"),
        _of_call("submissions", "call_id"),
    )


def downgrade() -> None:
    for table in ("submissions", "hints", "attempts"):
        op.drop_table(table)


def _of_call(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["calls.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )
