"""The frames that network and analysis take: what may not be shown is not counted exactly."""

from datetime import date

import pandas as pd
import pytest

from mapper.domain.activity import Activity, ActivityStatus
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.place import Location, Precision
from mapper.domain.source import SourceKind
from mapper.store import frames
from mapper.store.activities import save_activities
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import (
    PORTSMOUTH,
    lad_of,
    located,
    lsoa,
    make_activity,
    make_organisation,
    make_place,
    make_source,
    ward_of,
)

JANUARY = Period(Month(2025, 1), Month(2025, 2))
WARD_OF_0 = (lsoa(0), lsoa(1))
DISTRICT_OF_0 = tuple(lsoa(square) for square in range(4))


def test_lsoas_come_with_their_residents_and_district(ground: Store) -> None:
    with ground.reading() as session:
        areas = frames.lsoas(session, "2011")
    assert areas.loc[lsoa(0), ["lad_name", "population"]].to_list() == ["Portsmouth", 1_000.0]


def test_a_venue_that_may_be_shown_is_counted_where_it_is(ground: Store) -> None:
    row = _only(ground, located(make_activity(), make_place(0)))
    assert (row["easting_m"], row["area_codes"]) == (460_500.0, ())


@pytest.mark.parametrize(
    ("visibility", "counted_over"),
    [
        (Visibility.WARD, WARD_OF_0),
        (Visibility.AUTHORITY, DISTRICT_OF_0),
        (Visibility.HIDDEN, ()),  # its authority would tell where it is
    ],
)
def test_a_venue_that_may_not_be_shown_is_counted_over_its_area(
    ground: Store, visibility: Visibility, counted_over: tuple[str, ...]
) -> None:
    row = _only(ground, located(make_activity(visibility=visibility), make_place(0)))
    assert row["area_codes"] == counted_over
    assert pd.isna(row["easting_m"])


def test_an_activity_at_a_refuge_is_never_counted_exactly(ground: Store) -> None:
    refuge = make_organisation(kind=OrganisationKind.REFUGE)
    _keep(ground, located(refuge, make_place(0)))
    row = _only(ground, located(make_activity(visibility=Visibility.EXACT), make_place(0)))
    assert row["area_codes"] == DISTRICT_OF_0


def test_an_activity_with_the_coordinates_of_a_refuge_is_never_counted_exactly(
    ground: Store,
) -> None:
    refuge = make_organisation(kind=OrganisationKind.REFUGE)
    _keep(ground, located(refuge, make_place(0)))
    same_spot = make_place(0, postcode="", precision=Precision.COORDINATES, method="coordinates")
    row = _only(ground, located(make_activity(), same_spot))
    assert row["area_codes"] == DISTRICT_OF_0


def test_an_activity_at_a_refuge_that_was_placed_by_coordinates_is_never_counted_exactly(
    ground: Store,
) -> None:
    spot = make_place(0, precision=Precision.COORDINATES, method="coordinates")
    _keep(ground, located(make_organisation(kind=OrganisationKind.REFUGE), spot))
    row = _only(ground, located(make_activity(), make_place(0)))
    assert row["area_codes"] == DISTRICT_OF_0


def test_the_strictest_of_those_at_a_place_decides(ground: Store) -> None:
    for visibility in (Visibility.WARD, Visibility.EXACT):
        _keep(ground, located(make_organisation(visibility=visibility), make_place(0)))
    row = _only(ground, located(make_activity(), make_place(0)))
    assert row["area_codes"] == WARD_OF_0


def test_the_middle_of_a_postcode_district_is_not_a_venue(ground: Store) -> None:
    coarse = make_place(0, precision=Precision.DISTRICT, postcode="PO1")
    row = _only(ground, located(make_activity(), coarse))
    assert row["area_codes"] == DISTRICT_OF_0


def test_a_sector_of_one_ward_is_counted_over_the_ward(ground: Store) -> None:
    sector = make_place(0, precision=Precision.SECTOR, postcode="PO1 3", ward_code=ward_of(0))
    row = _only(ground, located(make_activity(), sector))
    assert row["area_codes"] == WARD_OF_0
    assert pd.isna(row["easting_m"])


def test_a_square_over_a_border_of_wards_is_counted_over_the_authority(ground: Store) -> None:
    square = make_place(
        0, precision=Precision.SQUARE_1KM, postcode="", lad_code="", easting_m=462_000.0
    )
    row = _only(ground, located(make_activity(), square))
    assert row["area_codes"] == DISTRICT_OF_0


def test_a_radius_reaches_the_areas_whose_residents_middle_lies_in_it(ground: Store) -> None:
    row = _only(ground, located(make_activity(served_radius_m=1_100.0), make_place(2)))
    assert row["area_codes"] == (lsoa(1), lsoa(2), lsoa(3))
    assert pd.isna(row["easting_m"])


def test_a_radius_that_reaches_nobody_leaves_the_venue(ground: Store) -> None:
    off = make_place(0, easting_m=460_900.0)
    row = _only(ground, located(make_activity(served_radius_m=50.0), off))
    assert (row["area_codes"], row["easting_m"]) == ((), 460_900.0)


@pytest.mark.parametrize(
    ("visibility", "counted_over"),
    [
        (Visibility.WARD, DISTRICT_OF_0),
        (Visibility.AUTHORITY, DISTRICT_OF_0),
        (Visibility.HIDDEN, ()),
    ],
)
def test_a_radius_about_a_sheltered_place_is_its_authority(
    ground: Store, visibility: Visibility, counted_over: tuple[str, ...]
) -> None:
    activity = make_activity(served_radius_m=1_100.0, visibility=visibility)
    row = _only(ground, located(activity, make_place(2)))
    assert row["area_codes"] == counted_over


def test_a_radius_about_the_ground_of_a_refuge_is_its_authority(ground: Store) -> None:
    refuge = make_organisation(kind=OrganisationKind.REFUGE)
    _keep(ground, located(refuge, make_place(2)))
    row = _only(ground, located(make_activity(served_radius_m=1_100.0), make_place(2)))
    assert row["area_codes"] == DISTRICT_OF_0


def test_a_declared_service_area_is_told_as_its_lsoas(ground: Store) -> None:
    activity = make_activity(location=Location(), areas_served=(ward_of(2), lsoa(7)))
    row = _only(ground, located(activity))
    assert row["area_codes"] == (lsoa(2), lsoa(3), lsoa(7))


def test_a_whole_district_is_a_service_area(ground: Store) -> None:
    activity = make_activity(location=Location(), areas_served=(PORTSMOUTH,))
    assert _only(ground, located(activity))["area_codes"] == DISTRICT_OF_0


def test_an_area_that_is_not_loaded_serves_nobody(ground: Store) -> None:
    activity = make_activity(location=Location(), areas_served=("E06000001",))
    assert _only(ground, located(activity))["area_codes"] == ()


@pytest.mark.parametrize("status", [ActivityStatus.PLANNED, ActivityStatus.CANCELLED])
def test_only_delivered_activities_count(ground: Store, status: ActivityStatus) -> None:
    assert _rows(ground, located(make_activity(status=status), make_place())).empty


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2024, 12, 1), date(2024, 12, 31)), (date(2025, 2, 1), date(2025, 2, 1))],
)
def test_an_activity_outside_the_period_does_not_count(
    ground: Store, first: date, last: date
) -> None:
    activity = make_activity(starts_on=first, ends_on=last)
    assert _rows(ground, located(activity, make_place())).empty


def test_an_activity_counts_by_the_share_of_its_days_in_the_period(ground: Store) -> None:
    activity = make_activity(starts_on=date(2025, 1, 30), ends_on=date(2025, 2, 6))
    assert _only(ground, located(activity, make_place()))["share"] == 2 / 8


def test_the_last_day_of_the_period_counts(ground: Store) -> None:
    activity = make_activity(starts_on=date(2025, 1, 31), ends_on=date(2025, 1, 31))
    assert _only(ground, located(activity, make_place()))["share"] == 1


def test_an_attendance_nobody_counted_is_missing(ground: Store) -> None:
    row = _only(ground, located(make_activity(participants=None), make_place()))
    assert pd.isna(row["participants"])


def test_a_register_without_activities_gives_an_empty_frame(ground: Store) -> None:
    assert _rows(ground).empty


def test_those_who_took_part_are_told_by_activity(ground: Store) -> None:
    rows = _rows(ground, located(make_activity(partners=("Two",)), make_place()))
    with ground.reading() as session:
        assert len(frames.participations(session, rows.index)) == 2
        assert frames.participations(session, []).empty


def test_organisations_come_with_the_district_of_their_site(ground: Store) -> None:
    _keep(ground, located(make_organisation(), make_place(5)))
    with ground.reading() as session:
        assert frames.organisations(session)["lad_code"].to_list() == [lad_of(5)]


def test_an_organisation_without_a_site_has_no_district(ground: Store) -> None:
    _keep(ground, located(make_organisation()))
    with ground.reading() as session:
        assert frames.organisations(session)["lad_code"].to_list() == [""]


def test_closed_organisations_are_left_out(ground: Store) -> None:
    _keep(ground, located(make_organisation(is_active=False)))
    with ground.reading() as session:
        assert frames.organisations(session).empty


def _keep(store: Store, record: Located[Organisation]) -> None:
    with store.writing() as session:
        source = add_source(session, make_source(name=record.record.name))
        save_organisations(session, source, [record])


def _rows(store: Store, *records: Located[Activity]) -> pd.DataFrame:
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES))
        save_activities(session, source, records)
    with store.reading() as session:
        return frames.activities(session, frames.lsoas(session, "2011"), JANUARY)


def _only(store: Store, record: Located[Activity]) -> pd.Series:
    rows = _rows(store, record)
    assert len(rows) == 1
    return rows.iloc[0]
