"""Where need is high and provision is low, against the areas compared."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from mapper.analysis.ranks import figures, percentile_rank, share_below, steady
from mapper.analysis.rates import (
    PER_1000,
    crude_rate_per_1000,
    empirical_bayes_rate_per_1000,
    poisson_interval,
)
from mapper.analysis.requirements import (
    amounts,
    require_columns,
    require_one_row_each,
    residents,
)

PARTS = ("count", "population", "dose")
_LEVELS = ("low", "medium", "high")


class GapClass(StrEnum):
    """Thirds of need against thirds of provision, for the map."""

    HIGH_NEED_LOW_PROVISION = "high need, low provision"
    HIGH_NEED_MEDIUM_PROVISION = "high need, medium provision"
    HIGH_NEED_HIGH_PROVISION = "high need, high provision"
    MEDIUM_NEED_LOW_PROVISION = "medium need, low provision"
    MEDIUM_NEED_MEDIUM_PROVISION = "medium need, medium provision"
    MEDIUM_NEED_HIGH_PROVISION = "medium need, high provision"
    LOW_NEED_LOW_PROVISION = "low need, low provision"
    LOW_NEED_MEDIUM_PROVISION = "low need, medium provision"
    LOW_NEED_HIGH_PROVISION = "low need, high provision"


def gap_table(parts: pd.DataFrame) -> pd.DataFrame:
    """Measure need, provision and the gap of every area, against one another.

    Need is the empirical Bayes rate of violence, provision the dose for 1,000 residents. The
    same function serves LSOAs and, after `roll_up`, wards, MSOAs and LADs: a larger area's
    figures come from its own sums, never from an average of averages.

    Parameters
    ----------
    parts : index area_code; count (violence), population (residents, NaN where not known) and
        dose (provision). Not changed.

    Returns
    -------
    Frame by area_code in the same order: the three parts; crude_rate_per_1000 with its 95 %
    interval rate_lower and rate_upper; eb_rate_per_1000; coverage_per_1000; need_percentile
    and provision_percentile (0-100); gap_score (-100 to 100); gap_class (a GapClass); rank (1
    is the widest gap). Where nobody lives all but the parts are missing.

    Raises
    ------
    MapperError
        When a column is missing, an area stands twice or a value is negative.
    """
    require_columns(parts, PARTS, "areas")
    require_one_row_each(parts, "the areas")
    counts, population = parts["count"], parts["population"]
    table = parts[list(PARTS)].copy()
    table["crude_rate_per_1000"] = crude_rate_per_1000(counts, population)
    interval = poisson_interval(counts, population)
    table["rate_lower"], table["rate_upper"] = interval["lower"], interval["upper"]
    table["eb_rate_per_1000"] = empirical_bayes_rate_per_1000(counts, population)
    table["coverage_per_1000"] = amounts(parts["dose"], "dose") / residents(population) * PER_1000
    table["need_percentile"] = percentile_rank(table["eb_rate_per_1000"])
    table["provision_percentile"] = percentile_rank(table["coverage_per_1000"])
    table["gap_score"] = gap_score(table["need_percentile"], table["provision_percentile"])
    table["gap_class"] = bivariate_class(table["eb_rate_per_1000"], table["coverage_per_1000"])
    table["rank"] = gap_rank(table)
    return table


def roll_up(parts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Add counts, residents and doses up to larger areas.

    Parameters
    ----------
    parts : index area_code; count, population and dose.
    groups : index area_code, code of the ward, MSOA or LAD; areas without one are left out.

    Returns
    -------
    The same three columns by group code, ready for `gap_table`. An area whose population is
    not known adds nobody, so that its group's rate counts its events against the others'
    residents; a group where no population is known has NaN.

    Raises
    ------
    MapperError
        When a column is missing or an area stands twice.
    """
    require_columns(parts, PARTS, "areas")
    require_one_row_each(parts, "the areas")
    by_group = parts[list(PARTS)].groupby(groups.reindex(parts.index), sort=True)
    return by_group.sum(min_count=1).fillna({"count": 0, "dose": 0.0})


def gap_score(need_percentile: pd.Series, provision_percentile: pd.Series) -> pd.Series[float]:
    """Take the percentile of provision from the percentile of need.

    Parameters
    ----------
    need_percentile, provision_percentile : 0-100 by area_code.

    Returns
    -------
    -100 (little need, much provision) to 100 (much need, little provision); NaN where either
    is missing.
    """
    difference: pd.Series[float] = need_percentile - provision_percentile
    return difference.rename("gap_score")


def gap_rank(table: pd.DataFrame) -> pd.Series[int]:
    """Put the areas in order, the widest gap first.

    Equal scores are ordered by need, the higher first, then by area code, so that the same
    figures always give the same list.

    Parameters
    ----------
    table : index area_code; gap_score and eb_rate_per_1000.

    Returns
    -------
    1, 2, 3... by area_code (nullable integers), each number once; missing without a score.
    """
    keys = pd.DataFrame(
        {
            "gap": steady(figures(table["gap_score"])),
            "need": steady(figures(table["eb_rate_per_1000"])),
            "code": table.index,
        },
        index=table.index,
    ).dropna(subset=["gap"])
    order = keys.sort_values(["gap", "need", "code"], ascending=[False, False, True]).index
    ranks = pd.Series(np.arange(1, len(order) + 1), index=order, dtype="Int64", name="rank")
    return ranks.reindex(table.index)


def bivariate_class(need: pd.Series, provision: pd.Series) -> pd.Series[str]:
    """Put each area in one of nine classes, by thirds of need and of provision.

    An area is low when fewer than a third of the areas stand below it, medium when fewer than
    two thirds do, else high. Areas that tie share the lowest place: many areas without any
    provision are all low, however many they are.

    Parameters
    ----------
    need, provision : figures by area_code; NaN takes no part.

    Returns
    -------
    GapClass by area_code; missing where need or provision is.
    """
    thirds_of_need, thirds_of_provision = _third(need), _third(provision)
    classes = [
        GapClass(f"{_LEVELS[high]} need, {_LEVELS[low]} provision") if min(high, low) >= 0 else None
        for high, low in zip(thirds_of_need, thirds_of_provision, strict=True)
    ]
    return pd.Series(classes, index=need.index, name="gap_class", dtype=object)


def _third(values: pd.Series) -> list[int]:
    """Give 0, 1 or 2 for the third that each figure is in, -1 where it is missing."""
    below = share_below(values).to_numpy()
    third = np.searchsorted([1 / 3, 2 / 3], below, side="right")
    return [int(place) for place in np.where(np.isnan(below), -1, third)]
