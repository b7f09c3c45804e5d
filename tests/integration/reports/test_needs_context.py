"""Counts and cohorts of a needs assessment as each audience is shown them."""

import json

import pytest

from mapper.domain.area import AreaType
from mapper.domain.cohort_count import CohortCount, CohortMeasure, Sex
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.domain.violence import AreaViolenceCount, RecordingSource
from mapper.reports.cohort_table import cohort_table
from mapper.reports.export import to_json
from mapper.reports.gap_report import gap_report
from mapper.reports.needs_context import needs_context
from mapper.reports.published import PublishedTable
from mapper.store.needs import save_area_counts, save_cohorts
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import PORTSMOUTH, make_source
from tests.integration.reports.world import QUARTER

YEAR = Period(Month(2023, 4), Month(2024, 4))
WITHHELD, BY_SOURCE = "not shown", "withheld by the source"


def add_counts(
    store: Store,
    counts: dict[tuple[str, AreaType], int | None],
    sensitivity: Sensitivity = Sensitivity.PARTNER,
    period: Period = YEAR,
    recorder: RecordingSource = RecordingSource.SNA,
) -> None:
    """Keep counts of robberies in Portsmouth."""
    records = [
        AreaViolenceCount(
            area_code=code,
            area_name=code,
            level=level,
            lad_code=PORTSMOUTH,
            period=period,
            offence_group="Robbery",
            count=count,
        )
        for (code, level), count in counts.items()
    ]
    given = {"recorder": recorder, "sensitivity": sensitivity, "name": f"sna {period}"}
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.VIOLENCE, **given))
        save_area_counts(session, source_id, records)


def add_cohorts(
    store: Store, counts: list[CohortCount], sensitivity: Sensitivity = Sensitivity.PARTNER
) -> None:
    """Keep counts of cohorts."""
    with store.writing() as session:
        source = make_source(SourceKind.COHORTS, name="cohorts", sensitivity=sensitivity)
        save_cohorts(session, add_source(session, source), counts)


def cohort(count: int | None, **given: object) -> CohortCount:
    """So many people affected by violence."""
    values = {"measure": CohortMeasure.AFFECTED, "period": YEAR, "count": count}
    return CohortCount(**values | given)  # type: ignore[arg-type]


def texts(table: PublishedTable, *names: str) -> list[tuple[str, ...]]:
    """Some columns of a table as they read."""
    return [tuple(row[name].text for name in names) for row in table.records()]


def context(store: Store, audience: Audience) -> dict[str, str]:
    """Area code to count, as an audience reads them."""
    with store.reading() as session:
        return dict(texts(needs_context(session, PORTSMOUTH, audience), "area_code", "count"))


WARDS = {
    (PORTSMOUTH, AreaType.LAD): 113,
    ("E05000001", AreaType.WARD): None,
    ("E05000002", AreaType.WARD): 20,
    ("E05000003", AreaType.WARD): 90,
    ("E02000001", AreaType.MSOA): 110,
}


def test_an_analyst_sees_every_count_and_what_the_source_withholds(store: Store) -> None:
    add_counts(store, WARDS)
    found = context(store, Audience.ANALYST)
    assert found["E05000001"] == BY_SOURCE
    assert (found[PORTSMOUTH], found["E05000003"], found["E02000001"]) == ("113", "90", "110")


def test_a_partner_sees_neither_small_counts_nor_what_would_tell_them(store: Store) -> None:
    add_counts(store, WARDS)
    found = context(store, Audience.PARTNER)
    assert found == {
        PORTSMOUTH: "113",
        "E05000001": WITHHELD,
        "E05000002": WITHHELD,
        "E05000003": "90",
    }


@pytest.mark.parametrize(
    ("sensitivity", "seen"),
    [
        (Sensitivity.OPEN, set(Audience)),
        (Sensitivity.PARTNER, {Audience.PARTNER, Audience.ANALYST}),
        (Sensitivity.RESTRICTED, {Audience.ANALYST}),
    ],
)
def test_who_may_not_see_a_source_sees_nothing_of_it(
    sensitivity: Sensitivity, seen: set[Audience], store: Store
) -> None:
    add_counts(store, WARDS, sensitivity)
    add_cohorts(store, [cohort(50)], sensitivity)
    assert {audience for audience in Audience if context(store, audience)} == seen
    with store.reading() as session:
        tables = {audience: cohort_table(session, audience) for audience in Audience}
        assert {audience for audience, table in tables.items() if table.rows} == seen
        assert {a for a, table in tables.items() if table.provenance.sources} == seen


def test_only_the_latest_period_is_shown(store: Store) -> None:
    add_counts(store, {(PORTSMOUTH, AreaType.LAD): 50})
    newer = Period(Month(2024, 4), Month(2025, 4))
    add_counts(store, {(PORTSMOUTH, AreaType.LAD): 60}, period=newer)
    assert context(store, Audience.ANALYST) == {PORTSMOUTH: "60"}


def test_the_gap_report_holds_them_and_no_figure_changes(world: Store) -> None:
    with world.reading() as session:
        before = gap_report(session, PORTSMOUTH, Audience.PARTNER)
    add_counts(world, WARDS)
    with world.reading() as session:
        after = gap_report(session, PORTSMOUTH, Audience.PARTNER)
        public = gap_report(session, PORTSMOUTH, Audience.PUBLIC)
    assert len(after.context.rows) == 4
    assert not before.context.rows
    assert not public.context.rows
    assert after.areas.table.rows == before.areas.table.rows


AGES = [
    cohort(3, age_from=10, age_to=14),
    cohort(20, age_from=15, age_to=17),
    cohort(77, age_from=18, age_to=None),
    cohort(23, age_from=10, age_to=17),
    cohort(100),
]


def test_a_small_cohort_is_withheld_and_so_is_what_would_tell_it(store: Store) -> None:
    add_cohorts(store, AGES)
    with store.reading() as session:
        found = texts(cohort_table(session, Audience.PARTNER), "age", "count")
    assert dict(found) == {
        "10 to 14": WITHHELD,
        "15 to 17": WITHHELD,
        "18 and over": "77",
        "all": "100",
    }


def test_an_analyst_sees_every_cohort(store: Store) -> None:
    add_cohorts(store, AGES, Sensitivity.RESTRICTED)
    with store.reading() as session:
        rows = json.loads(to_json(cohort_table(session, Audience.ANALYST)))["rows"]
    assert [row["count"] for row in rows] == [3, 20, 77, 23, 100]


def test_tables_that_share_a_dimension_are_not_shown_together(store: Store) -> None:
    by_sex = [cohort(40, age_from=10, age_to=14, sex=sex) for sex in Sex]
    by_origin = [cohort(60, age_from=10, age_to=14, ethnicity=each) for each in ("A", "B")]
    add_cohorts(store, [*by_sex, *by_origin])
    with store.reading() as session:
        found = texts(cohort_table(session, Audience.PARTNER), "sex", "ethnicity")
    assert found == [(sex.value, "all") for sex in Sex]


def test_an_authority_is_not_shown_beside_the_whole_area(store: Store) -> None:
    counts = [cohort(40, sex=sex) for sex in Sex]
    local = [cohort(30, sex=sex, lad_code=PORTSMOUTH) for sex in Sex]
    add_cohorts(store, [*counts, *local])
    with store.reading() as session:
        assert not cohort_table(session, Audience.PARTNER, PORTSMOUTH).rows
        assert len(cohort_table(session, Audience.PARTNER).rows) == 3
        assert len(cohort_table(session, Audience.ANALYST, PORTSMOUTH).rows) == 3


@pytest.mark.parametrize(
    ("recorder", "period", "seen_by"),
    [
        (RecordingSource.POLICE, QUARTER, [Audience.ANALYST]),
        (RecordingSource.POLICE, Period(Month(2024, 12), Month(2025, 1)), [Audience.ANALYST]),
        (RecordingSource.POLICE, YEAR, list(Audience)),
        (RecordingSource.SNA, QUARTER, list(Audience)),
    ],
)
def test_counts_that_a_closed_run_tells_too_are_not_told_a_second_time(
    restricted: Store, recorder: RecordingSource, period: Period, seen_by: list[Audience]
) -> None:
    add_counts(restricted, {(PORTSMOUTH, AreaType.LAD): 113}, Sensitivity.OPEN, period, recorder)
    assert [each for each in Audience if context(restricted, each)] == seen_by


def test_counts_that_an_open_run_tells_too_stand_beside_it(world: Store) -> None:
    police = RecordingSource.POLICE
    add_counts(world, {(PORTSMOUTH, AreaType.LAD): 113}, Sensitivity.OPEN, QUARTER, police)
    assert context(world, Audience.PUBLIC) == {PORTSMOUTH: "113"}
