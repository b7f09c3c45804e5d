"""Points are put in the area they lie in, and the answer says how."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import CoordinateError
from mapper.geography.assign import assign_areas, best_fit
from mapper.geography.crs import NATIONAL_GRID, WGS84

WEST, EAST = (400_000, 100_000), (401_000, 100_000)


def squares(**codes: tuple[int, int]) -> gpd.GeoDataFrame:
    """Make kilometre squares by their south-west corners, each its own district."""
    shapes = [shapely.box(x, y, x + 1_000, y + 1_000) for x, y in codes.values()]
    index = pd.Index(list(codes), name="area_code")
    frame = {"lad_code": list(codes), "geometry": shapes}
    return gpd.GeoDataFrame(frame, index=index, crs=NATIONAL_GRID)


def points(*places: tuple[float, float] | None) -> gpd.GeoSeries:
    shapes = [None if place is None else shapely.Point(place) for place in places]
    return gpd.GeoSeries(shapes, index=range(10, 10 + len(places)), crs=NATIONAL_GRID)


AREAS = squares(B=EAST, A=WEST)


@given(st.lists(st.tuples(st.floats(399_000, 403_000), st.floats(99_000, 102_000)), max_size=20))
def test_every_point_assigned_as_inside_is_inside(places: list[tuple[float, float]]) -> None:
    series = points(*places)
    found = assign_areas(series, AREAS)
    inside = found[found["method"] == "point in polygon"]

    assert (
        AREAS.geometry.loc[inside["area_code"]]
        .intersects(series.loc[inside.index].set_axis(inside["area_code"]))
        .all()
    )


@given(st.lists(st.tuples(st.floats(399_000, 403_000), st.floats(99_000, 102_000)), max_size=20))
def test_no_point_is_assigned_further_off_than_allowed(places: list[tuple[float, float]]) -> None:
    series = points(*places)
    distance = np.minimum(*(series.distance(shape) for shape in AREAS.geometry))
    found = assign_areas(series, AREAS, nearest_within_m=100)

    assert (found["area_code"].notna() == (distance <= 100)).all()


def test_a_point_just_off_the_coast_takes_the_nearest_area_and_says_so() -> None:
    found = assign_areas(points((402_200, 100_500)), AREAS)

    assert found.loc[10].to_dict() == {"area_code": "B", "method": "nearest within 250 m"}


def test_a_point_on_a_shared_edge_goes_to_the_lower_code() -> None:
    assert assign_areas(points((401_000, 100_500)), AREAS)["area_code"].tolist() == ["A"]


def test_a_point_stays_in_the_district_it_is_known_to_be_in() -> None:
    series = points((400_900, 100_500), (400_900, 100_500))
    within = pd.Series(["B", None], index=series.index)

    assert assign_areas(series, AREAS, within)["area_code"].tolist() == ["B", "A"]


def test_a_missing_point_and_one_far_away_lie_nowhere() -> None:
    found = assign_areas(points(None, (300_000, 300_000)), AREAS)

    assert found.isna().all(axis=None)


def test_no_points_give_no_rows() -> None:
    assert assign_areas(points(), AREAS).empty


def test_points_in_degrees_are_refused() -> None:
    with pytest.raises(CoordinateError):
        assign_areas(gpd.GeoSeries([shapely.Point(-1, 51)], crs=WGS84), AREAS)


def test_a_child_fits_the_parent_it_shares_most_ground_with() -> None:
    children = gpd.GeoDataFrame(
        geometry=[shapely.box(400_700, 100_000, 401_200, 100_500), shapely.box(0, 0, 1, 1)],
        index=pd.Index(["c", "d"], name="area_code"),
        crs=NATIONAL_GRID,
    )
    fitted = best_fit(children, AREAS)

    assert fitted["area_code"].fillna("none").to_dict() == {"c": "A", "d": "none"}


def test_a_child_fits_the_parent_that_holds_its_centre() -> None:
    children = gpd.GeoDataFrame(
        {"centre_easting_m": [401_100.0], "centre_northing_m": [100_100.0]},
        geometry=[shapely.box(400_700, 100_000, 401_200, 100_500)],
        index=pd.Index(["c"], name="area_code"),
        crs=NATIONAL_GRID,
    )

    assert best_fit(children, AREAS).loc["c"].to_dict() == {
        "area_code": "B",
        "method": "centre in polygon",
    }
