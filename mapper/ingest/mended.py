"""Lists of rows at fault that come back mended: their first columns, and text made harmless."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.ingest.headings import plain_heading
from mapper.ingest.rows import Row, Sheet

MENDING_HEADINGS: Final = ("Line", "What is wrong", "Who can mend it")
"""The columns that stand before a file's own in a list of its rows at fault."""

_PLAIN: Final = tuple(map(plain_heading, MENDING_HEADINGS))
_TOO_MUCH: Final = re.compile(r"'(?='* *[=+\-@\t\r\n])")
_WOULD_RUN: Final = re.compile(r"'* *[=+\-@\t\r\n]")


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
    return any(
        tuple(map(plain_heading, sheet.rows[0].cells[: len(_PLAIN)])) == _PLAIN
        for sheet in sheets
        if sheet.rows
    )


def without_mending_columns(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pass over the first columns of a list that has come back, and give its text as it was.

    Parameters
    ----------
    sheets : of such a file.
    """
    return [replace(sheet, rows=tuple(map(_own, sheet.rows))) for sheet in sheets]


def _own(row: Row) -> Row:
    return Row(row.line, tuple(as_it_was(cell) for cell in row.cells[len(_PLAIN) :]))
