"""A needs assessment: counts by area and period, priorities, cohorts, and who recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("violence_area_counts", "priority_areas", "cohort_counts")


def upgrade() -> None:
    op.add_column(
        "sources",
        sa.Column("recorder", sa.String(length=60), nullable=False, server_default=""),
    )
    # What was loaded before anybody could say who recorded it was taken for the police's.
    op.execute("UPDATE sources SET recorder = 'police recorded' WHERE kind = 'violence'")
    _create_area_counts()
    _create_priorities()
    _create_cohorts()


def _create_area_counts() -> None:
    _create(
        "violence_area_counts",
        _text("area_code", 9), _text("area_name", 300), _text("level", 8), _text("vintage", 8),
        _text("lad_code", 9), *_period(), _text("offence_group", 300), _number("count"),
    )
    op.create_index(
        "ix_violence_area_counts_lad_code_level", "violence_area_counts", ["lad_code", "level"]
    )


def _create_priorities() -> None:
    _create(
        "priority_areas",
        _text("area_code", 9), _text("area_name", 300), _text("level", 8), _text("lad_code", 9),
        _number("rank"), sa.Column("reason", sa.String(), nullable=False), _text("theme", 300),
        _text("offence_group", 300),
    )


def _create_cohorts() -> None:
    _create(
        "cohort_counts",
        _text("measure", 60), _text("lad_code", 9), *_period(),
        sa.Column("age_from", sa.SmallInteger(), nullable=True),
        sa.Column("age_to", sa.SmallInteger(), nullable=True),
        _text("sex", 60), _text("ethnicity", 300), _number("count"),
    )


def _create(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f(f"fk_{table}_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _period() -> tuple[sa.Column, sa.Column]:
    return _text("period_start", 7), _text("period_end", 7)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=True)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE sources DROP COLUMN recorder")
