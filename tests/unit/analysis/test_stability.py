"""How sure it is that an area is among those with the widest gaps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.analysis.bootstrap import Draws
from mapper.analysis.reach import Reach, reach_of
from mapper.analysis.stability import dose_units, stability, top

MakeFrame = Callable[..., pd.DataFrame]
CODES = [f"E0100000{number}" for number in range(1, 10)]
PEOPLE = np.full(9, 1000.0)


def far_apart(make_areas: MakeFrame, make_activities: MakeFrame, served: list[str]) -> Reach:
    """Nine areas out of reach of one another, and an activity of dose 2 in each named."""
    areas = make_areas([1000] * 9, [number * 50_000 for number in range(9)])
    return reach_of(areas, make_activities([("o1", 2, None, [code]) for code in served]))


def test_the_step_of_an_area_is_the_dose_that_comes_at_once(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    # Two doses of 1 and one of 4 in one area: (1 + 1 + 16) / 6 = 3, there and in the middle.
    areas = make_areas([1000, 1000], [0, 50_000])
    rows = [("o1", dose, None, [CODES[0]]) for dose in (1, 1, 4)]
    assert dose_units(reach_of(areas, make_activities(rows))).tolist() == [3.0, 3.0]


def test_an_area_reached_only_from_afar_takes_the_step_of_its_own_middle(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    areas = make_areas([1000, 1000], [0, 1_000])
    reach = reach_of(areas, make_activities([("o1", 6, -1_000, [])]))
    of_one_in_the_middle = 6 * reach.between.toarray()[1, 1]
    assert reach.shares.toarray().tolist() == [[1.0, 0.0]]
    assert dose_units(reach).tolist() == pytest.approx([6.0, of_one_in_the_middle])
    assert of_one_in_the_middle > 3.0


def test_without_activities_there_is_no_step(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    assert dose_units(far_apart(make_areas, make_activities, [])).tolist() == [0.0] * 9


def test_all_the_violence_and_none_of_many_activities_is_surely_on_top(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    others = [code for code in CODES if code != CODES[1]]
    reach = far_apart(make_areas, make_activities, others * 20)
    events = np.array([10.0, 500.0] + [10.0] * 7)
    found = stability(events, PEOPLE, reach, Draws(draws=100))
    assert found.tolist() == [0.0, 1.0] + [0.0] * 7


def test_two_activities_do_not_make_anybody_sure(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = far_apart(make_areas, make_activities, CODES[:1] * 2)
    events = np.array([10.0, 500.0] + [10.0] * 7)
    found = stability(events, PEOPLE, reach, Draws(draws=400))
    assert found.argmax() == 1
    assert 0.2 < found[1] < 0.9


def test_without_violence_and_activities_nothing_is_said(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = far_apart(make_areas, make_activities, [])
    assert np.isnan(stability(np.zeros(9), PEOPLE, reach, Draws(draws=10))).all()


def test_with_activities_alone_those_with_the_least_are_on_top(
    make_areas: MakeFrame, make_activities: MakeFrame
) -> None:
    reach = far_apart(make_areas, make_activities, CODES[1:] * 30)
    found = stability(np.zeros(9), PEOPLE, reach, Draws(draws=50))
    assert found.tolist() == [1.0] + [0.0] * 8


def test_a_single_area_is_always_on_top(make_areas: MakeFrame, make_activities: MakeFrame) -> None:
    reach = reach_of(make_areas([1000], [0]), make_activities([("o1", 2, 0, [])]))
    assert stability(np.array([3.0]), PEOPLE[:1], reach, Draws(draws=10)).tolist() == [1.0]


def test_ties_are_all_in_the_top() -> None:
    assert top(np.array([[1.0, 3.0, 3.0, 2.0]]), 0.25).tolist() == [[False, True, True, False]]


def test_percentiles_that_differ_by_the_last_bit_tie() -> None:
    assert top(np.array([0.3, 0.1 + 0.2, 0.0]), 0.1).tolist() == [True, True, False]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), empty=st.integers(0, 8))
def test_at_least_the_top_share_is_in_the_top_of_every_draw(seed: int, empty: int) -> None:
    generator = np.random.default_rng(seed)
    areas = pd.DataFrame(
        {
            "population": np.where(np.arange(9) == empty, 0.0, 1000.0),
            "is_urban": True,
            "centre_easting_m": np.arange(9) * 700.0,
            "centre_northing_m": 0.0,
        },
        index=CODES,
    )
    activities = pd.DataFrame(
        {
            "organisation_id": "o1",
            "dose": generator.geometric(0.3, 12).astype(float),
            "easting_m": generator.uniform(0, 6_000, 12),
            "northing_m": 0.0,
            "area_codes": [()] * 12,
        }
    )
    people = np.where(areas["population"] > 0, areas["population"], np.nan)
    events = generator.poisson(9.0, 9).astype(float)
    found = stability(events, people, reach_of(areas, activities), Draws(draws=50, seed=seed))
    assert np.isnan(found).tolist() == [number == empty for number in range(9)]
    assert np.nansum(found) >= 1 - 1e-9
