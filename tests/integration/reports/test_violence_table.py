"""Lists of recorded crime add up, however they are cut."""

from typing import Any

from mapper.domain.disclosure import Audience, Sensitivity
from mapper.domain.period import Month, Period
from mapper.reports.violence_table import violence_table
from mapper.store.session import Store
from tests.factories import PORTSMOUTH, SOUTHAMPTON, lsoa
from tests.integration.reports.world import COUNTS, add_violence

ROBBERY = "Robbery"


def rows(store: Store, *by: str, **choices: Any) -> list[dict[str, Any]]:
    """The list as plain values."""
    with store.reading() as session:
        table = violence_table(session, Audience.PUBLIC, frozenset(by), **choices)
    return [{name: cell.value for name, cell in row.items()} for row in table.records()]


def by_area(store: Store, *by: str, **choices: Any) -> dict[str, int]:
    """Robberies by area code."""
    found = rows(store, *by, **choices)
    return {row["area_code"]: row["count"] for row in found if row["crime_type"] == ROBBERY}


def test_counts_by_small_area_are_those_loaded(filled: Store) -> None:
    assert by_area(filled, "lsoa") == {lsoa(i): count for i, count in enumerate(COUNTS)}


def test_counts_by_ward_are_the_sums_of_their_small_areas(world: Store) -> None:
    assert by_area(world, "ward") == {
        "E05000001": 3, "E05000002": 70, "E05000003": 31, "E05000004": 62,
    }  # fmt: skip


def test_counts_by_authority_are_the_sums_of_theirs(world: Store) -> None:
    assert by_area(world, "lad") == {PORTSMOUTH: 73, SOUTHAMPTON: 93}


def test_without_an_area_the_whole_is_counted(world: Store) -> None:
    assert by_area(world) == {"HIPS": 166}


def test_of_two_kinds_of_area_the_smaller_is_used(world: Store) -> None:
    assert by_area(world, "lad", "ward") == by_area(world, "ward")


def test_months_add_up_to_the_whole(world: Store) -> None:
    months = [row for row in rows(world, "month") if row["crime_type"] == ROBBERY]
    assert [row["month"] for row in months] == ["2025-01", "2025-02", "2025-03"]
    assert sum(row["count"] for row in months) == 166


def test_every_type_loaded_is_listed(world: Store) -> None:
    assert {row["crime_type"] for row in rows(world)} == {"Burglary", ROBBERY}


def test_areas_are_named(world: Store) -> None:
    assert {row["area_name"] for row in rows(world, "lad")} == {"Portsmouth", "Southampton"}


def test_one_authority_may_be_asked_for(world: Store) -> None:
    assert by_area(world, "lad", lad_code=PORTSMOUTH) == {PORTSMOUTH: 73}


def test_a_period_may_be_asked_for(world: Store) -> None:
    february = Period(Month(2025, 2), Month(2025, 3))
    assert by_area(world, period=february) == {"HIPS": sum(count // 3 for count in COUNTS)}


def test_sources_of_the_same_month_are_never_added_up(world: Store) -> None:
    add_violence(world, counts=[1] * 8, name="another source")
    robberies = [row for row in rows(world, "month") if row["crime_type"] == ROBBERY]
    assert [(row["month"], row["count"]) for row in robberies] == [("2025-01", 8)]


def test_a_closed_source_that_is_not_used_closes_nothing(restricted: Store) -> None:
    add_violence(restricted, Sensitivity.OPEN, name="an open source")
    assert by_area(restricted) == {"HIPS": 166}


def test_nothing_loaded_is_an_empty_list(store: Store) -> None:
    assert rows(store, "lad") == []
