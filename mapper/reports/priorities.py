"""Priority lists in a run: their flags are kept beside those of the other rules.

A list that is not open is not told to everybody. So a run keeps, beside the rules that flagged
an area, those that would have without any list; and the gate shows the one or the other.
"""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from mapper.analysis.affected import affected
from mapper.analysis.explain import Wording, explain_all
from mapper.domain.disclosure import Audience, Sensitivity, may_see
from mapper.store.runs import Run

_WITHOUT = "_without_list"
_KEYS = ("rules", "explanation", "lsoas_affected")


def flags(
    rates: pd.Series, listed: Mapping[str, str], hot_spots: Collection[str] = ()
) -> pd.DataFrame:
    """Flag the areas affected by violence, with and without the lists.

    Parameters
    ----------
    rates : smoothed rate by area_code.
    listed : words by code, as `mapper.analysis.priorities.priority_words`.
    hot_spots : codes of significant highs.

    Returns
    -------
    As `mapper.analysis.affected.affected`; where anything is listed also rules_without_list.
    """
    table = affected(rates, listed, hot_spots)
    if listed:
        table[f"rules{_WITHOUT}"] = affected(rates, hot_spots=hot_spots)["rules"]
    return table


def flagged_areas(lsoas: pd.DataFrame) -> dict[str, "pd.Series[bool]"]:
    """Say which small areas are flagged, with and without the lists.

    Parameters
    ----------
    lsoas : with the columns of `flags`.

    Returns
    -------
    By the name of the count that they add up to.
    """
    without = lsoas.get(f"rules{_WITHOUT}", lsoas["rules"]) != ""
    return {"lsoas_affected": lsoas["rules"] != "", f"lsoas_affected{_WITHOUT}": without}


def with_other_words(table: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """Add the explanations as they read without any list, where they differ.

    Parameters
    ----------
    table : of LSOAs, with the columns of `flags` and explanation.
    wording : of the explanations.
    """
    if f"rules{_WITHOUT}" not in table:
        return table
    other = table.assign(rules=table[f"rules{_WITHOUT}"])
    is_other = other["rules"] != table["rules"]
    said = [
        list(each.sentences) if differs else None
        for each, differs in zip(explain_all(other, wording).values(), is_other, strict=True)
    ]
    return table.assign(**{f"explanation{_WITHOUT}": pd.Series(said, table.index, dtype=object)})


def for_audience(
    run: Run, rows: Mapping[str, dict[str, Any]], audience: Audience
) -> dict[str, dict[str, Any]]:
    """Leave the lists out of the figures of a run, where an audience may not see them.

    Parameters
    ----------
    run : whose figures.
    rows : code to figures.
    audience : who is looking.
    """
    if may_see(Sensitivity(run.inputs.get("priority_sensitivity", "open")), audience):
        return dict(rows)
    return {code: row | _without(row) for code, row in rows.items()}


def _without(row: Mapping[str, Any]) -> dict[str, Any]:
    other = {key: row.get(f"{key}{_WITHOUT}") for key in _KEYS}
    return {key: value for key, value in other.items() if value is not None}
