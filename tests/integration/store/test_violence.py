"""Keeping counts: a month is replaced, never added up."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select

from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.domain.violence import ViolenceCount
from mapper.geography.crs import points_to_wgs84
from mapper.store import frames
from mapper.store.counts import SaveCounts
from mapper.store.models import ViolenceRow
from mapper.store.session import Store
from mapper.store.sources import add_source, list_sources
from mapper.store.violence import save_violence
from tests.factories import SOUTHAMPTON, lsoa, make_areas, make_count, make_source

JANUARY, FEBRUARY = Month(2025, 1), Month(2025, 2)
BOTH = Period(JANUARY, Month(2025, 3))


def test_counts_are_kept(ground: Store) -> None:
    assert _save(ground, [make_count()]) == SaveCounts(new=1)
    assert _totals(ground) == {(lsoa(0), "2025-01"): 3}


def test_a_later_edition_replaces_its_months(ground: Store) -> None:
    _save(ground, [make_count(count=3)])
    _save(ground, [make_count(count=5)])
    assert _totals(ground) == {(lsoa(0), "2025-01"): 5}


def test_a_later_edition_leaves_other_months(ground: Store) -> None:
    _save(ground, [make_count(month=JANUARY), make_count(month=FEBRUARY)])
    _save(ground, [make_count(month=FEBRUARY, count=7)])
    assert _totals(ground) == {(lsoa(0), "2025-01"): 3, (lsoa(0), "2025-02"): 7}


def test_an_edition_of_which_nothing_is_left_is_no_longer_current(ground: Store) -> None:
    _save(ground, [make_count()])
    _save(ground, [make_count()])
    assert _are_current(ground) == [True, False]


def test_an_edition_of_which_a_month_is_left_stays_current(ground: Store) -> None:
    _save(ground, [make_count(month=JANUARY), make_count(month=FEBRUARY)])
    _save(ground, [make_count(month=FEBRUARY)])
    assert _are_current(ground) == [True, True]


def test_two_sources_of_one_month_are_never_added_up(ground: Store) -> None:
    _save(ground, [make_count(count=3)], name="police")
    _save(ground, [make_count(count=5)], name="ambulance")
    assert _totals(ground) == {(lsoa(0), "2025-01"): 5}


def test_the_source_loaded_last_is_chosen_month_by_month(ground: Store) -> None:
    _save(ground, [make_count(month=JANUARY), make_count(month=FEBRUARY)], name="police")
    _save(ground, [make_count(month=FEBRUARY, count=9)], name="ambulance")
    assert _totals(ground) == {(lsoa(0), "2025-01"): 3, (lsoa(0), "2025-02"): 9}


def test_a_crime_type_can_be_chosen(ground: Store) -> None:
    _save(ground, [make_count(), make_count(crime_type="Burglary", count=40)])
    assert _totals(ground, ["Robbery"]) == {(lsoa(0), "2025-01"): 3}


def test_months_outside_the_period_are_left_out(ground: Store) -> None:
    _save(ground, [make_count(month=Month(2025, 3)), make_count(month=Month(2024, 12))])
    assert _totals(ground) == {}


def test_a_count_without_a_code_is_placed_by_its_point(ground: Store) -> None:
    longitude, latitude = _degrees(464_500.0, 100_500.0)
    count = make_count(area_code="", longitude=longitude, latitude=latitude)
    _save(ground, [count])
    assert _totals(ground) == {(lsoa(4), "2025-01"): 3}


def test_a_code_of_another_vintage_goes_by_its_point_in_the_district_it_names(
    ground: Store,
) -> None:
    longitude, latitude = _degrees(463_999.0, 100_500.0)  # one metre west of Southampton
    count = make_count(
        area_code="E01999999",
        area_name="Southampton 001A",
        longitude=longitude,
        latitude=latitude,
    )
    _save(ground, [count])
    assert _lads(ground) == {SOUTHAMPTON: 3}


def test_points_are_kept_on_the_national_grid(ground: Store) -> None:
    longitude, latitude = _degrees(460_500.0, 100_500.0)
    _save(ground, [make_count(longitude=longitude, latitude=latitude)])
    with ground.reading() as session:
        row = session.scalars(select(ViolenceRow)).one()
    assert (row.easting_m, row.northing_m) == (460_500.0, 100_500.0)


def test_months_are_listed_in_order(ground: Store) -> None:
    _save(ground, [make_count(month=FEBRUARY), make_count(month=JANUARY)])
    with ground.reading() as session:
        assert frames.violence_months(session) == ["2025-01", "2025-02"]


def test_only_the_sources_used_are_named(ground: Store) -> None:
    _save(ground, [make_count()], name="police")
    used = _save_and_tell(ground, [make_count()], name="ambulance")
    with ground.reading() as session:
        assert frames.violence_source_ids(session, BOTH) == {used}


def test_a_period_without_counts_gives_an_empty_frame(ground: Store) -> None:
    assert _totals(ground) == {}


def _save(store: Store, counts: Sequence[ViolenceCount], name: str = "police") -> SaveCounts:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.VIOLENCE, name=name))
        return save_violence(session, source, counts)


def _save_and_tell(store: Store, counts: Sequence[ViolenceCount], name: str) -> int:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.VIOLENCE, name=name))
        save_violence(session, source, counts)
        return source


def _frame(store: Store, crime_types: Sequence[str] = ()) -> pd.DataFrame:
    with store.reading() as session:
        areas = frames.lsoas(session, "2011")
        return frames.violence(session, areas, BOTH, crime_types)


def _totals(store: Store, crime_types: Sequence[str] = ()) -> dict[tuple[str, str], int]:
    rows = _frame(store, crime_types)
    return {
        (row.area_code, row.month): row.count for row in rows.itertuples(index=False, name="Row")
    }


def _lads(store: Store) -> dict[str, int]:
    rows = _frame(store)
    lad = make_areas(AreaType.LSOA)["lad_code"]
    return dict(rows.groupby(rows["area_code"].map(lad))["count"].sum())


def _are_current(store: Store) -> list[bool]:
    with store.reading() as session:
        return [
            one.is_current
            for one in list_sources(session)
            if one.source.kind is SourceKind.VIOLENCE
        ]


def _degrees(easting_m: float, northing_m: float) -> tuple[float, float]:
    longitudes, latitudes = points_to_wgs84([easting_m], [northing_m])
    return float(longitudes[0]), float(latitudes[0])
