"""Age bands in the words and headings that ONS uses."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from mapper.errors import InvalidValueError, SourceError
from mapper.ingest.files.rows import Table

Band = tuple[int, int | None]

ALL_AGES: Final[Band] = (0, None)
_AGE_HEADING: Final = re.compile(r"(?:aged?\s*)?(\d{1,3})\s*(\+|and over)?", re.IGNORECASE)
_OLDEST: Final = 120


def read_band(text: str) -> Band:
    """Read an age band in the words of ONS.

    Parameters
    ----------
    text : such as ``Aged 15 years and under``, ``Aged 16 to 24 years``, ``65 years and
        over``, ``90+``, ``0-4`` or ``Total``.

    Returns
    -------
    The youngest and the oldest age in completed years, None for no upper end.

    Raises
    ------
    InvalidValueError
        When it cannot be read.
    """
    words = re.sub(r"\b(aged?|ages|years?|old)\b", " ", text.casefold())
    words = re.sub(r"\s+", " ", words.replace(":", " ")).strip()
    if re.match(r"(total|all)\b", words):
        return ALL_AGES
    if match := re.fullmatch(r"under (\d+)", words):
        return (0, int(match[1]) - 1)
    if match := re.fullmatch(r"(\d+) (?:and|or) (?:under|younger|less)", words):
        return (0, int(match[1]))
    if match := re.fullmatch(r"(\d+) ?(?:\+|(?:and|or) (?:over|older|more))", words):
        return (int(match[1]), None)
    if match := re.fullmatch(r"(\d+)(?: ?(?:to|-|–) ?(\d+))?", words):  # noqa: RUF001  (ONS's dash)
        return (int(match[1]), int(match[2] or match[1]))
    raise InvalidValueError(
        f"{text!r} is not an age band.", expected="Something like 'Aged 16 to 24 years'."
    )


def age_columns(table: Table) -> dict[int, Band]:
    """Find the columns that each hold one year of age.

    Parameters
    ----------
    table : with headings such as ``0``, ``Age 17`` and ``90+``.

    Returns
    -------
    The band of each such column that no field claims.
    """
    used = set(table.columns.values())
    matches = {
        column: _AGE_HEADING.fullmatch(heading.strip())
        for column, heading in enumerate(table.headings)
        if column not in used
    }
    return {
        column: (int(match[1]), None if match[2] else int(match[1]))
        for column, match in matches.items()
        if match is not None and int(match[1]) <= _OLDEST
    }


def refuse_overlaps(bands: Iterable[Band], source_name: str) -> None:
    """Stop when somebody could be in two bands.

    Parameters
    ----------
    bands : those of a file; all ages together are let be.
    source_name : of the file, for the message.

    Raises
    ------
    SourceError
        When two bands share an age.
    """
    in_order = sorted(set(bands) - {ALL_AGES}, key=lambda band: band[0])
    for (first, last), (following, _) in pairwise(in_order):
        if last is None or following <= last:
            raise SourceError(
                f"{source_name} has age bands that overlap at age {following} "
                f"(one begins at {first}).",
                expected="Bands of which no person is in two.",
                action="Keep one set of bands and remove the others.",
            )
