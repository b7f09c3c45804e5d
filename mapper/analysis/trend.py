"""Whether there is more violence than in the period before, or chance may explain it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from mapper.analysis.requirements import amounts, require_same_index
from mapper.errors import MapperError

if TYPE_CHECKING:
    import numpy.typing as npt


class Trend(StrEnum):
    """How a period compares with the one before."""

    RISE = "rise"
    FALL = "fall"
    NOT_CLEAR = "no clear change"
    UNKNOWN = "cannot say"


def rate_ratio(
    now: pd.Series, before: pd.Series, exposure: float = 1.0, level: float = 0.95
) -> pd.DataFrame:
    """Compare the counts of a period with those of the one before.

    The ratio is the later rate over the earlier: 2 means twice as much. Residents are taken to
    be the same in both periods, so only their lengths enter. Given how many incidents there
    were in both together, the share that fell in the later one is binomial; its exact interval
    gives that of the ratio. It covers the true ratio at least as often as `level` says.

    Parameters
    ----------
    now : incidents of the period, zero or more; index area_code.
    before : incidents of the period before; the same index.
    exposure : length of the period over the length of the one before (months kept in each).
    level : confidence level, between 0 and 1.

    Returns
    -------
    Frame by area_code: `rate_ratio`, `ratio_lower`, `ratio_upper` and `trend`. The ratio is
    NaN, and the upper limit infinite, where nothing happened before; all three are NaN and the
    trend is "cannot say" where nothing happened in either.

    Raises
    ------
    MapperError
        When the indexes differ, a count is negative, or `exposure` or `level` is no such number.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from
    Poisson series. Biometrika 31, 313-323. Clopper, C. J. and Pearson, E. S. (1934). The use of
    confidence or fiducial limits illustrated in the case of the binomial. Biometrika 26, 404-413.
    """
    require_same_index(now, before, "this period and the one before")
    _require_choices(exposure, level)
    later, earlier = amounts(now, "this period"), amounts(before, "the period before")
    lower, upper = _odds_limits(later, earlier, (1 - level) / 2)
    ratio = np.divide(later, earlier, out=np.full(later.shape, np.nan), where=earlier > 0)
    table = pd.DataFrame(
        {"rate_ratio": ratio, "ratio_lower": lower, "ratio_upper": upper}, index=now.index
    )
    table /= exposure
    return table.assign(trend=_trends(table))


def _require_choices(exposure: float, level: float) -> None:
    if not (np.isfinite(exposure) and exposure > 0 and 0 < level < 1):
        raise MapperError(
            f"The periods were compared with exposure {exposure} and level {level}.",
            expected="An exposure above 0 and a level between 0 and 1 were expected.",
            action="Compare two periods of at least one month each.",
        )


def _odds_limits(
    later: npt.NDArray[np.float64], earlier: npt.NDArray[np.float64], tail: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give the limits of later over earlier: the odds of the limits of the later one's share."""
    is_empty = later + earlier == 0
    # beta.ppf is not defined for a parameter of 0, where the limit is 0 or 1 by definition.
    low = np.where(later > 0, stats.beta.ppf(tail, np.maximum(later, 1), earlier + 1), 0.0)
    high = np.where(earlier > 0, stats.beta.ppf(1 - tail, later + 1, np.maximum(earlier, 1)), 1.0)
    with np.errstate(divide="ignore"):
        lower, upper = low / (1 - low), high / (1 - high)
    return np.where(is_empty, np.nan, lower), np.where(is_empty, np.nan, upper)


def _trends(table: pd.DataFrame) -> npt.NDArray[np.object_]:
    is_known = table["ratio_upper"].notna()
    chosen: npt.NDArray[np.object_] = np.select(
        [~is_known, table["ratio_lower"] > 1, table["ratio_upper"] < 1],
        [Trend.UNKNOWN.value, Trend.RISE.value, Trend.FALL.value],
        Trend.NOT_CLEAR.value,
    ).astype(object)
    return chosen
