"""The figures of a run made anew from the counts that an audience is shown, and from no other.

A rank, a percentile or a smoothed rate compares an area with all others, so that those of the
areas that are shown tell of those that are not: the place that is missing in an order is that
of the area withheld, and a rate times its residents is the count before it was rounded. Where
an audience may not see every count, such figures are made here from what it is shown: whatever
the withheld counts may be, with the same shown ones these figures are the same.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mapper.analysis.affected import AffectedRule, affected
from mapper.analysis.bootstrap import share_gap
from mapper.analysis.comparable import why_not_compared, without_comparison
from mapper.analysis.explain import Wording, explain_all
from mapper.analysis.gaps import GapClass, gap_table
from mapper.analysis.rates import annualised, rate_notes
from mapper.domain.disclosure import rounded
from mapper.reports.gate import Gate
from mapper.reports.plain import plain_rows

Rows = Mapping[str, dict[str, Any]]
_RATES = ["crude_rate_per_1000", "rate_lower", "rate_upper", "eb_rate_per_1000"]
_SHOWN_ONLY = "Only areas whose counts are shown are compared, by their counts as shown."
_BY_COUNT = (AffectedRule.TOP_TENTH, AffectedRule.HOT_SPOT)


def from_shown(rows: Rows, gate: Gate, months: int) -> dict[str, dict[str, Any]]:
    """Make the figures of the areas of one level anew, those that are shown.

    Clusters and draws are of all counts and are not made anew: the rule of clusters flags
    nothing, and what rests on draws is missing.

    Parameters
    ----------
    rows : code to figures, as the run keeps them.
    gate : of the level and audience.
    months : how many the counts are of.

    Returns
    -------
    All rows; of the areas withheld those figures only that no count is in.
    """
    shown = [code for code in rows if code not in gate.withheld]
    parts = pd.DataFrame(
        {
            "count": [
                float(rounded(rows[code]["count"], gate.sensitivity, gate.audience))
                for code in shown
            ],
            "population": [rows[code]["population"] for code in shown],
            "dose": [rows[code]["dose"] for code in shown],
        },
        index=pd.Index(shown, name="area_code"),
        dtype=float,
    )
    table = gap_table(parts)
    table["share_gap"] = share_gap(parts["count"], parts["dose"])
    if why_not_compared(parts):
        table = without_comparison(table)
    for column in _RATES:
        table[column] = annualised(table[column], months)
    table["rate_note"] = rate_notes(parts)
    is_top = affected(table["eb_rate_per_1000"])["is_violence_affected"]
    table["rules"] = [_rules(rows[code]["rules"], is_top=bool(is_top[code])) for code in shown]
    made: dict[str, dict[str, Any]] = plain_rows(table)
    kept = {code: {key: row.get(key) for key in _WITHOUT_COUNT} for code, row in rows.items()}
    return {code: with_thirds({**row, **made.get(code, {})}) for code, row in kept.items()}


def counted_again(groups: Rows, lsoas: Rows, column: str) -> dict[str, dict[str, Any]]:
    """Count the small areas affected, and those with a gap, among those that are shown.

    Parameters
    ----------
    groups : code to figures of the larger areas.
    lsoas : as `from_shown` makes them.
    column : of the small areas that holds the code of the larger one.
    """
    shown = pd.DataFrame(
        [
            {
                "group": row[column],
                "lsoas_affected": bool(row.get("rules")),
                "lsoas_high_need_low_provision": row.get("gap_class")
                == GapClass.HIGH_NEED_LOW_PROVISION,
            }
            for row in lsoas.values()
        ],
        columns=["group", "lsoas_affected", "lsoas_high_need_low_provision"],
    )
    found: dict[Any, dict[str, Any]] = plain_rows(shown.groupby("group").sum())
    nothing = {"lsoas_affected": 0, "lsoas_high_need_low_provision": 0}
    # Where nothing was compared, a 0 would be no finding.
    is_compared = any(row.get("gap_class") for row in lsoas.values())
    unknown = {} if is_compared else {"lsoas_high_need_low_provision": None}
    return {
        code: {**row, **nothing, **found.get(code, {}), **unknown} for code, row in groups.items()
    }


def in_words(rows: Rows, wording: Wording, lad_code: str) -> dict[str, tuple[str, ...]]:
    """Explain the areas of one authority from the figures that are shown.

    Parameters
    ----------
    rows : as `from_shown` makes them, those that are shown, of all authorities.
    wording : what to call the inputs.
    lad_code : of the authority.
    """
    if not rows:
        return {}
    table = pd.DataFrame.from_dict({**rows}, orient="index").infer_objects()
    return {
        code: (*each.sentences, _SHOWN_ONLY)
        for code, each in explain_all(table, wording).items()
        if rows[code]["lad_code"] == lad_code
    }


def with_thirds(row: dict[str, Any]) -> dict[str, Any]:
    """Add the two halves of the gap class, for shading and for filters.

    Parameters
    ----------
    row : figures of one area; without a class it stays as it is.
    """
    need, _, provision = (row.get("gap_class") or "").partition(", ")
    if not provision:
        return row
    return row | {
        "need_class": need.removesuffix(" need"),
        "provision_class": provision.removesuffix(" provision"),
    }


_WITHOUT_COUNT = (
    "area_name",
    "ward_name",
    "lad_name",
    "lad_code",
    "ward_code",
    "msoa_code",
    "population",
    "dose",
    "coverage_per_1000",
    "activities",
    "last_month",
    "months_since_last",
    "nearest_venue_km",
    "provision_percentile",
    "provision_class",
    "lsoas",
    "lsoas_most_deprived",
    "deprivation_decile",
)
"""Figures of an area in which there is no count of violence."""


def _rules(said: str, *, is_top: bool) -> str:
    """Keep the words of a list, which no count is in, and flag the top tenth of those shown."""
    listed = [rule for rule in (said or "").split("; ") if rule and rule not in _BY_COUNT]
    return "; ".join([*listed, *([str(AffectedRule.TOP_TENTH)] if is_top else [])])
