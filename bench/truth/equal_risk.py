"""Where every area has the same risk, no rate should stray and no area be called a hot spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bench.truth.findings import Finding, percent
from bench.truth.worlds import PER_RESIDENT, hips
from mapper.analysis.hot_spots import Cluster, Permutations, hot_spots, neighbours
from mapper.analysis.rates import crude_rate_per_1000, empirical_bayes_rate_per_1000

if TYPE_CHECKING:
    from scipy import sparse

WORLDS = 500
CLUSTERS = {Cluster.HIGH, Cluster.LOW}
ALONE = 5
"""Areas that are cut off from all others in every map, the shipped ones all having neighbours."""


def measure(worlds: int = WORLDS, seed: int = 1) -> list[Finding]:
    """Make maps of equal risk, and count what is found where there is nothing to find.

    Parameters
    ----------
    worlds : how many maps.
    seed : of the first; each has the next one.
    """
    touching = with_some_alone(neighbours(hips()))
    made = [one(number, touching) for number in range(seed, seed + worlds)]
    outside, false, any_found, alone, unsmoothed = (
        sum(each[place] for each in made) for place in range(5)
    )
    areas = worlds * len(hips())
    return [
        Finding(
            f"Equal risk everywhere, {worlds:,} maps: maps with a smoothed rate outside "
            "[own, common]",
            "none",
            f"{outside:,}",
            outside == 0,
        ),
        Finding(
            "the same: areas called a cluster, of all",
            "at most 5 %",
            percent(false / areas, 3),
            false <= 0.05 * areas,
        ),
        Finding("the same: maps with any cluster", "", percent(any_found / worlds)),
        Finding(
            "the same, tested on rates that are not smoothed: areas called a cluster, of all",
            "at most 5 %",
            percent(unsmoothed / areas, 3),
            unsmoothed <= 0.05 * areas,
        ),
        Finding(
            "the same: areas without neighbours called a cluster",
            "none",
            f"{alone:,} of {worlds * ALONE:,}",
            alone == 0,
        ),
    ]


def one(number: int, touching: sparse.csr_array) -> tuple[int, int, int, int, int]:
    """Measure one map.

    Returns
    -------
    Whether any rate strays, areas called a cluster, whether any is, areas without neighbours
    among them, and areas called a cluster by rates that are not smoothed: with equal risks the
    smoothed ones hardly differ.
    """
    generator = np.random.default_rng(number)
    population = hips()["population"].fillna(0.0)
    counts = pd.Series(
        generator.poisson(population * PER_RESIDENT).astype(float), index=population.index
    )
    rates = empirical_bayes_rate_per_1000(counts, population)
    crude = crude_rate_per_1000(counts, population)
    common = 1_000 * counts[crude.notna()].sum() / population.sum()
    low, high = np.minimum(crude, common), np.maximum(crude, common)
    slack = 1e-12 * common
    strays = ((rates < low - slack) | (rates > high + slack)).any()
    spots = hot_spots(rates, touching, Permutations(seed=number))
    found = spots["cluster"].isin(CLUSTERS).to_numpy()
    is_alone = np.diff(touching.indptr) == 0
    raw = hot_spots(crude, touching, Permutations(seed=number))["cluster"].isin(CLUSTERS)
    lone = int(found[is_alone].sum() + raw[is_alone].sum())
    return int(strays), int(found.sum()), int(found.any()), lone, int(raw.sum())


def with_some_alone(touching: sparse.csr_array) -> sparse.csr_array:
    """Cut some areas, evenly over the list, off from all others."""
    cut = np.linspace(0, touching.shape[0] - 1, ALONE).astype(int)
    pairs = touching.tocoo()
    stays = ~(np.isin(pairs.coords[0], cut) | np.isin(pairs.coords[1], cut))
    return type(touching)(
        (pairs.data[stays], (pairs.coords[0][stays], pairs.coords[1][stays])),
        shape=touching.shape,
    )
