"""What is held every week by a timetable, laid out as rows of activities."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from mapper.domain.said_how import BY_LEAD
from mapper.errors import SourceError
from mapper.ingest.cells.naming import stable_key
from mapper.ingest.cells.record import RowReader
from mapper.ingest.cells.values import read_date
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.formats.timetable_values import (
    hours_between,
    read_clock,
    read_days,
    split_range,
)
from mapper.ingest.records.sessions import Choices, Session, held_and_to_come, said_when, weekly

COLUMNS: Final = (
    "reference", "title", "lead", "starts_on", "ends_on", "status", "sessions",
    "hours_per_session", "address", "postcode", "longitude", "latitude", "areas_served",
    "description",
)  # fmt: skip
"""The fields of activities that a timetable can fill."""

_A_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


def timetable_activities(table: Table, choices: Choices, log: IssueLog) -> Table:
    """Lay a weekly timetable out as rows of activities.

    Parameters
    ----------
    table : a timetable, by its headings or by its values.
    choices : of whoever loads.
    log : told of each fault, and of what was taken to be so.

    Returns
    -------
    A table with `COLUMNS`. What is held every week is one row, or two: what was held, and
    what is to come.

    Raises
    ------
    SourceError
        When nothing says which organisation leads.
    """
    if "lead" not in table.columns and not choices.lead:
        raise SourceError(
            f"{table.source_name} is a weekly timetable that does not say who leads.",
            expected="A column with the lead organisation, or its name from you, was expected.",
            action=f"Name it {BY_LEAD}.",
        )
    _note_open_ends(table, choices, log)
    rows = tuple(
        Row(row.line, tuple(cells.get(each, "") for each in COLUMNS))
        for row in table.rows
        for cells in _activities(RowReader(table, row, log), choices)
    )
    columns = {each: at for at, each in enumerate(COLUMNS)}
    return Table(table.source_name, COLUMNS, columns, rows)


def _note_open_ends(table: Table, choices: Choices, log: IssueLog) -> None:
    taken = []
    if "starts_on" not in table.columns:
        taken.append(f"no first date, so it was counted from {choices.today:%d/%m/%Y}")
    if "ends_on" not in table.columns:
        taken.append(f"no last date, so it was counted up to {choices.last_day:%d/%m/%Y}")
    if taken:
        log.add(
            0,
            f"The timetable gives {' and '.join(taken)}, every week. If it has ended, give its "
            "last day with --until.",
            severity=Severity.NOTE if choices.until else Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line of a timetable says: on which days, from when to when, and at what time."""

    days: tuple[int, ...]
    first: date
    last: date
    clock: time
    hours: float | None

    def sessions(self) -> tuple[Session, ...]:
        """Every time that it is held, in order."""
        found: list[Session] = []
        for day in self.days:
            begins = self.first + _A_DAY * ((day - self.first.weekday()) % _WEEK)
            found += weekly(Session(begins, begins, self.clock, self.hours), self.last)
        return tuple(sorted(found, key=lambda each: each.starts_on))


def _activities(reader: RowReader, choices: Choices) -> Iterator[dict[str, str]]:
    line = _line(reader, choices)
    if line is None:
        return
    sessions = line.sessions()
    if not sessions:
        reader.refuse("ends_on", "No such day lies between the first date and the last.")
        return
    words = _words(reader, choices, sessions)
    for part in held_and_to_come(sessions, choices.today):
        key = part.key(words["reference"], is_repeated=True)
        yield words | part.cells() | {"reference": key}


def _line(reader: RowReader, choices: Choices) -> _Line | None:
    start, end = split_range(reader.text("starts_at"))
    days = reader.required("day", read_days)
    clock = reader.required("starts_at", lambda _: read_clock(start))
    ends_at = reader.optional("ends_at", read_clock, None)
    if ends_at is None and end:
        ends_at = reader.optional("starts_at", lambda _: read_clock(end), None)
    first, last = _bounds(reader, choices)
    if days is None or clock is None or first is None or last is None:
        return None
    if reader.text("starts_on") and first.weekday() not in days:
        reader.warn("starts_on", "The first date is another day of the week: the next was taken.")
    return _Line(days, first, last, clock, hours_between(clock, ends_at))


def _bounds(reader: RowReader, choices: Choices) -> tuple[date | None, date | None]:
    first: date | None = choices.today
    last: date | None = choices.last_day
    # A day that cannot be read is not taken for another: the number of sessions would be wrong.
    if reader.text("starts_on"):
        first = reader.required("starts_on", read_date)
    if reader.text("ends_on"):
        last = reader.required("ends_on", read_date)
    return first, min(last, choices.last_day) if last else None


def _words(reader: RowReader, choices: Choices, sessions: tuple[Session, ...]) -> dict[str, str]:
    place, when = reader.text("place"), said_when(sessions) or said_when(sessions * 2)
    title = reader.text("title") or f"{place[:150]}, {when}".strip(", ")
    lead = reader.text("lead") or choices.lead
    address = ", ".join(each for each in (place, reader.text("locality")) if each)
    copied = ("postcode", "longitude", "latitude", "areas_served")
    return {
        "title": title,
        "lead": lead,
        "address": address,
        "reference": reader.text("reference", 150) or stable_key(title, lead, when, address),
        "description": ". ".join(each for each in (when, reader.text("description")) if each),
        **{each: reader.table.cell(reader.row, each) for each in copied},
    }
