"""What trainees think out before a call."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(32)
DRAFT = sa.text("call_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "preparations",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("persona_id", sa.String(64), nullable=False),
        sa.Column("call_id", ID),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preparations"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_preparations_person"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_preparations_call_id"),
        sa.UniqueConstraint("call_id", name="uq_preparations_call_id"),
    )
    op.create_index(
        "ix_preparations_draft",
        "preparations",
        ["person", "persona_id"],
        unique=True,
        sqlite_where=DRAFT,
        postgresql_where=DRAFT,
    )


def downgrade() -> None:
    op.drop_table("preparations")
