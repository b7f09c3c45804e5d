"""Rows of text from XLSX workbooks."""

import html
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.files.source import MOST_BYTES, SourceFile

_ZIP: Final = b"PK\x03\x04"
_PIVOT: Final = re.compile(r"xl/pivotCache/pivotCacheDefinition\d*\.xml")
_PIVOT_FIELD: Final = re.compile(rb'<(?:\w+:)?cacheField\b[^>]*?\bname="([^"]*)"')
_MOST_ROWS: Final = 500_000
_MOST_COLUMNS: Final = 1_000
_DAMAGED: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What openpyxl raises at parts that are missing, cut short or no parts of a workbook."""


def is_workbook(source: SourceFile) -> bool:
    """Tell an XLSX workbook by its content.

    Parameters
    ----------
    source : the file.
    """
    if not source.content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_workbook(source: SourceFile, log: IssueLog, *, is_hidden: bool = False) -> list[Sheet]:
    """Read the visible sheets of a workbook as rows of text, or those that are hidden.

    A date becomes ``2025-01-31``, a whole number is written without a point, a formula gives
    the value that was stored with it. A formula without a stored value, or one that failed,
    gives an empty cell and an issue.

    Parameters
    ----------
    source : the workbook.
    log : told of formulas without values.
    is_hidden : whether the hidden sheets are wanted, in place of the visible ones.

    Raises
    ------
    SourceError
        When the workbook is damaged or too large.
    """
    _refuse_too_large(source)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styling it does not read, which is nothing to the rows.
            warnings.simplefilter("ignore")
            return list(_sheets(source, log, is_hidden=is_hidden))
    except _DAMAGED as error:
        raise _damaged(source) from error


def first_rows(source: SourceFile, most: int) -> list[Sheet]:
    """Read the first rows of the visible sheets of a workbook as text, formulas as empty.

    Parameters
    ----------
    source : the workbook.
    most : rows of each sheet.

    Raises
    ------
    SourceError
        When the workbook is damaged or too large.
    """
    _refuse_too_large(source)
    try:
        with warnings.catch_warnings(), closing(_opened(source)) as book:
            warnings.simplefilter("ignore")
            visible = [each for each in book.worksheets if each.sheet_state == "visible"]
            return [Sheet(each.title, _texts(each, most)) for each in visible]
    except _DAMAGED as error:
        raise _damaged(source) from error


def _opened(source: SourceFile) -> Workbook:
    return load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)


def _texts(sheet: Any, most: int) -> tuple[Row, ...]:  # noqa: ANN401  (openpyxl's own sheets)
    rows = enumerate(sheet.iter_rows(max_row=most, values_only=True), start=1)
    return tuple(Row(line, tuple(map(_text, cells))) for line, cells in rows if any(cells))


def pivot_headings(source: SourceFile) -> list[str]:
    """Read the headings of the rows that pivot tables keep a copy of, out of sight.

    Parameters
    ----------
    source : the workbook.

    Raises
    ------
    SourceError
        When the workbook is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            parts = [archive.read(each) for each in archive.namelist() if _PIVOT.fullmatch(each)]
    except _DAMAGED as error:
        raise _damaged(source) from error
    fields = (field for part in parts for field in _PIVOT_FIELD.findall(part))
    return [html.unescape(field.decode("utf-8", "replace")) for field in fields]


def _damaged(source: SourceFile) -> SourceError:
    # The fault is not quoted: it may hold what stands in a cell.
    return SourceError(
        f"{source.name} is a workbook that cannot be read: it is damaged.",
        action="Open it in Excel and save it again as .xlsx.",
    )


def _refuse_too_large(source: SourceFile) -> None:
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > MOST_BYTES:
        raise SourceError(
            f"{source.name} holds {size / 1024**2:,.0f} MB once unpacked.",
            expected=f"At most {MOST_BYTES / 1024**2:,.0f} MB were expected.",
            action="Split it, or save it as CSV.",
        )


def _sheets(source: SourceFile, log: IssueLog, *, is_hidden: bool) -> Iterator[Sheet]:
    values = load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(source.content), read_only=True)
    try:
        for sheet in values.worksheets:
            if (sheet.sheet_state != "visible") is is_hidden:
                pairs = zip(sheet.iter_rows(), formulas[sheet.title].iter_rows(), strict=False)
                yield Sheet(sheet.title, _padded(list(_rows(pairs, source.name, log))))
    finally:
        values.close()
        formulas.close()


def _padded(rows: list[Row]) -> tuple[Row, ...]:
    """Make every row as wide as the widest: a workbook does not store trailing empty cells."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows)


def _rows(pairs: Iterator[tuple[Any, Any]], name: str, log: IssueLog) -> Iterator[Row]:
    for line, (values, formulas) in enumerate(pairs, start=1):
        if line > _MOST_ROWS:
            raise SourceError(
                f"{name} has more than {_MOST_ROWS:,} rows.", action="Save it as CSV."
            )
        row = Row(line, _trimmed([_text(cell.value) for cell in values], name, line))
        faults = [
            cell for cell, formula in zip(values, formulas, strict=False) if _failed(cell, formula)
        ]
        for cell in faults:
            _add_formula_issue(cell, line, log)
        if faults:
            blank = {cell.column for cell in faults}
            row = Row(
                line,
                tuple("" if i in blank else each for i, each in enumerate(row.cells, start=1)),
            )
        if not row.is_blank:
            yield row


def _trimmed(cells: list[str], name: str, line: int) -> tuple[str, ...]:
    """Drop the empty cells at the end of a row: a styled row has sixteen thousand."""
    width = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
    if width > _MOST_COLUMNS:
        # One cell far to the right would make every row of the sheet as wide.
        raise SourceError(
            f"{name} has a cell in column {width:,} of row {line:,}.",
            expected=f"At most {_MOST_COLUMNS:,} columns were expected.",
            action="Remove what stands far to the right, or save it as CSV.",
        )
    return tuple(cells[:width])


def _failed(value: Any, formula: Any) -> bool:  # noqa: ANN401  (openpyxl's cells of five kinds)
    if value.value is None:
        return getattr(formula, "data_type", "") == "f"
    return getattr(value, "data_type", "") == "e"


def _add_formula_issue(cell: Any, line: int, log: IssueLog) -> None:  # noqa: ANN401
    log.add(
        line,
        "The cell holds a formula that has failed or was never worked out, so it was read as "
        "empty. Open the file in Excel, put the formula right, and save it.",
        column=f"column {getattr(cell, 'column_letter', '')}",
        value=cell.value,
        severity=Severity.WARNING,
    )


def _text(value: object) -> str:
    """Write a cell's value as a CSV file would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
