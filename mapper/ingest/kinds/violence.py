"""Files of recorded violence into counts, never persons."""

import re
from typing import Final

from mapper.domain.period import Period
from mapper.domain.violence import AreaViolenceCount, ViolenceCount
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.heading_row import choose_table
from mapper.ingest.columns.headings import match_headings
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Sheet, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.workbook import is_workbook
from mapper.ingest.formats import area_counts, police_rows, police_uk
from mapper.ingest.formats.count_tables import note_once
from mapper.ingest.formats.needs_counts import (
    PROVENANCE,
    as_monthly,
    has_needs_table,
    needs_counts,
)
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.privacy.free_text import tell_of_free_text
from mapper.ingest.records.parsed import Parsed
from mapper.ingest.records.provenance import Provenance

_OTHER_FILES: Final = re.compile(r"-(outcomes|stop-and-search|neighbourhood)\.csv", re.IGNORECASE)
_LINES_ABOVE: Final = 15
_STREET: Final = re.compile(r"-street\.csv(\.gz)?$", re.IGNORECASE)


def is_street_file(name: str) -> bool:
    """Tell whether a file in a folder or archive is one of street-level crime.

    Parameters
    ----------
    name : with or without its folders.
    """
    return bool(_STREET.search(name)) and not _OTHER_FILES.search(name)


def read_violence(
    source: SourceFile, ground: Ground, log: IssueLog
) -> Parsed[ViolenceCount] | Parsed[AreaViolenceCount]:
    """Read a file of recorded crime into counts.

    Parameters
    ----------
    source : street-level CSV as data.police.uk publishes it; the same with a column `count`;
        or a table of counts by area, period and type, long or wide, whatever its headings are
        called.
    ground : the areas known.
    log : told of each fault.

    Returns
    -------
    Counts of LSOAs by month, which the analysis takes; or, where any is of a larger area, of
    more than a month, or withheld, counts by area and period, which are kept for context.

    Raises
    ------
    PersonLevelDataError
        When anything in the file is about persons.
    SourceError
        When the file cannot be read or lacks a heading.
    """
    sheets = read_count_sheets(source, log)
    tell_of_free_text(sheets, log)
    if area_counts.is_area_count_table(sheets) and area_counts.is_monthly(sheets):
        table = choose_table(sheets, area_counts.FIELDS, source.name, log)
        counts = area_counts.area_counts(table, ground, log)
        return _monthly(counts, table, area_counts.PROVENANCE, log)
    if has_needs_table(sheets):
        return _by_area(sheets, ground, log, is_workbook=is_workbook(source))
    _require_headings(sheets, source.name)
    table = choose_table(sheets, police_rows.FIELDS, source.name, log)
    return _monthly(police_uk.police_counts(table, ground, log), table, police_uk.PROVENANCE, log)


def _require_headings(sheets: list[Sheet], name: str) -> None:
    """Refuse a file without a single heading that is known, and quote nothing of it.

    What stands where headings should could be a person.
    """
    rows = [row.cells for sheet in sheets for row in sheet.rows[:_LINES_ABOVE]]
    if rows and not any(match_headings(cells, police_rows.FIELDS) for cells in rows):
        raise SourceError(
            f"{name} has no heading that mapper knows of a file of violence.",
            expected="'Month', 'LSOA code' and 'Crime type', or an area, a period, an offence "
            "group and a count.",
            action="Put the headings in one line above the figures, spelt so.",
        )


def _by_area(
    sheets: list[Sheet], ground: Ground, log: IssueLog, *, is_workbook: bool
) -> Parsed[ViolenceCount] | Parsed[AreaViolenceCount]:
    counts, rows = needs_counts(sheets, ground, log, is_workbook=is_workbook)
    months = [month for _, count in counts for month in (count.period.start, count.period.end)]
    period = Period(min(months), max(months)).label if months else ""
    monthly = as_monthly(counts)
    if monthly:
        return Parsed(tuple(monthly), rows, PROVENANCE, period)
    note_once(
        log,
        len(counts),
        "Counts by area and period, kept for context: {}. They are shown, and are no part of the "
        "analysis, which takes counts of LSOAs by month with none withheld.",
    )
    return Parsed(tuple(counts), rows, PROVENANCE, period)


def _monthly(
    counts: list[tuple[int, ViolenceCount]], table: Table, provenance: Provenance, log: IssueLog
) -> Parsed[ViolenceCount]:
    _note_unknown(table, log)
    months = sorted({count.month for _, count in counts})
    period = (
        f"{months[0]}" if len(months) == 1 else f"{months[0]} to {months[-1]}" if months else ""
    )
    return Parsed(tuple(counts), len(table.rows), provenance, period)


def _note_unknown(table: Table, log: IssueLog) -> None:
    unknown = [
        shown(each)
        for each in table.unused
        if plain_heading(each) not in police_uk.PUBLISHED_HEADINGS
    ]
    if unknown:
        log.add(
            0,
            f"These columns are not known, and were not read: {', '.join(unknown)}.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
