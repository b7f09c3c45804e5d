"""The rows at fault of a file, under its own headings, to be mended and loaded again."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter

from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import Issue, IssueLog, Severity
from mapper.ingest.files.mended import MENDING_HEADINGS, made_harmless
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.privacy.free_text import holds_free_text

MOST_ROWS: Final = 20_000
"""The most rows at fault that are listed."""

_LONGEST_CELL: Final = 32_000
_AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """One row at fault.

    Parameters
    ----------
    line : it begins on in the file.
    what : is wrong with it, every fault of it.
    who : can mend it.
    cells : as the file has them.
    """

    line: int
    what: str
    who: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultyRows:
    """The rows at fault of one file.

    Parameters
    ----------
    headings : as the file spells them.
    rows : in the order of their lines.
    source_name : that the file is kept as, and the mended rows are to join.
    """

    headings: tuple[str, ...]
    rows: tuple[FaultyRow, ...]
    source_name: str = ""


def faulty_rows(source: SourceFile, log: IssueLog, source_name: str) -> FaultyRows | None:
    """Give the rows that have errors or warnings.

    Parameters
    ----------
    source : the file, which is read once more.
    log : of its reading.
    source_name : that the file is kept as.

    Returns
    -------
    None where no row is at fault, or the file has no rows under headings. A column of free
    text that was not read is left out: what stands there can be about a person.
    """
    wrong: defaultdict[int, list[Issue]] = defaultdict(list)
    for issue in log:
        if issue.line and issue.severity is not Severity.NOTE:
            wrong[issue.line].append(issue)
    if log.headings is None or not wrong:
        return None
    line, headings = log.headings
    sheets = read_sheets(source, IssueLog(source.name))
    found = next((rows for sheet in sheets if (rows := _under(sheet, line, headings))), ())
    at_fault = [row for row in found if row.line in wrong][:MOST_ROWS]
    if not at_fault:
        return None
    width = max(len(headings), *(len(row.cells) for row in at_fault))
    kept = [at for at in range(width) if at in log.columns or not _is_text(at_fault, at)]
    faulty = tuple(_faulty(row, wrong[row.line], kept) for row in at_fault)
    return FaultyRows(tuple(headings[at] for at in kept if at < len(headings)), faulty, source_name)


def _is_text(rows: Sequence[Row], column: int) -> bool:
    return holds_free_text(row.cells[column] for row in rows if column < len(row.cells))


def _under(sheet: Sheet, line: int, headings: tuple[str, ...]) -> Sequence[Row]:
    for at, row in enumerate(sheet.rows):
        if row.line == line and row.cells[: len(headings)] == headings:
            return sheet.rows[at + 1 :]
    return ()


def _faulty(row: Row, issues: list[Issue], kept: Sequence[int]) -> FaultyRow:
    said = [f"{each.field}: {each.message}" if each.field else each.message for each in issues]
    who = dict.fromkeys(each.who_can_fix.value for each in issues)
    cells = tuple(row.cells[at] for at in kept if at < len(row.cells))
    return FaultyRow(row.line, " | ".join(dict.fromkeys(said)), "; ".join(who), cells)


def faulty_csv(faulty: FaultyRows) -> bytes:
    """Write the rows at fault as a CSV file that a spreadsheet opens as text.

    Parameters
    ----------
    faulty : the rows.
    """
    text = io.StringIO()
    csv.writer(text).writerows(_lines(faulty))
    return text.getvalue().encode("utf-8-sig")


def faulty_workbook(faulty: FaultyRows) -> bytes:
    """Write the rows at fault as an XLSX workbook in which every cell is text.

    Parameters
    ----------
    faulty : the rows.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _AS_TEXT) as workbook:
        sheet = workbook.add_worksheet("Rows to mend")
        bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        told = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fff2cc"})
        own = workbook.add_format({"num_format": "@", "valign": "top"})
        for at, cells in enumerate(_lines(faulty)):
            for column, cell in enumerate(cells):
                kind = bold if not at else told if column < len(MENDING_HEADINGS) else own
                sheet.write_string(at, column, cell[:_LONGEST_CELL], kind)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 20)
        sheet.set_column(3, 2 + max(len(faulty.headings), 1), 20)
        sheet.freeze_panes(1, 1)
    return buffer.getvalue()


def write_faulty(path: Path, faulty: FaultyRows) -> None:
    """Write the rows at fault to a file, in the form that its name ends with.

    Parameters
    ----------
    path : ending in ``.csv``; any other is a workbook.
    faulty : the rows.

    Raises
    ------
    InvalidValueError
        When the file cannot be written.
    """
    is_csv = path.suffix.lower() == ".csv"
    try:
        path.write_bytes(faulty_csv(faulty) if is_csv else faulty_workbook(faulty))
    except OSError as error:
        raise InvalidValueError(
            f"{path} cannot be written: {error.strerror}.",
            expected="A file in a folder that is there and may be written to.",
            action="Choose another for the rows to mend.",
        ) from error


def _lines(faulty: FaultyRows) -> list[list[str]]:
    first = [*MENDING_HEADINGS, *map(made_harmless, faulty.headings)]
    name = made_harmless(faulty.source_name)
    rest = [
        [str(row.line), made_harmless(row.what), row.who, name, *map(made_harmless, row.cells)]
        for row in faulty.rows
    ]
    return [first, *rest]
