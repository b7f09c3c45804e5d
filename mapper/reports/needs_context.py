"""Counts of a needs assessment beside a gap report: shown for context, and part of no figure.

Of each recorder and level the source loaded last is shown, in its latest period. A count under
the threshold withholds all the counts of its area, since nothing tells which offence groups add
up to which; and where the authority's own count is shown beside those of its parts, further
parts are withheld until none can be had by subtraction. Counts of a recorder and months that a run
tells too are left out for whoever may not see every count of the run: each table withholds areas
of its own, and one could tell what the other does not.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import (
    THRESHOLD,
    Audience,
    Sensitivity,
    may_see,
    sees_true_counts,
)
from mapper.domain.period import Month, Period
from mapper.reports.choosable_runs import named_runs
from mapper.reports.provenance import register_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.suppression import Path, withheld_paths
from mapper.reports.wording import WITHHELD, number_cell, text_cell
from mapper.store.needs import area_counts

Groups = Mapping[str, float | None]
"""The counts of one area by offence group; None where the publisher withholds one."""

_BY_SOURCE = "withheld by the source"
# Two layers that cross cannot both be shown safely: the first there is, is.
_PARTS = (AreaType.WARD, AreaType.LSOA, AreaType.MSOA)
_LEVELS = {"lad": "local authority", "ward": "ward", "msoa": "MSOA", "lsoa": "LSOA"}
_COLUMNS = (
    Column("recorder", "Recorded by"),
    Column("period", "Period"),
    Column("area_name", "Area"),
    Column("area_code", "Code"),
    Column("level", "Kind of area"),
    Column("offence_group", "Offence group", "As the source words it."),
    Column("count", "Count", "Incidents recorded; sources are never added up.", is_number=True),
)


def needs_context(session: Session, lad_code: str, audience: Audience) -> PublishedTable:
    """Publish the counts of violence of an authority that no analysis uses.

    Parameters
    ----------
    lad_code : of the authority.
    audience : who is looking; a source that is not for them is not in the table at all.

    Returns
    -------
    One row an area and offence group; without rows where nothing is loaded, or to be seen.
    """
    rows = area_counts(session, lad_code)
    seen = [each.value for each in Sensitivity if may_see(each, audience)]
    chosen = _latest(rows[rows["sensitivity"].isin(seen)])
    told = _told_by_runs(session, audience) if len(chosen) else set()
    is_new = [not told & _months_of(row) for row in chosen.to_dict("records")]
    chosen = chosen[pd.Series(is_new, index=chosen.index, dtype=bool)]
    cells: list[tuple[Cell, ...]] = []
    for _, of_recorder in chosen.groupby("recorder", sort=True):
        cells += _published(of_recorder, audience)
    return PublishedTable(
        audience=audience,
        title="Other counts of violence, for context",
        columns=_COLUMNS,
        rows=tuple(cells),
        provenance=register_provenance(
            session, ("violence",), ids={int(each) for each in chosen["source_id"].unique()}
        ),
    )


def _told_by_runs(session: Session, audience: Audience) -> set[tuple[str, Month]]:
    """Collect recorders and months of the runs whose counts are not all for an audience.

    The months before the period, with which a trend is told, are among them.
    """
    return {
        (str(run.parameters["recorder"]), month)
        for run, _ in named_runs(session, audience)
        if not sees_true_counts(sensitivity_of(run), audience)
        for month in Period(run.period.start.plus(-len(run.period)), run.period.end)
    }


def _months_of(row: Mapping[Any, Any]) -> set[tuple[str, Month]]:
    months = Period(Month.parse(row["period_start"]), Month.parse(row["period_end"]))
    return {(str(row["recorder"]), month) for month in months}


def withheld_areas(total: Groups | None, parts: Mapping[str, Groups]) -> frozenset[str]:
    """Choose the areas whose counts are withheld altogether.

    Parameters
    ----------
    total : of the authority, None where it is not shown.
    parts : of the areas in it, by code.

    Returns
    -------
    Codes; the empty one stands for the authority.
    """
    least = {code: _least(groups) for code, groups in parts.items()}
    if total is None:
        return frozenset(code for code, count in least.items() if count < THRESHOLD)
    if _least(total) < THRESHOLD:
        return frozenset({"", *parts})
    if not parts:
        return frozenset()
    leaves: dict[Path, float] = {(code,): count for code, count in least.items()}
    has_gaps = any(None in groups.values() for groups in parts.values())
    if not has_gaps and any(count != _sum(parts, group) for group, count in total.items()):
        # Something is not in the table, and what is left of the total would tell it.
        leaves["the rest",] = 0.0
    return frozenset(path[0] for path in withheld_paths(leaves) if path and path[0] in parts)


def _least(groups: Groups) -> float:
    """The smallest count of an area, an unknown one being taken for the smallest there is."""
    return min(0.0 if count is None else count for count in groups.values())


def _sum(parts: Mapping[str, Groups], group: str) -> float:
    return sum(groups.get(group) or 0.0 for groups in parts.values())


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep of each recorder and level the last source, and of that the last, longest period."""
    kept = [rows.iloc[:0]]
    for _, each in rows.groupby(["recorder", "level"], sort=True):
        of_source = each[each["source_id"] == each["source_id"].max()]
        last = of_source[of_source["period_end"] == of_source["period_end"].max()]
        kept.append(last[last["period_start"] == last["period_start"].min()])
    return pd.concat(kept)


def _published(rows: pd.DataFrame, audience: Audience) -> list[tuple[Cell, ...]]:
    """Publish the rows of one recorder, the authority's own first."""
    is_true = all(sees_true_counts(Sensitivity(each), audience) for each in rows["sensitivity"])
    own = rows[rows["level"] == AreaType.LAD]
    if is_true:
        return [_cells(row, is_withheld=False) for _, row in _in_order(rows)]
    parts = next((found for level in _PARTS if len(found := rows[rows["level"] == level])), own[:0])
    total = next(iter(_groups(own).values()), None)
    withheld = withheld_areas(total, _groups(parts))
    return [_cells(row, is_withheld="" in withheld) for _, row in _in_order(own)] + [
        _cells(row, is_withheld=row["area_code"] in withheld) for _, row in _in_order(parts)
    ]


def _groups(rows: pd.DataFrame) -> dict[str, Groups]:
    return {
        str(code): {
            str(group): None if pd.isna(count) else float(count)
            for group, count in zip(each["offence_group"], each["count"], strict=True)
        }
        for code, each in rows.groupby("area_code")
    }


def _in_order(rows: pd.DataFrame) -> "list[tuple[object, pd.Series]]":
    order = rows.assign(place=[list(_LEVELS).index(level) for level in rows["level"]])
    return list(order.sort_values(["place", "area_name", "offence_group"]).iterrows())


def _cells(row: "pd.Series", *, is_withheld: bool) -> tuple[Cell, ...]:
    period = Period(Month.parse(row["period_start"]), Month.parse(row["period_end"]))
    if is_withheld:
        count = Cell(None, WITHHELD, is_withheld=True)
    elif pd.isna(row["count"]):
        count = Cell(None, _BY_SOURCE, is_withheld=True)
    else:
        count = number_cell(row["count"])
    words = (row["recorder"], period.label, row["area_name"], row["area_code"])
    return (
        *map(text_cell, words),
        text_cell(_LEVELS[row["level"]]),
        text_cell(row["offence_group"]),
        count,
    )
