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
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Size:
    """How much there is, and how often each side is timed.

    Parameters
    ----------
    name : of the ground.
    areas, venues, towns : how many.
    wide_m : width and height of the ground.
    ours, theirs : rounds, of which the middle one counts.
    """

    name: str
    areas: int
    venues: int
    towns: int
    wide_m: float
    ours: int
    theirs: int


SIZES = (
    Size("HIPS", 1_231, 5_000, 25, 70_000, ours=15, theirs=3),
    Size("England and Wales", 35_000, 20_000, 700, 400_000, ours=5, theirs=1),
)


def main() -> None:
    """Print both medians, their ratios and the largest difference."""
    for what, figure in measure().items():
        print(f"{what:45} {figure:12.4g}")


def measure() -> dict[str, float]:
    """Time both on the same input at both sizes, and check that they agree.

    Returns
    -------
    Milliseconds, ratios and the largest difference by what they measure.
    """
    logging.disable(logging.INFO)
    warnings.simplefilter("ignore")
    return {
        f"{size.name}: {what}": figure
        for size in SIZES
        for what, figure in measure_at(size).items()
    }


def measure_at(size: Size) -> dict[str, float]:
    """Time both at one size."""
    areas, venues = invent(1, size)
    costs = cost_table(areas, venues)
    ours = enhanced_two_step_access(areas, venues).access
    theirs = pysal_access(areas, venues, costs).reindex(areas.index).fillna(0.0)
    np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=1e-9, atol=1e-15)
    our_time = median_time(lambda: enhanced_two_step_access(areas, venues), size.ours)
    cost_time = median_time(lambda: cost_table(areas, venues), size.theirs)
    their_time = median_time(lambda: pysal_access(areas, venues, costs), size.theirs)
    return {
        "areas": float(size.areas),
        "venues": float(size.venues),
        "pairs within a catchment": len(costs),
        "largest difference of access": float(np.abs(ours - theirs).max()),
        "mapper, from points (ms)": our_time * 1000,
        "PySAL access, costs given (ms)": their_time * 1000,
        "building the costs for it (ms)": cost_time * 1000,
        "ratio, costs given free": their_time / our_time,
        "ratio, from points": (their_time + cost_time) / our_time,
    }


def invent(seed: int, size: Size) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scatter areas and venues about the same towns over a square of ground."""
    generator = np.random.default_rng(seed)
    number, doors_in_all = size.areas, size.venues
    towns = generator.uniform(100_000, 100_000 + size.wide_m, (size.towns, 2))
    around = generator.normal(0, 2_500, (number, 2))
    centres = towns[generator.integers(0, size.towns, number)] + around
    beside = generator.normal(0, 2_000, (doors_in_all, 2))
    doors = towns[generator.integers(0, size.towns, doors_in_all)] + beside
    areas = pd.DataFrame(
        {
            "population": generator.integers(1_000, 3_000, number).astype(float),
            "is_urban": generator.random(number) < 0.8,
            "centre_easting_m": centres[:, 0],
            "centre_northing_m": centres[:, 1],
        },
        index=pd.Index([f"E{number:08d}" for number in range(number)], name="area_code"),
    )
    venues = pd.DataFrame(doors, columns=["easting_m", "northing_m"])
    venues["dose"] = generator.integers(1, 60, doors_in_all).astype(float)
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
