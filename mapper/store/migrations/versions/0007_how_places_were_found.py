"""How each record's place was found, and the radius it serves."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("organisations", "activities")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table, sa.Column("found_by", sa.String(length=60), nullable=False, server_default="")
        )
        op.add_column(table, sa.Column("served_radius_m", sa.Double(), nullable=True))
        # Until now only the place knew, which the first record to have it decided.
        op.execute(
            f"UPDATE {table} SET found_by = "
            f"(SELECT method FROM places WHERE places.id = {table}.place_id) "
            "WHERE place_id IS NOT NULL"
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "served_radius_m")
        op.drop_column(table, "found_by")
