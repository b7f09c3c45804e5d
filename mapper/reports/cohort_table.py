"""Counts of cohorts, small ones withheld so that none can be had by subtraction."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import THRESHOLD, Audience, Sensitivity, may_see, sees_true_counts
from mapper.domain.period import Month, Period
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.suppression import Path, withheld_paths
from mapper.reports.wording import number_cell, text_cell, withheld_cell
from mapper.store.needs import cohort_counts

_BY_SOURCE = "withheld by the source"
_DIMENSIONS = ("age", "sex", "ethnicity")
_COLUMNS = (
    Column("measure", "Who is counted"),
    Column("period", "Period"),
    Column("age", "Age"),
    Column("sex", "Sex"),
    Column("ethnicity", "Ethnicity", "As the source words it."),
    Column("count", "Count", "People, as the source counts them.", is_number=True),
)


def cohort_table(session: Session, audience: Audience, lad_code: str = "") -> PublishedTable:
    """Publish counts of people by cohort: of each measure the source and period loaded last.

    Whoever may not see true counts is given one total, and tables that share no dimension and
    hold no total of their own; an authority's only where the whole area's are not shown, since
    the two subtract.

    Parameters
    ----------
    audience : who is looking; a source that is not for them is not in the table at all.
    lad_code : of the authority wanted; the whole area when empty.

    Returns
    -------
    One row a cohort; without rows where nothing is loaded, or to be seen.
    """
    rows = _seen(cohort_counts(session, lad_code), audience)
    whole = set(_seen(cohort_counts(session), audience)["measure"]) if lad_code else set()
    cells: list[tuple[Cell, ...]] = []
    for measure, each in rows.groupby("measure", sort=True):
        is_true = all(sees_true_counts(Sensitivity(x), audience) for x in each["sensitivity"])
        if is_true:
            cells += [_cells(row, is_withheld=False) for _, row in each.iterrows()]
        elif measure not in whole:
            cells += _suppressed(each)
    return PublishedTable(
        audience=audience,
        title="People by cohort",
        columns=_COLUMNS,
        rows=tuple(cells),
        provenance=register_provenance(
            session, ("cohorts",), ids={int(each) for each in rows["source_id"].unique()}
        ),
    )


def withheld_cohorts(counts: Mapping[str, float | None], total: float | None) -> frozenset[str]:
    """Choose the cohorts of one table whose count is withheld.

    Parameters
    ----------
    counts : by cohort, of which nobody is in two; None where the publisher withholds one.
    total : of all of them, as shown beside the table; None where the sum is all there is.
    """
    leaves: dict[Path, float] = {(name,): count or 0.0 for name, count in counts.items()}
    is_whole = total is None or None in counts.values() or total == sum(leaves.values())
    if not is_whole:
        # Somebody is in no cohort, and what is left of the total would tell how many.
        leaves["the rest",] = 0.0
    return frozenset(path[0] for path in withheld_paths(leaves) if path and path[0] in counts)


def _seen(rows: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Keep what an audience may see, of each measure the last source and its last period."""
    seen = [each.value for each in Sensitivity if may_see(each, audience)]
    kept = [rows.iloc[:0]]
    for _, each in rows[rows["sensitivity"].isin(seen)].groupby("measure", sort=True):
        of_source = each[each["source_id"] == each["source_id"].max()]
        last = of_source[of_source["period_end"] == of_source["period_end"].max()]
        kept.append(last[last["period_start"] == last["period_start"].min()])
    latest = pd.concat(kept)
    bands = zip(latest["age_from"], latest["age_to"], strict=True)
    return latest.assign(age=[_band(first, last) for first, last in bands])


def _suppressed(rows: pd.DataFrame) -> list[tuple[Cell, ...]]:
    """Publish the total and the tables that share no dimension, small cells withheld."""
    has = rows[list(_DIMENSIONS)] != ""
    totals = rows[~has.any(axis=1)]
    total = totals["count"].iloc[0] if len(totals) and totals["count"].notna().all() else None
    cells = [_cells(row, is_withheld=_is_small(row["count"])) for _, row in totals.iterrows()]
    for table in _apart(rows, has):
        finest = _finest(table)
        names = {str(index): _count(row) for index, row in finest.iterrows()}
        withheld = set(names) if _overlap(finest) else withheld_cohorts(names, total)
        cells += [_cells(row, is_withheld=str(at) in withheld) for at, row in finest.iterrows()]
    return cells


def _apart(rows: pd.DataFrame, has: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the tables that have no dimension in common, that of most cohorts first."""
    crosses = [(tuple(key), rows.loc[has.index[each]]) for key, each in _crosses(has)]
    taken: set[str] = set()
    for dimensions, table in sorted(crosses, key=lambda each: -len(each[1])):
        names = {name for name, is_given in zip(_DIMENSIONS, dimensions, strict=True) if is_given}
        if names and not names & taken:
            taken |= names
            yield table


def _crosses(has: pd.DataFrame) -> "list[tuple[tuple[bool, ...], pd.Series[bool]]]":
    keys = has.apply(tuple, axis=1)
    return [(key, keys == key) for key in dict.fromkeys(keys)]


def _finest(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out age bands that hold another: they are totals of it and its neighbours."""
    bands = {_span(row) for _, row in table.iterrows()}
    wide = {each for each in bands for other in bands if each != other and _holds(each, other)}
    return table[[_span(row) not in wide for _, row in table.iterrows()]]


def _overlap(table: pd.DataFrame) -> bool:
    bands = {_span(row) for _, row in table.iterrows()}
    return any(a[0] <= b[1] and b[0] <= a[1] for a, b in combinations(sorted(bands), 2))


def _span(row: "pd.Series") -> tuple[float, float]:
    if row["age"] == "":
        return (0.0, float("inf"))
    return (row["age_from"], float("inf") if pd.isna(row["age_to"]) else row["age_to"])


def _holds(wide: tuple[float, float], narrow: tuple[float, float]) -> bool:
    return wide[0] <= narrow[0] and narrow[1] <= wide[1]


def _count(row: "pd.Series") -> float | None:
    return None if pd.isna(row["count"]) else float(row["count"])


def _is_small(count: Any) -> bool:  # noqa: ANN401  (a cell of a frame)
    return bool(pd.isna(count) or count < THRESHOLD)


def _band(first: float, last: float) -> str:
    if np.isnan(first):
        return ""
    return f"{first:.0f} and over" if np.isnan(last) else f"{first:.0f} to {last:.0f}"


def _cells(row: "pd.Series", *, is_withheld: bool) -> tuple[Cell, ...]:
    period = Period(Month.parse(row["period_start"]), Month.parse(row["period_end"]))
    if is_withheld:
        count = withheld_cell()
    elif pd.isna(row["count"]):
        count = Cell(None, _BY_SOURCE, is_withheld=True)
    else:
        count = number_cell(row["count"])
    dimensions = (row[name] or "all" for name in _DIMENSIONS)
    return (text_cell(row["measure"]), text_cell(period.label), *map(text_cell, dimensions), count)
