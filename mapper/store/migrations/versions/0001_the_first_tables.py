"""The first tables."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

KEPT = ("runs", "run_areas", "run_organisations", "run_links", "run_providers")
REFUSAL = "An analysis run is never changed once it is stored"

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_geospatial_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("easting_m", sa.Double(), nullable=False),
        sa.Column("northing_m", sa.Double(), nullable=False),
        sa.Column("precision", sa.String(length=60), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("lad_code", sa.String(length=9), nullable=False),
        sa.Column("ward_code", sa.String(length=9), nullable=False),
        sa.Column("lsoa11_code", sa.String(length=9), nullable=False),
        sa.Column("is_terminated", sa.Boolean(), nullable=False),
        sa.Column("located_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "geometry",
            Geometry(
                geometry_type="POINT",
                srid=27700,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint(
            "postcode",
            "easting_m",
            "northing_m",
            "precision",
            name=op.f("uq_places_postcode_easting_m_northing_m_precision"),
        ),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_geospatial_index(
            "idx_places_geometry",
            ["geometry"],
            unique=False,
            postgresql_using="gist",
            postgresql_ops={},
        )
        batch_op.create_index(batch_op.f("ix_places_postcode"), ["postcode"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=300), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=300), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column("period", sa.String(length=300), nullable=False),
        sa.Column("sensitivity", sa.String(length=60), nullable=False),
        sa.Column("loaded_by", sa.String(length=300), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sources_kind_name_checksum", ["kind", "name", "checksum"], unique=False
        )

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("organisation_name", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_geospatial_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("vintage", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("lad_code", sa.String(length=9), nullable=False),
        sa.Column("msoa_code", sa.String(length=9), nullable=False),
        sa.Column("ward_code", sa.String(length=9), nullable=False),
        sa.Column("is_urban", sa.Boolean(), nullable=False),
        sa.Column("is_approximate", sa.Boolean(), nullable=False),
        sa.Column("centre_easting_m", sa.Double(), nullable=False),
        sa.Column("centre_northing_m", sa.Double(), nullable=False),
        sa.Column(
            "geometry",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=27700,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_areas_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("code", "level", "vintage", name=op.f("uq_areas_code_level_vintage")),
    )
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.create_geospatial_index(
            "idx_areas_geometry",
            ["geometry"],
            unique=False,
            postgresql_using="gist",
            postgresql_ops={},
        )
        batch_op.create_index(batch_op.f("ix_areas_lad_code"), ["lad_code"], unique=False)
        batch_op.create_index("ix_areas_level_vintage", ["level", "vintage"], unique=False)
        batch_op.create_index(batch_op.f("ix_areas_source_id"), ["source_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("sector", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=60), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_organisations_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_organisations_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint(
            "source_name", "source_key", name=op.f("uq_organisations_source_name_source_key")
        ),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisations_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_source_id"), ["source_id"], unique=False)

    op.create_table(
        "place_areas",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("vintage", sa.String(length=8), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_place_areas_place_id_places")
        ),
        sa.PrimaryKeyConstraint("place_id", "level", "vintage", name=op.f("pk_place_areas")),
    )
    with op.batch_alter_table("place_areas", schema=None) as batch_op:
        batch_op.create_index(
            "ix_place_areas_area_code_level", ["area_code", "level"], unique=False
        )

    op.create_table(
        "population_sets",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_population_sets_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_population_sets")),
    )
    op.create_table(
        "residents",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("age_from", sa.SmallInteger(), nullable=False),
        sa.Column("age_to", sa.SmallInteger(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_residents_source_id_sources")
        ),
        sa.PrimaryKeyConstraint(
            "source_id", "area_code", "age_from", "age_to", name=op.f("pk_residents")
        ),
    )
    op.create_table(
        "run_areas",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("lad_code", sa.String(length=9), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_areas_run_id_runs")),
        sa.PrimaryKeyConstraint("run_id", "level", "area_code", name=op.f("pk_run_areas")),
    )
    with op.batch_alter_table("run_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_areas_lad_code"), ["lad_code"], unique=False)

    op.create_table(
        "violence_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("crime_type", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("area_name", sa.String(length=300), nullable=False),
        sa.Column("easting_m", sa.Double(), nullable=True),
        sa.Column("northing_m", sa.Double(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_violence_counts_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violence_counts")),
    )
    with op.batch_alter_table("violence_counts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_violence_counts_month_crime_type", ["month", "crime_type"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_violence_counts_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(
            "ix_violence_counts_source_name_month", ["source_name", "month"], unique=False
        )

    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("hours_per_session", sa.Double(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("prevention_tier", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("registered_by", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_activities_dates_in_order")),
        sa.CheckConstraint("sessions >= 1", name=op.f("ck_activities_sessions_positive")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["organisations.id"], name=op.f("fk_activities_lead_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_activities_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_activities_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint(
            "source_name", "source_key", name=op.f("uq_activities_source_name_source_key")
        ),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activities_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_source_id"), ["source_id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("shares_practice", sa.Boolean(), nullable=False),
        sa.Column("practice_note", sa.String(), nullable=False),
        sa.Column("consent_audience", sa.SmallInteger(), nullable=True),
        sa.Column("consent_given_on", sa.Date(), nullable=True),
        sa.Column("consent_basis", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contacts_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation_areas",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_areas_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "area_code", name=op.f("pk_organisation_areas")),
    )
    op.create_table(
        "organisation_identifiers",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_identifiers_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "scheme", "value", name=op.f("pk_organisation_identifiers")
        ),
    )
    with op.batch_alter_table("organisation_identifiers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_identifiers_value"), ["value"], unique=False
        )

    op.create_table(
        "organisation_tags",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_tags_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "vocabulary", "term", name=op.f("pk_organisation_tags")
        ),
    )
    op.create_table(
        "run_links",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["organisations.id"], name=op.f("fk_run_links_first_id_organisations")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_links_run_id_runs")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["organisations.id"], name=op.f("fk_run_links_second_id_organisations")
        ),
        sa.PrimaryKeyConstraint("run_id", "first_id", "second_id", name=op.f("pk_run_links")),
    )
    op.create_table(
        "run_organisations",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_run_organisations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_run_organisations_run_id_runs")
        ),
        sa.PrimaryKeyConstraint("run_id", "organisation_id", name=op.f("pk_run_organisations")),
    )
    op.create_table(
        "run_providers",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("dose", sa.Double(), nullable=False),
        sa.Column("activities", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_run_providers_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_providers_run_id_runs")),
        sa.PrimaryKeyConstraint(
            "run_id", "area_code", "organisation_id", name=op.f("pk_run_providers")
        ),
    )
    op.create_table(
        "activity_areas",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_areas_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "area_code", name=op.f("pk_activity_areas")),
    )
    op.create_table(
        "activity_tags",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_tags_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "vocabulary", "term", name=op.f("pk_activity_tags")),
    )
    op.create_table(
        "participations",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_participations_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_participations_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("activity_id", "organisation_id", name=op.f("pk_participations")),
    )
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participations_organisation_id"), ["organisation_id"], unique=False
        )
    keep_runs()


def downgrade() -> None:
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participations_organisation_id"))

    op.drop_table("participations")
    op.drop_table("activity_tags")
    op.drop_table("activity_areas")
    op.drop_table("run_providers")
    op.drop_table("run_organisations")
    op.drop_table("run_links")
    op.drop_table("organisation_tags")
    with op.batch_alter_table("organisation_identifiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_identifiers_value"))

    op.drop_table("organisation_identifiers")
    op.drop_table("organisation_areas")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_organisation_id"))

    op.drop_table("contacts")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_source_id"))
        batch_op.drop_index(batch_op.f("ix_activities_place_id"))
        batch_op.drop_index(batch_op.f("ix_activities_lead_id"))

    op.drop_table("activities")
    with op.batch_alter_table("violence_counts", schema=None) as batch_op:
        batch_op.drop_index("ix_violence_counts_source_name_month")
        batch_op.drop_index(batch_op.f("ix_violence_counts_source_id"))
        batch_op.drop_index("ix_violence_counts_month_crime_type")

    op.drop_table("violence_counts")
    with op.batch_alter_table("run_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_areas_lad_code"))

    op.drop_table("run_areas")
    op.drop_table("residents")
    op.drop_table("population_sets")
    with op.batch_alter_table("place_areas", schema=None) as batch_op:
        batch_op.drop_index("ix_place_areas_area_code_level")

    op.drop_table("place_areas")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_source_id"))
        batch_op.drop_index(batch_op.f("ix_organisations_place_id"))
        batch_op.drop_index(batch_op.f("ix_organisations_name_key"))

    op.drop_table("organisations")
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_areas_source_id"))
        batch_op.drop_index("ix_areas_level_vintage")
        batch_op.drop_index(batch_op.f("ix_areas_lad_code"))
        batch_op.drop_geospatial_index(
            "idx_areas_geometry", postgresql_using="gist", column_name="geometry"
        )

    op.drop_geospatial_table("areas")
    op.drop_table("users")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index("ix_sources_kind_name_checksum")

    op.drop_table("sources")
    op.drop_table("runs")
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_places_postcode"))
        batch_op.drop_geospatial_index(
            "idx_places_geometry", postgresql_using="gist", column_name="geometry"
        )

    op.drop_geospatial_table("places")


def keep_runs() -> None:
    """Make the database itself refuse to change a stored run."""
    if op.get_bind().dialect.name == "sqlite":
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION keep_run() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION keep_run()"
        )
