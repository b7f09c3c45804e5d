"""Where a figure stands among the areas compared, with one rule for ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

if TYPE_CHECKING:
    import numpy.typing as npt

SIGNIFICANT_DIGITS = 10


def percentile_rank(values: pd.Series) -> pd.Series[float]:
    """Say what share of the areas compared stand below each, ties counted half.

    50 is the middle; areas that tie get the same number, and a single area gets 50.

    Parameters
    ----------
    values : one figure an area; NaN takes no part.

    Returns
    -------
    0-100 by area_code; NaN where the figure is.
    """
    ranks = percentile_ranks(figures(values))
    return pd.Series(ranks, index=values.index, name="percentile")


def percentile_ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Rank one map, or each of many maps, areas along the last axis.

    Figures equal to ten significant digits are ties, so that the rounding of a computer
    never decides an order.

    Parameters
    ----------
    values : figures; NaN takes no part.

    Returns
    -------
    0-100 in the same shape; NaN where the figure is.
    """
    compared = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    ranks = stats.rankdata(steady(values), axis=-1, nan_policy="omit")
    percentiles: npt.NDArray[np.float64] = (ranks - 0.5) / np.maximum(compared, 1) * 100
    return percentiles


def share_below(values: pd.Series) -> pd.Series[float]:
    """Say what share of the areas compared stand strictly below each.

    Parameters
    ----------
    values : one figure an area; NaN takes no part.

    Returns
    -------
    0 up to, not including, 1 by area_code; the same for areas that tie; NaN where the figure
    is.
    """
    numbers = figures(values)
    compared = max(int((~np.isnan(numbers)).sum()), 1)
    lowest = stats.rankdata(steady(numbers), method="min", nan_policy="omit")
    return pd.Series((lowest - 1) / compared, index=values.index, name="share_below")


def figures(values: pd.Series) -> npt.NDArray[np.float64]:
    """Return figures as floats.

    Parameters
    ----------
    values : numbers, nullable or not.

    Returns
    -------
    The same numbers in the same order, missing ones as NaN.
    """
    numbers: npt.NDArray[np.float64] = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return numbers


def steady(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round to ten significant digits, so that figures that should tie do.

    Parameters
    ----------
    values : figures of any size; NaN stays.

    Returns
    -------
    The rounded figures in the same shape.
    """
    size = np.floor(np.log10(np.abs(values), where=values != 0, out=np.zeros_like(values)))
    unit = 10.0 ** np.clip(SIGNIFICANT_DIGITS - 1 - size, -300, 300)
    steady: npt.NDArray[np.float64] = np.round(values * unit) / unit
    return steady
