"""Periods in the words and headings of needs assessments: months, quarters, years and ranges."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from mapper.domain.period import Month, Period
from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import shown
from mapper.ingest.formats.area_counts import read_month

_CENTURY: Final = 100
_QUARTER_MONTHS: Final = 3
_YEAR_MONTHS: Final = 12
_APRIL: Final = 4
_TO: Final = r"\s*(?:to|until|-|–|—)\s*"  # noqa: RUF001  (the dashes of word processors)
_YEAR: Final = r"(?:19|20)\d\d"
_FINANCIAL: Final = rf"(?:fy\s*)?({_YEAR}|\d\d)\s*[/-]\s*({_YEAR}|\d\d)"
_MONTH_NAME: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"


def read_period(text: str) -> Period:
    """Read a period of whole months.

    Parameters
    ----------
    text : a month (January 2025), a quarter (Q1 2024/25 from April, Q1 2024 from January,
        Jan-Mar 2024), a financial year (2024/25), a calendar year (2024), twelve months (year
        ending March 2024) or a range (April 2022 to March 2024, 01/04/2022 - 31/03/2024).

    Raises
    ------
    InvalidValueError
        When it is none of these.
    """
    period = _period(" ".join(text.replace("_", " ").split()).casefold())
    if period is None:
        raise InvalidValueError(
            f"{shown(text)!r} is not a period.",
            expected="A month, quarter or year was expected, such as 2025-01, Q1 2024/25, 2024/25, "
            "2024 or April 2022 to March 2024.",
            action="Write it so.",
        )
    return period


def find_period(text: str) -> Period | None:
    """Find the period that a title names; None where it names none, or several.

    Parameters
    ----------
    text : such as ``Table 2: violence by ward, April 2023 to March 2024``.
    """
    words = " ".join(text.split()).casefold()
    for pattern in _IN_TITLES:
        found = {period for match in pattern.findall(words) if (period := _period(match.strip()))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


_IN_TITLES: Final = tuple(
    re.compile(each)
    for each in (
        rf"{_MONTH_NAME} {_YEAR}{_TO}{_MONTH_NAME} {_YEAR}",
        rf"(?:year ending|year to|12 months to|twelve months to) {_MONTH_NAME} {_YEAR}",
        rf"q[1-4]\s*{_YEAR}(?:\s*[/-]\s*\d\d)?",
        rf"{_YEAR}\s*[/-]\s*\d\d(?:\d\d)?\b",
        rf"{_MONTH_NAME} {_YEAR}",
        rf"\b{_YEAR}\b",
    )
)


@lru_cache(maxsize=4096)
def _period(text: str) -> Period | None:
    return next((found for read in _READERS if (found := read(text))), None)


def _one_month(text: str) -> Period | None:
    month = _month(text)
    return None if month is None else Period(month, month.plus(1))


def _month(text: str) -> Month | None:
    try:
        return read_month(text)
    except InvalidValueError:
        return None


def _quarter(text: str) -> Period | None:
    match = re.fullmatch(
        rf"(?:q(?:uarter)?\s*([1-4])[ ,:-]*({_YEAR}.*)|({_YEAR}.*?)[ ,:-]*q(?:uarter)?\s*([1-4]))",
        text,
    )
    if match is None:
        return None
    number, year = int(match[1] or match[4]), (match[2] or match[3]).strip()
    whole = _financial_year(year) or _calendar_year(year)
    if whole is None:
        return None
    start = whole.start.plus(_QUARTER_MONTHS * (number - 1))
    return Period(start, start.plus(_QUARTER_MONTHS))


def _financial_year(text: str) -> Period | None:
    match = re.fullmatch(rf"(?:financial year\s*)?{_FINANCIAL}", text)
    if match is None:
        return None
    first, last = (int(each) for each in match.groups())
    year = first if first >= _CENTURY else 2000 + first
    if (year + 1) % _CENTURY != last % _CENTURY:
        return None
    return Period(Month(year, _APRIL), Month(year + 1, _APRIL))


def _calendar_year(text: str) -> Period | None:
    match = re.fullmatch(rf"(?:calendar year\s*)?({_YEAR})", text)
    return Period(Month(int(match[1]), 1), Month(int(match[1]) + 1, 1)) if match else None


def _twelve_months(text: str) -> Period | None:
    match = re.fullmatch(
        r"(?:year ending|year ended|year to|ye|12 months to|twelve months to|12 months ending)"
        r"(?: (?:30|31|28|29)(?:st|th)?)? (.+)",
        text,
    )
    last = _month(match[1]) if match else None
    return None if last is None else Period(last.plus(1 - _YEAR_MONTHS), last.plus(1))


def _range(text: str) -> Period | None:
    """Read a range, its last month included; the first may leave its year to the last."""
    parts = re.split(r"\s+(?:to|until|-|–|—)\s+", text)  # noqa: RUF001  (as above)
    if len(parts) == 1:
        parts = re.split(rf"(?<=[a-z]){_TO}(?=[a-z])|(?<=\d{{4}})[–—](?=\d|[a-z])", text)  # noqa: RUF001  (as above)
    if len(parts) != len(("first", "last")):
        return None
    last = _month(parts[1])
    first = _month(parts[0])
    if last is not None and first is None:
        first = _month(f"{parts[0]} {last.year}")
        if first is not None and first > last:
            first = first.plus(-_YEAR_MONTHS)
    if first is None or last is None or first > last:
        return None
    return Period(first, last.plus(1))


_READERS: Final[tuple[Callable[[str], Period | None], ...]] = (
    _quarter,
    _financial_year,
    _calendar_year,
    _twelve_months,
    _range,
    _one_month,
)
