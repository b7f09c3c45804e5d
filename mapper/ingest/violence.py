"""Files of recorded violence into counts, never persons."""

import re
from typing import Final

from mapper.domain.violence import ViolenceCount
from mapper.ingest.count_sheets import read_count_sheets
from mapper.ingest.formats import area_counts, police_rows, police_uk
from mapper.ingest.ground import Ground
from mapper.ingest.headings import choose_table, plain_heading
from mapper.ingest.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.parsed import Parsed
from mapper.ingest.rows import Table
from mapper.ingest.source import SourceFile

_OTHER_FILES: Final = re.compile(r"-(outcomes|stop-and-search|neighbourhood)\.csv", re.IGNORECASE)
_STREET: Final = re.compile(r"-street\.csv(\.gz)?$", re.IGNORECASE)


def is_street_file(name: str) -> bool:
    """Tell whether a file in a folder or archive is one of street-level crime.

    Parameters
    ----------
    name : with or without its folders.
    """
    return bool(_STREET.search(name)) and not _OTHER_FILES.search(name)


def read_violence(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[ViolenceCount]:
    """Read a file of recorded crime into counts.

    Parameters
    ----------
    source : street-level CSV as data.police.uk publishes it; the same with a column `count`;
        or a table of counts by month, LSOA and type, whatever its headings are called.
    ground : the LSOAs known.
    log : told of each fault.

    Raises
    ------
    PersonLevelDataError
        When anything in the file is about persons.
    SourceError
        When the file cannot be read or lacks a heading.
    """
    sheets = read_count_sheets(source, log)
    if area_counts.is_area_count_table(sheets):
        table = choose_table(sheets, area_counts.FIELDS, source.name, log)
        counts = area_counts.area_counts(table, ground, log)
        provenance = area_counts.PROVENANCE
    else:
        table = choose_table(sheets, police_rows.FIELDS, source.name, log)
        counts = police_uk.police_counts(table, ground, log)
        provenance = police_uk.PROVENANCE
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
