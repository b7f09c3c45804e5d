"""How much violence there is for the people who live there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from mapper.analysis.ranks import share_below
from mapper.analysis.requirements import amounts, require_same_index, residents
from mapper.errors import MapperError

if TYPE_CHECKING:
    import numpy.typing as npt

_BUSY, _FEW = 0.95, 0.2
RATE_MISLEADS = "resident rate misleads here"
PER_1000 = 1000.0
MONTHS_A_YEAR = 12


def crude_rate_per_1000(counts: pd.Series, population: pd.Series) -> pd.Series[float]:
    """Divide counts by residents.

    The number is events for every 1,000 residents over the period the counts cover.

    Parameters
    ----------
    counts : events in each area, zero or more; index area_code.
    population : residents of each area, NaN where not known; the same index.

    Returns
    -------
    Rate per 1,000 residents by area_code; NaN where nobody lives or it is not known.

    Raises
    ------
    MapperError
        When the indexes differ or a value is negative.
    """
    require_same_index(counts, population, "counts and population")
    rate = amounts(counts, "counts") / residents(population) * PER_1000
    return pd.Series(rate, index=counts.index, name="crude_rate_per_1000")


def poisson_interval(counts: pd.Series, population: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Give the exact interval of a crude rate.

    The true rate lies outside in no more than one in twenty repetitions (at level
    0.95), if events are independent of one another.

    Parameters
    ----------
    counts : events in each area, zero or more; index area_code.
    population : residents of each area, NaN where not known; the same index.
    level : confidence level, between 0 and 1.

    Returns
    -------
    Frame by area_code with `lower` and `upper`, per 1,000 residents; NaN where the
    rate is missing. `lower` is 0 where nothing happened.

    Raises
    ------
    MapperError
        When the indexes differ, a value is negative or the level is not a share.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28,
    437-442.
    """
    require_same_index(counts, population, "counts and population")
    tail = (1 - _share(level)) / 2
    events, people = amounts(counts, "counts"), residents(population)
    # chi2.ppf(q, 0) is not defined; nothing seen means a lower limit of zero.
    lower = np.where(events > 0, stats.chi2.ppf(tail, 2 * np.maximum(events, 1)) / 2, 0.0)
    upper = stats.chi2.ppf(1 - tail, 2 * events + 2) / 2
    return pd.DataFrame(
        {"lower": lower / people * PER_1000, "upper": upper / people * PER_1000},
        index=counts.index,
    )


def empirical_bayes_rate_per_1000(counts: pd.Series, population: pd.Series) -> pd.Series[float]:
    """Shrink crude rates towards the common rate, more where few people live.

    A small area's crude rate jumps about by chance; this rate is the better guess of
    the risk there, given how far the areas truly differ. It lies between the crude
    rate and the common rate. The prior variance is floored at zero, and all areas
    then share the common rate.

    Parameters
    ----------
    counts : events in each area, zero or more; index area_code.
    population : residents of each area, NaN where not known; the same index.

    Returns
    -------
    Rate per 1,000 residents by area_code; NaN where nobody lives or it is not known.
    Events in such areas take no part in the common rate.

    Raises
    ------
    MapperError
        When the indexes differ or a value is negative.

    References
    ----------
    Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes
    estimators. Applied Statistics 40, 283-294.
    """
    require_same_index(counts, population, "counts and population")
    shrunk = shrink(amounts(counts, "counts"), residents(population))
    return pd.Series(shrunk * PER_1000, index=counts.index, name="eb_rate_per_1000")


def shrink(
    events: npt.NDArray[np.float64], people: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Shrink the rates of one map, or of many maps over the same areas.

    Parameters
    ----------
    events : counts, areas along the last axis.
    people : residents of each area, NaN where there is no rate.

    Returns
    -------
    Rate per resident in the shape of `events`; NaN where `people` is.
    """
    common, prior = spread_of_rates(events, people)
    crude = events / people
    chance = common / people
    # Where nobody lives in any area there is no common rate, and no rate at all.
    if np.isnan(common).all():
        return np.full(events.shape, np.nan)
    # Where no area had an event both are zero, and there is nothing to shrink.
    trust = np.divide(prior, prior + chance, out=np.zeros_like(crude), where=chance > 0)
    shrunk = common + trust * (crude - common)
    within: npt.NDArray[np.float64] = np.clip(
        shrunk, np.minimum(crude, common), np.maximum(crude, common)
    )
    return within


def spread_of_rates(
    events: npt.NDArray[np.float64], people: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Judge by how much the true rates of areas differ.

    Parameters
    ----------
    events : counts, areas along the last axis.
    people : residents of each area, NaN where there is no rate.

    Returns
    -------
    The common rate per resident, and the variance of the true rates about it, never below
    zero, areas' axis of length one; NaN where nobody lives anywhere.

    References
    ----------
    Marshall, R. J. (1991). Applied Statistics 40, 283-294: the method of moments.
    """
    lived = ~np.isnan(people)
    at_risk = np.where(lived, people, 0.0)
    total = at_risk.sum()
    if total == 0:
        missing = np.full((*events.shape[:-1], 1), np.nan)
        return missing, missing
    common = (events * lived).sum(axis=-1, keepdims=True) / total
    off = np.where(lived, events / people - common, 0.0)
    seen = (at_risk * off**2).sum(axis=-1, keepdims=True) / total
    return common, np.maximum(seen - common / (total / lived.sum()), 0.0)


def annualised(counts: pd.Series, months: int) -> pd.Series[float]:
    """Scale counts to a year of twelve months.

    Parameters
    ----------
    counts : events over the months kept; index area_code.
    months : how many months the counts cover, after any were left out.

    Returns
    -------
    Events a year by area_code.

    Raises
    ------
    MapperError
        When no month is left.
    """
    if months < 1:
        raise MapperError(
            f"The period holds {months} months.",
            expected="At least one month is needed for a yearly rate.",
            action="Widen the period or leave out fewer months.",
        )
    return counts * (MONTHS_A_YEAR / months)


def _share(level: float) -> float:
    """Return the level, or refuse it."""
    if not 0 < level < 1:
        raise MapperError(
            f"The confidence level is {level}.",
            expected="Between 0 and 1, such as 0.95.",
            action="Change it.",
        )
    return level


def rate_notes(parts: pd.DataFrame) -> pd.Series[str]:
    """Say where the rate for each resident misleads.

    Parameters
    ----------
    parts : columns count and population, as `resident_rate_misleads` takes them.

    Returns
    -------
    "resident rate misleads here", or an empty text, by area_code.
    """
    misleads = resident_rate_misleads(parts["count"], parts["population"])
    return pd.Series([RATE_MISLEADS if each else "" for each in misleads], index=parts.index)


def resident_rate_misleads(counts: pd.Series, population: pd.Series) -> pd.Series[bool]:
    """Mark the areas where much happens and few live, such as the middle of a town.

    There the rate for each resident says little of the risk of those who live there: most of
    those who are hurt, or hurt others, only came for the evening.

    Parameters
    ----------
    counts : incidents; index area_code.
    population : residents; the same index. NaN or 0 is not marked: there is no rate.

    Returns
    -------
    Whether the count is among the highest twentieth and the residents are among the lowest
    fifth of the areas compared, by area_code.

    Raises
    ------
    MapperError
        When the indexes differ.
    """
    require_same_index(counts, population, "the counts and the residents")
    people = residents(population)
    has_rate = ~np.isnan(people)
    is_busy = share_below(counts.where(has_rate)) >= _BUSY
    # Of areas alike in their residents none is small, hence those with more are counted.
    is_small = share_below(pd.Series(-people, index=counts.index)) >= 1 - _FEW
    return (is_busy & is_small & has_rate).astype(bool)
