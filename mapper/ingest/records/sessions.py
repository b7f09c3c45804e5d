"""Sessions that come round again: counted to a last day, and parted into held and to come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from mapper.domain.activity import ActivityStatus

MONTHS_AHEAD: Final = 12
"""How far what repeats without end is counted, in months from the day of loading."""

_WEEK: Final = timedelta(days=7)
_MONTHS_A_YEAR: Final = 12
_LAST_SURE_DAY: Final = 28
_MOST_TIMES_NAMED: Final = 3
_PLANNED_KEY: Final = "planned"
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What whoever loads says of a file of activities.

    Parameters
    ----------
    today : the day of loading: what begins on it or before has been held.
    until : the last day to which what repeats is counted; None for a year from today.
    lead : the organisation that leads, where the file names none; may be empty.
    """

    today: date
    until: date | None = None
    lead: str = ""

    @property
    def last_day(self) -> date:
        """The last day that is counted."""
        return self.until or _a_year_after(self.today)


@dataclass(frozen=True, slots=True)
class Session:
    """One time that something is held.

    Parameters
    ----------
    starts_on, ends_on : first and last day, both included, in local time.
    clock : when it begins in local time; None for the whole day.
    hours : how long it lasts; None for whole days, and when not known.
    """

    starts_on: date
    ends_on: date
    clock: time | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Sessions of one activity that share a status.

    Parameters
    ----------
    status : of all of them.
    sessions : at least one, in order.
    """

    status: ActivityStatus
    sessions: tuple[Session, ...]

    def key(self, reference: str, *, is_repeated: bool) -> str:
        """Give the key of the part: what was held and what is to come are two records.

        Parameters
        ----------
        reference : of the activity in its source.
        is_repeated : whether the activity has more than one session in all, so that a part
            of it may be held while another is to come.
        """
        is_other = is_repeated and self.status is ActivityStatus.PLANNED
        return f"{reference} {_PLANNED_KEY}" if is_other else reference

    def cells(self) -> dict[str, str]:
        """Give the cells of the part, by field of a file of activities."""
        return {
            "starts_on": min(each.starts_on for each in self.sessions).isoformat(),
            "ends_on": max(each.ends_on for each in self.sessions).isoformat(),
            "status": self.status.value,
            "sessions": str(len(self.sessions)),
            "hours_per_session": _mean_hours(self.sessions),
        }


def weekly(first: Session, last_day: date) -> tuple[Session, ...]:
    """Repeat a session every week.

    Parameters
    ----------
    first : of them.
    last_day : on which one may still begin.

    Returns
    -------
    The sessions in order; none where the first begins later than the last day.
    """
    length = first.ends_on - first.starts_on
    number = (last_day - first.starts_on) // _WEEK + 1
    days = (first.starts_on + _WEEK * week for week in range(number))
    return tuple(Session(day, day + length, first.clock, first.hours) for day in days)


def held_and_to_come(sessions: Sequence[Session], today: date) -> tuple[Part, ...]:
    """Part sessions into those held by a day and those to come.

    Parameters
    ----------
    sessions : of one activity.
    today : what begins on it or before has been held.

    Returns
    -------
    No more than one part of each kind, the delivered first.
    """
    ordered = sorted(sessions, key=lambda each: each.starts_on)
    held = tuple(each for each in ordered if each.starts_on <= today)
    to_come = tuple(each for each in ordered if each.starts_on > today)
    parts = ((ActivityStatus.DELIVERED, held), (ActivityStatus.PLANNED, to_come))
    return tuple(Part(status, each) for status, each in parts if each)


def said_when(sessions: Sequence[Session]) -> str:
    """Say on which days of the week, and when, sessions are held.

    Parameters
    ----------
    sessions : of one activity.

    Returns
    -------
    Such as ``Mondays 18:00, Thursdays 19:30``; empty for a single session, and where the
    times are too many to say.
    """
    times = Counter((each.starts_on.weekday(), each.clock) for each in sessions)
    if len(sessions) < 2 or len(times) > _MOST_TIMES_NAMED:  # noqa: PLR2004  (one is no habit)
        return ""
    in_order = sorted(times, key=lambda each: (each[0], each[1] or time()))
    return ", ".join(
        f"{_DAYS[day]}s{f' {clock:%H:%M}' if clock else ''}" for day, clock in in_order
    )


def _mean_hours(sessions: Sequence[Session]) -> str:
    known = [each.hours for each in sessions if each.hours]
    return f"{sum(known) / len(known):.2f}" if known else ""


def _a_year_after(day: date) -> date:
    years, month = divmod(day.month - 1 + MONTHS_AHEAD, _MONTHS_A_YEAR)
    # The last days of a month are not in every month.
    return date(day.year + years, month + 1, min(day.day, _LAST_SURE_DAY))
