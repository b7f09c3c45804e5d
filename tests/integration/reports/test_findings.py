"""What a run finds beside the figures of its areas."""

from datetime import date
from typing import Any

import pytest

from mapper.domain.activity import ActivityStatus
from mapper.domain.area import AreaType
from mapper.domain.cohort_count import CohortCount, CohortMeasure, Sex
from mapper.domain.disclosure import Sensitivity
from mapper.domain.organisation import OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Cohort, Theme
from mapper.reports.run import analyse
from mapper.store.activities import save_activities
from mapper.store.findings import Finding, FindingKind, run_findings
from mapper.store.needs import save_cohorts
from mapper.store.organisations import save_organisations
from mapper.store.runs import run_areas
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.violence import save_violence
from tests.factories import (
    PORTSMOUTH,
    SOUTHAMPTON,
    located,
    lsoa,
    make_activity,
    make_count,
    make_organisation,
    make_place,
    make_source,
)
from tests.integration.reports.world import QUARTER, choices


def findings(
    store: Store, kind: FindingKind, lad: str | None = None, **given: Any
) -> list[Finding]:
    run_id = analyse(store, choices(**given))
    with store.reading() as session:
        return run_findings(session, run_id, kind, lad)


def add(store: Store, kind: SourceKind, records: list[Any], name: str = "more") -> None:
    save = {
        SourceKind.ACTIVITIES: save_activities,
        SourceKind.ORGANISATIONS: save_organisations,
        SourceKind.VIOLENCE: save_violence,
        SourceKind.COHORTS: save_cohorts,
    }[kind]
    with store.writing() as session:
        save(session, add_source(session, make_source(kind, name=name)), records)


def test_the_trend_is_of_the_months_that_both_periods_have(filled: Store) -> None:
    counts = [
        make_count(area_code=lsoa(7), count=1, month=Month(2024, month)) for month in (10, 11)
    ]
    add(filled, SourceKind.VIOLENCE, counts)
    run_id = analyse(filled, choices())
    with filled.reading() as session:
        row = run_areas(session, run_id, AreaType.LSOA)[lsoa(7)]
        ward = run_areas(session, run_id, AreaType.WARD)["E05000004"]
    # Of 60 in the quarter, the 40 of January and February stand against 2.
    assert (row["count_compared"], row["count_before"], row["trend"]) == (40, 2, "rise")
    assert (ward["count_compared"], ward["count_before"]) == (42, 2)


def test_without_a_period_before_no_trend_is_told(world: Store) -> None:
    with world.reading() as session:
        rows = run_areas(session, 1, AreaType.LSOA)
    assert {(row["trend"], row["count_before"]) for row in rows.values()} == {("cannot say", None)}


def test_recency_is_in_months_to_the_end_of_the_period(world: Store) -> None:
    with world.reading() as session:
        rows = run_areas(session, 1, AreaType.LSOA)
    assert {row["months_since_last"] for row in rows.values()} <= {None, 2}


def test_a_theme_is_counted_where_its_activities_reach(filled: Store) -> None:
    about = make_activity(title="About knives", themes=frozenset({Theme.KNIFE_CRIME}), sessions=8)
    add(filled, SourceKind.ACTIVITIES, [located(about, make_place(7))])
    found = {
        (each.lad_code, each.term): each.figures for each in findings(filled, FindingKind.THEME)
    }
    assert found[SOUTHAMPTON, "knife crime"]["dose"] == pytest.approx(8)
    assert list(found[SOUTHAMPTON, "knife crime"]["lsoas"]) == [lsoa(6), lsoa(7)]
    assert found[PORTSMOUTH, "knife crime"]["activities"] == 0
    assert found[PORTSMOUTH, "domestic abuse"]["share_gap"] == pytest.approx(
        100 * 73 / 166, abs=1e-3
    )


def test_work_that_ends_with_nothing_to_follow_lapses_and_leaves_the_gap_wider(
    filled: Store,
) -> None:
    span = {"starts_on": date(2025, 1, 6), "ends_on": date(2025, 4, 30), "sessions": 12}
    ends = make_activity(title="Ends soon", **span)
    renewed = make_activity(title="Goes on", **span)
    again = make_activity(
        title="Goes on",
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 12, 1),
        status=ActivityStatus.PLANNED,
    )
    event = make_activity(title="One day", starts_on=date(2025, 3, 31), ends_on=date(2025, 3, 31))
    records = [located(each, make_place(2)) for each in (ends, renewed, again, event)]
    add(filled, SourceKind.ACTIVITIES, records)
    [found] = findings(filled, FindingKind.LAPSE, PORTSMOUTH)
    assert [each["title"] for each in found.figures["activities"]] == ["Ends soon"]
    assert found.figures["dose_without"] < found.figures["dose"]
    assert lsoa(2) in found.figures["lsoas"]


def test_where_next_names_venues_and_presence_never_measures_to_the_refuge(filled: Store) -> None:
    hall = make_organisation(name="A Hall", kind=OrganisationKind.COMMUNITY_CENTRE)
    add(filled, SourceKind.ORGANISATIONS, [located(hall, make_place(7))])
    run_id = analyse(filled, choices())
    with filled.reading() as session:
        next_ = run_findings(session, run_id, FindingKind.WHERE_NEXT)
        presence = run_findings(session, run_id, FindingKind.PRESENCE)
    assert [each.lad_code for each in next_] == ["", PORTSMOUTH, SOUTHAMPTON]
    assert next_[1].figures["candidates"] == 0
    kinds = {kind for each in presence for kinds in each.figures.values() for kind in kinds}
    assert kinds == {"community centre", "other"}
    own = presence[1].figures[lsoa(6)]["community centre"]
    assert own[1] == own[3] == 1_000
    assert presence[0].figures[lsoa(3)]["community centre"][3] is None


def test_those_affected_stand_beside_those_engaged_in_bands_that_both_have(
    filled: Store,
) -> None:
    of = {"period": Period(QUARTER.start, QUARTER.end), "measure": CohortMeasure.AFFECTED}
    counts = [
        CohortCount(count=people, age_from=first, age_to=last, lad_code=SOUTHAMPTON, **of)
        for first, last, people in ((10, 17, 60), (18, 24, 30), (25, None, 10))
    ]
    counts.append(CohortCount(count=90, sex=Sex.MALE, lad_code=SOUTHAMPTON, **of))
    counts.append(CohortCount(count=None, sex=Sex.FEMALE, lad_code=SOUTHAMPTON, **of))
    add(filled, SourceKind.COHORTS, counts)
    records = [
        located(make_activity(cohorts=frozenset({cohort}), participants=people), make_place(5))
        for cohort, people in (
            (Cohort.AGED_15_TO_17, 10),
            (Cohort.AGED_18_TO_24, 3),
            (Cohort.ADULTS, 90),
        )
    ]
    add(filled, SourceKind.ACTIVITIES, records)
    [found] = findings(filled, FindingKind.COHORT_GAP)
    cohorts = found.figures["cohorts"]
    assert (found.lad_code, found.term) == (SOUTHAMPTON, "age")
    assert {name: row["engaged"] for name, row in cohorts.items()} == {
        "10 to 17": 10,
        "18 to 24": 2,  # a group too small to be told counts as one size
        "25 and over": 90,
    }
    assert cohorts["10 to 17"]["representation"] == "under-represented"
    assert found.figures["sensitivity"] == Sensitivity.OPEN


def test_providers_outside_the_main_part_are_a_connection_gap(world: Store) -> None:
    with world.reading() as session:
        found = run_findings(session, 1, FindingKind.CONNECTION)
    assert [each.lad_code for each in found] == [PORTSMOUTH, SOUTHAMPTON]
    looked_at = {code for each in found for code in each.figures["areas"]}
    with world.reading() as session:
        rows = run_areas(session, 1, AreaType.LSOA)
    assert looked_at
    assert all(rows[code]["activities"] for code in looked_at)
