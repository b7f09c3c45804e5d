"""Time the choice of ten venues against PySAL spopt, from the same points to the same optimum.

Both start from frames of areas and venues. spopt is given its table of distances by scipy, as
its documentation does it, and PuLP's own solver; both choices must reach the same need.
"""

from __future__ import annotations

import json
import statistics
import time

import numpy as np
import pandas as pd
import pulp
from scipy.spatial.distance import cdist
from spopt.locate import MCLP

from mapper.analysis.siting import CENTRE, POINT, SitingChoices, best_sites

AREAS, VENUES, SITES = 1_194, 300, 10
REACH_M = 1_600.0
OUR_ROUNDS, THEIR_ROUNDS = 7, 3


def measure() -> dict[str, float]:
    """Time both, and check that they reach the same need.

    Returns
    -------
    Seconds, need reached and the ratio, by what they measure.
    """
    need, areas, venues = invent(seed=1)
    ours = best_sites(need, areas, venues, SitingChoices(sites=SITES))
    assert ours.is_optimal
    peer = spopt_covers(need, areas, venues)
    np.testing.assert_allclose(ours.covered, peer, rtol=1e-9)
    our_time = median_time(
        lambda: best_sites(need, areas, venues, SitingChoices(sites=SITES)), OUR_ROUNDS
    )
    their_time = median_time(lambda: spopt_covers(need, areas, venues), THEIR_ROUNDS)
    return {
        "need reached, of all": ours.covered / need.sum(),
        "mapper, from points (s)": our_time,
        "spopt, from points (s)": their_time,
        "ratio": their_time / our_time,
    }


def invent(seed: int) -> tuple[pd.Series, pd.DataFrame, pd.DataFrame]:
    """Areas in towns, all urban, and venues among them."""
    generator = np.random.default_rng(seed)
    towns = generator.uniform(0, 60_000, (25, 2))
    at = towns[generator.integers(0, 25, AREAS)] + generator.normal(0, 2_500, (AREAS, 2))
    rooms = at[generator.choice(AREAS, VENUES, replace=False)] + generator.normal(
        0, 300, (VENUES, 2)
    )
    codes = pd.Index([f"E{number:08d}" for number in range(AREAS)], name="area_code")
    areas = pd.DataFrame(at, index=codes, columns=CENTRE).assign(is_urban=True)
    need = pd.Series(generator.gamma(2.0, 20.0, AREAS), index=codes)
    return need, areas, pd.DataFrame(rooms, columns=POINT)


def spopt_covers(need: pd.Series, areas: pd.DataFrame, venues: pd.DataFrame) -> float:
    """The need that spopt's choice reaches."""
    costs = cdist(areas[CENTRE].to_numpy(), venues[POINT].to_numpy())
    # Its catchment holds its edge, ours does not: no distance falls on it here.
    model = MCLP.from_cost_matrix(costs, need.to_numpy(), REACH_M, p_facilities=SITES)
    solved = model.solve(pulp.PULP_CBC_CMD(msg=False))
    reached = sorted({area for each in solved.fac2cli for area in each})
    return float(need.to_numpy()[reached].sum())


def median_time(work: object, rounds: int) -> float:
    """Seconds of the middle one of some rounds."""
    assert callable(work)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
