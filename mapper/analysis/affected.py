"""Which areas count as affected by violence, and by which rule."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from mapper.analysis.ranks import share_below
from mapper.analysis.requirements import require_one_row_each

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

TOP_SHARE = 0.1


class AffectedRule(StrEnum):
    """The rules that can flag an area, in the order in which they are named."""

    PRIORITY_LIST = "on the needs assessment's own priority list"
    TOP_TENTH = "smoothed violence rate in the top tenth of the areas compared"
    HOT_SPOT = "part of a statistically significant cluster of high rates"


def affected(
    eb_rates: pd.Series,
    priority_areas: Mapping[str, str] | None = None,
    hot_spots: Collection[str] = (),
) -> pd.DataFrame:
    """Flag the areas affected by violence, and keep the rule that flagged each.

    Parameters
    ----------
    eb_rates : empirical Bayes rate of violence by area_code; NaN takes no part.
    priority_areas : code to words, of areas on the needs assessment's own list or within one
        that is, where a list is loaded; see `mapper.analysis.priorities`.
    hot_spots : codes of significant Gi* highs, where they were computed.

    Returns
    -------
    Frame by area_code: is_violence_affected, and rules, the rules that flagged the area
    joined by '; ' (empty when none did). An area is in the top tenth when at least nine
    tenths of the areas stand strictly below it: where all are equal, none is, and of fewer
    than ten areas none is.

    Raises
    ------
    MapperError
        When an area stands twice.
    """
    require_one_row_each(eb_rates, "the rates")
    listed = priority_areas or {}
    by_rule = pd.DataFrame(
        {
            AffectedRule.PRIORITY_LIST: eb_rates.index.isin(list(listed)),
            # The tiny allowance keeps nine tenths of ten areas from failing by rounding.
            AffectedRule.TOP_TENTH: share_below(eb_rates) >= 1 - TOP_SHARE - 1e-12,
            AffectedRule.HOT_SPOT: eb_rates.index.isin(list(hot_spots)),
        },
        index=eb_rates.index,
    )
    named = [
        "; ".join(
            listed[code] if rule is AffectedRule.PRIORITY_LIST else rule
            for rule, flagged in zip(AffectedRule, row, strict=True)
            if flagged
        )
        for code, row in zip(eb_rates.index, by_rule.itertuples(index=False), strict=True)
    ]
    return pd.DataFrame(
        {"is_violence_affected": by_rule.any(axis=1), "rules": named}, index=eb_rates.index
    )
