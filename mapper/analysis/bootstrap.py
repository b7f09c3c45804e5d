"""How sure the gaps are, had the year and the programme fallen out a little differently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.analysis.requirements import amounts, require_same_index, residents
from mapper.analysis.stability import stability
from mapper.analysis.tails import Tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from scipy import sparse

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

    Each draw takes the counts from gamma distributions about those seen and the activities,
    as many as there are, with replacement. What was not seen has no place in such draws: an
    area without an incident, or without an activity, would seem to be certain of having none.
    So the upper limit gives each area in turn one incident more, and the lower limit one
    activity more (of the largest dose that any lands there; the median of these where none
    does), each as an exponential draw. For a lone count that is the exact Poisson interval.

    An area is under-engaged only when the whole interval is above zero, over-engaged only
    when it is below.

    Parameters
    ----------
    counts : violence by area_code.
    population : residents by area_code, NaN where not known; in the same order.
    reach : where each activity's dose lands, over the same areas.
    chosen : number of draws, seed, level and top share; 1,000, 1, 95 % and a tenth.

    Returns
    -------
    Frame by area_code: share_gap, share_gap_lower, share_gap_upper (percentage points),
    share_gap_class (a ShareGap) and stability (see `mapper.analysis.stability`), how likely it
    is that the true gap score is among the top tenth, ties in; NaN where nobody lives or there
    is nothing to compare by.

    Raises
    ------
    MapperError
        When the indexes differ or a value is negative.

    References
    ----------
    Fay, M. P. and Feuer, E. J. (1997). Confidence intervals for directly standardized rates: a
    method based on the gamma distribution. Statistics in Medicine 16, 791-801.
    Garwood, F. (1936). Biometrika 28, 437-442: the interval of a lone count.
    Efron, B. and Tibshirani, R. (1993). An Introduction to the Bootstrap. Chapman & Hall.
    Urban Institute (2021). Spatial Equity Data Tool: the difference of shares.
    """
    chosen = chosen or Draws()
    require_same_index(counts, population, "counts and population")
    doses = pd.Series(reach.delivered(), index=reach.area_codes)
    table = share_gap(counts, doses).to_frame()
    events, people = amounts(counts, "counts"), residents(population)
    lower, upper = _limits(events, reach, chosen)
    table["share_gap_lower"], table["share_gap_upper"] = lower, upper
    table["share_gap_class"] = _verdicts(lower, upper)
    table["stability"] = stability(events, people, reach, chosen)
    return table


def _limits(events: Numbers, reach: Reach, chosen: Draws) -> tuple[Numbers, Numbers]:
    """Give the lower and the upper limit of every share gap, in percentage points."""
    generator = np.random.default_rng(chosen.seed)
    landed = reach.shares.multiply(reach.dose.to_numpy(dtype=np.float64)[:, None]).tocsr()
    one_more = _largest_landed(landed)
    tail = (1 - chosen.level) / 2
    low, high = Tail(tail, chosen.draws), Tail(tail, chosen.draws)
    for violence, provision in _draw(events, landed, chosen.draws, generator):
        incident, activity = generator.standard_exponential((2, *violence.shape))
        low.add(_shares(violence) - _shares_with(provision, one_more * activity))
        high.add(_shares(provision) - _shares_with(violence, incident))
    return low.quantile() * POINTS, -high.quantile() * POINTS


def _draw(
    seen: Numbers, landed: sparse.csr_array, draws: int, generator: np.random.Generator
) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield drawn counts and doses, a block of draws by areas at a time."""
    number = landed.shape[0]
    # A crowded matrix multiplies faster written out in full.
    crowded = landed.nnz > DENSE_ABOVE * max(number * len(seen), 1)
    doses = landed.toarray() if crowded else landed
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        violence = generator.standard_gamma(seen, (size, len(seen)))
        picked = generator.integers(0, max(number, 1), (size, number))
        times = np.bincount(
            (picked + number * np.arange(size)[:, None]).ravel(), minlength=size * number
        ).reshape(size, number)
        yield violence, times.astype(np.float64) @ doses


def _largest_landed(landed: sparse.csr_array) -> Numbers:
    """Give the largest dose that one activity lands in each area, the median where none does."""
    if not landed.nnz:
        return np.zeros(landed.shape[1])
    largest: Numbers = landed.max(axis=0).toarray().ravel()
    return np.where(largest > 0, largest, np.median(largest[largest > 0]))


def _share_gaps(violence: Numbers, provision: Numbers) -> Numbers:
    """Give percentage points, areas along the last axis."""
    return (_shares(violence) - _shares(provision)) * POINTS


def _shares(parts: Numbers) -> Numbers:
    """Divide by the sum; a share of nothing is zero."""
    total = parts.sum(axis=-1, keepdims=True)
    shares: Numbers = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return shares


def _shares_with(parts: Numbers, more: Numbers) -> Numbers:
    """Give each part's share when it alone is so much larger; a share of nothing is zero."""
    larger, total = parts + more, parts.sum(axis=-1, keepdims=True) + more
    shares: Numbers = np.divide(larger, total, out=np.zeros_like(larger), where=total > 0)
    return shares


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
