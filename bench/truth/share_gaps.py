"""The 95 % interval of the share gap should hold the truth, and stability mean what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.truth.findings import Finding, percent
from bench.truth.worlds import hips, top, world
from mapper.analysis.bootstrap import Draws, ShareGap, share_gaps
from mapper.analysis.ranks import percentile_rank

WORLDS = 500
EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
DRAWS = 1_000


def measure(worlds: int = WORLDS, draws: int = DRAWS, seed: int = 1) -> list[Finding]:
    """Make worlds, and hold what is said of every area against what is true of it.

    Parameters
    ----------
    worlds : how many.
    draws : of each interval.
    seed : of the first world; each has the next one.
    """
    said = pd.concat([one(number, draws) for number in range(seed, seed + worlds)])
    holds = (said["lower"] <= said["truth"]) & (said["truth"] <= said["upper"])
    unseen = said["dose"] == 0
    named = said["verdict"] != ShareGap.NO_CLEAR_GAP
    wrong = named & (np.sign(said["truth"]) != np.where(said["lower"] > 0, 1, -1))
    coverage = float(holds.mean())
    findings = [
        Finding(
            f"The 95 % interval of the share gap holds the truth ({worlds:,} worlds, each area)",
            "93 to 97 %",
            percent(coverage),
            0.93 <= coverage <= 0.97,
        ),
        Finding(
            f"the same, of the {unseen.sum():,} areas that no activity reached",
            "",
            percent(holds[unseen].mean()) if unseen.any() else "no such area",
        ),
        Finding(
            "Areas called under- or over-engaged that are the other",
            "at most 2.5 %",
            percent(wrong.sum() / max(named.sum(), 1), 2),
            bool(wrong.sum() <= 0.025 * named.sum()),
        ),
    ]
    return [*findings, *curve(said)]


def one(number: int, draws: int) -> pd.DataFrame:
    """Measure one world: a row an area, what was said of it and what is true."""
    made = world(hips(), number)
    found = share_gaps(made.counts, made.population, made.reach, Draws(draws=draws, seed=number))
    need = percentile_rank(made.risk / made.population)
    provision = percentile_rank(made.expected_dose / made.population)
    return pd.DataFrame(
        {
            "truth": made.share_gap,
            "lower": found["share_gap_lower"],
            "upper": found["share_gap_upper"],
            "verdict": found["share_gap_class"],
            "dose": made.reach.delivered(),
            "stability": found["stability"],
            "is_top": top((need - provision).to_numpy()),
        }
    )


def curve(said: pd.DataFrame) -> list[Finding]:
    """Say, for each band of stability, how many of its areas are in the top tenth in truth."""
    known = said.dropna(subset="stability")
    band = pd.cut(known["stability"], EDGES, right=False, labels=False).fillna(len(EDGES) - 2)
    findings = []
    for number, each in known.groupby(band.astype(int)):
        promised, kept = each["stability"].mean(), each["is_top"].mean()
        findings.append(
            Finding(
                f"In the top tenth in truth, of {len(each):,} areas with stability "
                f"{EDGES[number]:.0%} to {EDGES[number + 1]:.0%}",
                f"about {percent(promised, 0)}",
                percent(kept, 0),
                bool(abs(kept - promised) <= 0.05),
            )
        )
    return findings
