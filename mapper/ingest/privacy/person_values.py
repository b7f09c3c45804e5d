"""Columns whose values are about persons, whatever their headings say.

Values are looked at and forgotten: what is told of a column is its kind, never what stands in it.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

_NHS: Final = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_NHS_WEIGHTS: Final = range(10, 1, -1)
_NINO: Final = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(r"(?:\+44\s?(?:\(0\))?|0044|\(?0)\s?[1-37][\d() -]{8,13}|7\d{9}")
_PHONE_DIGITS: Final = range(9, 11)
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{1,4}[ /.-](\d{1,2}|[A-Za-z]{3,9})[ /.-]\d{2,4}")
_DAY_FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y",
                       "%d-%b-%Y", "%d/%m/%y", "%d-%b-%y", "%Y/%m/%d")  # fmt: skip
_LONGEST: Final = 60
_ENOUGH: Final = 3
_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.8
_LONG_AGO: Final = 2005
_MOST_DAYS: Final = 3_000
_DAYS_APART: Final = 3 * 365
_SPARSE: Final = 0.2
_PROSE: Final = 120
_YOUNGEST_CENTURY: Final = 1900

Values = Mapping[str, int]
"""The values of a column, each with how often it stands there."""


def kind_of_persons(cells: Sequence[str]) -> str:
    """Tell what a column holds about persons.

    Parameters
    ----------
    cells : of the column, headings left out.

    Returns
    -------
    Such as ``NHS numbers`` or ``dates of birth``; empty when nothing about persons is seen.
    """
    values = Counter(text for cell in cells if (text := cell.strip()))
    short = {text: count for text, count in values.items() if len(text) <= _LONGEST}
    return next((kind for kind, is_so in _KINDS.items() if is_so(short)), "")


def is_prose(cells: Sequence[str]) -> bool:
    """Tell whether a column holds texts of many words, each about a case of its own.

    Parameters
    ----------
    cells : of the column, headings left out.
    """
    texts = [text for cell in cells if (text := cell.strip())]
    long = {text for text in texts if len(text) >= _PROSE}
    return len(long) >= _ENOUGH and len(long) >= _HALF * len(texts)


def is_nhs_number(text: str) -> bool:
    """Tell an NHS number by its ten digits, the last of which checks the others.

    Parameters
    ----------
    text : digits, spaced or not.

    References
    ----------
    NHS Data Dictionary: NHS NUMBER (modulus 11).
    """
    if not _NHS.fullmatch(text):
        return False
    digits = [int(char) for char in text if char.isdigit()]
    total = sum(weight * digit for weight, digit in zip(_NHS_WEIGHTS, digits, strict=False))
    is_one_number_over_again = len(set(digits)) == 1
    return not is_one_number_over_again and (11 - total % 11) % 11 == digits[-1]


def read_day(text: str) -> date | None:
    """Read a date of a single day, of any year; None where it is none.

    Parameters
    ----------
    text : of a cell.
    """
    day = re.sub(r"[T ]\d\d:\d\d.*$", "", text)
    if not _DAY.fullmatch(day):
        return None
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(day, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def is_datum(text: str) -> bool:
    """Tell a value from a heading: a number other than a year, a date, a code, an address.

    Parameters
    ----------
    text : of a cell.
    """
    plain = text.strip()
    if re.fullmatch(r"(19|20)\d\d", plain):
        return False
    patterns = (_NHS, _NINO, _EMAIL, _PHONE, _POSTCODE, _PLAIN_DATUM)
    return any(each.fullmatch(plain) for each in patterns) or read_day(plain) is not None


_PLAIN_DATUM: Final = re.compile(
    r"[-+]?\d[\d,]*(\.\d+)?%?|[A-Z]\d{8}|[0-9a-f]{32,}|\d{4}-\d\d|<\s?\d+", re.IGNORECASE
)


def _are_nhs_numbers(values: Values) -> bool:
    shaped = [text for text in values if _NHS.fullmatch(text)]
    valid = [text for text in shaped if is_nhs_number(text)]
    # One ten-digit number in eleven passes the check by chance.
    return bool(valid) and len(valid) >= _NEARLY_ALL * len(shaped)


def _are_phones(values: Values) -> bool:
    return _are_mostly(values, _is_phone)


def _is_phone(text: str) -> bool:
    if not _PHONE.fullmatch(text):
        return False
    digits = re.sub(r"\D", "", re.sub(r"^(\+44|0044)\s?(\(0\))?", "0", text)).lstrip("0")
    return len(digits) in _PHONE_DIGITS


def _are_births(values: Values) -> bool:
    """Tell dates of birth from the ends of periods, and from days of a running count."""
    days = {found for text in list(values)[:_MOST_DAYS] if (found := read_day(text))}
    days = {day for day in days if day.year >= _YOUNGEST_CENTURY and not _ends_a_period(day)}
    if not days or len(days) < _HALF * min(len(values), _MOST_DAYS):
        return False
    if sum(day.year < _LONG_AGO for day in days) >= _HALF * len(days):
        return True
    span = (max(days) - min(days)).days
    return len(days) >= _ENOUGH and span >= _DAYS_APART and len(days) < _SPARSE * span


def _ends_a_period(day: date) -> bool:
    return day.day == 1 or date.fromordinal(day.toordinal() + 1).day == 1


def _are_mostly(values: Values, is_so: Callable[[str], bool]) -> bool:
    found = sum(count for text, count in values.items() if is_so(text))
    return found >= _ENOUGH or (found > 0 and found >= _HALF * sum(values.values()))


_KINDS: Final[Mapping[str, Callable[[Values], bool]]] = {
    "NHS numbers": _are_nhs_numbers,
    "National Insurance numbers": lambda values: any(map(_NINO.fullmatch, values)),
    "e-mail addresses": lambda values: _are_mostly(values, lambda x: bool(_EMAIL.fullmatch(x))),
    "telephone numbers": _are_phones,
    "dates of birth": _are_births,
    "postcodes": lambda values: _are_mostly(values, lambda x: bool(_POSTCODE.fullmatch(x))),
}
