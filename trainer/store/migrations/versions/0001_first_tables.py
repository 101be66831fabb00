"""People, calls, turns, comments."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(32)
LABEL = sa.String(32)
TIME = sa.DateTime(timezone=True)
UNFINISHED = sa.text("ended_at IS NULL")
SUBMITTED = sa.text("submitted_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", LABEL, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("name", "role", name="uq_people_name_role"),
    )
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("persona", sa.JSON, nullable=False),
        sa.Column("persona_id", sa.String(64), nullable=False),
        sa.Column("persona_name", sa.String, nullable=False),
        sa.Column("industry", sa.JSON, nullable=False),
        sa.Column("difficulty", LABEL, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("versions", sa.JSON, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("ending", LABEL),
        sa.Column("submitted_at", TIME),
        sa.Column("assessment", sa.JSON),
        sa.Column("total", sa.Double),
        sa.Column("passed", sa.Boolean),
        sa.Column("levels", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_calls_person"),
    )
    op.create_index("ix_calls_started_at_id", "calls", ["started_at", "id"])
    op.create_index("ix_calls_person_started_at_id", "calls", ["person", "started_at", "id"])
    op.create_index(
        "ix_calls_unfinished",
        "calls",
        ["person", "started_at", "id"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
    op.create_index(
        "ix_calls_submitted",
        "calls",
        ["started_at", "id"],
        sqlite_where=SUBMITTED,
        postgresql_where=SUBMITTED,
    )
    op.create_table(
        "turns",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("index", sa.Integer, nullable=False),
        sa.Column("turn", sa.JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("plan", sa.JSON),
        sa.Column("state", sa.JSON),
        sa.Column("source", LABEL),
        sa.Column("latency_ms", sa.Integer),
        sa.PrimaryKeyConstraint("call_id", "index", name="pk_turns"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_turns_call_id"),
    )
    op.create_table(
        "comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("call_id", ID, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("turn", sa.Integer),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_comments_call_id"),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name="fk_comments_author"),
        sa.ForeignKeyConstraint(
            ["call_id", "turn"],
            ["turns.call_id", "turns.index"],
            name="fk_comments_call_id_turn",
        ),
    )
    op.create_index("ix_comments_call_id", "comments", ["call_id"])


def downgrade() -> None:
    for table in ("comments", "turns", "calls", "people"):
        op.drop_table(table)
