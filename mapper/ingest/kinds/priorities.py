"""Priority lists of a needs assessment: the areas it names, and why."""

from typing import Final

from mapper.domain.priority import PriorityArea
from mapper.errors import SourceError
from mapper.ingest.areas.area_finder import AreaFinder, FoundArea
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.values import read_whole_number
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.count_tables import CountTable, Wanted, find_count_tables, note_once
from mapper.ingest.formats.table_fields import AREA_FIELDS, AreaColumn, TableRow
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.records.parsed import Parsed
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("priority list")
FIELDS: Final = (
    *AREA_FIELDS,
    Field("rank", ("priority", "order", "position", "priority rank", "ranking", "no", "number")),
    Field("reason", ("rationale", "why", "notes", "note", "comment", "reason for inclusion")),
    Field("theme", ("themes", "topic", "strand")),
    Field("offence_group", ("offence", "offence type", "crime type", "offences")),
)
_LONGEST: Final = 300
_LONGEST_REASON: Final = 2_000


def read_priorities(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[PriorityArea]:
    """Read a list of areas.

    Parameters
    ----------
    source : CSV, XLSX or JSON with an area a row, by code or by a name that only one area has;
        a rank, a reason, a theme and an offence group are read where there are such columns.
    ground : the areas known.
    log : told of each fault.

    Raises
    ------
    PersonLevelDataError
        When anything in the file is about persons.
    SourceError
        When the file cannot be read, or has no column of areas.
    """
    sheets = read_count_sheets(source, log, has_names=True)
    tables = find_count_tables(sheets, Wanted(FIELDS, _is_list, least_cells=1))
    if not tables:
        raise SourceError(
            f"{source.name} has no column of areas.",
            expected="A heading such as 'Area code', 'Ward' or 'Local authority'.",
            action="Put it in the first line, spelt so.",
        )
    finder = AreaFinder(ground)
    found: dict[str, tuple[int, PriorityArea]] = {}
    totals = 0
    for table in tables:
        areas = AreaColumn(table, finder)
        for row in table.rows:
            each = TableRow(table, row, log)
            totals += areas.is_total(row)
            area = None if areas.is_total(row) else areas.find(each)
            if area is not None:
                _keep(each, area, found)
    note_once(log, totals, "Rows of totals left out: {}.")
    log.leave_out("of totals", totals)
    rows = sum(len(table.rows) for table in tables)
    return Parsed(tuple(found.values()), rows, PROVENANCE)


def _is_list(table: CountTable) -> bool:
    return not {"area_code", "area_name", "district"}.isdisjoint(table.columns)


def _keep(each: TableRow, area: FoundArea, found: dict[str, tuple[int, PriorityArea]]) -> None:
    if area.code in found:
        each.refuse("area_code", f"Line {found[area.code][0]} has the same area: it was kept.")
        return
    cell = each.table.cell
    has_rank = bool(cell(each.row, "rank"))
    found[area.code] = (
        each.row.line,
        PriorityArea(
            area_code=area.code,
            area_name=area.name,
            level=area.level,
            lad_code=area.lad_code,
            rank=each.read("rank", read_whole_number) if has_rank else None,
            reason=cell(each.row, "reason")[:_LONGEST_REASON],
            theme=cell(each.row, "theme")[:_LONGEST],
            offence_group=cell(each.row, "offence_group")[:_LONGEST],
        ),
    )
