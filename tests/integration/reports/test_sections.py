"""The sections of a gap report: what they say, and to whom."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from mapper.domain.activity import ActivityStatus
from mapper.domain.cohort_count import CohortCount, CohortMeasure
from mapper.domain.disclosure import Audience, Sensitivity, Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.period import Period
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Cohort, Theme
from mapper.reports.gap_report import GapReport, gap_report
from mapper.reports.sections.section import NOT_OPEN, Section, bar_chart
from mapper.reports.wording import number_cell, withheld_cell
from mapper.store.activities import save_activities
from mapper.store.needs import save_cohorts
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import (
    LEFT_M,
    PORTSMOUTH,
    SIDE_M,
    SOUTHAMPTON,
    located,
    lsoa,
    make_activity,
    make_organisation,
    make_place,
    make_source,
)
from tests.integration.reports.world import QUARTER, choices
from tests.published import analyse_and_publish

NOT_ANALYST = [Audience.PUBLIC, Audience.PARTNER]
SOON = {"starts_on": date(2025, 1, 6), "ends_on": date(2025, 4, 30), "sessions": 12}


def section(report: GapReport, name: str) -> Section:
    return next(each for each in report.sections if each.name == name)


def sections(store: Store, name: str, lad: str, audience: Audience = Audience.PUBLIC) -> Section:
    with store.reading() as session:
        return section(gap_report(session, lad, audience), name)


def rows(found: Section) -> list[dict[str, Any]]:
    assert found.table is not None
    return [{name: cell.value for name, cell in row.items()} for row in found.table.records()]


def add_work(store: Store, *records: Any) -> None:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES, name="more"))
        save_activities(session, source, list(records))


def add_places(store: Store, *records: Any) -> None:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ORGANISATIONS, name="more"))
        save_organisations(session, source, list(records))


def test_every_report_has_the_same_sections_in_the_same_order(world: Store) -> None:
    with world.reading() as session:
        named = {
            tuple(each.name for each in gap_report(session, lad, audience).sections)
            for lad in (PORTSMOUTH, SOUTHAMPTON)
            for audience in Audience
        }
    assert named == {
        (
            *("themes", "for-whom", "cohort-gap", "where-next"),
            *("lapse", "ahead", "presence", "connections", "sampling"),
        )
    }


def test_the_theme_that_reaches_fewest_stands_first(filled: Store) -> None:
    about = make_activity(title="About knives", themes=frozenset({Theme.KNIFE_CRIME}), sessions=8)
    add_work(filled, located(about, make_place(7)))
    analyse_and_publish(filled, choices())
    found = sections(filled, "themes", SOUTHAMPTON)
    assert rows(found)[-1]["term"] == "knife crime"
    assert rows(found)[-1]["activities"] == 1
    assert found.sentences[0].startswith("Nothing registered that reaches here is about")


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_what_rests_on_restricted_counts_is_for_analysts(
    restricted: Store, audience: Audience
) -> None:
    for name in ("where-next", "connections"):
        assert sections(restricted, name, SOUTHAMPTON, audience) == Section(
            name, sections(restricted, name, SOUTHAMPTON, Audience.ANALYST).heading, (NOT_OPEN,)
        )
    for row in rows(sections(restricted, "themes", SOUTHAMPTON, audience)):
        assert (row["share_gap"], row["affected_unreached"]) == (None, None)
    told = rows(sections(restricted, "themes", SOUTHAMPTON, Audience.ANALYST))
    assert None not in {row["share_gap"] for row in told}


def test_work_that_lapses_is_named_with_what_would_be_left(filled: Store) -> None:
    ends = located(make_activity(title="Ends soon", **SOON), make_place(2))
    goes_on = located(make_activity(title="Goes on", **SOON), make_place(2))
    again = make_activity(
        title="Goes on",
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 12, 1),
        status=ActivityStatus.PLANNED,
    )
    add_work(filled, ends, goes_on, located(again, make_place(2)))
    analyse_and_publish(filled, choices())
    found = sections(filled, "lapse", PORTSMOUTH)
    assert [row["title"] for row in rows(found)] == ["Ends soon"]
    assert found.sentences[0].startswith("1 activity of four weeks or more")
    assert found.sentences[1].startswith("If none is renewed, ")


def test_the_public_is_told_nothing_that_rests_on_funding(filled: Store) -> None:
    club = make_organisation(name="Paid Club", funding_ends_on=date(2025, 5, 1))
    add_places(filled, located(club, make_place(2)))
    long = {"starts_on": date(2025, 1, 6), "ends_on": date(2026, 1, 6), "sessions": 12}
    add_work(
        filled, located(make_activity(title="Paid for", lead="Paid Club", **long), make_place(2))
    )
    analyse_and_publish(filled, choices())
    public = sections(filled, "lapse", PORTSMOUTH)
    partner = sections(filled, "lapse", PORTSMOUTH, Audience.PARTNER)
    assert [row["funding_ends_on"] for row in rows(partner)] == ["2025-05-01"]
    assert public.table is None
    assert not any("If none is renewed" in said for said in public.sentences)
    assert any("If none is renewed" in said for said in partner.sentences)


def test_what_is_planned_stands_beside_what_reached_each_area(filled: Store) -> None:
    planned = make_activity(
        title="To come",
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 1),
        sessions=3,
        status=ActivityStatus.PLANNED,
    )
    cancelled = make_activity(
        title="Not to come",
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 1),
        sessions=90,
        status=ActivityStatus.CANCELLED,
    )
    add_work(filled, located(planned, make_place(2)), located(cancelled, make_place(2)))
    analyse_and_publish(filled, choices())
    found = sections(filled, "ahead", PORTSMOUTH)
    assert found.sentences[0].startswith("1 activity registered for April 2025 to June 2025")
    assert "3.0 sessions" in found.sentences[0]
    assert all(row["dose_ahead"] < row["dose"] for row in rows(found))
    assert "Nothing is registered" in sections(filled, "ahead", SOUTHAMPTON).sentences[0]


@pytest.mark.parametrize("audience", NOT_ANALYST)
def test_no_score_of_restricted_counts_is_told_ahead(restricted: Store, audience: Audience) -> None:
    found = sections(restricted, "ahead", SOUTHAMPTON, audience)
    assert "gap_score" not in {key for row in rows(found) for key in row}
    assert "gap_score" in rows(sections(restricted, "ahead", SOUTHAMPTON, Audience.ANALYST))[0]


@pytest.mark.parametrize(
    ("visibility", "named"),
    [
        (Visibility.EXACT, {PORTSMOUTH, SOUTHAMPTON}),
        (Visibility.AUTHORITY, {SOUTHAMPTON}),
        (Visibility.HIDDEN, set()),
    ],
)
def test_work_is_named_no_more_exactly_than_its_place_may_be_shown(
    filled: Store, visibility: Visibility, named: set[str]
) -> None:
    # In the westernmost small area of Southampton, but not where the unseen body is; from there
    # it reaches the last one of Portsmouth.
    work = make_activity(title="Near the edge", visibility=visibility, **SOON)
    add_work(
        filled, located(work, make_place(4, easting_m=LEFT_M + 4.2 * SIDE_M, postcode="PO1 9ZZ"))
    )
    analyse_and_publish(filled, choices())
    found = {
        lad
        for lad in (PORTSMOUTH, SOUTHAMPTON)
        for each in [sections(filled, "lapse", lad)]
        if each.table and "Near the edge" in {row["title"] for row in rows(each)}
    }
    assert found == named


def test_where_next_names_a_venue_and_what_it_adds(filled: Store) -> None:
    hall = make_organisation(name="A Hall", kind=OrganisationKind.COMMUNITY_CENTRE)
    add_places(filled, located(hall, make_place(7)))
    analyse_and_publish(filled, choices())
    found = sections(filled, "where-next", SOUTHAMPTON)
    if found.table is None:
        assert "no unmet need" in found.sentences[0] or "None of" in found.sentences[-1]
    else:
        assert rows(found)[0]["name"] == "A Hall"
        assert rows(found)[0]["gain"] > 0
    nowhere = sections(filled, "where-next", PORTSMOUTH)
    assert nowhere.table is None
    assert "cannot be said" in nowhere.sentences[0]


@pytest.mark.parametrize(
    ("change", "seen_by"),
    [
        ("recorded_at = '2021-01-01 00:00:00'", [Audience.PARTNER, Audience.ANALYST]),
        ("visibility = 'ward'", []),
        ("is_active = false", []),
        ("name = name", list(Audience)),
    ],
)
def test_where_next_names_only_venues_that_are_still_there_for_whoever_looks(
    filled: Store, change: str, seen_by: list[Audience]
) -> None:
    hall = make_organisation(name="A Hall", kind=OrganisationKind.COMMUNITY_CENTRE)
    add_places(filled, located(hall, make_place(7)))
    analyse_and_publish(filled, choices())
    with filled.writing() as session:
        session.execute(text(f"UPDATE organisations SET {change} WHERE name = 'A Hall'"))  # noqa: S608  (words of the test)
    tables = {each: sections(filled, "where-next", SOUTHAMPTON, each).table for each in Audience}
    assert [each for each, table in tables.items() if table] == seen_by


def test_the_public_is_not_told_who_led_what_lapses_when_the_entry_has_lapsed_too(
    filled: Store,
) -> None:
    add_work(filled, located(make_activity(title="Ends soon", **SOON), make_place(2)))
    analyse_and_publish(filled, choices())
    lead = rows(sections(filled, "lapse", PORTSMOUTH))[0]["lead"]
    assert lead is not None
    with filled.writing() as session:
        session.execute(
            text("UPDATE organisations SET recorded_at = '2021-01-01 00:00:00', verified_on = NULL")
        )
    said = {
        each: {row["lead"] for row in rows(sections(filled, "lapse", PORTSMOUTH, each))}
        for each in (Audience.PUBLIC, Audience.PARTNER)
    }
    assert lead in said[Audience.PARTNER]
    assert said[Audience.PUBLIC] == {None}


def test_presence_says_how_far_the_nearest_of_each_kind_is(filled: Store) -> None:
    hall = make_organisation(name="A Hall", kind=OrganisationKind.COMMUNITY_CENTRE)
    add_places(filled, located(hall, make_place(7)))
    analyse_and_publish(filled, choices())
    own = {row["kind"]: row for row in rows(sections(filled, "presence", SOUTHAMPTON))}
    assert own["community centre"]["furthest_area"] == "Area 5"
    assert own["community centre"]["furthest_km"] == 3.0
    assert own["community centre"]["areas"] == 4
    away = {row["kind"]: row for row in rows(sections(filled, "presence", PORTSMOUTH))}
    assert away["community centre"]["median_own_km"] is None


def test_a_cohort_gap_of_a_closed_source_is_for_analysts(filled: Store) -> None:
    counts = [
        CohortCount(
            count=people,
            age_from=first,
            age_to=last,
            lad_code=SOUTHAMPTON,
            period=Period(QUARTER.start, QUARTER.end),
            measure=CohortMeasure.AFFECTED,
        )
        for first, last, people in ((10, 17, 60), (18, 24, 30), (25, None, 10))
    ]
    with filled.writing() as session:
        source = make_source(SourceKind.COHORTS, name="cohorts", sensitivity=Sensitivity.RESTRICTED)
        save_cohorts(session, add_source(session, source), counts)
    add_work(
        filled,
        *(
            located(
                make_activity(title=term, cohorts=frozenset({term}), participants=people),
                make_place(5),
            )
            for term, people in (
                (Cohort.AGED_15_TO_17, 10),
                (Cohort.AGED_18_TO_24, 8),
                (Cohort.ADULTS, 90),
            )
        ),
    )
    analyse_and_publish(filled, choices())
    for audience in NOT_ANALYST:
        assert sections(filled, "cohort-gap", SOUTHAMPTON, audience).table is None
    told = rows(sections(filled, "cohort-gap", SOUTHAMPTON, Audience.ANALYST))
    assert [row["cohort"] for row in told] == ["10 to 17", "18 to 24", "25 and over"]
    assert told[0]["representation"] == "under-represented"


def test_a_chart_has_no_bar_for_what_is_withheld() -> None:
    drawn = bar_chart(
        "Sessions", [("a", number_cell(4)), ("b", withheld_cell()), ("c", number_cell(2))]
    )
    assert drawn is not None
    assert [(bar.label, bar.width) for bar in drawn.bars] == [("a", 100.0), ("c", 50.0)]


def test_a_chart_of_one_bar_or_of_none_above_zero_is_left_out() -> None:
    assert bar_chart("Sessions", [("a", number_cell(4))]) is None
    assert bar_chart("Sessions", [("a", number_cell(0)), ("b", number_cell(0))]) is None


def test_the_trend_is_shown_where_both_periods_may_be_seen(world: Store) -> None:
    with world.reading() as session:
        table = gap_report(session, PORTSMOUTH, Audience.PUBLIC).areas.table
    # No month of the period before is loaded: there is no trend to show.
    assert "trend" not in {column.name for column in table.columns}
    assert lsoa(0) in {row["area_code"].value for row in table.records()}
