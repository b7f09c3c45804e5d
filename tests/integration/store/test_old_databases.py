"""A database of an earlier version with rows in it is brought to the newest, and keeps them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import JSON, Connection, MetaData, Table, insert, select, text
from sqlalchemy.exc import DatabaseError

from mapper.domain.area import AreaType
from mapper.domain.tie import Layer
from mapper.store.findings import FindingKind, run_findings
from mapper.store.publications import list_publications, published_run
from mapper.store.run_networks import run_links, run_meetings
from mapper.store.run_orders import list_orders
from mapper.store.runs import get_run, latest_run, run_areas, run_organisations, run_providers
from mapper.store.schema import alembic_config, require_current, upgrade
from mapper.store.session import Store, open_store

Open = Callable[[str], Store]
MOMENT = datetime(2025, 10, 3, 9, 30, tzinfo=UTC)
PARAMETERS = {"from": "2025-01", "to": "2025-04", "excluded": [], "dose": "sessions"}
RUNS = ("January 2025 to March 2025", "the second run")
LINKS = [(1, 1, 2, 3.0), (1, 2, 3, 0.5), (2, 1, 3, 1.0)]
_USUAL: dict[type, Any] = {
    str: "said",
    int: 1,
    float: 1.5,
    bool: False,
    date: date(2025, 1, 1),
    datetime: MOMENT,
}
"""What stands in a column that a test says nothing of."""


def at_version(store: Store, revision: str) -> None:
    """Bring an empty database to an earlier version, as a mapper of that time did."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("SELECT InitSpatialMetaData(0)"))
        else:
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        connection.commit()
        command.upgrade(alembic_config(connection), revision)
        connection.commit()


def keep(connection: Connection, table: str, **given: Any) -> None:
    """Write a row into a table as it was then: by the database's own columns, not the models."""
    found = Table(table, MetaData(), autoload_with=connection, resolve_fks=False)
    needed = {
        column.name: {} if isinstance(column.type, JSON) else _USUAL[column.type.python_type]
        for column in found.columns
        if not column.nullable and column.name not in given and column.server_default is None
    }
    connection.execute(insert(found), [needed | given])


def fill(store: Store) -> None:
    """Two runs of three organisations, with a row in every table that a run had."""
    with store.engine.begin() as connection:
        keep(connection, "sources", id=1)
        for number in (1, 2, 3):
            named = {"id": number, "name": f"Organisation {number}", "source_id": 1}
            keep(connection, "organisations", **named, source_key=str(number), lifecycle="active")
        for number, name in enumerate(RUNS, start=1):
            made = {"name": name, "made_by": "somebody", "made_at": MOMENT}
            keep(connection, "runs", id=number, **made, parameters=PARAMETERS)
            figures = {"run_id": number, "figures": {"rank": number}}
            area = {"area_code": "E01000001", "lad_code": "E06000044"}
            keep(connection, "run_areas", level="lsoa", **area, **figures)
            keep(connection, "run_organisations", organisation_id=2, **figures)
            found = {"kind": FindingKind.THEME.value, "lad_code": "E06000044", "term": "sport"}
            keep(connection, "run_findings", **found, **figures)
            given = {"area_code": "E01000001", "organisation_id": 2, "dose": 4.5, "activities": 2}
            keep(connection, "run_providers", run_id=number, **given)
        for run_id, first, second, weight in LINKS:
            pair = {"first_id": first, "second_id": second}
            keep(connection, "run_links", run_id=run_id, **pair, weight=weight)


@pytest.fixture
def old(bare_database_url: str, opened: Open) -> Store:
    """A database made at 0013, with rows, brought to the newest version."""
    before = open_store(bare_database_url)
    at_version(before, "0013")
    fill(before)
    before.dispose()
    store = opened(bare_database_url)
    upgrade(store)
    return store


def test_the_ties_of_old_runs_are_those_of_joint_activity(old: Store) -> None:
    require_current(old.engine)
    with old.reading() as session:
        for run_id in (1, 2):
            links = run_links(session, run_id, Layer.JOINT)
            told = links[["first_id", "second_id", "weight"]].itertuples(index=False, name=None)
            assert list(told) == [link[1:] for link in LINKS if link[0] == run_id]
            assert links[["starts_on", "ends_on", "is_confirmed"]].isna().all().all()
            assert run_links(session, run_id, Layer.REFERRAL).empty
            assert run_meetings(session, run_id).empty


def test_every_other_row_of_an_old_run_is_as_it_was(old: Store) -> None:
    with old.reading() as session:
        for number, name in enumerate(RUNS, start=1):
            run = get_run(session, number)
            assert (run.name, run.made_by, run.parameters) == (name, "somebody", PARAMETERS)
            assert not run.is_scenario
            areas = run_areas(session, number, AreaType.LSOA)
            assert areas == {"E01000001": {"rank": number}}
            assert run_organisations(session, number) == {2: {"rank": number}}
            assert run_providers(session, number) == [("E01000001", 2, 4.5, 2)]
            (found,) = run_findings(session, number, FindingKind.THEME)
            assert (found.term, found.figures) == ("sport", {"rank": number})


def test_the_run_that_was_shown_is_the_one_that_is_published(old: Store) -> None:
    with old.reading() as session:
        shown = published_run(session)
        (published,) = list_publications(session)
        assert shown is not None
        assert shown.id == latest_run(session).id == published.run_id == 2
        assert (published.name, published.published_by) == (RUNS[1], "somebody")
        assert list_orders(session) == []


@pytest.mark.parametrize("table", ["run_links", "run_findings", "run_publications", "run_areas"])
def test_the_database_still_refuses_to_change_an_old_run(old: Store, table: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), old.writing() as session:
        session.execute(text(f"UPDATE {table} SET run_id = 1 WHERE run_id = 2"))  # noqa: S608  (a table named above)


def test_a_new_tie_between_the_same_two_stands_beside_the_old_one(old: Store) -> None:
    with old.engine.begin() as connection:
        pair = {"run_id": 1, "first_id": 1, "second_id": 2, "weight": 2.0}
        keep(connection, "run_links", **pair, layer=Layer.VENUE.value)
        links = Table("run_links", MetaData(), autoload_with=connection, resolve_fks=False).c
        both = select(links.layer).where(links.run_id == 1, links.first_id == 1)
        assert set(connection.scalars(both)) == {Layer.JOINT.value, Layer.VENUE.value}
