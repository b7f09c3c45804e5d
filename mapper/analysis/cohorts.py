"""Whether those engaged are those affected: the cohort gap (ToC 3.d)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from mapper.analysis.proportions import wilson_interval
from mapper.analysis.requirements import amounts, require_same_index

if TYPE_CHECKING:
    import numpy.typing as npt


class Representation(StrEnum):
    """How a cohort's share of those engaged compares with its share of those affected."""

    UNDER = "under-represented"
    OVER = "over-represented"
    NOT_CLEAR = "no clear difference"
    UNKNOWN = "cannot say"


def cohort_gap(affected: pd.Series, engaged: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Compare each cohort's share of those engaged with its share of those affected.

    The representation ratio is the share of those engaged over the share of those affected: 1
    means that the cohort is reached as much as it is hurt, 0.5 half as much. A cohort is called
    under- or over-represented only when the interval of the difference of the two shares does
    not hold zero; the interval is Newcombe's, from the Wilson interval of each share, and takes
    the two groups of people for separate samples.

    The cohorts of one call are a partition of the people (age bands, say, or the two sexes);
    their shares are of the sums. Do not mix dimensions in one call.

    Parameters
    ----------
    affected : people affected by violence in each cohort; index cohort.
    engaged : people engaged in each; the same index.
    level : confidence level, between 0 and 1.

    Returns
    -------
    Frame by cohort: `share_affected`, `affected_lower`, `affected_upper`, `share_engaged`,
    `engaged_lower`, `engaged_upper`, `representation_ratio` (NaN where nobody of the cohort is
    affected), `difference` of the shares (engaged less affected) with `difference_lower` and
    `difference_upper`, and `representation`. Everything of a group in which nobody was counted
    is NaN, and the word is then "cannot say".

    Raises
    ------
    MapperError
        When the indexes differ, a number is negative or the level is no share.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions: comparison of eleven methods. Statistics in Medicine 17, 873-890.
    """
    require_same_index(affected, engaged, "those affected and those engaged")
    hurt, reached = _shares(affected, level), _shares(engaged, level)
    difference = reached["share"] - hurt["share"]
    below = np.hypot(reached["share"] - reached["lower"], hurt["upper"] - hurt["share"])
    above = np.hypot(reached["upper"] - reached["share"], hurt["share"] - hurt["lower"])
    table = pd.DataFrame(
        {
            "share_affected": hurt["share"],
            "affected_lower": hurt["lower"],
            "affected_upper": hurt["upper"],
            "share_engaged": reached["share"],
            "engaged_lower": reached["lower"],
            "engaged_upper": reached["upper"],
            "representation_ratio": reached["share"] / hurt["share"].where(hurt["share"] > 0),
            "difference": difference,
            "difference_lower": difference - below,
            "difference_upper": difference + above,
        }
    )
    return table.assign(representation=_words(table))


def shares_differ(affected: pd.Series, engaged: pd.Series) -> float:
    """Give the probability that shares as different as these arise by chance.

    One test of all cohorts together (G test of independence), to be read before any single one.

    Parameters
    ----------
    affected, engaged : people in each cohort, of a partition; the same index.

    Returns
    -------
    The p-value; NaN when fewer than two cohorts have anybody, or a group has nobody.

    Raises
    ------
    MapperError
        When the indexes differ or a number is negative.

    References
    ----------
    Sokal, R. R. and Rohlf, F. J. (1995). Biometry, 3rd ed., section 17.4.
    """
    require_same_index(affected, engaged, "those affected and those engaged")
    counts = np.array([amounts(affected, "those affected"), amounts(engaged, "those engaged")])
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] <= 1 or not counts.sum(axis=1).all():
        return float("nan")
    tested = stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")
    return float(tested.pvalue)


def _shares(people: pd.Series, level: float) -> pd.DataFrame:
    whole = pd.Series(amounts(people, "the people").sum(), index=people.index)
    return wilson_interval(people, whole, level)


def _words(table: pd.DataFrame) -> npt.NDArray[np.object_]:
    chosen: npt.NDArray[np.object_] = np.select(
        [
            table["difference"].isna(),
            table["difference_upper"] < 0,
            table["difference_lower"] > 0,
        ],
        [Representation.UNKNOWN.value, Representation.UNDER.value, Representation.OVER.value],
        Representation.NOT_CLEAR.value,
    ).astype(object)
    return chosen
