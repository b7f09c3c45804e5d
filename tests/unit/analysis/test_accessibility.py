"""Access: hand-worked, against PySAL access, and by law."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.accessibility import (
    Catchments,
    catchment_m,
    distance_weights,
    enhanced_two_step_access,
    gaussian_weight,
    nearest_venue_km,
)
from mapper.errors import MapperError

MakeFrame = Callable[..., pd.DataFrame]


def venues(*rows: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(float(easting), 100_000.0, float(dose)) for easting, dose in rows],
        columns=["easting_m", "northing_m", "dose"],
        index=[f"v{number}" for number in range(1, len(rows) + 1)],
    )


WORLDS = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 25), st.integers(0, 40))


def world(seed: int, areas: int, venue_count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A random world with empty areas, unknown populations and venues out of reach."""
    generator = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "population": generator.choice([0.0, np.nan, 300.0, 1500.0, 2750.0], areas),
            "is_urban": generator.random(areas) < 0.7,
            "centre_easting_m": generator.uniform(400_000, 420_000, areas),
            "centre_northing_m": generator.uniform(100_000, 120_000, areas),
        },
        index=pd.Index([f"E{number:08d}" for number in range(areas)], name="area_code"),
    )
    places = pd.DataFrame(
        {
            "easting_m": generator.uniform(390_000, 430_000, venue_count),
            "northing_m": generator.uniform(90_000, 130_000, venue_count),
            "dose": generator.choice([0.0, 1.0, 12.5], venue_count),
        }
    )
    return frame, places


def test_the_weight_falls_from_one_at_the_door_to_nothing_at_the_edge() -> None:
    weights = gaussian_weight(np.array([0.0, 0.5, 1.0, 2.0]))
    half = (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5))
    assert weights == pytest.approx([1.0, half, 0.0, 0.0])


def test_rural_people_go_further() -> None:
    areas = pd.DataFrame({"is_urban": [True, False]}, index=["a", "b"])
    assert catchment_m(areas).to_dict() == {"a": 1_600.0, "b": 8_000.0}
    assert catchment_m(areas, Catchments(500, 900)).to_dict() == {"a": 500.0, "b": 900.0}


def test_access_is_as_worked_by_hand(make_areas: MakeFrame) -> None:
    # A at the door (weight 1) and B 800 m off (weight h) share 10; C is out of reach.
    areas = make_areas([1000, 2000, 500], [0, 800, 9_000])
    half = (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5))
    ratio = 10 / (1000 + 2000 * half)
    result = enhanced_two_step_access(areas, venues((0, 10)))
    assert result.access.tolist() == pytest.approx([ratio, ratio * half, 0.0])
    assert result.delivered.sum() == pytest.approx(10)


def test_supply_without_anyone_in_reach_is_reported_apart(make_areas: MakeFrame) -> None:
    result = enhanced_two_step_access(make_areas([1000], [0]), venues((0, 10), (50_000, 7)))
    assert result.unreached.to_dict() == {"v2": 7.0}


def test_a_venue_among_areas_where_nobody_lives_reaches_nobody(make_areas: MakeFrame) -> None:
    result = enhanced_two_step_access(make_areas([0, float("nan")], [0, 100]), venues((0, 10)))
    assert result.access.tolist() == [0.0, 0.0]
    assert result.unreached.to_dict() == {"v1": 10.0}


def test_an_empty_area_beside_a_served_one_has_access_but_receives_nothing(
    make_areas: MakeFrame,
) -> None:
    result = enhanced_two_step_access(make_areas([1000, 0], [0, 0]), venues((0, 10)))
    assert result.access.tolist() == pytest.approx([0.01, 0.01])
    assert result.delivered.tolist() == [10.0, 0.0]


def test_no_venue_leaves_every_area_without_access(make_areas: MakeFrame) -> None:
    assert enhanced_two_step_access(make_areas([5, 6], [0, 1]), venues()).access.tolist() == [0, 0]


def test_a_venue_without_coordinates_is_refused_by_name(make_areas: MakeFrame) -> None:
    with pytest.raises(MapperError, match="v1"):
        enhanced_two_step_access(make_areas([5], [0]), venues((float("nan"), 3)))


def test_a_catchment_of_nothing_is_refused(make_areas: MakeFrame) -> None:
    areas = make_areas([5], [0])
    with pytest.raises(MapperError, match="catchment"):
        enhanced_two_step_access(areas, venues((0, 3)), pd.Series(0.0, index=areas.index))


def test_a_missing_column_is_named(make_areas: MakeFrame) -> None:
    with pytest.raises(MapperError, match="centre_easting_m"):
        distance_weights(make_areas([5], [0]).drop(columns="centre_easting_m"), venues((0, 3)))


@given(WORLDS)
def test_population_times_access_is_the_supply_with_anyone_in_reach(
    sizes: tuple[int, int, int],
) -> None:
    areas, places = world(*sizes)
    result = enhanced_two_step_access(areas, places)
    received = (areas["population"].fillna(0) * result.access).sum()
    assert received == pytest.approx(places["dose"].sum() - result.unreached.sum(), abs=1e-9)


@given(WORLDS)
def test_access_is_always_a_finite_number_of_zero_or_more(sizes: tuple[int, int, int]) -> None:
    access = enhanced_two_step_access(*world(*sizes)).access
    assert (np.isfinite(access) & (access >= 0)).all()


@given(WORLDS, st.floats(1.0, 4.0))
def test_a_wider_catchment_never_leaves_a_served_area_unserved(
    sizes: tuple[int, int, int], wider: float
) -> None:
    areas, places = world(*sizes)
    narrow = enhanced_two_step_access(areas, places)
    wide = enhanced_two_step_access(areas, places, catchment_m(areas) * wider)
    assert (wide.access[narrow.access > 0] > 0).all()


@given(WORLDS)
def test_the_frames_given_are_not_changed(sizes: tuple[int, int, int]) -> None:
    areas, places = world(*sizes)
    before = areas.copy(), places.copy()
    enhanced_two_step_access(areas, places)
    pd.testing.assert_frame_equal(areas, before[0])
    pd.testing.assert_frame_equal(places, before[1])


@given(WORLDS)
def test_the_order_of_areas_and_venues_does_not_matter(sizes: tuple[int, int, int]) -> None:
    areas, places = world(*sizes)
    access = enhanced_two_step_access(areas, places).access
    turned = enhanced_two_step_access(areas.iloc[::-1], places.iloc[::-1]).access
    assert turned.reindex(areas.index).tolist() == pytest.approx(access.tolist(), rel=1e-12)


def test_access_is_that_of_pysal_on_input_it_accepts() -> None:
    fca = pytest.importorskip("access.fca")
    areas, places = world(7, 200, 300)
    areas["population"] = areas["population"].fillna(0) + 100
    metres = catchment_m(areas).to_numpy()
    gaps = areas[["centre_easting_m", "centre_northing_m"]].to_numpy()[:, None]
    away = np.hypot(*np.moveaxis(gaps - places[["easting_m", "northing_m"]].to_numpy(), -1, 0))
    area, venue = np.nonzero(away < metres[:, None])
    # Costs as shares of the area's own catchment let one threshold serve both kinds of area.
    costs = pd.DataFrame(
        {
            "origin": areas.index[area],
            "dest": venue,
            "cost": away[area, venue] / metres[area],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = fca.two_stage_fca(
            demand_df=areas.assign(geoid=areas.index),
            supply_df=places.assign(geoid=places.index),
            cost_df=costs,
            max_cost=1.0,
            demand_name="population",
            supply_name="dose",
            weight_fn=lambda cost: float(gaussian_weight(np.array([cost]))[0]),
        )
    ours = enhanced_two_step_access(areas, places).access
    assert ours[theirs.index].tolist() == pytest.approx(theirs.tolist(), rel=1e-12)
    assert (ours.drop(theirs.index) == 0).all()


def test_the_nearest_venue_is_measured_from_where_people_live(make_areas: MakeFrame) -> None:
    areas = make_areas([1000, 1000], [0, 10_000])
    places = pd.DataFrame({"easting_m": [3_000.0, np.nan], "northing_m": [4_000.0, np.nan]})
    at = areas[["centre_easting_m", "centre_northing_m"]].to_numpy(float)
    expected = np.hypot(*(at - [3_000, 4_000]).T) / 1000
    assert nearest_venue_km(areas, places).tolist() == pytest.approx(expected.tolist())
    assert nearest_venue_km(areas, places.iloc[1:]).isna().all()
