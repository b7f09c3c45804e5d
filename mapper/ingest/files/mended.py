"""Lists of rows at fault that come back mended: their first columns, and text made harmless."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.domain.formula import FORMULA_BEGINNINGS
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Row, Sheet

MENDING_HEADINGS: Final = ("Line", "What is wrong", "Who can mend it", "Kept as the source")
"""The columns that stand before a file's own in a list of its rows at fault."""

_PLAIN: Final = tuple(map(plain_heading, MENDING_HEADINGS))
_SAY_WHAT: Final = len(_PLAIN) - 1
_FORMULA: Final = f"'* *[{re.escape(FORMULA_BEGINNINGS)}]"
_TOO_MUCH: Final = re.compile(f"'(?={_FORMULA})")
_WOULD_RUN: Final = re.compile(_FORMULA)


def made_harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run, or that has one for that.

    Parameters
    ----------
    text : of a cell.

    Returns
    -------
    Text of which `as_it_was` gives back the first, whatever it is.
    """
    return f"'{text}" if _WOULD_RUN.match(text) else text


def as_it_was(text: str) -> str:
    """Take off the apostrophe that `made_harmless` put there.

    Parameters
    ----------
    text : of a cell that came back.
    """
    return text[1:] if _TOO_MUCH.match(text) else text


def is_mended(sheets: Sequence[Sheet]) -> bool:
    """Tell whether a file is a list of rows at fault that has come back.

    Parameters
    ----------
    sheets : of the file.
    """
    return any(_own_from(sheet) for sheet in sheets)


def source_of_mended(sheets: Sequence[Sheet]) -> str:
    """Name the source that a list of rows at fault was given out from.

    Parameters
    ----------
    sheets : of the file, with a row under the headings where there is one.

    Returns
    -------
    Empty where the file is no such list, or does not say.
    """
    for sheet in sheets:
        if _own_from(sheet) == len(_PLAIN):
            said = (as_it_was(row.cells[_SAY_WHAT]).strip() for row in sheet.rows[1:])
            return next(filter(None, said), "")
    return ""


def without_mending_columns(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pass over the first columns of a list that has come back, and give its text as it was.

    Parameters
    ----------
    sheets : of such a file.
    """
    return [replace(sheet, rows=_own(sheet.rows, _own_from(sheet))) for sheet in sheets]


def _own_from(sheet: Sheet) -> int:
    """The column from which on a list has its file's own, and 0 where it is none.

    A list may have been given out when its rows did not say yet which source they are of.
    """
    begins = tuple(map(plain_heading, sheet.rows[0].cells[: len(_PLAIN)])) if sheet.rows else ()
    if begins == _PLAIN:
        return len(_PLAIN)
    return _SAY_WHAT if begins[:_SAY_WHAT] == _PLAIN[:_SAY_WHAT] else 0


def _own(rows: Sequence[Row], first: int) -> tuple[Row, ...]:
    return tuple(Row(row.line, tuple(map(as_it_was, row.cells[first:]))) for row in rows)
