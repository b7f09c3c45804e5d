"""Files of the English Indices of Deprivation, one edition each."""

import re
from collections.abc import Sequence
from typing import Final

from mapper.domain.deprivation import DeprivationFigure
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.areas.hips_rows import HipsRows
from mapper.ingest.columns.heading_row import note_unused, table_under
from mapper.ingest.columns.ons_headings import OnsHeading, code_columns
from mapper.ingest.faults.issues import IssueLog, WhoCanFix, shown
from mapper.ingest.files.rows import Row, Sheet, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.formats.deprivation_headings import Measure, deprivation_columns
from mapper.ingest.formats.deprivation_rows import (
    LSOAS_IN_ENGLAND,
    PROVENANCE,
    Edition,
    row_figures,
)
from mapper.ingest.privacy.persons import refuse_person_columns
from mapper.ingest.records.parsed import Parsed

_LINES_ABOVE: Final = 15
_EDITION: Final = re.compile(r"(?<!\d)(2015|2019|2025)(?!\d)")
# Which edition was published on which districts, and on which LSOAs where there is only one.
_BY_DISTRICTS: Final = {"2013": 2015, "2019": 2019}
_BY_LSOAS: Final = {"2021": 2025}


def read_deprivation(
    source: SourceFile, ground: Ground, log: IssueLog
) -> Parsed[DeprivationFigure]:
    """Read ranks, deciles and scores of the index and its domains, or indicators.

    Parameters
    ----------
    source : CSV, XLSX or Parquet by LSOA; the first sheet with such headings is read.
    ground : the areas known.
    log : told of each fault. A blank cell is no fault: the figure is not known.

    Raises
    ------
    SourceError
        When the headings are not those of the indices, the edition cannot be told, or it cannot
        be told which rows are about HIPS.
    """
    rows, own, measures = _find(read_sheets(source, log), source.name)
    table = table_under(rows, _as_columns(own, measures), source.name, log)
    refuse_person_columns(table.headings, source.name, is_counts_only=False)
    edition = Edition(_edition(table, own, source.stem), own.vintage)
    lines: dict[str, int] = {}
    records: list[tuple[int, DeprivationFigure]] = []
    for row, code in HipsRows.of(table, own, ground).inside(log):
        if code in lines:
            log.add(
                row.line,
                f"The area stands twice, first on line {lines[code]}: the first was kept.",
                value=code,
                who_can_fix=WhoCanFix.ANALYST,
            )
            continue
        lines[code] = row.line
        figures = row_figures(table, row, code, of=(edition, measures), log=log)
        records += [(row.line, figure) for figure in figures]
    note_unused(table, log)
    return Parsed(tuple(records), len(table.rows), PROVENANCE, str(edition.year))


def _as_columns(own: OnsHeading, measures: dict[int, Measure]) -> dict[str, int]:
    named = {f"{measure} {kind.value}": column for column, (measure, kind) in measures.items()}
    return {"area_code": own.column} | named


def _find(
    sheets: Sequence[Sheet], name: str
) -> tuple[Sequence[Row], OnsHeading, dict[int, Measure]]:
    """Find the headings: a column of LSOAs of a known year, and columns of figures."""
    for sheet in sheets:
        for above, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            lsoas = [
                each for each in code_columns(row.cells, "lsoa") if each.vintage in LSOAS_IN_ENGLAND
            ]
            measures = deprivation_columns(row.cells)
            if len(lsoas) == 1 and measures:
                return sheet.rows[above:], lsoas[0], measures
    first = next((sheet.rows[0].cells for sheet in sheets if sheet.rows), ())
    raise SourceError(
        f"{name} is no file of the Indices of Deprivation. Its headings are: "
        f"{', '.join(shown(each.strip()) for each in first[:20]) or 'none'}.",
        expected="LSOA codes under a heading with their year, such as 'LSOA code (2021)' or "
        "LSOA21CD, and figures under headings such as 'Index of Multiple Deprivation (IMD) Rank' "
        "or IMD_decile.",
        action="Take File 7 of the release, or spell the headings so.",
    )


def _edition(table: Table, own: OnsHeading, stem: str) -> int:
    """Tell the edition by the districts or LSOAs it is on, else by the file's name."""
    for district in code_columns(table.headings, "lad"):
        if district.vintage in _BY_DISTRICTS and own.vintage not in _BY_LSOAS:
            return _BY_DISTRICTS[district.vintage]
    if own.vintage in _BY_LSOAS:
        return _BY_LSOAS[own.vintage]
    if match := _EDITION.search(stem):
        return int(match[1])
    raise SourceError(
        f"{table.source_name} does not say which edition it is of: both 2015 and 2019 are on "
        f"LSOAs of {own.vintage}.",
        expected="A heading such as 'Local Authority District code (2019)', or the year in the "
        "file's name.",
        action="Put the year into the file's name.",
    )
