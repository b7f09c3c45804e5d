"""Places without an index on the ground: nothing asks it, and it cost more than the places."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("SELECT DisableSpatialIndex('places', 'geometry')")
        op.execute("DROP TABLE idx_places_geometry")
        return
    op.execute("DROP INDEX idx_places_geometry")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("SELECT CreateSpatialIndex('places', 'geometry')")
        return
    op.execute("CREATE INDEX idx_places_geometry ON places USING gist (geometry)")
