"""Shares with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from mapper.analysis.requirements import amounts, require_same_index
from mapper.errors import MapperError

if TYPE_CHECKING:
    import numpy.typing as npt


def wilson_interval(successes: pd.Series, trials: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Give a share and its score interval.

    The interval stays within 0 and 1 and is of use for small numbers, where the usual one is
    not.

    Parameters
    ----------
    successes : those counted, zero or more.
    trials : out of how many; the same index.
    level : confidence level, between 0 and 1.

    Returns
    -------
    Frame with `share`, `lower` and `upper`, each between 0 and 1; NaN out of none.

    Raises
    ------
    MapperError
        When the indexes differ, a number is negative, more are counted than there are, or the
        level is no share.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.
    """
    require_same_index(successes, trials, "the counted and the whole")
    counted, whole = amounts(successes, "those counted"), amounts(trials, "the whole")
    _refuse_more_than_whole(counted, whole, successes.index)
    z = normal_quantile(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counted / whole
        middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
        inner = share * (1 - share) / whole + (z / (2 * whole)) ** 2
        half = z * np.sqrt(inner) / (1 + z**2 / whole)
        # At the ends the limit is exactly 0 or 1; rounding would put it a hair beyond.
        lower = np.where(counted == 0, 0.0, middle - half)
        upper = np.where(counted == whole, 1.0, middle + half)
    lower, upper = (np.where(whole > 0, each, np.nan) for each in (lower, upper))
    return pd.DataFrame({"share": share, "lower": lower, "upper": upper}, index=successes.index)


def normal_quantile(level: float) -> float:
    """Give the deviation within which a normal variable falls with a probability.

    Parameters
    ----------
    level : the probability, between 0 and 1.

    Raises
    ------
    MapperError
        When it is no share.
    """
    if not 0 < level < 1:
        raise MapperError(
            f"The confidence level is {level}.",
            expected="Between 0 and 1, such as 0.95.",
            action="Change it.",
        )
    return float(stats.norm.ppf((1 + level) / 2))


def _refuse_more_than_whole(
    counted: npt.NDArray[np.float64], whole: npt.NDArray[np.float64], index: pd.Index
) -> None:
    wrong = counted > whole
    if wrong.any():
        raise MapperError(
            f"At {index[wrong][0]!r}, {counted[wrong][0]:g} of {whole[wrong][0]:g} are counted.",
            expected="At most as many as there are.",
            action="Check that both numbers are of the same people.",
        )
