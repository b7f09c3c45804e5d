"""What is published is named for good, and the last one published is shown."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from mapper.errors import InvalidValueError, NotAllowedError, NotFoundError
from mapper.store.publications import (
    list_publications,
    publish_run,
    published_names,
    published_run,
)
from mapper.store.runs import latest_run, save_run
from mapper.store.schema import upgrade
from mapper.store.session import Store
from tests.factories import make_results, make_run
from tests.older import upgrade_to

BEFORE = "0014"
"""The last version of the tables without publications."""

WHO = "analyst@example.org"


@pytest.fixture
def runs(store: Store) -> Store:
    """A store with two runs, and a scenario as the third."""
    with store.writing() as session:
        for name in ("First", "Second"):
            save_run(session, make_run(name=name), make_results())
        save_run(session, make_run(name="What if", is_scenario=True), make_results())
    return store


def _publish(store: Store, run_id: int, name: str) -> None:
    with store.writing() as session:
        publish_run(session, run_id, name, WHO)


def _shown(store: Store) -> str:
    with store.reading() as session:
        run = published_run(session)
    return "" if run is None else run.name


def test_before_anything_is_published_nothing_is_shown(runs: Store) -> None:
    assert _shown(runs) == ""


def test_the_run_published_last_is_shown_even_when_it_is_the_older(runs: Store) -> None:
    _publish(runs, 2, "Q3 2025")
    _publish(runs, 1, "Q2 2025")
    assert _shown(runs) == "First"


def test_who_published_what_and_when_is_kept(runs: Store) -> None:
    _publish(runs, 2, "  Q3   2025 ")
    with runs.reading() as session:
        (found,) = list_publications(session)
    assert (found.run_id, found.name, found.published_by) == (2, "Q3 2025", WHO)
    assert found.published_at.tzinfo is not None


def test_a_run_published_again_keeps_its_name(runs: Store) -> None:
    _publish(runs, 1, "Q2 2025")
    _publish(runs, 2, "Q3 2025")
    _publish(runs, 1, "")
    assert _shown(runs) == "First"
    with pytest.raises(InvalidValueError, match="is not renamed"):
        _publish(runs, 1, "Another")
    with runs.reading() as session:
        assert published_names(session) == {1: "Q2 2025", 2: "Q3 2025"}


def test_no_two_runs_go_by_the_same_name(runs: Store) -> None:
    _publish(runs, 1, "Q3 2025")
    with pytest.raises(InvalidValueError, match="Run 1 goes by the name"):
        _publish(runs, 2, "q3 2025")


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_has_to_be_one(runs: Store, name: str) -> None:
    with pytest.raises(InvalidValueError, match="1 to 100 characters"):
        _publish(runs, 1, name)


def test_a_scenario_is_never_published(runs: Store) -> None:
    with pytest.raises(NotAllowedError, match="only thought of"):
        _publish(runs, 3, "Q3 2025")


def test_a_run_that_is_not_there_is_not_published(runs: Store) -> None:
    with pytest.raises(NotFoundError, match="no run 9"):
        _publish(runs, 9, "Q3 2025")


def test_a_scenario_is_not_the_latest_run(runs: Store) -> None:
    with runs.reading() as session:
        assert latest_run(session).name == "Second"


def test_a_site_with_runs_from_before_goes_on_showing_its_latest(
    bare_database_url: str, opened: Callable[[str], Store]
) -> None:
    store = opened(bare_database_url)
    upgrade_to(store, BEFORE)
    with store.writing() as session:
        for name in ("Older", "Newer"):
            session.execute(
                text(
                    "INSERT INTO runs (name, made_at, made_by, parameters, inputs, versions, "
                    "summary, is_synthetic) VALUES (:name, '2025-11-01 10:00:00', 'somebody', "
                    "'{}', '{}', '{}', '{}', false)"
                ),
                {"name": name},
            )
    upgrade(store)
    assert _shown(store) == "Newer"
    with store.reading() as session:
        assert published_names(session) == {2: "Newer"}
