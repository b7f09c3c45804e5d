"""The ranked areas of a gap report, as the page lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.reports.gap_report import GapReport
from mapper.reports.published import Cell, Column

SHOWN = (
    "rank",
    "population",
    "violence_count",
    "eb_rate_per_1000",
    "affected_rule",
    "coverage_per_1000",
    "gap_score",
    "gap_class",
    "deprivation_decile",
)
"""Columns that stand in the table; the others are under each area's working."""

COMPARED = (
    "rank",
    "area_name",
    "area_code",
    "population",
    "violence_count",
    "eb_rate_per_1000",
    "areas",
    "areas_affected",
    "areas_high_need_low_provision",
    "coverage_per_1000",
    "gap_score",
    "gap_class",
    "deprivation_decile",
    "areas_most_deprived",
)
"""Columns by which areas, wards and authorities are compared on pages; files hold them all."""

WIDEST = 5
"""Areas at the head of the report; the others are folded away below them."""

AT_ONCE = 3
"""Rows at the head of its other tables: enough to see what they hold on a phone."""

_NAMING = ("area_code", "area_name", "ward_name", "lad_code", "lad_name")


@dataclass(frozen=True, slots=True)
class RankedArea:
    """One area of the ranked table.

    Parameters
    ----------
    order : place in the report; 1 for the widest gap.
    code, name : of the area.
    ward : the ward that fits it best; empty when not known.
    cells : one for each shown column.
    working : the other figures, each with its column.
    explanation : sentences; empty for areas far down.
    """

    order: int
    code: str
    name: str
    ward: str
    cells: tuple[tuple[Column, Cell], ...]
    working: tuple[tuple[Column, Cell], ...]
    explanation: Sequence[str]


@dataclass(frozen=True, slots=True)
class RankedAreas:
    """The ranked table.

    Parameters
    ----------
    columns : those shown, in order.
    rows : the widest gaps, in order of rank.
    others : the rest, in order of rank.
    """

    columns: tuple[Column, ...]
    rows: tuple[RankedArea, ...]
    others: tuple[RankedArea, ...]


def ranked_areas(report: GapReport) -> RankedAreas:
    """Lay out the areas of a report: a few columns to compare, the rest to open.

    Parameters
    ----------
    report : as published.
    """
    table = report.areas.table
    columns = {column.name: column for column in table.columns}
    shown = [columns[name] for name in SHOWN if name in columns]
    opened = [column for column in table.columns if column.name not in {*SHOWN, *_NAMING}]
    rows = tuple(
        _ranked_area(order, row, (shown, opened), report)
        for order, row in enumerate(table.records(), start=1)
    )
    return RankedAreas(tuple(shown), rows[:WIDEST], rows[WIDEST:])


def _ranked_area(
    order: int,
    row: dict[str, Cell],
    columns: tuple[Sequence[Column], Sequence[Column]],
    report: GapReport,
) -> RankedArea:
    code = str(row["area_code"].value)
    shown, opened = columns
    return RankedArea(
        order=order,
        code=code,
        name=row["area_name"].text,
        ward=str(row["ward_name"].value or "") if "ward_name" in row else "",
        cells=tuple((column, row[column.name]) for column in shown),
        working=tuple((column, row[column.name]) for column in opened),
        explanation=report.explanations.get(code, ()),
    )
