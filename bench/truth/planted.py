"""Gaps planted in worlds should be found, and oftener than by simpler means.

In each world one area in fifty, drawn by chance, is planted: its risk of violence is doubled,
and no activity is held that would reach it. Who then stands among the top tenth?
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from bench.truth.findings import Finding, percent
from bench.truth.worlds import HELD, POOL, activities, hips, risks, top
from mapper.analysis.bootstrap import share_gap
from mapper.analysis.gaps import gap_table
from mapper.analysis.reach import Reach, reach_of

if TYPE_CHECKING:
    import numpy.typing as npt

WORLDS = 500
PLANTED = 0.02
RAISED = 2.0
NAMES = {
    "gap score": "by gap score",
    "share difference": "by the difference of shares, without an interval (Urban Institute)",
    "count": "by rate of violence for every activity held in the area (counting activities)",
}


def measure(worlds: int = WORLDS, seed: int = 1) -> list[Finding]:
    """Plant gaps, and say what share of them each way finds among the top tenth.

    Parameters
    ----------
    worlds : how many.
    seed : of the first; each has the next one.
    """
    recalls = pd.DataFrame([one(number) for number in range(seed, seed + worlds)])
    mean, error = recalls.mean(), recalls.std() / np.sqrt(worlds)
    best = mean["gap score"] >= mean.max()
    return [
        Finding(
            f"Planted gaps found among the top tenth, {words} ({worlds:,} worlds)",
            "the highest of the three" if way == "gap score" else "",
            f"{percent(mean[way])} (standard error {percent(error[way])})",
            bool(best) if way == "gap score" else None,
        )
        for way, words in NAMES.items()
    ]


def one(number: int) -> dict[str, float]:
    """Measure one world: the recall of each way."""
    generator = np.random.default_rng(number)
    areas = hips()
    planted = generator.random(len(areas)) < PLANTED
    risk = risks(areas["population"], generator) * np.where(planted, RAISED, 1.0)
    counts = pd.Series(generator.poisson(risk).astype(float), index=areas.index)
    possible = activities(areas, POOL, generator)
    reach, doors = _held(reach_of(areas, possible), possible, planted, generator)
    parts = pd.DataFrame(
        {"count": counts, "population": areas["population"], "dose": reach.delivered()}
    )
    scores = {
        "gap score": gap_table(parts)["gap_score"].to_numpy(),
        "share difference": share_gap(counts, parts["dose"]).to_numpy(),
        "count": (counts / parts["population"] / (1 + _inside(doors))).to_numpy(),
    }
    return {way: float(top(score)[planted].mean()) for way, score in scores.items()}


def _held(
    could: Reach,
    possible: pd.DataFrame,
    planted: npt.NDArray[np.bool_],
    generator: np.random.Generator,
) -> tuple[Reach, pd.DataFrame]:
    """Draw the activities that are held, none of those that would reach a planted area."""
    elsewhere = np.flatnonzero(could.shares @ planted.astype(float) == 0)
    drawn = generator.choice(elsewhere, HELD)
    seen = replace(
        could,
        shares=could.shares[drawn],
        dose=pd.Series(could.dose.to_numpy()[drawn], name="dose"),
        is_at_venue=could.is_at_venue[drawn],
    )
    return seen, possible.iloc[drawn]


def _inside(doors: pd.DataFrame) -> pd.Series:
    """Count the venues whose door is within the outline of each area."""
    areas = hips()
    points = gpd.GeoSeries.from_xy(doors["easting_m"], doors["northing_m"], crs=areas.crs)
    _, within = areas.sindex.query(points, predicate="within")
    return pd.Series(np.bincount(within, minlength=len(areas)), index=areas.index)
