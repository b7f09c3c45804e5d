"""Events of a calendar, taken apart one by one, so that a bad one spoils no other."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from icalendar import Calendar

from mapper.errors import InvalidValueError
from mapper.ingest.cells.naming import stable_key
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.formats.calendar_lines import CalendarLines, EventLines
from mapper.ingest.formats.calendar_times import refuse_endless_search, with_known_zone

_TIMES: Final = ("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID")
_NEEDED: Final = frozenset({*_TIMES, "DURATION", "RRULE", "UID"})
_PRIVATE: Final = frozenset({"PRIVATE", "CONFIDENTIAL"})
_MEND: Final = "Put it right in the calendar, and export it again."


@dataclass(frozen=True, slots=True)
class Event:
    """One event as icalendar read it.

    Parameters
    ----------
    line : on which it begins.
    component : its properties; those that nothing needs and could not be read are gone.
    """

    line: int
    component: Any

    def text(self, name: str) -> str:
        """Give a property as text, empty where it is missing; of several, the first.

        Parameters
        ----------
        name : of the property.
        """
        value = self.component.get(name, "")
        return str(value[0] if isinstance(value, list) else value).strip()

    @property
    def is_change(self) -> bool:
        """Whether it only changes one session of another event."""
        return "RECURRENCE-ID" in self.component

    @property
    def is_private(self) -> bool:
        """Whether its owner marked it as private or confidential."""
        return self.text("CLASS").upper() in _PRIVATE


def read_events(calendar: CalendarLines, log: IssueLog) -> list[list[Event]]:
    """Read the events of a calendar, those that belong together in one list.

    A private event is left out, and nothing of it is said but its line. A private change of
    one session takes that session out.

    Parameters
    ----------
    calendar : its lines.
    log : told of each event that is left out.

    Returns
    -------
    By UID, in the order of the file.
    """
    together: dict[str, list[Event]] = defaultdict(list)
    private: set[str] = set()
    for lines in calendar.events:
        event = _event(lines, calendar, log)
        if event is None:
            continue
        uid = _uid(event)
        if event.is_private:
            _note_private(event, log)
            if not event.is_change:
                private.add(uid)
            event.component["STATUS"] = "CANCELLED"
        together[uid].append(event)
    return [events for uid, events in together.items() if uid not in private]


def _uid(event: Event) -> str:
    """Give an event without a UID one made of its words."""
    uid = event.text("UID")
    if not uid:
        start = event.component["DTSTART"].to_ical().decode()
        uid = stable_key(event.text("SUMMARY"), start, event.text("LOCATION"))
        event.component["UID"] = uid
    return uid


def _event(lines: EventLines, calendar: CalendarLines, log: IssueLog) -> Event | None:
    if lines.fault:
        log.add(lines.line, f"{lines.fault}. {_MEND}", kind="event")
        return None
    try:
        return Event(lines.line, _component(lines, calendar))
    except InvalidValueError as error:
        log.add(lines.line, str(error), kind="event")
        return None


def _component(lines: EventLines, calendar: CalendarLines) -> Any:  # noqa: ANN401  (icalendar's)
    known = (_with_zone(line, calendar) for line in lines.lines)
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *known, "END:VEVENT", "END:VCALENDAR"])
    try:
        component = Calendar.from_ical(text).subcomponents[0]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InvalidValueError("The event cannot be read.", action=_MEND) from error
    _drop_broken(component)
    rules = component.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        refuse_endless_search(rule)
    return component


def _with_zone(line: str, calendar: CalendarLines) -> str:
    return with_known_zone(line, calendar.offsets) if line.upper().startswith(_TIMES) else line


def _drop_broken(component: Any) -> None:  # noqa: ANN401
    broken = {name or "a line" for name, _ in component.errors}
    missing = {"DTSTART"} - component.keys()
    fatal = sorted((broken & _NEEDED) | missing | ({"a line"} & broken))
    if fatal:
        raise InvalidValueError(
            f"The event has no {shown(', '.join(fatal))} that can be read.",
            expected="A day, or a day and a time, as RFC 5545 writes them, was expected.",
            action=_MEND,
        )
    for name in broken:
        component.pop(name, None)


def _note_private(event: Event, log: IssueLog) -> None:
    log.add(
        event.line,
        "The event is marked private or confidential: it was left out.",
        severity=Severity.NOTE,
        who_can_fix=WhoCanFix.NOBODY,
    )
