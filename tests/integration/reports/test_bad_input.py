"""Runs of too little: a plain refusal, or an honest "cannot say", and never a 0 for a finding."""

from typing import Any

import pytest
from sqlalchemy import text

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.domain.period import Month, Period
from mapper.errors import NotReadyError, ParametersError
from mapper.reports.authorities import areas_table, authorities
from mapper.reports.gap_report import gap_report
from mapper.reports.run import analyse
from mapper.reports.scenario import try_scenario
from mapper.reports.scenario_plan import Plan
from mapper.store.runs import run_areas
from mapper.store.session import Store
from tests.factories import PORTSMOUTH
from tests.integration.reports.world import add_violence, choices
from tests.published import analyse_and_publish

COMPARED = ("gap_score", "gap_class", "share_gap_points", "share_gap_class", "stability_percent")


def change(store: Store, *statements: str) -> None:
    with store.writing() as session:
        for statement in statements:
            session.execute(text(statement))


def without_activities(store: Store) -> None:
    change(store, "UPDATE activities SET status = 'planned'")


def read(store: Store, audience: Audience = Audience.ANALYST) -> list[dict[str, Any]]:
    """The small areas as published."""
    with store.reading() as session:
        return areas_table(session, audience).records()


def test_no_violence_at_all_is_asked_for(filled: Store) -> None:
    change(filled, "DELETE FROM violence_counts")
    with pytest.raises(NotReadyError, match=r"No violence counts .* are loaded.*ingest violence"):
        analyse(filled, choices())


def test_no_residents_are_asked_for(filled: Store) -> None:
    change(filled, "DELETE FROM residents")
    with pytest.raises(NotReadyError, match=r"No residents are loaded.*population file"):
        analyse(filled, choices())


@pytest.mark.parametrize("start", [Month(2019, 1), Month(2031, 1)])
def test_a_period_outside_the_data_is_told_what_there_is(filled: Store, start: Month) -> None:
    with pytest.raises(ParametersError, match="Months loaded: 2025-01 to 2025-03"):
        analyse(filled, choices(period=Period(start, start.plus(2))))


def test_counts_of_another_vintage_that_cannot_be_placed_are_not_taken_for_none(
    filled: Store,
) -> None:
    change(
        filled,
        "UPDATE violence_counts SET area_code = 'E01999999', area_name = 'Elsewhere 001A', "
        "easting_m = NULL, northing_m = NULL",
    )
    with pytest.raises(NotReadyError, match=r"none is of .* 2011 boundaries.*look-up"):
        analyse(filled, choices())


@pytest.mark.parametrize("sensitivity", [Sensitivity.OPEN, Sensitivity.RESTRICTED])
@pytest.mark.parametrize("audience", list(Audience))
def test_without_activities_no_gap_is_told_to_anybody(
    filled: Store, sensitivity: Sensitivity, audience: Audience
) -> None:
    without_activities(filled)
    change(filled, f"UPDATE sources SET sensitivity = '{sensitivity}' WHERE kind = 'violence'")  # noqa: S608
    analyse_and_publish(filled, choices())
    for row in read(filled, audience):
        assert {name: row[name].value for name in COMPARED} == dict.fromkeys(COMPARED)
        assert row["coverage_per_1000"].text == "no activity registered"
    with filled.reading() as session:
        found = gap_report(session, PORTSMOUTH, audience)
        table = authorities(session, audience)
    assert any("cannot be said" in said or "not shown" in said for said in found.summary)
    assert any("no activity that reaches anybody" in note for note in found.provenance.notes)
    assert {row["areas_high_need_low_provision"].value for row in table.records()} == {None}


def test_without_activities_need_is_still_told(filled: Store) -> None:
    without_activities(filled)
    analyse_and_publish(filled, choices())
    assert all(row["eb_rate_per_1000"].value > 0 for row in read(filled))


def test_types_of_which_there_is_none_are_not_taken_for_peace(filled: Store) -> None:
    with pytest.raises(NotReadyError, match="none is of Possession of weapons"):
        analyse(filled, choices(crime_types=("Possession of weapons",)))


def test_one_authority_is_compared_with_no_other(filled: Store) -> None:
    change(
        filled,
        "DELETE FROM residents WHERE area_code > 'E01000004'",
        "DELETE FROM areas WHERE level = 'lsoa' AND code > 'E01000004'",
    )
    analyse_and_publish(filled, choices())
    with filled.reading() as session:
        lads = run_areas(session, 1, AreaType.LAD)
        lsoas = run_areas(session, 1, AreaType.LSOA)
        notes = authorities(session, Audience.ANALYST).provenance.notes
    (only,) = (row for row in lads.values() if row["population"])
    assert (only["gap_score"], only["gap_class"], only["share_gap"]) == (None, None, None)
    assert only["eb_rate_per_1000"] > 0
    assert all(row["gap_score"] is not None for row in lsoas.values())
    assert any("only one area has residents" in note for note in notes)


def test_a_scenario_where_nothing_is_registered_tells_what_would_be(filled: Store) -> None:
    without_activities(filled)
    analyse_and_publish(filled, choices())
    found = try_scenario(filled, 1, Plan(planned=frozenset({1})))
    for row in found.areas.records():
        assert row["gap_score_before"].value is None
        assert row["gap_score_after"].value is not None
        assert row["gap_score_change"].value is None


def test_two_sources_of_a_month_are_not_added_up(filled: Store) -> None:
    first = analyse(filled, choices())
    add_violence(filled, name="the same again")
    second = analyse(filled, choices())
    with filled.reading() as session:
        counts = [
            {code: row["count"] for code, row in run_areas(session, run, AreaType.LSOA).items()}
            for run in (first, second)
        ]
    assert counts[0] == counts[1]
