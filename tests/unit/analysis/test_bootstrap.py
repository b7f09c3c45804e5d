"""Share gaps, their intervals, and how stable a place is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.analysis.bootstrap import Draws, ShareGap, share_gap, share_gaps
from mapper.analysis.reach import Reach, reach_of
from mapper.errors import MapperError

MakeFrame = Callable[..., pd.DataFrame]
A, B = "E01000001", "E01000002"


def service_reach(make_areas: MakeFrame, make_activities: MakeFrame, doses: list[float]) -> Reach:
    """Give all doses to the first of ten areas."""
    rows = [("o1", dose, None, [A]) for dose in doses]
    return reach_of(make_areas([1000] * 9, range(9)), make_activities(rows))


def test_a_share_gap_is_the_difference_of_shares_in_points() -> None:
    gaps = share_gap(pd.Series([30.0, 10.0]), pd.Series([1.0, 3.0]))
    assert gaps.tolist() == [50.0, -50.0]


def test_without_any_provision_the_gap_is_the_share_of_violence() -> None:
    assert share_gap(pd.Series([30.0, 10.0]), pd.Series([0.0, 0.0])).tolist() == [75.0, 25.0]


def test_counts_and_doses_of_different_areas_are_refused() -> None:
    with pytest.raises(MapperError, match="indexes"):
        share_gap(pd.Series([1.0], index=["a"]), pd.Series([1.0], index=["b"]))


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=20))
def test_share_gaps_add_up_to_nothing(rows: list[tuple[int, int]]) -> None:
    pairs = pd.DataFrame(rows, columns=["count", "dose"])
    pairs.iloc[0] += 1
    assert share_gap(pairs["count"], pairs["dose"]).sum() == pytest.approx(0, abs=1e-9)


def test_a_wide_gap_is_clear_and_a_narrow_one_is_not(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = service_reach(make_areas, make_activities, [5.0] * 30)
    counts = pd.Series([100.0] + [400.0] + [0.0] * 7, index=reach.area_codes)
    population = pd.Series(1000.0, index=reach.area_codes)
    found = share_gaps(counts, population, reach, Draws(draws=200))["share_gap_class"]
    assert found.tolist()[:3] == [
        ShareGap.OVER_ENGAGED,
        ShareGap.UNDER_ENGAGED,
        ShareGap.NO_CLEAR_GAP,
    ]


def test_no_incident_and_no_activity_seen_is_not_none_for_certain(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = service_reach(make_areas, make_activities, [5.0] * 30)
    counts = pd.Series([100.0] + [400.0] + [0.0] * 7, index=reach.area_codes)
    population = pd.Series(1000.0, index=reach.area_codes)
    found = share_gaps(counts, population, reach, Draws(draws=4_000)).iloc[2]
    # One in forty of exponential draws is above -ln(0.025) = 3.69: as many more incidents,
    # of about 500, and as many more activities of dose 5, of a dose of 150.
    assert found["share_gap_upper"] == pytest.approx(100 * 3.69 / 503.69, rel=0.05)
    assert found["share_gap_lower"] == pytest.approx(-100 * 18.44 / 168.44, rel=0.05)


def test_where_nothing_was_recorded_nothing_is_said(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = service_reach(make_areas, make_activities, [5.0] * 30)
    counts = pd.Series(0.0, index=reach.area_codes)
    population = pd.Series(1000.0, index=reach.area_codes)
    found = share_gaps(counts, population, reach, Draws(draws=50))
    assert set(found["share_gap_class"]) == {ShareGap.NO_CLEAR_GAP}


def test_a_lone_area_has_all_of_both_and_no_gap(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000], [0])
    reach = reach_of(areas, make_activities([("o1", 2, None, [A])]))
    found = share_gaps(pd.Series([3.0], index=areas.index), areas["population"], reach).iloc[0]
    assert (found["share_gap_lower"], found["share_gap_upper"]) == (0.0, 0.0)


def test_the_interval_of_a_lone_count_is_that_of_the_poisson_distribution(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    # With 400 of 10,000 the share is 4 %, and its standard error about 0.2 points.
    reach = service_reach(make_areas, make_activities, [])
    counts = pd.Series([400.0] + [1200.0] * 8, index=reach.area_codes)
    population = pd.Series(1000.0, index=reach.area_codes)
    found = share_gaps(counts, population, reach, Draws(draws=4_000)).iloc[0]
    width = found["share_gap_upper"] - found["share_gap_lower"]
    assert width == pytest.approx(2 * 1.96 * 0.196, rel=0.1)


def test_an_area_where_nobody_lives_has_no_stability(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 0], [0, 1])
    reach = reach_of(areas, make_activities([("o1", 2, None, [A])]))
    found = share_gaps(pd.Series([3.0, 4.0], index=areas.index), areas["population"], reach)
    assert found["stability"].isna().tolist() == [False, True]


def test_nobody_anywhere_and_no_activity_still_give_a_table(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([0, 0], [0, 1])
    reach = reach_of(areas, make_activities([]))
    found = share_gaps(pd.Series([0.0, 0.0], index=areas.index), areas["population"], reach)
    assert found["share_gap_class"].tolist() == [ShareGap.NO_CLEAR_GAP] * 2


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), touched=st.sampled_from([1, 20]))
def test_the_same_seed_gives_the_same_figures_and_the_gap_lies_in_its_interval(
    seed: int, touched: int
) -> None:
    generator = np.random.default_rng(seed)
    codes = pd.Index([f"E{number:08d}" for number in range(80)], name="area_code")
    activities = pd.DataFrame(
        {
            "organisation_id": "o1",
            "dose": generator.uniform(1, 2, 60),
            "easting_m": np.nan,
            "northing_m": np.nan,
            "area_codes": [tuple(generator.choice(codes, touched)) for _ in range(60)],
        }
    )
    areas = pd.DataFrame(
        {
            "population": generator.integers(500, 3_000, 80).astype(float),
            "is_urban": True,
            "centre_easting_m": 0.0,
            "centre_northing_m": 0.0,
        },
        index=codes,
    )
    reach = reach_of(areas, activities)
    counts = pd.Series(generator.poisson(30.0, 80).astype(float), index=codes)
    chosen = Draws(draws=300, seed=seed)
    once = share_gaps(counts, areas["population"], reach, chosen)
    pd.testing.assert_frame_equal(once, share_gaps(counts, areas["population"], reach, chosen))
    assert (once["share_gap_lower"] <= once["share_gap"] + 0.2).all()
    assert (once["share_gap_upper"] >= once["share_gap"] - 0.2).all()
    assert once["stability"].between(0, 1).all()
