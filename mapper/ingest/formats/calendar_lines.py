"""The lines of a calendar file (iCalendar, RFC 5545): only what is read of them goes on.

Nothing here is trusted: lines are unfolded, counted and cut, and whatever mapper has no use
for, above all who was invited, is dropped before anything takes the file apart.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.files.source import SourceFile

MOST_EVENTS: Final = 20_000
"""The most events a calendar file may have."""

_BEGIN: Final = "BEGIN:VCALENDAR"
_HEAD: Final = 256
_LONGEST_LINE: Final = 100_000
_DEEPEST: Final = 4
_OF_CALENDAR: Final = frozenset({"X-WR-CALNAME", "NAME", "X-WR-TIMEZONE"})
_OF_EVENT: Final = frozenset(
    {"UID", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE",
     "EXDATE", "STATUS", "CLASS", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "CATEGORIES",
     "ORGANIZER"}
)  # fmt: skip
_TEXTS: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION"})
_NAME: Final = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_OFFSET: Final = re.compile(r"[-+]\d{4}(?:\d\d)?$")


@dataclass(slots=True)
class EventLines:
    """The lines of one event that are read.

    Parameters
    ----------
    line : on which it begins.
    lines : unfolded.
    fault : why it cannot be read; empty when it can.
    """

    line: int
    lines: list[str] = field(default_factory=list)
    fault: str = ""


@dataclass(slots=True)
class CalendarLines:
    """One calendar of a file.

    Parameters
    ----------
    named : properties of the calendar itself, by name.
    events : of it, as they stand.
    offsets : what each time zone that the file defines adds to UTC, as written (``+0100``).
    others : how many of each other component there were.
    invited : lines that name somebody invited; none of them is kept.
    """

    named: dict[str, str] = field(default_factory=dict)
    events: list[EventLines] = field(default_factory=list)
    offsets: dict[str, set[str]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    invited: int = 0


def is_calendar(source: SourceFile) -> bool:
    """Tell a calendar file by its first line, not by its name.

    Parameters
    ----------
    source : the file.
    """
    head = source.content[:_HEAD].replace(b"\0", b"")
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return head.lstrip().upper().startswith(_BEGIN.encode())


def read_calendar_lines(source: SourceFile, log: IssueLog) -> list[CalendarLines]:
    """Read the calendars of a file.

    Parameters
    ----------
    source : the file.
    log : told when the encoding was guessed, or a text was cut.

    Raises
    ------
    SourceError
        When the file is cut short, is nested as no calendar is, or has too many events.
    """
    reading = _Reading(source.name)
    for number, text in _unfolded(_text(source, log)):
        line = _Line(number, _name_of(text), text)
        if line.name == "BEGIN":
            reading.begin(line)
        elif line.name == "END":
            reading.end(line)
        elif reading.inside:
            reading.keep(line)
    if reading.inside:
        raise reading.broken(f"it ends inside {shown(reading.inside[-1])}")
    return reading.calendars


@dataclass(frozen=True, slots=True)
class _Line:
    """A whole line, with the number of the first line of the file that it is on."""

    number: int
    name: str
    text: str

    @property
    def value(self) -> str:
        """What stands after the colon."""
        return self.text.partition(":")[2].strip()


@dataclass(slots=True)
class _Reading:
    """What has been read of a file so far, and which components the next line stands in."""

    file: str
    calendars: list[CalendarLines] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    zone: str = ""
    events: int = 0

    def begin(self, line: _Line) -> None:
        """Go into a component."""
        what = line.value.upper()
        if len(self.inside) >= _DEEPEST or (what == "VCALENDAR") is bool(self.inside):
            raise self.broken(f"{shown(what)} begins on line {line.number:,}, where none can")
        if what == "VCALENDAR":
            self.calendars.append(CalendarLines())
        elif self.inside == ["VCALENDAR"]:
            self._add(what, line.number)
        self.inside.append(what)

    def _add(self, what: str, number: int) -> None:
        if what == "VEVENT":
            self.events += 1
            self.calendars[-1].events.append(EventLines(number))
        elif what != "VTIMEZONE":
            self.calendars[-1].others[what] += 1
        if self.events > MOST_EVENTS:
            raise SourceError(
                f"{self.file} has more than {MOST_EVENTS:,} events.",
                expected="A calendar of activities was expected.",
                action="Export a shorter time, or one calendar by itself.",
            )

    def end(self, line: _Line) -> None:
        """Go out of a component."""
        what = line.value.upper()
        if not self.inside or self.inside.pop() != what:
            raise self.broken(f"{shown(what)} ends on line {line.number:,} without a beginning")

    def keep(self, line: _Line) -> None:
        """Keep what is read of a line inside a component."""
        calendar = self.calendars[-1]
        match self.inside:
            case ["VCALENDAR"] if line.name in _OF_CALENDAR:
                calendar.named.setdefault(line.name, line.value[:_LONGEST_LINE])
            case ["VCALENDAR", "VEVENT"]:
                _keep_of_event(calendar, calendar.events[-1], line)
            case ["VCALENDAR", "VTIMEZONE"] if line.name == "TZID":
                self.zone = line.value
                calendar.offsets[self.zone] = set()
            case ["VCALENDAR", "VTIMEZONE", _] if line.name == "TZOFFSETTO":
                offset = _OFFSET.match(line.value)
                calendar.offsets.setdefault(self.zone, set()).add(offset[0][:5] if offset else "?")

    def broken(self, what: str) -> SourceError:
        """Say why the file cannot be read."""
        return SourceError(
            f"{self.file} is a calendar that cannot be read: {what}.",
            expected="Each BEGIN with its END, and calendars beside each other, were expected.",
            action="Export or download the calendar again; a file that was cut short ends so.",
        )


def _keep_of_event(calendar: CalendarLines, event: EventLines, line: _Line) -> None:
    if not line.name:
        event.fault = event.fault or f"Line {line.number:,} cannot be read"
    elif line.name == "ATTENDEE":
        calendar.invited += 1
    elif line.name in _OF_EVENT:
        if len(line.text) > _LONGEST_LINE and line.name not in _TEXTS:
            event.fault = f"{line.name} has {len(line.text):,} characters"
        event.lines.append(line.text[:_LONGEST_LINE])


def _name_of(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give each whole line and the number of its first: a long one is folded onto several."""
    begun, parts = 0, [""]
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in {" ", "\t"} and begun:
            parts.append(line[1:])
            continue
        if "".join(parts).strip():
            yield begun, "".join(parts)
        begun, parts = number, [line]
    if "".join(parts).strip():
        yield begun, "".join(parts)


def _text(source: SourceFile, log: IssueLog) -> str:
    content = source.content
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\0" in content[:_HEAD]:
        raise SourceError(
            f"{source.name} holds zero bytes, as UTF-16 without its mark does.",
            expected="A calendar file in UTF-8 was expected.",
            action="Export the calendar again.",
        )
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        log.add(
            line,
            "The calendar is not UTF-8, so it was read as Windows-1252: check letters with "
            "accents. Export it again if they are wrong.",
            severity=Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
        )
        return content.decode("cp1252", errors="replace")
