"""Headings as ONS words them: the level, the year and what stands under them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ONS: Final = re.compile(
    r"(?:F_)?(?P<level>LSOA|MSOA|WD|WARD|LAD|CSP|PFA|RUC)_?(?P<year>\d\d)?_?(?P<what>CD|NM|CODE|NAME)",
    re.IGNORECASE,
)
_IN_WORDS: Final = re.compile(
    r"(?P<level>LSOA|MSOA|WARD|LOCAL AUTHORITY DISTRICT) (?P<what>CODE|NAME) \(20(?P<year>\d\d)\)",
    re.IGNORECASE,
)
_LEVELS: Final = {"wd": "ward", "local authority district": "lad"}
_CODES: Final = frozenset({"cd", "code"})


@dataclass(frozen=True, slots=True)
class OnsHeading:
    """What a heading such as LSOA21CD says.

    Parameters
    ----------
    level : such as ``lsoa``, ``ward``, ``lad``, ``csp``, ``pfa`` or ``ruc``.
    vintage : such as ``2021``; empty where the heading names no year, as LAD_CD does.
    is_code : whether codes stand under it, else names.
    column : counted from 0.
    """

    level: str
    vintage: str
    is_code: bool
    column: int


def ons_headings(headings: Iterable[str]) -> list[OnsHeading]:
    """Recognise headings such as LSOA21CD, lsoa11_code, WD24NM or LSOA code (2011).

    Parameters
    ----------
    headings : of a table.

    Returns
    -------
    Those recognised, in order.
    """
    found = []
    for column, heading in enumerate(headings):
        text = heading.strip()
        if match := _ONS.fullmatch(text) or _IN_WORDS.fullmatch(text):
            level = match["level"].lower()
            year = f"20{match['year']}" if match["year"] else ""
            is_code = match["what"].lower() in _CODES
            found.append(OnsHeading(_LEVELS.get(level, level), year, is_code, column))
    return found


def code_columns(headings: Iterable[str], level: str) -> list[OnsHeading]:
    """Find the columns of codes of one level, the earliest year first.

    Parameters
    ----------
    headings : of a table.
    level : such as ``lsoa``.
    """
    found = [each for each in ons_headings(headings) if each.level == level and each.is_code]
    return sorted(found, key=lambda each: each.vintage)


def name_column(headings: Iterable[str], of: OnsHeading) -> int | None:
    """Find the column of names that belongs to one of codes, None where there is none.

    Parameters
    ----------
    headings : of a table.
    of : the column of codes.
    """
    same = (each for each in ons_headings(headings) if not each.is_code)
    return next((h.column for h in same if (h.level, h.vintage) == (of.level, of.vintage)), None)
