"""Where next: by hand, against every possible choice, and by law."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from mapper.analysis import siting
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


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that finds nothing before its time is up."""
    monkeypatch.setattr(siting, "milp", lambda *_, **__: SimpleNamespace(x=None))


@pytest.mark.usefixtures("no_time")
def test_when_the_solver_finds_nothing_in_time_one_venue_is_taken_after_the_other() -> None:
    areas = areas_at(0, 10_000, 20_000)
    venues = venues_at(at_first=0, at_second=10_000, at_third=20_000)
    found = best_sites(need_of(areas, 5, 3, 4), areas, venues, SitingChoices(sites=2))
    assert found.steps.index.tolist() == ["at_first", "at_third"]
    assert found.covered == 9
    # The second would still add 3 to what the two reach, and any two others no more.
    assert found.bound == 12
    assert not found.is_optimal


@pytest.mark.usefixtures("no_time")
def test_one_after_the_other_is_known_to_be_best_where_nothing_is_left() -> None:
    areas = areas_at(0, 10_000)
    found = best_sites(need_of(areas, 5, 3), areas, venues_at(one=0, other=10_000))
    assert found.covered == found.bound == 8
    assert found.is_optimal


@given(
    st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=8),
    st.integers(1, 4),
    st.data(),
)
def test_the_bound_of_one_after_the_other_is_never_below_the_best_choice(
    rows: list[list[bool]], sites: int, data: st.DataObject
) -> None:
    worth = np.array([data.draw(st.integers(1, 9)) for _ in rows], dtype=float)
    reach = sparse.csr_matrix(np.array(rows, dtype=float))
    picked, bound, is_optimal = siting._one_by_one(reach, worth, sites)
    covers = np.array(rows)
    of = [worth[covers[:, chosen].any(axis=1)].sum() for chosen in _choices(5, sites)]
    covered = worth[covers[:, picked].any(axis=1)].sum() if len(picked) else 0.0
    assert covered <= max(of) <= bound
    assert covered >= (1 - 1 / np.e) * max(of) - 1e-9
    assert not is_optimal or covered == max(of)


def _choices(venues: int, sites: int) -> list[list[int]]:
    return [list(chosen) for chosen in combinations(range(venues), sites)]
