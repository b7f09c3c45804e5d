"""Engagement that is shared out must all be there, never be infinite, and agree with PySAL."""

from __future__ import annotations

import numpy as np

from bench.truth.findings import Finding
from bench.two_step_access import SIZES, cost_table, invent, pysal_access
from mapper.analysis.accessibility import enhanced_two_step_access

WORLDS = 5
TOLERANCE = 1e-9


def measure(worlds: int = WORLDS, seed: int = 1) -> list[Finding]:
    """Share out the supply of invented counties of 1,231 areas and 5,000 venues.

    Parameters
    ----------
    worlds : how many.
    seed : of the first; each has the next one.
    """
    made = [one(number) for number in range(seed, seed + worlds)]
    lost, apart = (max(each[place] for each in made) for place in range(2))
    endless = sum(each[2] for each in made)
    return [
        Finding(
            f"Dose delivered and dose out of reach are the dose there is ({worlds} counties): "
            "largest relative difference",
            f"at most {TOLERANCE:g}",
            f"{lost:.1g}",
            lost <= TOLERANCE,
        ),
        Finding("Areas with infinite or missing access", "none", f"{endless}", endless == 0),
        Finding(
            "Largest relative difference of access from PySAL `access`, where all its inputs hold",
            f"at most {TOLERANCE:g}",
            f"{apart:.1g}",
            apart <= TOLERANCE,
        ),
    ]


def one(number: int) -> tuple[float, float, int]:
    """Measure one county: dose lost, difference from PySAL, areas without a finite access."""
    areas, venues = invent(number, SIZES[0])
    # Some areas where nobody lives, which PySAL cannot take, in the first two measures only.
    emptied = areas.copy()
    emptied.iloc[::50, emptied.columns.get_loc("population")] = 0.0
    ours = enhanced_two_step_access(emptied, venues)
    total = venues["dose"].sum()
    lost = abs(ours.delivered.sum() + ours.unreached.sum() - total) / total
    valid = enhanced_two_step_access(areas, venues).access
    theirs = pysal_access(areas, venues, cost_table(areas, venues)).reindex(areas.index).fillna(0.0)
    scale = np.maximum(np.abs(theirs), np.finfo(float).tiny)
    apart = float((np.abs(valid - theirs) / scale)[theirs > 0].max())
    return float(lost), apart, int((~np.isfinite(ours.access)).sum())
