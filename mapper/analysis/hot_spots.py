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


class Cluster(StrEnum):
    """What the test says of an area and its neighbours."""

    HIGH = "high cluster"
    LOW = "low cluster"
    UNCLEAR = "no clear cluster"
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
    """Test each area and its neighbours for a cluster of high or low rates (Gi*).

    The p-value is the share of shuffles of the other areas that give a local mean as far out
    on the same side; it is adjusted over all areas tested. An area without neighbours is
    called so and is never a cluster.

    Parameters
    ----------
    rates : one rate an area, best the empirical Bayes one; NaN takes no part.
    touching : symmetric matrix of ones, as `neighbours` makes it, in the order of the rates.
    chosen : shuffles, seed and false discovery rate; 999, 1 and 0.05.

    Returns
    -------
    Frame by area_code: gi_star_z, p_value, p_adjusted (NaN where not tested) and cluster (a
    Cluster).

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
    found = pd.DataFrame(np.nan, index=index, columns=["gi_star_z", "p_value", "p_adjusted"])
    found["cluster"] = [Cluster.NO_RATE if gone else Cluster.NO_NEIGHBOURS for gone in has_no_rate]
    return found


def _test(values: Numbers, within: sparse.csr_array, chosen: Permutations) -> pd.DataFrame:
    """Give z and p of every area; NaN for those without neighbours."""
    number, sizes = len(values), np.diff(within.indptr)
    local = values + within @ values
    p_values = np.full(number, np.nan)
    shuffles = _shuffles(number - 1, int(sizes.max(initial=0)), chosen)
    for area in np.flatnonzero(sizes):
        drawn = shuffles[:, : sizes[area]]
        # The area keeps its own rate: places from its own onwards stand for the next one.
        sums = values[area] + values[drawn + (drawn >= area)].sum(axis=1)
        slack = 1e-12 * np.abs(local[area])
        above = int((sums >= local[area] - slack).sum())
        below = int((sums <= local[area] + slack).sum())
        p_values[area] = (min(above, below) + 1) / (chosen.permutations + 1)
    z = np.where(sizes > 0, _z_scores(values, local, sizes + 1), np.nan)
    return pd.DataFrame({"gi_star_z": z, "p_value": p_values})


def _shuffles(others: int, most: int, chosen: Permutations) -> npt.NDArray[np.intp]:
    """Draw, once for all areas, who the neighbours might have been."""
    generator = np.random.default_rng(chosen.seed)
    drawn = [generator.permutation(others)[:most] for _ in range(chosen.permutations)]
    return np.array(drawn, dtype=np.intp).reshape(chosen.permutations, most)


def _z_scores(values: Numbers, local: Numbers, sizes: npt.NDArray[np.integer]) -> Numbers:
    """Give Ord and Getis's z of the local sums, 0 where all rates are equal."""
    number, spread = len(values), float(values.std())
    if spread <= 1e-12 * float(np.abs(values).max()):
        return np.zeros(number)
    error = spread * np.sqrt(np.maximum(sizes * (number - sizes), 0) / (number - 1))
    off = local - sizes * values.mean()
    z: Numbers = np.divide(off, error, out=np.zeros(number), where=error > 0)
    return z


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
    z = tested["gi_star_z"].to_numpy()[is_tested]
    rows = rated[is_tested]
    found.iloc[rows, :3] = np.column_stack([z, p_values, adjusted])
    clusters = np.where(z > 0, Cluster.HIGH, Cluster.LOW)
    clear = (adjusted <= false_discovery) & (z != 0)
    found.iloc[rows, 3] = np.where(clear, clusters, Cluster.UNCLEAR)
