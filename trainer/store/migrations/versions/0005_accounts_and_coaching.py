"""Accounts, teams and sessions; reviews, corrections, assignments and looks at calls."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String(32)
LABEL = sa.String(32)
HASH = sa.String(64)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _coaching()
    _assignments()
    op.add_column(
        "comments", sa.Column("kind", LABEL, nullable=False, server_default=sa.text("'comment'"))
    )

    op.add_column("calls", sa.Column("digest", sa.JSON(none_as_null=True)))
    _digest_calls()


def _digest_calls() -> None:
    """Fills the short form of every assessment that is there."""
    calls = sa.table(
        "calls",
        sa.column("id", ID),
        sa.column("assessment", sa.JSON),
        sa.column("digest", sa.JSON(none_as_null=True)),
    )
    connection = op.get_bind()
    scored = sa.select(calls.c.id).where(calls.c.assessment.is_not(None))
    for call in connection.scalars(scored).all():
        of_call = calls.c.id == call
        kept = connection.scalar(sa.select(calls.c.assessment).where(of_call))
        if kept is not None:
            connection.execute(calls.update().where(of_call).values(digest=_digest(kept)))


def _digest(kept: dict[str, Any]) -> dict[str, Any]:
    steps = ("acknowledged", "isolated", "answered", "checked")
    return {
        "checks": {found["id"]: found["result"] for found in kept.get("findings", ())},
        "asked": {
            asked["question"]: asked.get("quote") is not None for asked in kept.get("questions", ())
        },
        "objections": [
            {
                "objection": story["objection"],
                "steps": [step for step in steps if story.get(step) is not None],
            }
            for story in kept.get("objections", ())
        ],
    }


def downgrade() -> None:
    op.drop_column("calls", "digest")
    op.drop_column("comments", "kind")
    for table in (
        "assignment_calls",
        "assigned_to",
        "assignments",
        "looks",
        "examples",
        "corrections",
        "reviews",
        "one_time_links",
        "sign_in_attempts",
        "sessions",
        "members",
        "teams",
        "accounts",
    ):
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("person", ID, nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("password", sa.String),
        sa.Column("disabled_at", TIME),
        sa.PrimaryKeyConstraint("person", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
        _foreign("accounts", "person", "people.id"),
    )
    op.create_table(
        "teams",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.UniqueConstraint("name", name="uq_teams_name"),
    )
    op.create_table(
        "members",
        sa.Column("person", ID, nullable=False),
        sa.Column("team", ID, nullable=False),
        sa.PrimaryKeyConstraint("person", "team", name="pk_members"),
        _foreign("members", "person", "people.id"),
        _foreign("members", "team", "teams.id"),
    )
    op.create_index("ix_members_team", "members", ["team"])
    op.create_table(
        "sessions",
        sa.Column("token", HASH, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
        _foreign("sessions", "person", "people.id"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("login", sa.String, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_sign_in_attempts"),
    )
    op.create_table(
        "one_time_links",
        sa.Column("token", HASH, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_one_time_links"),
        _foreign("one_time_links", "person", "people.id"),
    )
    op.create_index("ix_one_time_links_person", "one_time_links", ["person"])


def _coaching() -> None:
    op.create_table(
        "reviews",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("coach", ID, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("call_id", name="pk_reviews"),
        _foreign("reviews", "call_id", "calls.id"),
        _foreign("reviews", "coach", "people.id"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("call_id", ID, nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("automatic", LABEL),
        sa.Column("coach", LABEL, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        _foreign("corrections", "call_id", "calls.id"),
        _foreign("corrections", "author", "people.id"),
    )
    op.create_index("ix_corrections_call_id", "corrections", ["call_id"])
    op.create_table(
        "examples",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("answered_at", TIME),
        sa.Column("agreed", sa.Boolean),
        sa.PrimaryKeyConstraint("call_id", name="pk_examples"),
        _foreign("examples", "call_id", "calls.id"),
        _foreign("examples", "asked_by", "people.id"),
    )
    op.create_table(
        "looks",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("viewer", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("call_id", ID, nullable=False),
        sa.Column("what", LABEL, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
        _foreign("looks", "viewer", "people.id"),
        _foreign("looks", "owner", "people.id"),
        _foreign("looks", "call_id", "calls.id"),
    )
    op.create_index("ix_looks_owner_at", "looks", ["owner", "at"])
    op.create_index("ix_looks_call_id", "looks", ["call_id"])


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("personas", sa.JSON, nullable=False),
        sa.Column("rubric", sa.String(64), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("pass_mark", sa.Double),
        sa.Column("due_at", TIME),
        sa.Column("exam", sa.Boolean, nullable=False),
        sa.Column("withdrawn_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        _foreign("assignments", "author", "people.id"),
    )
    op.create_table(
        "assigned_to",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment", ID, nullable=False),
        sa.Column("team", ID),
        sa.Column("person", ID),
        sa.PrimaryKeyConstraint("id", name="pk_assigned_to"),
        sa.CheckConstraint("(team IS NULL) <> (person IS NULL)", name="one_of_team_and_person"),
        _foreign("assigned_to", "assignment", "assignments.id"),
        _foreign("assigned_to", "team", "teams.id"),
        _foreign("assigned_to", "person", "people.id"),
    )
    for column in ("assignment", "team", "person"):
        op.create_index(f"ix_assigned_to_{column}", "assigned_to", [column])
    op.create_table(
        "assignment_calls",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("assignment", ID, nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_assignment_calls"),
        _foreign("assignment_calls", "call_id", "calls.id"),
        _foreign("assignment_calls", "assignment", "assignments.id"),
    )
    op.create_index("ix_assignment_calls_assignment", "assignment_calls", ["assignment"])


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )
