"""What a run found beside its areas: themes, cohorts, lapse, where next and the like."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run_findings",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("lad_code", sa.String(length=9), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_findings_run_id_runs")),
        sa.PrimaryKeyConstraint(
            "run_id", "kind", "lad_code", "term", name=op.f("pk_run_findings")
        ),
    )


def downgrade() -> None:
    op.drop_table("run_findings")
