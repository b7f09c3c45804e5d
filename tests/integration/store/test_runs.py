"""A run is written once: the database itself refuses to change it."""

from dataclasses import asdict, replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mapper.domain.area import AreaType
from mapper.domain.tie import Layer
from mapper.errors import NotFoundError, NotReadyError
from mapper.store.findings import Finding, FindingKind
from mapper.store.organisations import save_organisations
from mapper.store.publications import publish_run
from mapper.store.run_networks import (
    RunLink,
    RunMeeting,
    RunNetwork,
    run_layers,
    run_links,
    run_meetings,
    run_network,
)
from mapper.store.runs import (
    get_run,
    latest_run,
    latest_run_id,
    list_runs,
    run_areas,
    run_organisations,
    run_providers,
    save_run,
)
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import (
    PORTSMOUTH,
    SOUTHAMPTON,
    located,
    lsoa,
    make_organisation,
    make_results,
    make_run,
    make_source,
)

LINK = RunLink(1, 2, 0.25, starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1))
GRANT = RunLink(2, 1, 1.0, Layer.FUNDING.value, date(2025, 1, 1), date(2025, 1, 1))
MEETING = RunMeeting(Layer.JOINT.value, 7, 1, date(2025, 1, 1), date(2025, 2, 1))
NETWORK = RunNetwork("digest", Layer.JOINT.value, {"links": 1}, {"degree": [1 / 3]})

TABLES = {
    "runs": "name = 'another'",
    "run_areas": "lad_code = 'E06000001'",
    "run_organisations": "figures = '{}'",
    "run_links": "weight = 9",
    "run_meetings": "ends_on = '2030-01-01'",
    "run_networks": "summary = '{}'",
    "run_providers": "dose = 9",
    "run_findings": "term = 'other'",
    "run_publications": "name = 'another'",
}


def without_layer(row: RunLink | RunMeeting) -> dict[str, object]:
    """What is read of a row when its layer is known."""
    return {name: value for name, value in asdict(row).items() if name != "layer"}


@pytest.fixture
def full(store: Store) -> Store:
    """A store with a run that has a row of every kind."""
    with store.writing() as session:
        source = add_source(session, make_source())
        save_organisations(session, source, [located(make_organisation()) for _ in range(2)])
        results = make_results(
            organisations={1: {"degree": 1}, 2: {"degree": None}},
            links=[LINK, GRANT],
            meetings=[MEETING],
            networks=[NETWORK],
            providers=[(lsoa(0), 1, 4.5, 2), (lsoa(1), 2, 9.0, 1)],
            findings=[Finding(kind=FindingKind.LAPSE, figures={})],
        )
        publish_run(session, save_run(session, make_run(), results), "Q3 2025", "")
    return store


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_change_a_stored_run(full: Store, table: str) -> None:
    statement = text(f"UPDATE {table} SET {TABLES[table]}")  # noqa: S608  (no word of it from outside)
    with pytest.raises(DatabaseError, match="never changed"), full.writing() as session:
        session.execute(statement)


def test_figures_come_back_as_they_were_stored(full: Store) -> None:
    with full.reading() as session:
        assert run_areas(session, 1, AreaType.LSOA) == {
            lsoa(0): {"lad_code": PORTSMOUTH, "gap_score": 12.5}
        }
        assert run_organisations(session, 1) == {1: {"degree": 1}, 2: {"degree": None}}
        assert run_links(session, 1).to_dict("records") == [without_layer(LINK)]
        assert run_links(session, 1, Layer.FUNDING).to_dict("records") == [without_layer(GRANT)]
        assert run_layers(session, 1) == [Layer.JOINT, Layer.FUNDING]
        assert run_meetings(session, 1).to_dict("records") == [without_layer(MEETING)]
        assert run_meetings(session, 1, Layer.VENUE).empty
        assert run_network(session, 1, NETWORK) == NETWORK
        assert run_network(session, 1, replace(NETWORK, seen="others")) is None
        assert run_providers(session, 1) == [(lsoa(0), 1, 4.5, 2), (lsoa(1), 2, 9.0, 1)]


def test_areas_are_read_by_authority(full: Store) -> None:
    with full.reading() as session:
        assert run_areas(session, 1, AreaType.LSOA, SOUTHAMPTON) == {}
        assert list(run_areas(session, 1, AreaType.LSOA, PORTSMOUTH)) == [lsoa(0)]


def test_providers_are_read_by_area(full: Store) -> None:
    with full.reading() as session:
        assert run_providers(session, 1, [lsoa(1)]) == [(lsoa(1), 2, 9.0, 1)]
        assert run_providers(session, 1, []) == []


def test_a_run_keeps_what_was_asked(full: Store) -> None:
    with full.reading() as session:
        run = get_run(session, 1)
    assert (run.parameters, run.is_synthetic) == ({"seed": 1}, True)
    assert run.made_at is not None


def test_the_latest_run_is_the_one_shown(full: Store) -> None:
    with full.writing() as session:
        newest = save_run(session, make_run(name="Later"), make_results())
        assert latest_run(session).name == "Later"
        assert latest_run_id(session) == newest


def test_runs_are_listed_the_latest_first(full: Store) -> None:
    with full.writing() as session:
        save_run(session, make_run(name="Later"), make_results())
        assert [run.name for run in list_runs(session)] == [
            "Later",
            "January 2025 to September 2025",
        ]


def test_a_run_that_is_not_there_is_refused(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFoundError, match="no run 7"):
        get_run(session, 7)


def test_before_the_first_run_one_is_told_what_to_do(store: Store) -> None:
    with store.reading() as session:
        assert latest_run_id(session) == 0
        with pytest.raises(NotReadyError, match="mapper analyse"):
            latest_run(session)
