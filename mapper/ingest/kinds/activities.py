"""Files of engagement activities into records: tables, timetables and calendars."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from mapper.domain.activity import Activity
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import RowReader
from mapper.ingest.columns.heading_row import choose_table, note_unused
from mapper.ingest.columns.mapped_table import Confirmed, confirmed_table, unmapped_table
from mapper.ingest.columns.mapping import Guess, guess_mapping
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.formats.calendar_lines import is_calendar
from mapper.ingest.formats.calendars import calendar_table
from mapper.ingest.formats.timetable_columns import find_timetable
from mapper.ingest.formats.timetables import timetable_activities
from mapper.ingest.kinds.activity_rows import FIELDS, read_activity
from mapper.ingest.long_files.progress import counted
from mapper.ingest.privacy.persons import refuse_person_columns
from mapper.ingest.records.parsed import Parsed, without_duplicates
from mapper.ingest.records.provenance import Provenance
from mapper.ingest.records.sessions import Choices

PROVENANCE: Final = Provenance("activities")


def read_activities(
    source: SourceFile,
    ground: Ground,
    log: IssueLog,
    *,
    choices: Choices | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Parsed[Activity]:
    """Read a file of activities.

    Parameters
    ----------
    source : the template filled in, a table with headings near its own, a weekly timetable
        or a calendar.
    ground : areas that rows may name.
    log : told of each fault.
    choices : of whoever loads; by default today is the day of loading. A row without a status
        that starts later than today is planned.
    mapping : field to heading, as somebody confirmed it for this table; its headings are then
        not asked what they mean.

    Raises
    ------
    SourceError
        When the file cannot be read, lacks a heading for title, lead or date, or names no
        lead and the choices name none.
    PersonLevelDataError
        When it has columns about the people who took part.
    """
    choices = choices or Choices(today=date.today())  # noqa: DTZ011  (the user's own day)
    table = _table(source, choices, log, mapping)
    found: list[tuple[int, Activity]] = []
    for row in counted(table.rows, "Checking rows", log.tell):
        record = read_activity(RowReader(table, row, log), ground, choices.today)
        if record is not None:
            found.append((row.line, record))
    records = without_duplicates(found, log)
    return Parsed(records, len(table.rows), PROVENANCE, _period(records))


def propose_mapping(source: SourceFile, log: IssueLog) -> tuple[Table, tuple[Guess, ...]]:
    """Guess what the columns of a table of activities hold, to be confirmed before it is read.

    Parameters
    ----------
    source : CSV or XLSX.
    log : told of faults met on the way.

    Returns
    -------
    The table, for its headings and first rows, and the guesses; none for the template and
    tables with headings near its own, which need no confirming.

    Raises
    ------
    SourceError
        When the file cannot be read, or no line in it could be one of headings.
    PersonLevelDataError
        When it has columns about the people who took part.
    """
    if is_calendar(source):
        return calendar_table(source, Choices(today=date.today()), log), ()  # noqa: DTZ011  (the user's own day)
    sheets = read_sheets(source, log)
    timetable = find_timetable(sheets, FIELDS, source.name, log)
    if timetable is not None:
        return timetable, ()
    try:
        table, is_known = choose_table(sheets, FIELDS, source.name, log), True
    except SourceError:
        unknown = unmapped_table(sheets, source.name, log)
        if unknown is None:
            raise
        table, is_known = unknown, False
    refuse_person_columns(table.headings, source.name, is_counts_only=False)
    return table, () if is_known else guess_mapping(table, FIELDS)


def _table(
    source: SourceFile, choices: Choices, log: IssueLog, mapping: Mapping[str, str] | None
) -> Table:
    if is_calendar(source):
        return calendar_table(source, choices, log)
    sheets = read_sheets(source, log)
    if mapping:
        table = confirmed_table(sheets, Confirmed(mapping, FIELDS), source.name, log)
    else:
        timetable = find_timetable(sheets, FIELDS, source.name, log)
        if timetable is not None:
            return timetable_activities(timetable, choices, log)
        table = choose_table(sheets, FIELDS, source.name, log)
    refuse_person_columns(table.headings, source.name, is_counts_only=False)
    note_unused(table, log)
    return table


def _period(records: Sequence[tuple[int, Activity]]) -> str:
    if not records:
        return ""
    first = min(record.starts_on for _, record in records)
    last = max(record.ends_on for _, record in records)
    return f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"
