"""Runs that are published and named, asked for in the background, or scenarios."""

import sqlalchemy as sa
from alembic import op

REFUSAL = "An analysis run is never changed once it is stored"
KEPT = ("run_findings", "run_publications")
"""Tables that 0001 could not guard yet."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a batch: that would copy and drop the table that the others hang on.
    op.add_column(
        "runs", sa.Column("is_scenario", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _create_publications()
    _create_orders()
    _publish_the_latest()
    _keep()


def _create_publications() -> None:
    op.create_table(
        "run_publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_run_publications_run_id_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_publications")),
    )
    op.create_index(op.f("ix_run_publications_run_id"), "run_publications", ["run_id"])


def _create_orders() -> None:
    op.create_table(
        "run_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_orders_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_orders")),
    )


def _publish_the_latest() -> None:
    """Let a site with runs from before go on showing the one that it showed."""
    op.execute(
        "INSERT INTO run_publications (run_id, name, published_at, published_by) "
        "SELECT id, name, made_at, made_by FROM runs ORDER BY id DESC LIMIT 1"
    )


def _keep() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION keep_run()"
        )


def downgrade() -> None:
    for table in KEPT:
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER keep_{table}{on}")
    op.drop_table("run_orders")
    op.drop_table("run_publications")
    op.drop_column("runs", "is_scenario")
