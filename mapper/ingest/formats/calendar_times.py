"""Time zones and rules of repetition of a calendar: which of them are taken, and which not."""

import re
from collections.abc import Iterable, Mapping
from math import prod
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import shown

LONDON: Final = ZoneInfo("Europe/London")
"""The time of the clock in HIPS, summer and winter."""

_LONDON_OFFSETS: Final = frozenset({"+0000", "+0100"})
_TZID: Final = re.compile(r';TZID=("[^"]*"|[^;:"]*)', re.IGNORECASE)
_KNOWN: Final = frozenset(available_timezones())
_OFTEN: Final = frozenset({"DAILY", "WEEKLY"})
_SELDOM: Final = frozenset({"MONTHLY", "YEARLY"})
_ONLY_SELDOM: Final = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_TIMES: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_TIMES_A_DAY: Final = 6
_LONGEST_STEP: Final = {"DAILY": 6, "WEEKLY": 4}
_LAST_MONTH: Final = 12
_PLAIN_DAY: Final = re.compile(r"(MO|TU|WE|TH|FR|SA|SU)")


def zone_name(tzid: str, offsets: Mapping[str, Iterable[str]]) -> str:
    """Give the usual name of a time zone; empty where it is not known.

    The name decides, not the file's own definition of it: those are often wrong, and a rule
    in one can be made to run for ever.

    Parameters
    ----------
    tzid : as the file spells it: ``Europe/London``, a Windows name, or with a vendor before.
    offsets : of the zones that the file defines; one that is at UTC in winter and an hour
        ahead in summer is London whatever its name.
    """
    name = tzid.strip().strip('"').strip("/")
    parts = name.split("/")
    candidates = ["/".join(parts[at:]) for at in range(len(parts))]
    for each in candidates:
        known = WINDOWS_TO_OLSON.get(each, each)
        if known in _KNOWN:
            return known
    is_london = {*offsets.get(tzid.strip().strip('"'), ())} == _LONDON_OFFSETS
    return LONDON.key if is_london else ""


def with_known_zone(line: str, offsets: Mapping[str, Iterable[str]]) -> str:
    """Write the time zone of a line by its usual name.

    Parameters
    ----------
    line : of an event, that holds a time.
    offsets : as in `zone_name`.

    Raises
    ------
    InvalidValueError
        When the zone is not known.
    """
    found = _TZID.search(line)
    if found is None:
        return line
    name = zone_name(found[1], offsets)
    if not name:
        raise InvalidValueError(
            f"The time zone {shown(found[1])} is not known.",
            expected="Such as Europe/London was expected.",
            action="Set the time zone of the calendar, and export it again.",
        )
    return f"{line[: found.start()]};TZID={name}{line[found.end() :]}"


def refuse_endless_search(rule: Mapping[str, Any]) -> None:
    """Refuse a rule of repetition that no activity has, or that could be searched for ever.

    A rule such as "daily, on 30 February" is never met, and is looked for until the year
    9999; one that comes round every second fills the machine.

    Parameters
    ----------
    rule : as icalendar reads it, the parts in capitals, each a list.

    Raises
    ------
    InvalidValueError
        When it repeats more often than daily, or is of a kind that is not read.
    """
    frequency = "".join(str(each) for each in rule.get("FREQ", ()))
    if frequency not in _OFTEN | _SELDOM:
        raise _not_taken(rule, "Daily, weekly, monthly or yearly was expected.")
    step = _step(rule)
    if step < 1:
        raise _not_taken(rule, "An interval of one or more was expected.")
    if prod(len(rule.get(each, ())) or 1 for each in _TIMES) > _MOST_TIMES_A_DAY:
        raise _not_taken(rule, f"At most {_MOST_TIMES_A_DAY} times a day were expected.")
    if any(not 1 <= int(month) <= _LAST_MONTH for month in rule.get("BYMONTH", ())):
        raise _not_taken(rule, "Months from 1 to 12 were expected.")
    if frequency in _OFTEN:
        _refuse_odd_filters(rule, step, _LONGEST_STEP[frequency])


def _refuse_odd_filters(rule: Mapping[str, Any], step: int, longest: int) -> None:
    if any(rule.get(each) for each in _ONLY_SELDOM):
        raise _not_taken(rule, "Days of the week and months alone were expected.")
    if not all(_PLAIN_DAY.fullmatch(str(day)) for day in rule.get("BYDAY", ())):
        raise _not_taken(rule, "Plain days of the week were expected.")
    is_daily = longest == _LONGEST_STEP["DAILY"]
    is_filtered = bool(rule.get("BYMONTH")) or (is_daily and bool(rule.get("BYDAY")))
    if is_filtered and step > longest:
        raise _not_taken(
            rule, f"With days or months, an interval of at most {longest} was expected."
        )


def _step(rule: Mapping[str, Any]) -> int:
    interval = rule.get("INTERVAL", [1])
    return int(interval[0] if isinstance(interval, list) else interval)


def _not_taken(rule: Mapping[str, Any], expected: str) -> InvalidValueError:
    text = ";".join(
        f"{key}={','.join(map(str, value)) if isinstance(value, list) else value}"
        for key, value in rule.items()
    )
    return InvalidValueError(
        f"The rule of repetition {shown(text)} is not one that mapper follows.",
        expected=expected,
        action="Write the sessions as events of their own, or in the template.",
    )
