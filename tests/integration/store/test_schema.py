"""The migrations make exactly the tables of the models, on both databases."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geoalchemy2 import alembic_helpers
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from mapper.errors import NotReadyError
from mapper.store.models import Base, OrganisationIdentifierRow
from mapper.store.places import save_places
from mapper.store.schema import require_current, upgrade
from mapper.store.session import Store
from tests.factories import make_place

Open = Callable[[str], Store]


def test_an_upgrade_makes_every_table(bare_database_url: str, opened: Open) -> None:
    store = opened(bare_database_url)
    upgrade(store)
    assert set(inspect(store.engine).get_table_names()) >= set(Base.metadata.tables)


def test_a_second_upgrade_changes_nothing(store: Store) -> None:
    before = _tables(store)
    upgrade(store)
    assert _tables(store) == before


def test_the_migrated_tables_are_those_of_the_models(store: Store) -> None:
    def is_ours(*about: object) -> bool:
        candidate, name, kind, is_reflected, compare_to = about
        if kind == "table" and is_reflected and name not in Base.metadata.tables:
            return False
        return bool(alembic_helpers.include_object(candidate, name, kind, is_reflected, compare_to))

    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": is_ours, "render_as_batch": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_without_tables_is_refused(bare_database_url: str, opened: Open) -> None:
    with pytest.raises(NotReadyError, match="version none"):
        require_current(opened(bare_database_url).engine)


def test_an_upgraded_database_is_accepted(store: Store) -> None:
    require_current(store.engine)


@pytest.mark.parametrize(("table", "is_indexed"), [("areas", True), ("places", False)])
def test_areas_are_indexed_on_the_ground_and_places_are_not(
    store: Store, table: str, *, is_indexed: bool
) -> None:
    asked = "SELECT count(*) FROM pg_indexes WHERE indexname = 'idx_' || :name || '_geometry'"
    if store.engine.dialect.name == "sqlite":
        asked = "SELECT spatial_index_enabled FROM geometry_columns WHERE f_table_name = :name"
    with store.reading() as session:
        assert session.scalar(text(asked), {"name": table}) == is_indexed


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(OrganisationIdentifierRow(organisation_id=404, scheme="GB-CHC", value="1"))


def test_every_constraint_has_a_name_by_the_convention(store: Store) -> None:
    found = inspect(store.engine).get_unique_constraints("organisations")
    assert [one["name"] for one in found] == ["uq_organisations_source_name_source_key"]


def test_a_geometry_of_another_kind_is_refused(store: Store) -> None:
    polygon = "ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))', 27700)"
    with store.writing() as session:
        save_places(session, [make_place()])
    with pytest.raises(DatabaseError), store.writing() as session:
        session.execute(text(f"UPDATE places SET geometry = {polygon}"))  # noqa: S608


def _tables(store: Store) -> list[str]:
    return sorted(inspect(store.engine).get_table_names())
