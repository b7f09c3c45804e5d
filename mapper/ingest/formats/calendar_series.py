"""Sessions of the events of a calendar, on the days and at the times of the clock in HIPS."""

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as dt_time
from typing import Any, Final

import recurring_ical_events
from icalendar import Calendar

from mapper.errors import InvalidValueError, SourceError
from mapper.ingest.formats.calendar_events import Event
from mapper.ingest.formats.calendar_times import LONDON
from mapper.ingest.records.sessions import Session

MOST_SESSIONS: Final = 100_000
"""The most sessions that all events of a file may have."""

_MOST_SECONDS: Final = 60.0
_FIRST: Final = date(1990, 1, 1)
_DAY: Final = timedelta(days=1)
_UNFOLLOWED: Final = (ValueError, OverflowError, TypeError, LookupError, AttributeError)
"""What the library raises at times that do not go together, or lie past the year 9999."""


@dataclass(slots=True)
class Allowance:
    """What a file may still ask for: a file made to do harm asks for too much.

    Parameters
    ----------
    name : of the file.
    sessions : left.
    began : when its reading began, by a clock that only goes on.
    """

    name: str
    sessions: int = field(default_factory=lambda: MOST_SESSIONS)
    began: float = field(default_factory=time.monotonic)

    def take(self, sessions: int) -> None:
        """Take sessions from what is left.

        Parameters
        ----------
        sessions : of one event.

        Raises
        ------
        SourceError
            When too many are asked for, or counting them takes too long.
        """
        self.sessions -= sessions
        if self.sessions < 0 or time.monotonic() - self.began > _MOST_SECONDS:
            raise SourceError(
                f"{self.name} repeats its events too often to be counted.",
                expected=f"At most {MOST_SESSIONS:,} sessions in all, counted within "
                f"{_MOST_SECONDS:.0f} seconds, were expected.",
                action="Export a shorter time, or give an earlier day with --until.",
            )


@dataclass(frozen=True, slots=True)
class Series:
    """An event and all its sessions.

    Parameters
    ----------
    event : that the sessions are of; where only changes of it are in the file, the first.
    sessions : that are counted; those that were cancelled are not.
    cancelled : how many were cancelled one by one.
    is_cut : whether it goes on after the last day that is counted.
    """

    event: Event
    sessions: tuple[Session, ...]
    cancelled: int = 0
    is_cut: bool = False

    @property
    def is_cancelled(self) -> bool:
        """Whether all of it was called off."""
        return self.event.text("STATUS").upper() == "CANCELLED"

    @property
    def is_tentative(self) -> bool:
        """Whether it may not happen."""
        return self.event.text("STATUS").upper() == "TENTATIVE"

    @property
    def is_repeated(self) -> bool:
        """Whether it is one of several by its own rule, however many are counted."""
        return bool({"RRULE", "RDATE", "RECURRENCE-ID"} & self.event.component.keys())


def series_of(events: Sequence[Event], zone: str, last_day: date, allowance: Allowance) -> Series:
    """Count the sessions of an event, with those that were moved, added or taken out.

    Parameters
    ----------
    events : the event and its changes.
    zone : of the calendar; empty where it names none.
    last_day : on which a session may still begin.
    allowance : of the file.

    Raises
    ------
    InvalidValueError
        When the event begins before 1990, or its times do not go together.
    SourceError
        When the file asks for too much.
    """
    main = _main(events)
    try:
        _refuse_ancient(events)
        found = _occurrences(events, zone, last_day)
        series = _counted(main, found, last_day)
    except _UNFOLLOWED as error:
        if isinstance(error, InvalidValueError):
            raise
        raise InvalidValueError(
            "The days and times of the event do not go together.",
            action="Put them right in the calendar, and export it again.",
        ) from error
    allowance.take(len(found))
    return series


def _main(events: Sequence[Event]) -> Event:
    """Give the event that the others change: the newest, where a file holds it twice."""
    own = [each for each in events if not each.is_change]
    return max(own, key=lambda each: int(each.component.get("SEQUENCE", 0))) if own else events[0]


def _refuse_ancient(events: Sequence[Event]) -> None:
    for each in events:
        if _local(each.component.decoded("DTSTART"))[0] < _FIRST:
            raise InvalidValueError(
                f"The event begins before {_FIRST.year}.",
                expected="An activity that can still be counted was expected.",
                action="Correct the day, or leave the event out.",
            )


def _occurrences(events: Sequence[Event], zone: str, last_day: date) -> list[Any]:
    calendar = Calendar()
    if zone:
        calendar["X-WR-TIMEZONE"] = zone
    for each in events:
        calendar.add_component(each.component)
    first = datetime(_FIRST.year, _FIRST.month, _FIRST.day, tzinfo=LONDON)
    end = datetime(last_day.year, last_day.month, last_day.day, tzinfo=LONDON) + _DAY
    with warnings.catch_warnings():
        # What the library warns of (such as a zone whose name it guesses) is no fault of a row.
        warnings.simplefilter("ignore")
        query = recurring_ical_events.of(calendar)
        # The occurrences themselves: as components of their own they are ten times as slow.
        found = [
            each
            for series in query.series
            for each in series.between(first, end - timedelta(seconds=1))
        ]
    return [each for each in found if _local(each.start)[0] <= last_day]


def _counted(main: Event, found: Sequence[Any], last_day: date) -> Series:
    is_off = main.text("STATUS").upper() == "CANCELLED"
    held = [each for each in found if is_off or not _is_called_off(each)]
    sessions = sorted((_session(each) for each in held), key=lambda each: each.starts_on)
    return Series(main, tuple(sessions), len(found) - len(held), _is_cut(main, last_day))


def _is_called_off(occurrence: Any) -> bool:  # noqa: ANN401  (the library's)
    # Only one that was changed has words of its own.
    if not occurrence.recurrence_ids:
        return False
    component = occurrence.as_component(keep_recurrence_attributes=False)
    return str(component.get("STATUS")).upper() == "CANCELLED"


def _session(occurrence: Any) -> Session:  # noqa: ANN401  (the library's)
    start, end = occurrence.start, occurrence.end
    first, clock = _local(start)
    if clock is None:
        # The end of whole days is the first day after them.
        return Session(first, max(first, _local(end)[0] - _DAY))
    length = _utc(end) - _utc(start)
    hours = length / timedelta(hours=1)
    if length <= _DAY:
        return Session(first, first, clock, hours or None)
    return Session(first, max(first, _local(end - timedelta(seconds=1))[0]), clock)


def _local(moment: date) -> tuple[date, dt_time | None]:
    """Give the day and the time of the clock in HIPS; a time without a zone is one there."""
    if not isinstance(moment, datetime):
        return moment, None
    here = moment.astimezone(LONDON) if moment.tzinfo else moment
    return here.date(), here.time().replace(second=0, microsecond=0)


def _utc(moment: datetime) -> datetime:
    """Give the moment itself: across a clock change an hour on the clock may be two, or none."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def _is_cut(main: Event, last_day: date) -> bool:
    rules = main.component.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        until = rule.get("UNTIL", [])
        is_endless = not until and not rule.get("COUNT")
        if is_endless or any(_local(each)[0] > last_day for each in until):
            return True
    return False
