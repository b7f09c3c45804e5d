"""Time the two-step access measure against PySAL `access` on the same input.

Run with `python bench/two_step_access.py` (a file called access.py would hide the package).
Both start from the same frames of areas and venues and end with access by area; the results
must be equal before a ratio is printed. PySAL's table of costs is built here with a search
tree, which is kinder to it than its own distance function, and is timed apart.
"""

from __future__ import annotations

import logging
import statistics
import time
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from access.fca import two_stage_fca
from scipy.spatial import cKDTree

from mapper.analysis.accessibility import (
    catchment_m,
    enhanced_two_step_access,
)

if TYPE_CHECKING:
    from collections.abc import Callable

AREAS = 1_231
VENUES = 5_000
TOWNS = 25
OUR_ROUNDS = 15
THEIR_ROUNDS = 3


def main() -> None:
    """Print both medians, their ratios and the largest difference."""
    for what, figure in measure().items():
        print(f"{what:45} {figure:12.4g}")


def measure() -> dict[str, float]:
    """Time both on the same input, and check that they agree.

    Returns
    -------
    Milliseconds, ratios and the largest difference by what they measure.
    """
    logging.disable(logging.INFO)
    warnings.simplefilter("ignore")
    areas, venues = invent(seed=1)
    costs = cost_table(areas, venues)
    ours = enhanced_two_step_access(areas, venues).access
    theirs = pysal_access(areas, venues, costs).reindex(areas.index).fillna(0.0)
    np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=1e-9, atol=1e-15)
    our_time = median_time(lambda: enhanced_two_step_access(areas, venues), OUR_ROUNDS)
    cost_time = median_time(lambda: cost_table(areas, venues), THEIR_ROUNDS)
    their_time = median_time(lambda: pysal_access(areas, venues, costs), THEIR_ROUNDS)
    return {
        "pairs within a catchment": len(costs),
        "largest difference of access": float(np.abs(ours - theirs).max()),
        "mapper, from points (ms)": our_time * 1000,
        "PySAL access, costs given (ms)": their_time * 1000,
        "building the costs for it (ms)": cost_time * 1000,
        "ratio, costs given free": their_time / our_time,
        "ratio, from points": (their_time + cost_time) / our_time,
    }


def invent(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scatter areas and venues about the same towns over a county of 70 by 70 km."""
    generator = np.random.default_rng(seed)
    towns = generator.uniform((420_000, 80_000), (490_000, 150_000), (TOWNS, 2))
    centres = towns[generator.integers(0, TOWNS, AREAS)] + generator.normal(0, 2_500, (AREAS, 2))
    doors = towns[generator.integers(0, TOWNS, VENUES)] + generator.normal(0, 2_000, (VENUES, 2))
    areas = pd.DataFrame(
        {
            "population": generator.integers(1_000, 3_000, AREAS).astype(float),
            "is_urban": generator.random(AREAS) < 0.8,
            "centre_easting_m": centres[:, 0],
            "centre_northing_m": centres[:, 1],
        },
        index=pd.Index([f"E{number:08d}" for number in range(AREAS)], name="area_code"),
    )
    venues = pd.DataFrame(doors, columns=["easting_m", "northing_m"])
    venues["dose"] = generator.integers(1, 60, VENUES).astype(float)
    return areas, venues


def cost_table(areas: pd.DataFrame, venues: pd.DataFrame) -> pd.DataFrame:
    """List every pair within the area's catchment, its cost as a share of that catchment."""
    metres = catchment_m(areas).to_numpy()
    centres = areas[["centre_easting_m", "centre_northing_m"]].to_numpy()
    doors = venues[["easting_m", "northing_m"]].to_numpy()
    near = cKDTree(doors).query_ball_point(centres, metres)
    area = np.repeat(np.arange(len(areas)), [len(found) for found in near])
    venue = np.concatenate([np.asarray(found, dtype=int) for found in near])
    cost = np.hypot(*(centres[area] - doors[venue]).T) / metres[area]
    return pd.DataFrame({"origin": areas.index[area], "dest": venue, "cost": cost})


def pysal_access(areas: pd.DataFrame, venues: pd.DataFrame, costs: pd.DataFrame) -> pd.Series:
    """Compute the same measure with PySAL."""
    edge = float(np.exp(-0.5))
    return two_stage_fca(
        demand_df=areas.assign(geoid=areas.index),
        supply_df=venues.assign(geoid=venues.index),
        cost_df=costs,
        max_cost=1.0,
        demand_name="population",
        supply_name="dose",
        weight_fn=lambda cost: max((np.exp(-0.5 * cost * cost) - edge) / (1 - edge), 0.0),
    )


def median_time(call: Callable[[], object], rounds: int) -> float:
    """Return the median of so many runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
