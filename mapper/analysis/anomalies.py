"""Months whose figures do not look like the others.

The rule: a month of a place and an offence group is flagged when, against the median of the
*other* months,

- its robust z is 3.5 or more either way, where z is the difference divided by 1.4826 times
  the median absolute deviation, or by the square root of the median (what chance alone
  gives a count) when that is larger;
- it is at least 1.4 times the median, or at most 1 / 1.4 of it; and
- it differs by at least 20 events, so that a few robberies more raise no alarm.

Fewer than four months cannot say which of them is odd, and none is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.analysis.requirements import amounts, require_columns

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

MAD_TO_SIGMA = 1.4826
FEWEST_MONTHS = 4


@dataclass(frozen=True)
class AnomalyRule:
    """When a month is flagged.

    Parameters
    ----------
    robust_z : least distance from the others, in robust standard deviations.
    ratio : least ratio to the others' median, above 1; its inverse serves below.
    events : least difference from the others' median.
    """

    robust_z: float = 3.5
    ratio: float = 1.4
    events: float = 20.0


def anomalous_months(
    violence: pd.DataFrame, place_of_area: pd.Series, rule: AnomalyRule | None = None
) -> pd.DataFrame:
    """Compare every month with the others, for each place and offence group.

    Parameters
    ----------
    violence : area_code, month ('YYYY-MM'), offence_group (or crime_type) and count; months
        in which nothing is listed for a group are taken as zero, as long as the month has
        any row at all.
    place_of_area : the LAD or police force by area_code; rows of other areas are left out.
    rule : the thresholds; see the module's text for the default ones.

    Returns
    -------
    One row a place, offence group and month, sorted: place, offence_group, month, count,
    usual_count (median of the other months), robust_z, ratio (NaN when the usual count is
    zero) and is_anomalous. With fewer than four months the comparisons are NaN.

    Raises
    ------
    MapperError
        When a column is missing or a count is negative.

    References
    ----------
    Iglewicz, B. and Hoaglin, D. C. (1993). How to Detect and Handle Outliers. ASQC.
    """
    by_month = _by_month(violence, place_of_area)
    counts = by_month.to_numpy(dtype=np.float64)
    usual, deviation = _others(counts)
    scale = np.maximum(np.maximum(MAD_TO_SIGMA * deviation, np.sqrt(usual)), 1.0)
    ratio = np.divide(counts, usual, out=np.full_like(counts, np.nan), where=usual > 0)
    long = by_month.melt(ignore_index=False, value_name="count").reset_index()
    # melt goes down the months one after another, so the arrays are read the same way.
    long["usual_count"] = usual.ravel(order="F")
    long["robust_z"] = ((counts - usual) / scale).ravel(order="F")
    long["ratio"] = ratio.ravel(order="F")
    long["is_anomalous"] = _breaks(long, rule or AnomalyRule())
    return long.sort_values(["place", "offence_group", "month"], ignore_index=True)


def _by_month(violence: pd.DataFrame, place_of_area: pd.Series) -> pd.DataFrame:
    """Count, place and offence group by month, with zero where nothing is listed."""
    group = "offence_group" if "offence_group" in violence.columns else "crime_type"
    require_columns(violence, ["area_code", "month", group, "count"], "violence")
    amounts(violence["count"], "count")
    placed = pd.DataFrame(
        {
            "place": violence["area_code"].map(place_of_area),
            "offence_group": violence[group].astype(str),
            "month": violence["month"].astype(str),
            "count": violence["count"],
        }
    ).dropna(subset=["place"])
    return placed.pivot_table(
        index=["place", "offence_group"], columns="month", values="count", aggfunc="sum"
    ).fillna(0)


def _others(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Give, for each month, the median and the median absolute deviation of the others."""
    usual, deviation = np.full_like(counts, np.nan), np.full_like(counts, np.nan)
    months = counts.shape[1]
    if months < FEWEST_MONTHS or not len(counts):
        return usual, deviation
    for month in range(months):
        others = np.delete(counts, month, axis=1)
        usual[:, month] = np.median(others, axis=1)
        deviation[:, month] = np.median(np.abs(others - usual[:, [month]]), axis=1)
    return usual, deviation


def _breaks(long: pd.DataFrame, rule: AnomalyRule) -> pd.Series[bool]:
    """Say of each row whether it is beyond all three thresholds."""
    count, usual = long["count"], long["usual_count"]
    is_far = long["robust_z"].abs() >= rule.robust_z
    is_other = (count >= rule.ratio * usual) | (count * rule.ratio <= usual)
    return is_far & is_other & ((count - usual).abs() >= rule.events)
