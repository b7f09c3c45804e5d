"""The network of an authority is measured when it is asked for, and not kept with a run."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFUSAL = "An analysis run is never changed once it is stored"
KEPT = "run_id, seen, layer, quarter, summary, measures"


def upgrade() -> None:
    _remake([], f"SELECT {KEPT} FROM run_networks WHERE lad_code = ''", KEPT)


def downgrade() -> None:
    column = sa.Column("lad_code", sa.String(9), primary_key=True)
    _remake([column], f"SELECT {KEPT}, '' FROM run_networks", f"{KEPT}, lad_code")


def _remake(further: list[sa.Column], chosen: str, columns: str) -> None:
    """Copy what is kept into a table with another key, which SQLite cannot give to one there."""
    op.create_table(
        "run_networks_new",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.String(32), nullable=False),
        sa.Column("layer", sa.String(20), nullable=False),
        *(sa.Column(column.name, column.type, nullable=False) for column in further),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(
            "run_id", "seen", "layer", *(column.name for column in further), "quarter"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
    )
    op.execute(f"INSERT INTO run_networks_new ({columns}) {chosen}")
    op.drop_table("run_networks")
    op.rename_table("run_networks_new", "run_networks")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER keep_run_networks BEFORE UPDATE ON run_networks "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    for key, kind in (("run_networks_new", "pk"), ("run_networks_new_run_id_runs", "fk")):
        new = f"{kind}_{key}"
        op.execute(
            f"ALTER TABLE run_networks RENAME CONSTRAINT {new} TO {new.replace('_new', '')}"
        )
    op.execute(
        "CREATE TRIGGER keep_run_networks BEFORE UPDATE ON run_networks "
        "FOR EACH ROW EXECUTE FUNCTION keep_run()"
    )
