"""How many of a turn's sentences came from where, in place of the worst source alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turns", sa.Column("sentences", sa.JSON))
    turns = sa.table(
        "turns", sa.column("source", sa.String), sa.column("sentences", sa.JSON(none_as_null=True))
    )
    for source in ("model", "retry", "phrase"):
        op.execute(turns.update().where(turns.c.source == source).values(sentences={source: 1}))
    op.drop_column("turns", "source")


def downgrade() -> None:
    op.add_column("turns", sa.Column("source", sa.String(32)))
    op.drop_column("turns", "sentences")
