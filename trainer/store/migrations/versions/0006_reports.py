"""When a submitted call was told to a learning record store."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submissions", sa.Column("reported_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("submissions", "reported_at")
