"""Clusters of rates: against esda, and on the cases esda gets wrong."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from shapely import box

from mapper.analysis.hot_spots import Cluster, Pattern, Permutations, hot_spots, neighbours
from mapper.errors import MapperError


def squares(wide: int, high: int) -> gpd.GeoDataFrame:
    """A chessboard of kilometre squares, row by row."""
    codes = pd.Index([f"E{number:08d}" for number in range(wide * high)], name="area_code")
    shapes = [
        box(1000 * east, 1000 * north, 1000 * east + 1000, 1000 * north + 1000)
        for north in range(high)
        for east in range(wide)
    ]
    return gpd.GeoDataFrame(index=codes, geometry=shapes, crs="EPSG:27700")


def board(seed: int = 1, side: int = 10) -> tuple[pd.Series, sparse.csr_array]:
    """A board of chance rates with a block of nine high ones in a corner."""
    areas = squares(side, side)
    rates = np.random.default_rng(seed).normal(10, 1, (side, side))
    rates[:3, :3] += 8
    return pd.Series(rates.ravel(), index=areas.index), neighbours(areas)


def test_squares_touch_at_sides_and_corners() -> None:
    touching = neighbours(squares(3, 3)).toarray()
    assert touching.sum(axis=1).tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]
    assert (touching == touching.T).all()


def test_outlines_less_than_a_metre_apart_touch() -> None:
    areas = gpd.GeoDataFrame(
        geometry=[box(0, 0, 10, 10), box(10.5, 0, 20, 10), box(22, 0, 30, 10)], crs="EPSG:27700"
    )
    assert neighbours(areas).toarray().sum(axis=1).tolist() == [1, 1, 0]


def test_a_block_of_high_rates_is_a_high_cluster_and_nothing_else_is() -> None:
    rates, touching = board()
    found = hot_spots(rates, touching)["cluster"].to_numpy().reshape(10, 10)
    assert (found[:2, :2] == Cluster.HIGH).all()
    assert not (found[5:, 5:] == Cluster.HIGH).any()


def test_the_z_scores_are_those_of_esda() -> None:
    getisord = pytest.importorskip("esda.getisord")
    weights = pytest.importorskip("libpysal.weights")
    rates, touching = board(side=6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = getisord.G_Local(
            rates.to_numpy(),
            weights.lat2W(6, 6, rook=False),
            transform="B",
            star=True,
            permutations=0,
        ).Zs
    assert hot_spots(rates, touching)["gi_star_z"].tolist() == pytest.approx(list(theirs))


def test_local_moran_and_its_p_values_are_those_of_esda() -> None:
    moran = pytest.importorskip("esda.moran")
    weights = pytest.importorskip("libpysal.weights")
    rates, touching = board(side=6)
    many = 9_999
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = moran.Moran_Local(
            rates.to_numpy(), weights.lat2W(6, 6, rook=False), permutations=many, seed=3
        )
    found = hot_spots(rates, touching, Permutations(permutations=many))
    assert found["local_moran"].tolist() == pytest.approx(list(theirs.Is))
    # Four standard errors of a share that two sets of shuffles estimate.
    allowed = 4 * np.sqrt(2 * 0.25 / many)
    assert found["p_value"].to_numpy() == pytest.approx(theirs.p_sim, abs=allowed)
    quarters = {1: "high among high", 2: "low among high", 3: "low among low", 4: "high among low"}
    clear = (found["pattern"] != Pattern.UNCLEAR).to_numpy()
    assert clear.any()
    assert found["pattern"][clear].tolist() == [quarters[each] for each in theirs.q[clear]]


def test_a_high_area_in_the_middle_of_low_ones_is_named_as_such() -> None:
    rates = np.random.default_rng(2).normal(10, 1, (10, 10))
    rates[:5, :5], rates[2, 2] = 2.0, 30.0
    areas = squares(10, 10)
    found = hot_spots(pd.Series(rates.ravel(), index=areas.index), neighbours(areas))
    assert found["pattern"].iloc[22] == Pattern.HIGH_AMONG_LOW


def test_local_moran_by_hand() -> None:
    # Of 1, 2, 6 the mean is 3 and the variance 14/2; the middle one has both others for
    # neighbours: (2 - 3) times the mean of (1 - 3) and (6 - 3), over 7.
    areas = squares(3, 1)
    found = hot_spots(pd.Series([1.0, 2.0, 6.0], index=areas.index), neighbours(areas))
    assert found["local_moran"].iloc[1] == pytest.approx(-1 * 0.5 / 7)


def test_the_p_value_is_the_exact_one_when_shuffles_are_many() -> None:
    # The end of a row of five has one neighbour, who might be any of the other four: the sum
    # 9 + 8 is reached only by that one.
    areas = squares(5, 1)
    rates = pd.Series([9.0, 8.0, 1.0, 2.0, 3.0], index=areas.index)
    found = hot_spots(rates, neighbours(areas), Permutations(permutations=20_000))
    assert found["p_value"].iloc[0] == pytest.approx(0.25, abs=0.015)


def test_an_area_without_neighbours_is_called_so_and_is_never_a_cluster() -> None:
    areas = squares(5, 5)
    areas.loc["E00000099", "geometry"] = box(90_000, 90_000, 91_000, 91_000)
    rates = pd.Series(1.0, index=areas.index)
    rates["E00000099"] = 500.0
    found = hot_spots(rates, neighbours(areas)).loc["E00000099"]
    assert found["cluster"] == Cluster.NO_NEIGHBOURS
    assert found[["gi_star_z", "p_value", "p_adjusted"]].isna().all()


def test_an_area_without_a_rate_takes_no_part() -> None:
    rates, touching = board()
    rates.iloc[0] = np.nan
    found = hot_spots(rates, touching)
    assert found["cluster"].iloc[0] == Cluster.NO_RATE
    assert found["p_value"].isna().sum() == 1


def test_rates_that_are_all_alike_hold_no_cluster() -> None:
    areas = squares(6, 6)
    found = hot_spots(pd.Series(0.1 + 0.2, index=areas.index), neighbours(areas))
    assert set(found["cluster"]) == {Cluster.UNCLEAR}
    assert set(found["pattern"]) == {Pattern.UNCLEAR}
    assert set(found["local_moran"]) == {0.0}


@pytest.mark.parametrize("rates", [[], [3.0], [np.nan, np.nan]])
def test_too_few_areas_are_no_cluster(rates: list[float]) -> None:
    number = len(rates)
    found = hot_spots(pd.Series(rates, dtype=float), sparse.csr_array((number, number)))
    assert not found["cluster"].isin([Cluster.HIGH, Cluster.LOW]).any()


def test_neighbours_of_other_areas_are_refused() -> None:
    with pytest.raises(MapperError, match="neighbours"):
        hot_spots(pd.Series([1.0, 2.0]), sparse.csr_array((3, 3)))


@settings(max_examples=15)
@given(seed=st.integers(0, 9_999))
def test_the_same_seed_gives_the_same_clusters(seed: int) -> None:
    rates, touching = board(seed, side=5)
    chosen = Permutations(permutations=99, seed=seed)
    once = hot_spots(rates, touching, chosen)
    pd.testing.assert_frame_equal(once, hot_spots(rates, touching, chosen))
    assert once["p_adjusted"].ge(once["p_value"] - 1e-12).all()
