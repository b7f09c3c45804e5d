"""Tables of violence by area, period and offence group, long or wide, of any level and length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mapper.domain.area import AreaType
from mapper.domain.period import Period
from mapper.domain.violence import AreaViolenceCount, ViolenceCount
from mapper.errors import MapperError, SourceError
from mapper.ingest.areas.area_finder import AreaFinder, FoundArea
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Sheet
from mapper.ingest.formats.count_tables import (
    CountTable,
    Wanted,
    find_count_tables,
    note_once,
    read_count,
)
from mapper.ingest.formats.table_fields import (
    AREA_FIELDS,
    COUNT_FIELDS,
    PERIOD_FIELDS,
    AreaColumn,
    TableRow,
    has_period,
    period_of_labels,
    period_of_title,
)
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("needs assessment table")
GROUP: Final = Field("offence_group", ("offence", "offence type", "crime type", "crime group",
                                       "offence category", "crime category", "type of offence",
                                       "type of crime", "violence type", "type", "category",
                                       "indicator"))  # fmt: skip
FIELDS: Final = (*AREA_FIELDS, *PERIOD_FIELDS, GROUP, *COUNT_FIELDS)
NOT_STATED: Final = "violence, type not stated"
_TOTAL: Final = re.compile(r"(grand )?total\b.*|all\b.*|overall\b.*", re.IGNORECASE)
_LONGEST: Final = 200
_LINES_ABOVE: Final = 15
_OF_SINGLE_CRIMES: Final = frozenset({"crimeid", "longitude", "latitude", "lon", "lat", "lng"})

Numbered = list[tuple[int, AreaViolenceCount]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of counts: its place, and what its headings say."""

    at: int
    period: Period | None
    group: str


@dataclass(slots=True)
class _Reading:
    """What is gathered from the tables of one file."""

    log: IssueLog
    found: dict[tuple[str, Period, str], tuple[int, AreaViolenceCount]] = field(
        default_factory=dict
    )
    totals: int = 0
    blanks: int = 0
    rows: int = 0


def is_needs_table(table: CountTable) -> bool:
    """Tell whether a table gives counts by area.

    Parameters
    ----------
    table : as it was found under some headings.
    """
    has_area = not {"area_code", "area_name", "district"}.isdisjoint(table.columns)
    return has_area and ("count" in table.columns or bool(_wide_columns(table)))


WANTED: Final = Wanted(FIELDS, is_needs_table)


def has_needs_table(sheets: Sequence[Sheet]) -> bool:
    """Tell whether a file has a table of counts by area, and is none of single incidents.

    Parameters
    ----------
    sheets : of the file.
    """
    headings = [plain_heading(cell) for sheet in sheets for row in sheet.rows[:_LINES_ABOVE]
                for cell in row.cells]  # fmt: skip
    is_street = not _OF_SINGLE_CRIMES.isdisjoint(headings)
    return not is_street and bool(find_count_tables(sheets, WANTED))


def needs_counts(
    sheets: Sequence[Sheet], ground: Ground, log: IssueLog, *, is_workbook: bool = False
) -> tuple[Numbered, int]:
    """Read every table of counts of a file.

    Rows of totals over areas are not kept. A withheld count is kept as unknown. The same area,
    period and group twice is refused, since nothing tells whether the two are parts or the same.

    Parameters
    ----------
    sheets : of the file.
    ground : the areas known.
    log : told of each fault.
    is_workbook : whether an empty cell may stand under a merged one.

    Returns
    -------
    Counts with their lines, and the number of rows read.

    Raises
    ------
    SourceError
        When there is no such table, or its period is nowhere to be found.
    """
    tables = find_count_tables(sheets, WANTED, is_filled_down=is_workbook)
    if not tables:
        raise SourceError(
            f"{log.file} has no table of counts by area that mapper can tell.",
            expected="A line of headings with an area (code or name), a period, an offence group "
            "and a count; or a column for each period or offence group.",
            action="Put the headings in one line, or two at most, above the figures.",
        )
    reading, finder = _Reading(log), AreaFinder(ground)
    for table in tables:
        _read_table(table, finder, reading)
    note_once(log, reading.totals, "Rows of totals left out: {}.")
    log.leave_out("of totals", reading.totals)
    note_once(log, reading.blanks, "Empty cells left out, and not taken for 0: {}.")
    withheld = sum(count.count is None for _, count in reading.found.values())
    note_once(log, withheld, "Counts that the publisher withholds, kept as unknown: {}.")
    return list(reading.found.values()), reading.rows


def as_monthly(counts: Numbered) -> list[tuple[int, ViolenceCount]]:
    """Turn counts into those the analysis takes, where all of them are such.

    Parameters
    ----------
    counts : with their lines.

    Returns
    -------
    Empty unless every count is of an LSOA that is loaded, in one month, and known. Totals over
    groups are left out where there are groups.
    """
    groups = {count.offence_group for _, count in counts}
    parts = {group for group in groups if not _TOTAL.fullmatch(group)} or groups
    is_monthly = all(
        count.level is AreaType.LSOA
        and count.vintage
        and len(count.period) == 1
        and count.count is not None
        for _, count in counts
    )
    return [
        (
            line,
            ViolenceCount(
                month=count.period.start,
                crime_type=count.offence_group[:60],
                count=count.count,
                area_code=count.area_code,
                area_name=count.area_name,
            ),
        )
        for line, count in counts
        if is_monthly and count.count and count.offence_group in parts
    ]


def _wide_columns(table: CountTable) -> list[int]:
    """Columns without a field that hold counts, by what stands in them."""
    return [at for at in table.free_columns() if _are_counts([row.cells[at] for row in table.rows])]


def _are_counts(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(_is_count, filled)) * 2 > len(filled)


def _is_count(text: str) -> bool:
    try:
        read_count(text)
    except MapperError:
        return False
    return True


def _columns(table: CountTable) -> list[_Column]:
    """Every column of counts, with the period and group that stand over it or in the title."""
    in_title = None if has_period(table) else period_of_title(table)
    if "count" in table.columns:
        at = table.columns["count"]
        return [_Column(at, period_of_labels(table.labels[at])[0] or in_title, "")]
    made = []
    for at in _wide_columns(table):
        period, others = period_of_labels(table.labels[at])
        made.append(_Column(at, period, " ".join(others)[:_LONGEST]))
    if any(column.period for column in made):
        # Beside columns of periods, one of none is their sum.
        return [column for column in made if column.period]
    return [replace(column, period=in_title) for column in made]


def _read_table(table: CountTable, finder: AreaFinder, reading: _Reading) -> None:
    columns, areas = _columns(table), AreaColumn(table, finder)
    if not has_period(table) and not all(column.period for column in columns):
        raise SourceError(
            f"{reading.log.file} does not say which period its counts are of.",
            expected="A column 'Period', a period over the columns, or one in the title.",
            action="Add a column 'Period', such as 2024/25 or January 2025.",
        )
    for row in table.rows:
        reading.rows += 1
        if areas.is_total(row):
            reading.totals += 1
        elif any(row.cells[column.at] for column in columns) or table.cell(row, "area_code"):
            each = TableRow(table, row, reading.log)
            area = areas.find(each)
            if area is not None:
                _read_row(each, area, columns, reading)


def _read_row(
    each: TableRow, area: FoundArea, columns: Sequence[_Column], reading: _Reading
) -> None:
    own = each.period() if has_period(each.table) else None
    group = each.table.cell(each.row, "offence_group")[:_LONGEST]
    if "offence_group" in each.table.columns and not group:
        each.refuse("offence_group", "The offence group is empty.")
        return
    for column in columns:
        period = column.period or own
        if period is not None:
            said = " ".join(filter(None, (group, column.group))) or NOT_STATED
            _keep(each, column, _count_of(area, period, said), reading)


def _count_of(area: FoundArea, period: Period, group: str) -> AreaViolenceCount:
    return AreaViolenceCount(
        area_code=area.code,
        area_name=area.name,
        level=area.level,
        lad_code=area.lad_code,
        period=period,
        offence_group=group,
        count=None,
        vintage=area.vintage,
    )


def _keep(each: TableRow, column: _Column, count: AreaViolenceCount, reading: _Reading) -> None:
    text = each.row.cells[column.at]
    if not text and "count" not in each.table.columns:
        reading.blanks += 1
        return
    try:
        made = replace(count, count=read_count(text))
    except MapperError as error:
        each.refuse("count", str(error) if text else "The count is empty.", column=column.at)
        return
    key = (count.area_code, count.period, count.offence_group)
    first = reading.found.setdefault(key, (each.row.line, made))
    if first[1] is not made:
        each.refuse(
            "count",
            f"Line {first[0]} has the same area, period and group: that one was kept, and the two "
            "were not added up. Give one row for each.",
            column=column.at,
        )
