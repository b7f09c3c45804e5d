"""Activities of a calendar file (iCalendar, RFC 5545), laid out as rows."""

from collections.abc import Iterator
from typing import Final

from mapper.domain.activity import ActivityStatus
from mapper.domain.counted import counted
from mapper.domain.said_how import BY_LEAD
from mapper.errors import InvalidValueError, SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.calendar_events import read_events
from mapper.ingest.formats.calendar_lines import CalendarLines, read_calendar_lines
from mapper.ingest.formats.calendar_series import Allowance, Series, series_of
from mapper.ingest.formats.calendar_times import zone_name
from mapper.ingest.formats.calendar_words import (
    calendar_lead,
    event_place,
    event_terms,
    event_words,
    organiser,
)
from mapper.ingest.records.sessions import Choices, Part, held_and_to_come, said_when

COLUMNS: Final = (
    "reference", "title", "lead", "starts_on", "ends_on", "status", "sessions",
    "hours_per_session", "type", "themes", "cohorts", "prevention_tier", "address", "postcode",
    "longitude", "latitude", "description",
)  # fmt: skip
"""The fields of activities that a calendar can fill."""

_PROPERTIES: Final = {
    "reference": "UID", "title": "SUMMARY", "lead": "ORGANIZER", "starts_on": "DTSTART",
    "ends_on": "DTEND", "status": "STATUS", "sessions": "RRULE", "hours_per_session": "DURATION",
    "themes": "CATEGORIES", "address": "LOCATION", "postcode": "LOCATION", "longitude": "GEO",
    "latitude": "GEO", "description": "DESCRIPTION",
}  # fmt: skip


def calendar_table(source: SourceFile, choices: Choices, log: IssueLog) -> Table:
    """Lay the events of a calendar file out as rows of activities.

    An event that comes round again is one row, or two: what was held, and what is to come.

    Parameters
    ----------
    source : the file.
    choices : of whoever loads.
    log : told of what was left out, and what was cut.

    Returns
    -------
    A table with `COLUMNS`, whose lines are those on which the events begin.

    Raises
    ------
    SourceError
        When the file cannot be read, holds no event, or no event says who leads it.
    """
    calendars = read_calendar_lines(source, log)
    if not any(each.events for each in calendars):
        raise SourceError(
            f"{source.name} is a calendar without an event.",
            expected="At least one event was expected.",
            action="Check which calendar was exported, and for which time.",
        )
    allowance = Allowance(source.name)
    rows = [row for each in calendars for row in _rows(each, choices, allowance, log)]
    lead = COLUMNS.index("lead")
    if rows and not any(row.cells[lead] for row in rows):
        raise SourceError(
            f"{source.name} does not say which organisation leads its events.",
            expected="The name of an organisation as organiser or of the calendar was expected.",
            action=f"Name it {BY_LEAD}.",
        )
    headings = tuple(_PROPERTIES.get(each, each) for each in COLUMNS)
    columns = {column: at for at, column in enumerate(COLUMNS)}
    return Table(source.name, headings, columns, tuple(sorted(rows, key=lambda row: row.line)))


def _rows(
    calendar: CalendarLines, choices: Choices, allowance: Allowance, log: IssueLog
) -> Iterator[Row]:
    _note_left_out(calendar, log)
    zone = zone_name(calendar.named.get("X-WR-TIMEZONE", ""), calendar.offsets)
    lead = choices.lead or calendar_lead(calendar.named)
    for events in read_events(calendar, log):
        try:
            series = series_of(events, zone, choices.last_day, allowance)
        except InvalidValueError as error:
            log.add(events[0].line, str(error), kind="series")
            continue
        _note_counting(series, choices, log)
        words = _words(series, lead, log)
        for part in _parts(series, choices):
            key = part.key(series.event.text("UID"), is_repeated=series.is_repeated)
            cells = words | part.cells() | {"reference": key}
            yield Row(series.event.line, tuple(cells.get(each, "") for each in COLUMNS))


def _parts(series: Series, choices: Choices) -> tuple[Part, ...]:
    if not series.sessions:
        return ()
    if series.is_cancelled:
        return (Part(ActivityStatus.CANCELLED, series.sessions),)
    if series.is_tentative:
        return (Part(ActivityStatus.PLANNED, series.sessions),)
    return held_and_to_come(series.sessions, choices.today)


def _words(series: Series, lead: str, log: IssueLog) -> dict[str, str]:
    event = series.event
    title, description = event_words(event, log)
    when = said_when(series.sessions)
    return {
        "title": title,
        "lead": organiser(event) or lead,
        "description": " ".join(each for each in (when and f"{when}.", description) if each),
        **event_place(event),
        **event_terms(event, log),
    }


def _note_left_out(calendar: CalendarLines, log: IssueLog) -> None:
    if calendar.invited:
        _note(
            log,
            0,
            counted(calendar.invited, "line names", "lines name")
            + " people who were invited: none of them was kept.",
        )
    for what, number in sorted(calendar.others.items()):
        _note(log, 0, f"{number:,} of {what} left out: only events are read.")


def _note_counting(series: Series, choices: Choices, log: IssueLog) -> None:
    line = series.event.line
    if not series.sessions:
        _note(
            log,
            line,
            "The event has no session up to the last day that is counted, or all were "
            "cancelled: it was left out.",
        )
    elif series.is_cut:
        _note(
            log,
            line,
            f"It goes on after {choices.last_day:%d/%m/%Y}: sessions were counted up to then.",
        )
    if series.cancelled:
        _note(log, line, f"{series.cancelled:,} cancelled sessions were not counted.")
    if series.is_tentative:
        _note(log, line, "It is tentative, so it was kept as planned.")


def _note(log: IssueLog, line: int, message: str) -> None:
    log.add(line, message, severity=Severity.NOTE, who_can_fix=WhoCanFix.NOBODY)
