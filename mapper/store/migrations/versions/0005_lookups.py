"""Look-ups, postcodes and deprivation."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SOURCE = "sources.id"


def upgrade() -> None:
    _create(
        "area_links",
        ("from_level", "from_vintage", "from_code", "to_kind", "to_vintage", "to_code"),
        _key("from_level", 8),
        _key("from_vintage", 8),
        _key("from_code", 9),
        _key("to_kind", 8),
        _key("to_vintage", 8),
        _key("to_code", 9),
        sa.Column("to_name", sa.String(length=300), nullable=False),
        sa.Column("change", sa.String(length=1), nullable=False),
    )
    _create(
        "postcodes",
        ("postcode",),
        _key("postcode", 8),
        sa.Column("easting_m", sa.Double(), nullable=False),
        sa.Column("northing_m", sa.Double(), nullable=False),
        *(
            sa.Column(name, sa.String(length=9), nullable=False)
            for name in ("lad_code", "ward_code", "lsoa11_code", "msoa11_code")
        ),
        sa.Column("is_terminated", sa.Boolean(), nullable=True),
    )
    _create(
        "deprivation_figures",
        ("edition", "vintage", "area_code", "measure", "kind"),
        sa.Column("edition", sa.SmallInteger(), nullable=False),
        _key("vintage", 8),
        _key("area_code", 9),
        _key("measure", 120),
        _key("kind", 10),
        sa.Column("value", sa.Double(), nullable=False),
    )
    op.create_index(
        op.f("ix_deprivation_figures_kind_measure"), "deprivation_figures", ["kind", "measure"]
    )


def _key(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _create(table: str, keys: tuple[str, ...], *columns: sa.Column[object]) -> None:
    """Make a table whose rows each say which source they came from."""
    op.create_table(
        table,
        *columns,
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["source_id"], [SOURCE], name=op.f(f"fk_{table}_source_id_sources")
        ),
    )
    op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])


def downgrade() -> None:
    for table in ("deprivation_figures", "postcodes", "area_links"):
        op.drop_table(table)
