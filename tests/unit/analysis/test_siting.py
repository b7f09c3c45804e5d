"""Where next: by hand, against every possible choice, and by law."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.analysis.siting import SitingChoices, best_sites, unmet_need, within_reach
from mapper.errors import MapperError

EASTINGS = st.integers(0, 12_000)


def areas_at(*eastings: float, is_urban: bool = True) -> pd.DataFrame:
    return pd.DataFrame(
        {"is_urban": is_urban, "centre_easting_m": eastings, "centre_northing_m": 0.0},
        index=[f"E0100000{n}" for n in range(len(eastings))],
    )


def venues_at(**eastings: float) -> pd.DataFrame:
    return pd.DataFrame({"easting_m": eastings, "northing_m": 0.0})


def need_of(areas: pd.DataFrame, *amounts: float) -> pd.Series:
    return pd.Series(amounts, index=areas.index, dtype=float)


def test_two_venues_together_beat_the_greedy_choice() -> None:
    areas = areas_at(0, 1_000, 2_000, 3_000)
    need = need_of(areas, 3, 4, 4, 3)
    venues = venues_at(middle=1_500, left=200, right=2_800)
    chosen = best_sites(need, areas, venues, SitingChoices(sites=2))
    # The middle alone reaches most (14 less the far ends' 0), but left and right reach all.
    assert chosen.covered == 14
    assert chosen.is_optimal


def test_the_steps_name_what_each_venue_adds() -> None:
    areas = areas_at(0, 10_000, 20_000)
    chosen = best_sites(need_of(areas, 5, 9, 2), areas, venues_at(west=0, mid=10_000, east=20_000))
    assert chosen.steps.index.tolist() == ["mid", "west", "east"]
    assert chosen.steps["gain"].tolist() == [9, 5, 2]
    assert chosen.steps["share_covered"].tolist() == pytest.approx([9 / 16, 14 / 16, 1])


def test_a_venue_that_adds_nothing_is_not_named() -> None:
    areas = areas_at(0)
    chosen = best_sites(need_of(areas, 5), areas, venues_at(one=0, other=10))
    assert len(chosen.steps) == 1


@pytest.mark.parametrize("need", [0.0, 5.0])
def test_no_venue_in_reach_or_no_need_names_none(need: float) -> None:
    areas = areas_at(0)
    far = venues_at(far=50_000) if need else venues_at(near=0)
    chosen = best_sites(need_of(areas, need), areas, far)
    assert chosen.steps.empty
    assert chosen.covered == 0


def test_no_candidates_names_none() -> None:
    areas = areas_at(0)
    assert best_sites(need_of(areas, 5), areas, venues_at()).steps.empty


def test_rural_people_go_further() -> None:
    venues = venues_at(hall=5_000)
    assert within_reach(areas_at(0), venues).nnz == 0
    assert within_reach(areas_at(0, is_urban=False), venues).nnz == 1


def test_need_that_a_venue_reaches_already_is_left_out() -> None:
    areas = areas_at(0, 10_000)
    left = unmet_need(need_of(areas, 5, 7), areas, venues_at(hall=100))
    assert left.tolist() == [0, 7]


def test_where_nothing_is_delivered_all_need_is_unmet() -> None:
    areas = areas_at(0, 10_000)
    assert unmet_need(need_of(areas, 5, 7), areas, venues_at()).tolist() == [5, 7]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(EASTINGS, st.integers(0, 50)), min_size=1, max_size=12),
    st.lists(EASTINGS, min_size=1, max_size=7),
    st.integers(1, 4),
)
def test_no_choice_reaches_more(
    places: list[tuple[int, int]], candidates: list[int], sites: int
) -> None:
    areas = pd.DataFrame(
        {
            "is_urban": True,
            "centre_easting_m": [x for x, _ in places],
            "centre_northing_m": 0.0,
        }
    )
    need = pd.Series([float(amount) for _, amount in places])
    venues = pd.DataFrame({"easting_m": candidates, "northing_m": 0.0})
    reach = within_reach(areas, venues).toarray() > 0
    best = max(
        float(need[reach[:, list(group)].any(axis=1)].sum())
        for group in combinations(range(len(candidates)), min(sites, len(candidates)))
    )
    chosen = best_sites(need, areas, venues, SitingChoices(sites=sites))
    assert chosen.covered == pytest.approx(best)
    assert chosen.bound == pytest.approx(best)
    assert len(chosen.steps) <= sites
    assert np.all(np.diff(chosen.steps["gain"]) <= 1e-9)


def test_a_venue_that_stands_twice_is_refused() -> None:
    areas = areas_at(0)
    venues = pd.concat([venues_at(hall=0), venues_at(hall=5)])
    with pytest.raises(MapperError, match="hall"):
        best_sites(need_of(areas, 1), areas, venues)


def test_no_site_asked_for_is_refused() -> None:
    areas = areas_at(0)
    with pytest.raises(MapperError, match="At least one"):
        best_sites(need_of(areas, 1), areas, venues_at(hall=0), SitingChoices(sites=0))
