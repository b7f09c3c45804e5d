"""Lines under the headings that are no rows of a list: totals, and the headings again."""

import re
from typing import Final

from mapper.ingest.files.rows import Row
from mapper.ingest.files.streamed import RowLog

_TOTAL: Final = re.compile(r"(grand |sub[- ]?|over-?all )?totals?\s*:?", re.IGNORECASE)
_BEGINS: Final = frozenset("TtGgSsOo")
_FIGURE: Final = re.compile(r"[-+£]?\s*\d[\d,. ]*%?")
_ENOUGH_AGAIN: Final = 2


def is_no_row(row: Row, headings: tuple[str, ...], log: RowLog) -> bool:
    """Tell, and note, that a line is one of totals or says the headings again.

    A line of totals begins with that word alone, and has nothing but figures after it.

    Parameters
    ----------
    row : as it stands in the file.
    headings : that it stands under.
    log : told of it.
    """
    if _says_headings_again(row, headings):
        said = "The headings stand here again: the row was passed over."
        log.pass_over(row.line, said, "of headings again", row.cells[0])
        return True
    first = row.cells[0] if row.cells else ""
    if not first or first.isspace():
        first = next((cell for cell in row.cells if cell and not cell.isspace()), "")
    first = first.strip()
    # A long list has many rows, and few of them begin so.
    if first[:1] in _BEGINS and _TOTAL.fullmatch(first) and _has_only_figures(row, first):
        said = f"Line {row.line:,} looks like a total of the others, so it was left out."
        log.pass_over(row.line, said, "of totals", first)
        return True
    return False


def _says_headings_again(row: Row, headings: tuple[str, ...]) -> bool:
    """Every cell that says anything says what its heading does."""
    said = 0
    for cell, heading in zip(row.cells, headings, strict=False):
        if cell and not cell.isspace():
            if cell.strip().casefold() != heading.strip().casefold():
                return False
            said += 1
    return said >= min(_ENOUGH_AGAIN, len(headings))


def _has_only_figures(row: Row, first: str) -> bool:
    others = [text for cell in row.cells if (text := cell.strip()) and text != first]
    return all(_FIGURE.fullmatch(text) for text in others)
