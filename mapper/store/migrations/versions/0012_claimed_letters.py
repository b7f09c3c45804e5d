"""When a letter to a contact was begun, so that two people cannot send it at once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "verification_requests"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column(TABLE, "claimed_at")
