"""Which run an audience sees, what it goes by, and how two runs are compared."""

import dataclasses

import pytest

from mapper.analysis.dose import Dose
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.domain.period import Month, Period
from mapper.errors import InvalidValueError, NoAnalysisError, NotAllowedError, NotFoundError
from mapper.reports.authorities import authorities
from mapper.reports.comparing import compare_runs
from mapper.reports.export import to_csv
from mapper.reports.publishing import overlap_warning, publish_as, usual_name
from mapper.reports.run import analyse
from mapper.reports.shown_run import look_at, run_for
from mapper.store.runs import get_run, run_areas, save_run
from mapper.store.session import Store
from tests.factories import make_results
from tests.integration.reports.world import QUARTER, add_violence, choices

FIRST_MONTH = Period(QUARTER.start, QUARTER.start.plus(1))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
def test_before_a_run_is_published_only_analysts_see_figures(
    filled: Store, audience: Audience
) -> None:
    analyse(filled, choices())
    with filled.reading() as session:
        assert run_for(session, Audience.ANALYST).id == 1
        with pytest.raises(NoAnalysisError, match="mapper runs publish 1"):
            run_for(session, audience)


def test_a_newer_run_is_seen_by_nobody_until_it_is_published(world: Store) -> None:
    newer = analyse(world, choices(seed=2))
    with world.reading() as session:
        assert {run_for(session, audience).id for audience in Audience} == {1}
    with world.writing() as session:
        publish_as(session, newer, "", "")
        assert {run_for(session, audience).id for audience in Audience} == {newer}
        publish_as(session, 1, "", "")
        assert {run_for(session, audience).id for audience in Audience} == {1}


def test_only_an_analyst_looks_at_a_run_that_is_not_published(world: Store) -> None:
    newer = analyse(world, choices(seed=2))
    with world.reading() as session:
        look_at(session, newer)
        assert authorities(session, Audience.ANALYST).provenance.run_id == newer
        for audience in (Audience.PUBLIC, Audience.PARTNER):
            with pytest.raises(NotFoundError, match="no run 2 to be seen"):
                authorities(session, audience)


def test_a_scenario_is_not_looked_at_as_if_it_were_a_run(world: Store) -> None:
    with world.writing() as session:
        run = dataclasses.replace(get_run(session, 1), is_scenario=True)
        run = dataclasses.replace(run, parameters={**run.parameters, "scenario": {"run": 1}})
        number = save_run(session, run, make_results())
        look_at(session, number)
        with pytest.raises(NotFoundError, match="mapper runs compare 1 2"):
            run_for(session, Audience.ANALYST)


def test_a_run_goes_by_the_quarter_that_it_ends_with(world: Store) -> None:
    month = analyse(world, choices(period=FIRST_MONTH))
    again = analyse(world, choices(seed=2))
    with world.reading() as session:
        assert run_for(session, Audience.PUBLIC).name == "January 2025 to March 2025"
        assert authorities(session, Audience.PUBLIC).provenance.run_name == "Q1 2025"
        assert usual_name(session, get_run(session, month)) == "January 2025"
        assert usual_name(session, get_run(session, again)) == f"Q1 2025, run {again}"


def test_periods_that_overlap_in_part_are_warned_of_where_counts_are_not_open(
    world: Store, restricted: Store
) -> None:
    for store, is_warned in ((world, False), (restricted, True)):
        month = analyse(store, choices(period=FIRST_MONTH))
        same = analyse(store, choices(seed=2))
        with store.reading() as session:
            warning = overlap_warning(session, get_run(session, month))
            assert ("Q1 2025" in warning) is is_warned
            assert overlap_warning(session, get_run(session, same)) == ""


def test_other_months_left_out_and_other_types_are_warned_of_where_counts_are_not_open(
    restricted: Store,
) -> None:
    less = analyse(restricted, choices(excluded=(QUARTER.start,)))
    every_type = analyse(restricted, choices(crime_types=()))
    with restricted.reading() as session:
        for run in (less, every_type):
            assert "Q1 2025" in overlap_warning(session, get_run(session, run))


def test_what_moved_is_the_difference_of_what_the_runs_keep(world: Store) -> None:
    add_violence(world, counts=(40, 2, 30, 40, 6, 25, 2, 60))
    second = analyse(world, choices())
    with world.reading() as session:
        table = compare_runs(session, (1, second), Audience.ANALYST, level=AreaType.LSOA)
        old, new = (run_areas(session, run, AreaType.LSOA) for run in (1, second))
    rows = {row["area_code"].value: row for row in table.records()}
    assert set(rows) == set(old)
    for code, row in rows.items():
        change = new[code]["gap_score"] - old[code]["gap_score"]
        assert row["gap_score_change"].value == round(change)
        assert row["gap_class_after"].value == new[code]["gap_class"]
    moved = {code: row["need_moved"].value for code, row in rows.items()}
    assert moved["E01000001"] == "rise beyond both intervals"
    assert {moved[code] for code in moved if code != "E01000001"} == {"within the intervals"}
    assert to_csv(table).count("\n") == len(rows) + 1


def test_the_most_moved_stand_first(world: Store) -> None:
    add_violence(world, counts=(40, 2, 30, 40, 6, 25, 2, 60))
    second = analyse(world, choices())
    with world.reading() as session:
        table = compare_runs(session, (1, second), Audience.ANALYST, level=AreaType.LSOA)
    changes = [abs(float(row["gap_score_change"].value or 0)) for row in table.records()]
    assert changes == sorted(changes, reverse=True)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
def test_two_runs_are_compared_for_analysts_only(world: Store, audience: Audience) -> None:
    second = analyse(world, choices())
    with world.reading() as session, pytest.raises(NotAllowedError, match="analysts only"):
        compare_runs(session, (1, second), audience)


def test_runs_of_two_vintages_are_not_compared(world: Store) -> None:
    with world.writing() as session:
        run = get_run(session, 1)
        other = dataclasses.replace(run, inputs={**run.inputs, "lsoa_vintage": "2021"})
        number = save_run(session, other, make_results())
        with pytest.raises(InvalidValueError, match="2011, run 2 of those of 2021"):
            compare_runs(session, (1, number), Audience.ANALYST)


@pytest.mark.parametrize(
    ("changes", "silent", "told"),
    [
        ({"crime_types": ("Burglary",)}, "need_change", "count different violence"),
        ({"unit": Dose.PARTICIPANTS}, "provision_change", "counted in sessions before"),
        ({"period": FIRST_MONTH}, "provision_change", "3 and 1 months"),
    ],
)
def test_figures_that_do_not_mean_the_same_are_not_subtracted(
    world: Store, changes: dict[str, object], silent: str, told: str
) -> None:
    second = analyse(world, choices(**changes))
    with world.reading() as session:
        table = compare_runs(session, (1, second), Audience.ANALYST)
    assert {row[silent].text for row in table.records()} == {"cannot say"}
    assert any(told in note for note in table.provenance.notes)


def test_months_after_the_quarter_have_no_name_of_a_quarter() -> None:
    start = Month(2025, 1)
    names = [Period(start, start.plus(length)).quarter for length in (1, 2, 3, 4, 6, 9, 12)]
    assert names == ["", "", "Q1 2025", "", "Q2 2025", "Q3 2025", "Q4 2025"]
