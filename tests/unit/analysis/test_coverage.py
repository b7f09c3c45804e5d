"""Where doses land, how they add up, and who brings them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.accessibility import enhanced_two_step_access
from mapper.analysis.coverage import coverage, providers
from mapper.analysis.reach import reach_of
from mapper.errors import MapperError

MakeFrame = Callable[..., pd.DataFrame]

A, B, C = "E01000001", "E01000002", "E01000003"


def test_a_service_area_shares_its_dose_by_residents(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 3000, 500], [0, 1, 2])
    reach = reach_of(areas, make_activities([("o1", 8, None, [A, B])]))
    assert reach.delivered().tolist() == [2.0, 6.0, 0.0]


def test_all_of_the_county_cannot_fill_every_gap(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000] * 5, range(5))
    reach = reach_of(areas, make_activities([("o1", 10, None, areas.index)]))
    assert reach.delivered().sum() == pytest.approx(10)


def test_a_venue_delivers_as_the_two_step_measure_says(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 2000, 500], [0, 800, 1_200])
    activities = make_activities([("o1", 10, 0, []), ("o2", 4, 900, [])])
    delivered = enhanced_two_step_access(areas, activities).delivered
    assert reach_of(areas, activities).delivered().tolist() == pytest.approx(delivered.tolist())


def test_a_venue_goes_before_a_declared_service_area(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 1000], [0, 20_000])
    reach = reach_of(areas, make_activities([("o1", 10, 0, [A, B])]))
    assert reach.delivered().tolist() == [10.0, 0.0]


def test_rows_stay_in_the_order_of_the_activities(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 1000], [0, 20_000])
    rows = [("o1", 1, None, [B]), ("o2", 2, 0, []), ("o3", 4, None, [A]), ("o4", 8, 20_000, [])]
    reach = reach_of(areas, make_activities(rows))
    assert reach.shares.toarray().tolist() == [[0, 1], [1, 0], [1, 0], [0, 1]]


def test_a_service_area_named_twice_counts_once(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = reach_of(make_areas([10, 10], [0, 1]), make_activities([("o1", 4, None, [A, A, B])]))
    assert reach.delivered().tolist() == [2.0, 2.0]


@pytest.mark.parametrize("codes", [[], ["E01999999"], [B]])
def test_dose_that_reaches_nobody_is_reported_apart(
    make_areas: MakeFrame, make_activities: MakeFrame, codes: list[str]
) -> None:
    areas = make_areas([1000, 0], [0, 1])
    found = coverage(
        reach_of(areas, make_activities([("o1", 4, None, codes)])), areas["population"]
    )
    assert found.unreached.to_dict() == {"a1": 4.0}
    assert found.by_area["dose"].sum() == 0


def test_no_activity_leaves_every_area_at_zero(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000], [0])
    found = coverage(reach_of(areas, make_activities([])), areas["population"]).by_area
    assert found[["dose", "coverage_per_1000", "activities"]].iloc[0].tolist() == [0, 0, 0]


def test_coverage_tells_where_the_dose_came_from(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([2000, 0], [0, 50_000])
    activities = make_activities([("o1", 10, 0, []), ("o2", 4, None, [A])])
    months = pd.Series({"a1": "2025-03", "a2": "2025-01"})
    found = coverage(reach_of(areas, activities), areas["population"], months).by_area.loc[A]
    assert found.to_dict() == {
        "dose_from_venues": 10.0,
        "dose_from_service_areas": 4.0,
        "dose": 14.0,
        "coverage_per_1000": 7.0,
        "activities": 2,
        "last_month": "2025-03",
    }


def test_there_is_no_coverage_rate_and_no_last_month_where_nobody_lives(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([2000, 0], [0, 50_000])
    months = pd.Series({"a1": "2025-03"})
    reach = reach_of(areas, make_activities([("o1", 10, 0, [])]))
    found = coverage(reach, areas["population"], months).by_area.loc[B]
    assert found[["coverage_per_1000", "last_month"]].isna().all()


def test_an_activity_that_touches_two_areas_of_a_group_counts_once(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 1000, 1000], [0, 1, 2])
    reach = reach_of(areas, make_activities([("o1", 6, None, [A, B, C]), ("o2", 1, None, [C])]))
    wards = reach.by_group(pd.Series(["w2", "w2", "w1"], index=areas.index, name="ward_code"))
    found = coverage(wards, pd.Series([1000.0, 2000.0], index=wards.area_codes)).by_area
    assert found["dose"].to_dict() == pytest.approx({"w1": 3.0, "w2": 4.0})
    assert found["activities"].to_dict() == {"w1": 2, "w2": 1}


def test_groups_of_other_areas_are_refused(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = reach_of(make_areas([1], [0]), make_activities([]))
    with pytest.raises(MapperError, match="groups"):
        reach.by_group(pd.Series(["w"], index=["E01999999"]))


def test_a_negative_dose_is_refused_by_its_activity(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    with pytest.raises(MapperError, match="a1"):
        reach_of(make_areas([1], [0]), make_activities([("o1", -2, 0, [])]))


def test_every_partner_in_a_joint_activity_is_a_provider(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 1000], [0, 1])
    activities = make_activities([("o1", 10, None, [A]), ("o2", 4, None, [A, B])])
    joint = pd.DataFrame({"activity_id": ["a1", "a1", "zz"], "organisation_id": ["o1", "o3", "o9"]})
    found = providers(reach_of(areas, activities), activities, joint)
    assert found.to_numpy().tolist() == [
        [A, "o1", 10.0, 1],
        [A, "o3", 10.0, 1],
        [A, "o2", 2.0, 1],
        [B, "o2", 2.0, 1],
    ]


def test_nobody_provides_where_nothing_is_done(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    activities = make_activities([])
    assert providers(reach_of(make_areas([1], [0]), activities), activities).empty


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_dose_in_areas_and_unreached_dose_are_all_the_dose(seed: int, number: int) -> None:
    generator = np.random.default_rng(seed)
    codes = pd.Index([f"E{n:08d}" for n in range(12)], name="area_code")
    areas = pd.DataFrame(
        {
            "population": generator.choice([0.0, np.nan, 500.0, 1700.0], 12),
            "is_urban": generator.random(12) < 0.5,
            "centre_easting_m": generator.uniform(0, 20_000, 12),
            "centre_northing_m": generator.uniform(0, 20_000, 12),
        },
        index=codes,
    )
    at_venue = generator.random(number) < 0.6
    activities = pd.DataFrame(
        {
            "organisation_id": generator.integers(0, 5, number),
            "dose": generator.uniform(0, 20, number),
            "easting_m": np.where(at_venue, generator.uniform(0, 40_000, number), np.nan),
            "northing_m": np.where(at_venue, generator.uniform(0, 40_000, number), np.nan),
            "area_codes": [tuple(generator.choice(codes, 3)) for _ in range(number)],
        }
    )
    found = coverage(reach_of(areas, activities), areas["population"])
    total = found.by_area["dose"].sum() + found.unreached.sum()
    assert total == pytest.approx(activities["dose"].sum(), abs=1e-9)


def test_an_activity_in_a_group_is_as_likely_in_each_of_its_areas(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    # The first two are 1,000 m apart and the third far away: what is held in the middle of
    # either of the two stays in their ward, and half of the ward's activities are in each.
    areas = make_areas([1000, 1000, 500], [0, 1_000, 50_000])
    reach = reach_of(areas, make_activities([]))
    wards = reach.by_group(pd.Series(["w1", "w1", "w2"], index=areas.index, name="ward_code"))
    assert wards.between.toarray() == pytest.approx(np.eye(2))
    crossed = reach.by_group(pd.Series(["w1", "w2", "w2"], index=areas.index, name="ward_code"))
    near = reach.between.toarray()
    stays = (near[1, 1:].sum() + 1.0) / 2
    assert crossed.between.toarray()[1] == pytest.approx([near[1, 0] / 2, stays])


def test_some_of_the_areas_keep_what_lands_in_them(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 3000, 500], [0, 1, 2])
    reach = reach_of(areas, make_activities([("o1", 8, None, [A, B])]))
    kept = reach.among(np.array([False, True, True]))
    assert kept.area_codes.tolist() == [B, C]
    assert kept.delivered().tolist() == [6.0, 0.0]
    assert kept.between.shape == (2, 2)
