"""How sure it is that an area is among those with the widest gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapper.analysis.ranks import percentile_ranks
from mapper.analysis.rates import spread_of_rates

if TYPE_CHECKING:
    import numpy.typing as npt

    from mapper.analysis.bootstrap import Draws
    from mapper.analysis.reach import Reach

    Numbers = npt.NDArray[np.float64]

BLOCK = 250
DECIMALS = 9


def stability(events: Numbers, people: Numbers, reach: Reach, chosen: Draws) -> Numbers:
    """Say how likely it is that an area's true gap score is among the top share.

    Each draw takes a rate of violence and a provision for every area, as they might truly be
    given what was seen. The rate comes from a gamma distribution that joins the area's own
    count with what is known of all areas (the prior of the smoothed rate). The provision
    comes from one about the dose seen, in steps of the area's unit (see `dose_units`), one
    step added: where no dose was seen in a year, some may have come by chance the next.

    Parameters
    ----------
    events : violence, one area a place.
    people : residents in the same order, NaN where nobody lives.
    reach : where each activity's dose lands, over the same areas.
    chosen : number of draws, seed and top share, ties in.

    Returns
    -------
    Between 0 and 1 in the order of the areas; NaN where nobody lives, and everywhere when
    there is neither violence nor an activity to compare by.

    References
    ----------
    Marshall, R. J. (1991). Applied Statistics 40, 283-294: the prior, by moments.
    Clayton, D. and Kaldor, J. (1987). Empirical Bayes estimates of age-standardized relative
    risks for use in disease mapping. Biometrics 43, 671-681: the gamma posterior.
    Fay, M. P. and Feuer, E. J. (1997). Confidence intervals for directly standardized rates.
    Statistics in Medicine 16, 791-801: a weighted sum of counts as gamma, with one step more.
    """
    lived = ~np.isnan(people)
    found = np.full(len(events), np.nan)
    if not lived.any() or not (events[lived].any() or reach.delivered().any()):
        return found
    generator = np.random.default_rng(chosen.seed)
    residents = people[lived]
    units, dose = dose_units(reach)[lived], reach.delivered()[lived]
    is_top = np.zeros(int(lived.sum()))
    for start in range(0, chosen.draws, BLOCK):
        size = min(BLOCK, chosen.draws - start)
        need = _rates(events[lived], residents, size, generator)
        provision = _doses(dose, units, size, generator) / residents
        scores = percentile_ranks(need) - percentile_ranks(provision)
        is_top += top(scores, chosen.top_share).sum(axis=0)
    found[lived] = is_top / chosen.draws
    return found


def dose_units(reach: Reach) -> Numbers:
    """Say in what steps the dose of each area comes.

    Dose comes in lumps: one activity more or less moves an area by what one lands there. The
    step is the mean share of a dose that an activity lands, larger ones counting for more,
    of those seen to reach the area, or of any of the activities held in its middle, when
    that is more: an area reached only from afar may be reached from close by next year.

    Parameters
    ----------
    reach : where each activity's dose lands.

    Returns
    -------
    Dose in the order of the areas; 0 without any activity, or where nobody lives.
    """
    dose = reach.dose.to_numpy(dtype=np.float64)
    delivered = reach.delivered()
    squares = reach.shares.power(2).T @ dose**2
    seen = np.divide(squares, delivered, out=np.zeros_like(delivered), where=delivered > 0)
    total = dose.sum()
    lump = float((dose**2).sum() / total) if total > 0 else 0.0
    units: Numbers = np.maximum(seen, lump * reach.between.diagonal())
    return units


def top(scores: Numbers, share: float) -> npt.NDArray[np.bool_]:
    """Mark the scores among the top share of each draw, ties in.

    Parameters
    ----------
    scores : areas along the last axis, none missing.
    share : of the areas, rounded up to whole ones.

    Returns
    -------
    Of the same shape.
    """
    number = scores.shape[-1]
    # Differences of percentiles that are equal may not be so to the last bit.
    steady = np.round(scores, DECIMALS)
    place = number - int(np.ceil(number * share))
    marked: npt.NDArray[np.bool_] = steady >= np.partition(steady, place, axis=-1)[..., [place]]
    return marked


def _rates(events: Numbers, people: Numbers, size: int, generator: np.random.Generator) -> Numbers:
    """Draw true rates, draws by areas."""
    common, variance = (float(value[0]) for value in spread_of_rates(events, people))
    if variance == 0:
        return np.full((size, len(events)), common)
    shape, rate = events + common**2 / variance, people + common / variance
    drawn: Numbers = generator.standard_gamma(shape, (size, len(events))) / rate
    return drawn


def _doses(dose: Numbers, units: Numbers, size: int, generator: np.random.Generator) -> Numbers:
    """Draw true doses, draws by areas; 0 where no activity could land any."""
    steps = np.divide(dose, units, out=np.zeros_like(dose), where=units > 0) + 1
    drawn: Numbers = generator.standard_gamma(steps, (size, len(dose))) * units
    return drawn
