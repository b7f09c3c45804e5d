"""What became of activities, and which of their fields a person set."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "activity_changes"


def upgrade() -> None:
    op.add_column(
        "activities", sa.Column("hand_fields", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("how", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_changes_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_changes")),
    )
    op.create_index(op.f("ix_activity_changes_activity_id"), TABLE, ["activity_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute("ALTER TABLE activities DROP COLUMN hand_fields")
