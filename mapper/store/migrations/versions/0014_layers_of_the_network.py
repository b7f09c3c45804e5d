"""Layers of the network: declared links, layers and days of ties, and measures by audience."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JOINT = "joint activity"
KEPT = ("run_meetings", "run_networks")
REFUSAL = "An analysis run is never changed once it is stored"
KEY_BEFORE = ["run_id", "first_id", "second_id"]
KEY_OF_LAYERS = ["run_id", "layer", "first_id", "second_id"]
NEW_COLUMNS = (
    ("starts_on", sa.Date()),
    ("ends_on", sa.Date()),
    ("is_confirmed", sa.Boolean()),
)


def upgrade() -> None:
    layer = sa.Column("layer", sa.String(20), nullable=False, server_default=JOINT)
    if _is_sqlite():
        _remake_links([layer, *_new_columns()], KEY_OF_LAYERS, f"'{JOINT}', NULL, NULL, NULL")
    else:
        for column in (layer, *_new_columns()):
            op.add_column("run_links", column)
        op.drop_constraint("pk_run_links", "run_links", type_="primary")
        op.create_primary_key("pk_run_links", "run_links", KEY_OF_LAYERS)
    _declared_links()
    _meetings()
    _networks()
    for table in KEPT:
        _keep(table)


def downgrade() -> None:
    for table in (*KEPT, "declared_links"):
        op.drop_table(table)
    op.execute(f"DELETE FROM run_links WHERE layer <> '{JOINT}'")
    if _is_sqlite():
        _remake_links([], KEY_BEFORE, "")
        return
    op.drop_constraint("pk_run_links", "run_links", type_="primary")
    op.create_primary_key("pk_run_links", "run_links", KEY_BEFORE)
    for name in ("layer", *(name for name, _ in NEW_COLUMNS)):
        op.drop_column("run_links", name)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _new_columns() -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=True) for name, kind in NEW_COLUMNS]


def _remake_links(further: list[sa.Column], key: list[str], values: str) -> None:
    """Copy the ties into a table with another key, which SQLite cannot give to one that is there."""
    own = ("run_id", "first_id", "second_id", "weight")
    op.create_table(
        "run_links_new",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        *further,
        sa.PrimaryKeyConstraint(*key, name="pk_run_links"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_links_run_id_runs"),
        *(
            sa.ForeignKeyConstraint(
                [name], ["organisations.id"], name=f"fk_run_links_{name}_organisations"
            )
            for name in ("first_id", "second_id")
        ),
    )
    into = ", ".join([*own, *(column.name for column in further)])
    chosen = ", ".join(filter(None, [*own, values]))
    op.execute(f"INSERT INTO run_links_new ({into}) SELECT {chosen} FROM run_links")
    op.drop_table("run_links")
    op.rename_table("run_links_new", "run_links")
    _keep("run_links")


def _keep(table: str) -> None:
    """Make the database itself refuse to change a stored run, as the first migration does."""
    if _is_sqlite():
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION keep_run()"
    )


def _declared_links() -> None:
    op.create_table(
        "declared_links",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("layer", sa.String(60), nullable=False),
        *(
            sa.Column(name, sa.Integer(), sa.ForeignKey("organisations.id"), nullable=False)
            for name in ("from_id", "to_id", "declared_by_id")
        ),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("registered_by", sa.String(300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("layer", "from_id", "to_id"),
    )
    for name in ("from_id", "to_id"):
        op.create_index(op.f(f"ix_declared_links_{name}"), "declared_links", [name])


def _meetings() -> None:
    op.create_table(
        "run_meetings",
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("layer", sa.String(20), primary_key=True),
        sa.Column("meeting", sa.Integer(), primary_key=True),
        sa.Column(
            "organisation_id", sa.Integer(), sa.ForeignKey("organisations.id"), primary_key=True
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
    )


def _networks() -> None:
    op.create_table(
        "run_networks",
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("seen", sa.String(32), primary_key=True),
        sa.Column("layer", sa.String(20), primary_key=True),
        sa.Column("lad_code", sa.String(9), primary_key=True),
        sa.Column("quarter", sa.String(6), primary_key=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
    )
