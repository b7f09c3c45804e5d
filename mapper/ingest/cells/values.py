"""Text to values: tidy text, dates, numbers, yes and no."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import shown

_EXCEL_EPOCH: Final = date(1899, 12, 30)
_EXCEL_SERIALS: Final = range(20_000, 80_000)
_YEARS: Final = range(1990, 2101)
_DATE_FORMATS: Final = (
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
)
# A day of the week is not checked against the date: the date is what is meant.
_WEEKDAY: Final = re.compile(
    r"^\s*(mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?\b\.?",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"(\d)\s*(st|nd|rd|th)\b", re.IGNORECASE)
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "given", "agreed"})
_NO: Final = frozenset({"no", "n", "false", "0", "not given", "refused"})
_REMEMBERED: Final = 4_096
"""Different texts whose reading is remembered: in a long list they repeat row after row."""

_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?|[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


def tidy(text: str) -> str:
    """Tidy text: control characters out, runs of spaces to one, letters composed.

    Parameters
    ----------
    text : of a cell.
    """
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if _is_control(char) else char for char in composed)
    return " ".join("".join(kept).split())


def has_control_characters(text: str) -> bool:
    """Tell whether text holds characters that no one typed on purpose.

    Line breaks and tabs are not counted, nor are marks that many programs leave.

    Parameters
    ----------
    text : of a cell.
    """
    if text.isprintable():
        return False
    return any(unicodedata.category(char) == "Cc" and char not in "\t\n\r\v" for char in text)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf"}


@lru_cache(maxsize=_REMEMBERED)
def read_date(text: str) -> date:
    """Read a date: day first, ISO, with the month in words, or an Excel serial.

    Parameters
    ----------
    text : such as 31/01/2025, 2025-01-31, 2025-01-31 09:30, 31 January 2025, Tues 3rd of
        February 2026 or 45688.

    Raises
    ------
    InvalidValueError
        When it is none of these, or a year before 1990 or after 2100.
    """
    found = _iso_date(text) or _serial_date(text) or _written_date(text)
    if found is None or found.year not in _YEARS:
        raise InvalidValueError(
            f"{shown(text)!r} is not a date.",
            expected="A date is written day/month/year, such as 31/01/2025.",
            action="Correct it.",
        )
    return found


def _iso_date(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if "-" in text[:5] else None
    except ValueError:
        return None


def _serial_date(text: str) -> date | None:
    match = re.fullmatch(r"(\d{5})(\.\d+)?", text)
    if match is None or int(match[1]) not in _EXCEL_SERIALS:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(match[1]))


def _written_date(text: str) -> date | None:
    plain = _WEEKDAY.sub("", text.replace(",", " "))
    plain = _ORDINAL.sub(r"\1", plain)
    plain = " ".join(re.sub(r"\b(of|the)\b", "", plain, flags=re.IGNORECASE).split())
    plain = re.sub(r"\bSept\b", "Sep", plain, flags=re.IGNORECASE)
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None


def read_number(text: str) -> float:
    """Read a number, thousands separators allowed.

    Parameters
    ----------
    text : such as 12, 1,200 or 1.5.

    Raises
    ------
    InvalidValueError
        When it is not a number alone ("about 20" is not).
    """
    if not _NUMBER.fullmatch(text):
        raise InvalidValueError(
            f"{shown(text)!r} is not a number.",
            expected="A number alone was expected, such as 20.",
            action="Write the best figure without words, or leave it empty if nobody counted.",
        )
    return float(text.replace(",", ""))


def read_whole_number(text: str) -> int:
    """Read a whole number, thousands separators and ``.0`` allowed.

    Parameters
    ----------
    text : such as 12, 1,200 or 12.0.

    Raises
    ------
    InvalidValueError
        When it is not a whole number alone.
    """
    number = read_number(text)
    if not number.is_integer():
        raise InvalidValueError(
            f"{shown(text)!r} is not a whole number.", expected="A whole number was expected."
        )
    return int(number)


def read_yes_no(text: str) -> bool:
    """Read yes or no.

    Parameters
    ----------
    text : such as yes, Y, TRUE or no.

    Raises
    ------
    InvalidValueError
        When it is neither.
    """
    word = text.casefold().strip(" .")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise InvalidValueError(
        f"{shown(text)!r} is neither yes nor no.", expected="Yes or no was expected."
    )
