"""The whole entry of an organisation: further sites, pipeline, history, corrections, grants."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ORGANISATION = "organisations.id"
TEXTS = ("also_known_as", "opening", "accessibility", "referral_route", "funding")
WORDS = {"evaluation": "not known", "status": "identified", "verified_how": ""}


def upgrade() -> None:
    _widen_organisations()
    _create_sites()
    _create_history()
    _create_grants()


def _widen_organisations() -> None:
    # One at a time: a batch would copy and drop the table, and dropping it under SQLite
    # deletes whatever hangs on its rows.
    for name in TEXTS:
        _add(sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name, default in WORDS.items():
        _add(sa.Column(name, sa.String(length=60), nullable=False, server_default=default))
    for name in ("funding_ends_on", "verified_on"):
        _add(sa.Column(name, sa.Date(), nullable=True))
    _add(sa.Column("verified_by", sa.String(length=300), nullable=False, server_default=""))
    _add(sa.Column("hand_fields", sa.JSON(), nullable=False, server_default="[]"))


def _add(column: sa.Column) -> None:
    op.add_column("organisations", column)


def _of_organisation(table: str, column: str = "organisation_id", **options: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [ORGANISATION], name=op.f(f"fk_{table}_{column}_organisations"), **options
    )


def _create_sites() -> None:
    op.create_table(
        "organisation_sites",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=60), nullable=False),
        _of_organisation("organisation_sites", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_organisation_sites_place_id_places")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "position", name=op.f("pk_organisation_sites")),
    )
    op.create_index(op.f("ix_organisation_sites_place_id"), "organisation_sites", ["place_id"])


def _create_history() -> None:
    op.create_table(
        "organisation_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("how", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        _of_organisation("organisation_changes", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_changes")),
    )
    op.create_table(
        "organisation_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _of_organisation("organisation_statuses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_statuses")),
    )
    for table in ("organisation_changes", "organisation_statuses"):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _create_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("funder", sa.String(length=300), nullable=False),
        sa.Column("funder_scheme", sa.String(length=60), nullable=False),
        sa.Column("funder_value", sa.String(length=60), nullable=False),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_grants_source_id_sources")
        ),
        _of_organisation("grants", "funder_id"),
        _of_organisation("grants", "recipient_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint(
            "source_name", "source_key", name=op.f("uq_grants_source_name_source_key")
        ),
    )
    for column in ("source_id", "funder_id", "recipient_id"):
        op.create_index(op.f(f"ix_grants_{column}"), "grants", [column])
    op.create_table(
        "grant_areas",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grants.id"],
            name=op.f("fk_grant_areas_grant_id_grants"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("grant_id", "area_code", name=op.f("pk_grant_areas")),
    )


def downgrade() -> None:
    for table in (
        "grant_areas", "grants", "organisation_statuses", "organisation_changes",
        "organisation_sites",
    ):
        op.drop_table(table)
    names = (*TEXTS, *WORDS, "funding_ends_on", "verified_on", "verified_by", "hand_fields")
    for name in names:
        op.execute(f"ALTER TABLE organisations DROP COLUMN {name}")
