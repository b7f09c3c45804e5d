"""How sure the gaps are, had the year and the programme fallen out a little differently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.analysis.ranks import percentile_ranks
from mapper.analysis.rates import shrink
from mapper.analysis.requirements import amounts, require_same_index, residents

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from mapper.analysis.reach import Reach

    Numbers = npt.NDArray[np.float64]

POINTS = 100.0
BLOCK = 250
DENSE_ABOVE = 0.03


class ShareGap(StrEnum):
    """What the interval of a share gap says."""

    UNDER_ENGAGED = "under-engaged"
    OVER_ENGAGED = "over-engaged"
    NO_CLEAR_GAP = "no clear gap"


@dataclass(frozen=True)
class Draws:
    """How to draw.

    Parameters
    ----------
    draws : how many times.
    seed : of the random numbers; the same seed gives the same figures.
    level : of the interval, between 0 and 1.
    top_share : the share of areas that counts as the top, for stability.
    """

    draws: int = 1_000
    seed: int = 1
    level: float = 0.95
    top_share: float = 0.1


def share_gap(counts: pd.Series, doses: pd.Series) -> pd.Series[float]:
    """Take each area's share of all dose from its share of all violence.

    Parameters
    ----------
    counts : violence by area_code.
    doses : provision by area_code, in the same order.

    Returns
    -------
    Percentage points by area_code, which add up to zero when there is both violence and
    provision: above zero, the area has more of the violence than of the engagement. A share
    of nothing is zero.

    Raises
    ------
    MapperError
        When the indexes differ or a value is negative.
    """
    require_same_index(counts, doses, "counts and doses")
    points = _share_gaps(amounts(counts, "counts"), amounts(doses, "dose"))
    return pd.Series(points, index=counts.index, name="share_gap")


def share_gaps(
    counts: pd.Series, population: pd.Series, reach: Reach, chosen: Draws | None = None
) -> pd.DataFrame:
    """Give each area's share gap with its interval, and how stable its place is.

    Each draw takes the counts from Poisson distributions about those seen and the activities,
    as many as there are, with replacement. An area is under-engaged only when the whole
    interval is above zero, over-engaged only when it is below.

    Parameters
    ----------
    counts : violence by area_code.
    population : residents by area_code, NaN where not known; in the same order.
    reach : where each activity's dose lands, over the same areas.
    chosen : number of draws, seed, level and top share; 1,000, 1, 95 % and a tenth.

    Returns
    -------
    Frame by area_code: share_gap, share_gap_lower, share_gap_upper (percentage points),
    share_gap_class (a ShareGap) and stability, the share of draws in which the gap score is
    among the top tenth, ties in; NaN where nobody lives.

    Raises
    ------
    MapperError
        When the indexes differ or a value is negative.

    References
    ----------
    Efron, B. and Tibshirani, R. (1993). An Introduction to the Bootstrap. Chapman & Hall.
    Urban Institute (2021). Spatial Equity Data Tool: the difference of shares.
    """
    chosen = chosen or Draws()
    require_same_index(counts, population, "counts and population")
    doses = pd.Series(reach.delivered(), index=reach.area_codes)
    table = share_gap(counts, doses).to_frame()
    people = residents(population)
    gaps, is_top = [], np.zeros(len(counts))
    for violence, provision in _draw(amounts(counts, "counts"), reach, chosen):
        gaps.append(_share_gaps(violence, provision))
        is_top += _top(violence, provision, people, chosen.top_share).sum(axis=0)
    tail = (1 - chosen.level) / 2
    lower, upper = np.quantile(np.concatenate(gaps), [tail, 1 - tail], axis=0)
    table["share_gap_lower"], table["share_gap_upper"] = lower, upper
    table["share_gap_class"] = _verdicts(lower, upper)
    table["stability"] = np.where(np.isnan(people), np.nan, is_top / chosen.draws)
    return table


def _draw(seen: Numbers, reach: Reach, chosen: Draws) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield drawn counts and doses, a block of draws by areas at a time."""
    generator = np.random.default_rng(chosen.seed)
    number = len(reach.dose)
    landed = reach.shares.multiply(reach.dose.to_numpy(dtype=np.float64)[:, None]).tocsr()
    # A crowded matrix multiplies faster written out in full.
    crowded = landed.nnz > DENSE_ABOVE * max(number * len(seen), 1)
    doses = landed.toarray() if crowded else landed
    for start in range(0, chosen.draws, BLOCK):
        size = min(BLOCK, chosen.draws - start)
        violence = generator.poisson(seen, (size, len(seen))).astype(np.float64)
        picked = generator.integers(0, max(number, 1), (size, number))
        times = np.bincount(
            (picked + number * np.arange(size)[:, None]).ravel(), minlength=size * number
        ).reshape(size, number)
        yield violence, times.astype(np.float64) @ doses


def _share_gaps(violence: Numbers, provision: Numbers) -> Numbers:
    """Give percentage points, areas along the last axis."""
    return (_shares(violence) - _shares(provision)) * POINTS


def _shares(parts: Numbers) -> Numbers:
    """Divide by the sum; a share of nothing is zero."""
    total = parts.sum(axis=-1, keepdims=True)
    shares: Numbers = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return shares


def _top(
    violence: Numbers, provision: Numbers, people: Numbers, top_share: float
) -> npt.NDArray[np.bool_]:
    """Mark, draws by areas, the gap scores among the top share of their draw."""
    lived = ~np.isnan(people)
    is_top = np.zeros(violence.shape, dtype=bool)
    number = int(lived.sum())
    if not number:
        return is_top
    need = percentile_ranks(shrink(violence[:, lived], people[lived]))
    gap = need - percentile_ranks(provision[:, lived] / people[lived])
    place = number - int(np.ceil(number * top_share))
    is_top[:, lived] = gap >= np.partition(gap, place, axis=1)[:, [place]]
    return is_top


def _verdicts(lower: Numbers, upper: Numbers) -> list[ShareGap]:
    """Say what each interval says."""
    return [
        ShareGap.UNDER_ENGAGED
        if low > 0
        else ShareGap.OVER_ENGAGED
        if high < 0
        else ShareGap.NO_CLEAR_GAP
        for low, high in zip(lower, upper, strict=True)
    ]
