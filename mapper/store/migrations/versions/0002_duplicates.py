"""Duplicates: what is proposed, decided, merged and undone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORGANISATION = "organisations.id"


def upgrade() -> None:
    # Written out, because a batch would copy and drop the table, and dropping it under SQLite
    # deletes whatever hangs on its rows.
    op.execute(
        "ALTER TABLE organisations ADD COLUMN merged_into_id INTEGER "
        "CONSTRAINT fk_organisations_merged_into_id_organisations REFERENCES organisations (id)"
    )
    op.create_index(op.f("ix_organisations_merged_into_id"), "organisations", ["merged_into_id"])
    _create_matches()
    _create_merges()


def _create_matches() -> None:
    op.create_table(
        "organisation_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("is_certain", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=60), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=300), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digests", sa.String(length=129), nullable=False),
        sa.CheckConstraint(
            "first_id < second_id", name=op.f("ck_organisation_matches_pair_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], [ORGANISATION],
            name=op.f("fk_organisation_matches_first_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], [ORGANISATION],
            name=op.f("fk_organisation_matches_second_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_matches")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_organisation_matches_first_id_second_id")
        ),
    )
    for column in ("second_id", "verdict"):
        op.create_index(
            op.f(f"ix_organisation_matches_{column}"), "organisation_matches", [column]
        )


def _create_merges() -> None:
    op.create_table(
        "organisation_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("merged_by", sa.String(length=300), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=300), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kept_id <> merged_id", name=op.f("ck_organisation_merges_two_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], [ORGANISATION],
            name=op.f("fk_organisation_merges_kept_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], [ORGANISATION],
            name=op.f("fk_organisation_merges_merged_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merges")),
    )
    for column in ("kept_id", "merged_id"):
        op.create_index(op.f(f"ix_organisation_merges_{column}"), "organisation_merges", [column])


def downgrade() -> None:
    op.drop_table("organisation_merges")
    op.drop_table("organisation_matches")
    op.drop_index(op.f("ix_organisations_merged_into_id"), "organisations")
    op.execute("ALTER TABLE organisations DROP COLUMN merged_into_id")
