"""Personas and rubrics that coaches make, with their versions; calls that only try one out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KIND = sa.String(32)
CONTENT_ID = sa.String(64)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contents",
        sa.Column("kind", KIND, nullable=False),
        sa.Column("id", CONTENT_ID, nullable=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("released", sa.Integer),
        sa.Column("archived_at", TIME),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_contents"),
    )
    op.create_table(
        "content_versions",
        sa.Column("kind", KIND, nullable=False),
        sa.Column("id", CONTENT_ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("released_at", TIME),
        sa.PrimaryKeyConstraint("kind", "id", "version", name="pk_content_versions"),
        sa.ForeignKeyConstraint(
            ["kind", "id"],
            ["contents.kind", "contents.id"],
            name="fk_content_versions_kind_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author"], ["people.id"], name="fk_content_versions_author", ondelete="CASCADE"
        ),
    )
    op.add_column(
        "calls", sa.Column("trial", sa.Boolean, nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("calls", "trial")
    op.drop_table("content_versions")
    op.drop_table("contents")
