"""Clusters of high or low rates that chance alone would seldom give.

A hot spot here is a statistical cluster, not a place chosen for patrol.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse, stats

from mapper.analysis.ranks import figures
from mapper.analysis.requirements import require_one_row_each
from mapper.errors import MapperError

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

TOUCHING_M = 1.0
_ALIKE = 1e-12
_STATISTICS = ("gi_star_z", "p_value", "p_adjusted", "local_moran")


class Cluster(StrEnum):
    """What the test says of an area and its neighbours."""

    HIGH = "high cluster"
    LOW = "low cluster"
    UNCLEAR = "no clear cluster"
    NO_NEIGHBOURS = "no neighbours"
    NO_RATE = "no rate"


class Pattern(StrEnum):
    """What the local Moran statistic says of an area beside those that touch it."""

    HIGH_AMONG_HIGH = "high among high"
    LOW_AMONG_LOW = "low among low"
    HIGH_AMONG_LOW = "high among low"
    LOW_AMONG_HIGH = "low among high"
    UNCLEAR = "no clear pattern"
    NO_NEIGHBOURS = "no neighbours"
    NO_RATE = "no rate"


@dataclass(frozen=True)
class Permutations:
    """How to test.

    Parameters
    ----------
    permutations : how many shuffles of the other areas.
    seed : of the shuffles; the same seed gives the same figures.
    false_discovery : the share of the clusters named that may be false.
    """

    permutations: int = 999
    seed: int = 1
    false_discovery: float = 0.05


def neighbours(areas: gpd.GeoDataFrame) -> sparse.csr_array:
    """Find which areas touch, at a side or a corner.

    Parameters
    ----------
    areas : polygons on the National Grid (EPSG:27700); areas up to a metre apart touch, since
        generalised outlines do not always meet.

    Returns
    -------
    Symmetric sparse matrix of ones, in the order of the areas, none on the diagonal.
    """
    one, other = areas.sindex.query(areas.geometry, predicate="dwithin", distance=TOUCHING_M)
    apart = one != other
    ties = (np.ones(int(apart.sum())), (one[apart], other[apart]))
    return sparse.csr_array(ties, shape=(len(areas), len(areas)))


def hot_spots(
    rates: pd.Series, touching: sparse.csr_array, chosen: Permutations | None = None
) -> pd.DataFrame:
    """Test each area and its neighbours for a cluster of high or low rates (Gi*, local Moran).

    The p-value is the share of shuffles of the other areas that give a local mean as far out
    on the same side; it is adjusted over all areas tested. The area keeps its own rate in every
    shuffle, so that Gi* and local Moran both rise or fall with the mean of its neighbours alone:
    one p-value serves both. An area without neighbours is called so and is never a cluster.

    Parameters
    ----------
    rates : one rate an area, best the empirical Bayes one; NaN takes no part.
    touching : symmetric matrix of ones, as `neighbours` makes it, in the order of the rates.
    chosen : shuffles, seed and false discovery rate; 999, 1 and 0.05.

    Returns
    -------
    Frame by area_code: gi_star_z, p_value, p_adjusted, local_moran (NaN where not tested),
    cluster (a Cluster) and pattern (a Pattern). Local Moran is the product of the deviation of
    the area's rate and the mean deviation of its neighbours, over the variance with n - 1.

    Raises
    ------
    MapperError
        When an area stands twice or the matrix is of other areas.

    References
    ----------
    Ord, J. K. and Getis, A. (1995). Local spatial autocorrelation statistics. Geographical
    Analysis 27, 286-306.
    Anselin, L. (1995). Local indicators of spatial association. Geographical Analysis 27,
    93-115: conditional permutation.
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
    the Royal Statistical Society B 57, 289-300.
    """
    chosen = chosen or Permutations()
    require_one_row_each(rates, "the rates")
    if touching.shape != (len(rates), len(rates)):
        raise MapperError(
            f"The neighbours are of {touching.shape[0]} areas, the rates of {len(rates)}.",
            expected="Both must be of the same areas in the same order.",
            action="Find the neighbours of the areas the rates are of.",
        )
    numbers = figures(rates)
    rated = np.flatnonzero(~np.isnan(numbers))
    found = _unsettled(rates.index, np.isnan(numbers))
    if len(rated):
        within = touching[rated][:, rated].tocsr()
        _settle(found, rated, _test(numbers[rated], within, chosen), chosen.false_discovery)
    return found


def _unsettled(index: pd.Index[str], has_no_rate: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Make the frame as it is before any area is tested."""
    found = pd.DataFrame(np.nan, index=index, columns=list(_STATISTICS))
    for name, words in (("cluster", Cluster), ("pattern", Pattern)):
        found[name] = [words.NO_RATE if gone else words.NO_NEIGHBOURS for gone in has_no_rate]
    return found


def _test(values: Numbers, within: sparse.csr_array, chosen: Permutations) -> pd.DataFrame:
    """Give the statistics of every area; NaN for those without neighbours."""
    number, sizes = len(values), np.diff(within.indptr)
    around = within @ values
    z = np.where(sizes > 0, _z_scores(values, values + around, sizes + 1), np.nan)
    score, mean_score = _standard_scores(values, within, sizes)
    table = {
        "gi_star_z": z,
        "p_value": _p_values(values, around, sizes, chosen),
        "local_moran": score * mean_score * (number - 1) / number,
    }
    return pd.DataFrame(table).assign(pattern=_patterns(score, mean_score))


def _p_values(
    values: Numbers, around: Numbers, sizes: npt.NDArray[np.integer], chosen: Permutations
) -> Numbers:
    """Give the share of shuffles as far out as each area; NaN for those without neighbours.

    All areas share the shuffles: the sums that so many neighbours would have are made and put
    in order once for each number of neighbours. Only where a shuffle puts an area beside itself
    the next one drawn takes its place, so that each area is tested against the others alone.
    """
    p_values = np.full(len(values), np.nan)
    if not sizes.any():
        return p_values
    drawn = _shuffles(len(values), int(sizes.max()) + 1, chosen)
    sums = np.cumsum(values[drawn], axis=1)
    slack = _ALIKE * (np.abs(values) + np.abs(around))
    low, high = around - slack, around + slack
    above, below = np.zeros((2, len(values)), dtype=np.int64)
    for size in np.unique(sizes[sizes > 0]):
        areas, ordered = sizes == size, np.sort(sums[:, size - 1])
        above[areas] = chosen.permutations - np.searchsorted(ordered, low[areas], "left")
        below[areas] = np.searchsorted(ordered, high[areas], "right")
    shuffle, place = np.nonzero(np.arange(drawn.shape[1]) < sizes[drawn])
    area = drawn[shuffle, place]
    was = sums[shuffle, sizes[area] - 1]
    instead = was - values[area] + values[drawn[shuffle, sizes[area]]]
    np.add.at(above, area, (instead >= low[area]).astype(int) - (was >= low[area]))
    np.add.at(below, area, (instead <= high[area]).astype(int) - (was <= high[area]))
    tested = sizes > 0
    p_values[tested] = (np.minimum(above, below)[tested] + 1) / (chosen.permutations + 1)
    return p_values


def _shuffles(number: int, most: int, chosen: Permutations) -> npt.NDArray[np.intp]:
    """Draw, once for all areas, who the neighbours might have been."""
    generator = np.random.default_rng(chosen.seed)
    drawn = [generator.choice(number, most, replace=False) for _ in range(chosen.permutations)]
    return np.array(drawn, dtype=np.intp).reshape(chosen.permutations, most)


def _z_scores(values: Numbers, local: Numbers, sizes: npt.NDArray[np.integer]) -> Numbers:
    """Give Ord and Getis's z of the local sums, 0 where all rates are equal."""
    number, spread = len(values), float(values.std())
    if spread <= _ALIKE * float(np.abs(values).max()):
        return np.zeros(number)
    error = spread * np.sqrt(np.maximum(sizes * (number - sizes), 0) / (number - 1))
    off = local - sizes * values.mean()
    z: Numbers = np.divide(off, error, out=np.zeros(number), where=error > 0)
    return z


def _standard_scores(
    values: Numbers, within: sparse.csr_array, sizes: npt.NDArray[np.integer]
) -> tuple[Numbers, Numbers]:
    """Give the standard score of each area, and the mean of those of its neighbours."""
    spread = float(values.std())
    is_alike = spread <= _ALIKE * float(np.abs(values).max())
    score = np.zeros(len(values)) if is_alike else (values - values.mean()) / spread
    around = np.divide(within @ score, sizes, out=np.full(len(values), np.nan), where=sizes > 0)
    return score, around


def _patterns(score: Numbers, around: Numbers) -> npt.NDArray[np.object_]:
    """Name the quarter of Moran's scatter plot that each area lies in."""
    is_high, is_among_high = score > 0, around > 0
    patterns = np.where(
        is_high,
        np.where(is_among_high, Pattern.HIGH_AMONG_HIGH, Pattern.HIGH_AMONG_LOW),
        np.where(is_among_high, Pattern.LOW_AMONG_HIGH, Pattern.LOW_AMONG_LOW),
    )
    is_even = (score == 0) | (around == 0)
    named: npt.NDArray[np.object_] = np.where(is_even, Pattern.UNCLEAR, patterns).astype(object)
    return named


def _settle(
    found: pd.DataFrame,
    rated: npt.NDArray[np.intp],
    tested: pd.DataFrame,
    false_discovery: float,
) -> None:
    """Write the results of the areas tested into the frame."""
    is_tested = tested["p_value"].notna().to_numpy()
    p_values = tested["p_value"].to_numpy()[is_tested]
    adjusted = stats.false_discovery_control(p_values) if len(p_values) else p_values
    kept = tested[is_tested]
    rows, z = rated[is_tested], kept["gi_star_z"].to_numpy()
    found.iloc[rows, :4] = np.column_stack([z, p_values, adjusted, kept["local_moran"]])
    clusters = np.where(z > 0, Cluster.HIGH, Cluster.LOW)
    is_clear = adjusted <= false_discovery
    found.iloc[rows, 4] = np.where(is_clear & (z != 0), clusters, Cluster.UNCLEAR)
    found.iloc[rows, 5] = np.where(is_clear, kept["pattern"], Pattern.UNCLEAR)
