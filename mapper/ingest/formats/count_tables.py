"""Tables of counts as needs assessments print them: titles, headings on two lines, footnotes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import read_whole_number
from mapper.ingest.columns.headings import Field, match_headings
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Sheet

WITHHELD: Final = re.compile(
    r"[*.cxz:~-]{1,2}|\[[a-z]\]|\([a-z]\)|(<|less than|fewer than|under) ?=? ?\d+"
    r"|\d ?(-|to) ?[1-9]|suppressed|withheld|redacted",
    re.IGNORECASE,
)
"""How publishers write a count that they do not give."""

_LINES_ABOVE: Final = 15
_LEAST_CELLS: Final = 2
_FIGURE: Final = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?|[A-Z]\d{8}", re.IGNORECASE)
_YEAR: Final = re.compile(r"(19|20)\d\d")
_NO_COUNT: Final = re.compile(
    r"\b(rates?|per|percent(age)?|change|rank(ing)?|index|decile|score|difference|lower|upper"
    r"|ci)\b|%",
    re.IGNORECASE,
)
_RESIDENTS: Final = re.compile(r"\b(population|residents)\b", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"(foot)?notes?\b|source\b|\W", re.IGNORECASE)
_OF_AREA: Final = frozenset({"area_code", "area_name"})
_CODE: Final = re.compile(r"[A-Za-z]\d{8}")


@dataclass(frozen=True, slots=True)
class CountTable:
    """One table of counts on one sheet.

    Parameters
    ----------
    title : sheet name and the lines above the headings, as one text.
    columns : where each field stands.
    labels : of each column, what stands over it from the top down.
    rows : under the headings, each as wide as the labels; lines of one cell are left out.
    """

    title: str
    columns: dict[str, int]
    labels: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]

    def heading(self, column: int) -> str:
        """What stands over a column, as one text."""
        return " ".join(self.labels[column])

    def cell(self, row: Row, field: str) -> str:
        """The tidy text of a field in a row, empty where there is no such column."""
        column = self.columns.get(field)
        return "" if column is None else " ".join(row.cells[column].split())

    def free_columns(self, *, has_residents: bool = False) -> list[int]:
        """Find the columns that no field claims and that may hold counts.

        Parameters
        ----------
        has_residents : whether residents are counted too, or are only what a rate is for.
        """
        taken = set(self.columns.values())
        return [
            column
            for column, label in enumerate(self.labels)
            if column not in taken
            and label
            and not _NO_COUNT.search(self.heading(column))
            and (has_residents or not _RESIDENTS.search(self.heading(column)))
        ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for on a sheet.

    Parameters
    ----------
    fields : asked for.
    is_table : whether what was found under some headings is a table of the kind wanted.
    least_cells : how many cells make a row: text in fewer is a title or a footnote.
    """

    fields: Sequence[Field]
    is_table: Callable[[CountTable], bool]
    least_cells: int = _LEAST_CELLS


def find_count_tables(
    sheets: Sequence[Sheet], wanted: Wanted, *, is_filled_down: bool = False
) -> list[CountTable]:
    """Find the table of each sheet that has one.

    Parameters
    ----------
    sheets : of the file.
    wanted : what to look for.
    is_filled_down : whether an empty cell of a field says what the one above it says, as under
        a merged cell of a workbook.
    """
    found = (_table_of(sheet, wanted) for sheet in sheets)
    tables = [table for table in found if table is not None]
    return [_filled_down(table) for table in tables] if is_filled_down else tables


def read_count(text: str) -> int | None:
    """Read a count; None where the publisher withholds it.

    Parameters
    ----------
    text : of the cell, tidy.

    Raises
    ------
    InvalidValueError
        When it is no whole number of 0 or more, nor a mark of a withheld count.
    """
    if WITHHELD.fullmatch(text):
        return None
    count = read_whole_number(text)
    if count < 0:
        raise InvalidValueError(
            f"The count is {count}.", expected="A whole number of 0 or more was expected."
        )
    return count


def note_once(log: IssueLog, count: int, message: str) -> None:
    """Note something about a whole file, when it holds for anything in it.

    Parameters
    ----------
    log : of the file.
    count : of what the message is about, for ``{}`` in it.
    message : in words.
    """
    if count:
        log.add(
            0,
            message.format(f"{count:,}"),
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )


def _table_of(sheet: Sheet, wanted: Wanted) -> CountTable | None:
    for at in range(min(len(sheet.rows), _LINES_ABOVE)):
        for table in _candidates(sheet, at, wanted):
            if table.columns and table.rows and wanted.is_table(table):
                return table
    return None


def _candidates(sheet: Sheet, at: int, wanted: Wanted) -> Iterator[CountTable]:
    """Give the tables that a line of headings could begin, on two lines before on one."""
    rows = sheet.rows
    has_second = at + 1 < len(rows) and _is_headings(rows[at + 1])
    if _is_headings(rows[at]) and has_second:
        yield _made(sheet, at, at + 1, wanted)
    yield _made(sheet, at, at, wanted)


def _made(sheet: Sheet, first: int, last: int, wanted: Wanted) -> CountTable:
    lines = [row.cells for row in sheet.rows[first : last + 1]]
    width = max(len(line) for line in lines)
    padded = [_padded(line, width) for line in lines]
    # Only a heading over others can be merged over them.
    spread = [_spread(line) for line in padded[:-1]] + [padded[-1]]
    own = [" ".join(filter(None, each)) for each in zip(*padded, strict=True)]
    labels = tuple(tuple(dict.fromkeys(filter(None, each))) for each in zip(*spread, strict=True))
    title = " ".join([sheet.name, *(" ".join(row.cells) for row in sheet.rows[:first])])
    rows = tuple(
        Row(row.line, _padded(row.cells, width))
        for row in sheet.rows[last + 1 :]
        if _is_of_table(row, wanted.least_cells)
    )
    return CountTable(title, match_headings(own, wanted.fields), labels, rows)


def _is_headings(row: Row) -> bool:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    figures = [cell for cell in cells if _FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    withheld = [cell for cell in cells if WITHHELD.fullmatch(cell)]
    return len(cells) >= _LEAST_CELLS and not figures and not withheld


def _is_of_table(row: Row, least_cells: int) -> bool:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    is_alone = len(filled) == 1
    if not filled or (is_alone and _FOOTNOTE.match(filled[0])):
        return False
    return len(filled) >= least_cells or _CODE.fullmatch(filled[0]) is not None


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    tidy = (" ".join(cell.split()) for cell in cells[:width])
    return tuple(cell for cell, _ in zip_longest(tidy, range(width), fillvalue=""))


def _spread(cells: Sequence[str]) -> tuple[str, ...]:
    lead, spread = "", []
    for cell in cells:
        lead = cell or lead
        spread.append(lead)
    return tuple(spread)


def _filled_down(table: CountTable) -> CountTable:
    """Say in every row what a merged cell says for several; never a count."""
    fields = {at: name for name, at in table.columns.items() if name not in {"count", "note"}}
    above: dict[int, str] = {}
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        # A line of totals has a name and no code: the code above is not its own.
        has_area = any(cells[at] for at, name in fields.items() if name in _OF_AREA)
        for at in sorted(fields):
            if cells[at]:
                # What stands under a merged cell belongs to it, not to the one before.
                above = {each: text for each, text in above.items() if each < at}
                above[at] = cells[at]
            elif not (has_area and fields[at] in _OF_AREA):
                cells[at] = above.get(at, "")
        rows.append(Row(row.line, tuple(cells)))
    return CountTable(table.title, table.columns, table.labels, tuple(rows))
