"""Points go to the National Grid and back, and strangers are refused."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import CoordinateError
from mapper.geography.crs import (
    NATIONAL_GRID,
    WGS84,
    are_in_great_britain,
    are_on_national_grid,
    points_to_national_grid,
    points_to_wgs84,
    require_national_grid,
    to_national_grid,
    to_wgs84,
)

# A box inside England, and one more inside Scotland.
PLACES = st.one_of(
    st.tuples(st.floats(-3.0, 0.0), st.floats(50.8, 53.5)),
    st.tuples(st.floats(-4.5, -3.0), st.floats(55.0, 58.0)),
)
PORTSMOUTH_LON_LAT = (-1.0880, 50.8198)


@given(PLACES)
def test_there_and_back_moves_a_point_less_than_a_centimetre(place: tuple[float, float]) -> None:
    easting, northing = points_to_national_grid(*place)
    again = points_to_national_grid(*points_to_wgs84(easting, northing))

    assert np.hypot(again[0] - easting, again[1] - northing).max() < 0.01


@given(PLACES)
def test_swapped_coordinates_are_caught(place: tuple[float, float]) -> None:
    lon, lat = place

    with pytest.raises(CoordinateError, match="swapped"):
        points_to_national_grid(lat, lon)


def test_caister_water_tower_lands_where_the_ordnance_survey_says() -> None:
    # Annex C of "A guide to coordinate systems in Great Britain", within the datum's 5 m.
    easting, northing = points_to_national_grid(1.716073973, 52.658007833)

    assert np.hypot(easting - 651409.804, northing - 313177.450).max() < 5


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(-5.93, 54.6), (1.85, 50.95), (-6.26, 53.35), (0.0, 0.0), (2.35, 48.85), (np.inf, 51.0)],
    ids=["Belfast", "Calais", "Dublin", "null island", "Paris", "infinity"],
)
def test_a_place_outside_great_britain_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(CoordinateError, match="not in Great Britain"):
        points_to_national_grid(lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(-5.716, 50.066), (-6.3, 49.9), (1.37, 51.14), (-3.07, 58.64), (-0.75, 60.75), (-5.8, 55.31),
     (1.763, 52.48), (-8.6, 57.81), (-4.69, 53.31), (-5.31, 51.88)],
)  # fmt: skip
def test_the_ends_of_great_britain_are_in_it(lon: float, lat: float) -> None:
    easting, _ = points_to_national_grid(lon, lat)

    assert np.isfinite(easting).all()


def test_a_missing_coordinate_stays_missing() -> None:
    easting, northing = points_to_national_grid([-1.0, np.nan, -1.0], [51.0, 51.0, np.nan])

    assert np.isnan(easting).tolist() == np.isnan(northing).tolist() == [False, True, True]


def test_degrees_given_as_metres_are_named() -> None:
    with pytest.raises(CoordinateError, match="looks like degrees"):
        points_to_wgs84(*PORTSMOUTH_LON_LAT)


def test_a_point_off_the_grid_is_refused() -> None:
    with pytest.raises(CoordinateError, match="off the National Grid"):
        points_to_wgs84(-500_000, 100_000)


def test_a_frame_goes_there_and_back() -> None:
    frame = gpd.GeoSeries([shapely.Point(PORTSMOUTH_LON_LAT)], crs=WGS84)

    assert to_wgs84(to_national_grid(frame)).iloc[0].equals_exact(frame.iloc[0], 1e-7)


def test_a_frame_without_a_crs_is_refused() -> None:
    with pytest.raises(CoordinateError, match="not declared"):
        to_national_grid(gpd.GeoSeries([shapely.Point(PORTSMOUTH_LON_LAT)]))


def test_metres_declared_as_degrees_are_refused() -> None:
    with pytest.raises(CoordinateError, match="not in degrees"):
        to_national_grid(gpd.GeoSeries([shapely.Point(464000, 100000)], crs=WGS84))


def test_a_frame_in_degrees_cannot_be_measured() -> None:
    with pytest.raises(CoordinateError, match="so that lengths are metres"):
        require_national_grid(gpd.GeoSeries([shapely.Point(PORTSMOUTH_LON_LAT)], crs=WGS84))


def test_a_frame_on_the_national_grid_may_be_measured() -> None:
    require_national_grid(gpd.GeoSeries([shapely.Point(464000, 100000)], crs=NATIONAL_GRID))


def test_points_are_told_to_be_in_great_britain_or_not_without_stopping() -> None:
    missing = float("nan")
    assert are_in_great_britain([-1.4, 2.35, missing], [50.9, 48.85, 50.9]).tolist() == [
        True,
        False,
        False,
    ]
    assert are_on_national_grid([442_000, -5, 50.9, missing], [112_000, 0, -1.4, 1]).tolist() == [
        True,
        False,
        False,
        False,
    ]
