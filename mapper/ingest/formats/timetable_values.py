"""Days of the week and times of day as people write them in a timetable."""

import re
from datetime import time
from typing import Final

from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import tidy
from mapper.ingest.faults.issues import shown

_DAY: Final = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)(s|nes|rs|ur)?(day)?s?\.?", re.IGNORECASE)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BETWEEN_DAYS: Final = re.compile(r"\s*(?:,|;|/|&|\+|\band\b)\s*", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::\d{2})?)?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", re.IGNORECASE)  # noqa: RUF001  (the dashes of word processors)
_WORDS: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_NOON: Final = 12


def read_days(text: str) -> tuple[int, ...]:
    """Read days of the week.

    Parameters
    ----------
    text : such as Monday, Mon, Tuesdays or ``Monday and Thursday``.

    Returns
    -------
    Each day once, Monday being 0, in order.

    Raises
    ------
    InvalidValueError
        When any of it is no day of the week.
    """
    found = [_DAY.fullmatch(part) for part in _BETWEEN_DAYS.split(tidy(text))]
    if not all(found):
        raise InvalidValueError(
            f"{shown(text)!r} is not a day of the week.",
            expected="Such as Monday, or Monday and Thursday, was expected.",
            action="Write the day alone; what is held in some weeks only, write in the template.",
        )
    return tuple(sorted({_DAYS.index(each[1].lower()) for each in found if each}))


def read_clock(text: str) -> time:
    """Read a time of day.

    Parameters
    ----------
    text : such as 18:00, 12.30, 9am, 6.30pm or noon.

    Raises
    ------
    InvalidValueError
        When it is none of these; a number alone is not.
    """
    plain = tidy(text).casefold()
    if plain in _WORDS:
        return _WORDS[plain]
    found = _TIME.fullmatch(plain)
    if found is not None and (found["minute"] or found["half"]):
        hour = int(found["hour"])
        if found["half"] and 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if found["half"].startswith("p") else 0)
        try:
            return time(hour, int(found["minute"] or 0))
        except ValueError:
            pass
    raise InvalidValueError(
        f"{shown(text)!r} is not a time of day.",
        expected="Such as 18:00 or 6.30pm was expected.",
        action="Correct it.",
    )


def split_range(text: str) -> tuple[str, str]:
    """Split a cell that holds both times, such as ``18:00 - 19:30``; the second may be empty.

    Parameters
    ----------
    text : of the cell.
    """
    first, *rest = _RANGE.split(tidy(text), maxsplit=1)
    return first, rest[0] if rest else ""


def hours_between(start: time, end: time | None) -> float | None:
    """Give the hours from one time of day to the next time it is another.

    Parameters
    ----------
    start : of the session.
    end : of it; one before the start is on the next day.

    Returns
    -------
    None where there is no end, or it is the start.
    """
    if end is None or end == start:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes % (24 * 60) / 60
