"""Rows of text from CSV files and workbooks, each with the line it stands on."""

import csv
import io
from collections.abc import Iterator
from typing import Final

import pandas as pd
import pyarrow as pa

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.mended import (
    MENDING_HEADINGS,
    is_mended,
    source_of_mended,
    without_mending_columns,
)
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.streamed import RowLog, StreamedRows
from mapper.ingest.files.text import encoding_of, open_text
from mapper.ingest.files.workbook import first_rows, is_workbook, read_workbook

_DELIMITERS: Final = (",", ";", "\t", "|")
_SNIFFED: Final = 1_000_000
_SNIFFED_LINES: Final = 20
_MOST_LINES_A_ROW: Final = 200
_LONGEST_CELL: Final = 10_000_000
_HINT: Final = "sep="
_PARQUET: Final = b"PAR1"
_FIRST_ROWS: Final = 20
_SAYS_SO: Final = MENDING_HEADINGS[-1].encode()


def read_sheets(source: SourceFile, log: IssueLog, *, is_streamed: bool = False) -> list[Sheet]:
    """Read a CSV or Parquet file (one sheet) or a workbook (its visible sheets) as text.

    Of a list of rows at fault that has come back, the first columns are passed over.

    Parameters
    ----------
    source : the file; its first bytes tell what it is, not its name.
    log : told of faults met on the way.
    is_streamed : whether the rows of a CSV file are read anew each time they are asked for,
        in place of being kept: for a reader that goes through them once.

    Returns
    -------
    The sheets, without blank rows. A row's line is the physical line it begins on, so that
    it can be found in a text editor even after cells with line breaks in them.

    Raises
    ------
    SourceError
        When the file is neither, or a CSV file cannot be taken apart.
    """
    sheets = _sheets(source, log, is_streamed=is_streamed)
    log.is_mended, log.mended_source = is_mended(sheets), source_of_mended(sheets)
    return without_mending_columns(sheets) if log.is_mended else sheets


def mended_source(source: SourceFile) -> str:
    """Name the source that a list of rows at fault was given out from, by its first rows alone.

    Parameters
    ----------
    source : the file; of one that cannot be read, reading it in full says why.

    Returns
    -------
    Empty where the file is no such list, or does not say.
    """
    try:
        if is_workbook(source):
            return source_of_mended(first_rows(source, _FIRST_ROWS))
        head = source.content[:_SNIFFED]
        if _SAYS_SO not in head:
            return ""
        return source_of_mended(_sheets(source, IssueLog(source.name), is_streamed=True))
    except SourceError:
        return ""


def _sheets(source: SourceFile, log: IssueLog, *, is_streamed: bool) -> list[Sheet]:
    if is_workbook(source):
        return read_workbook(source, log)
    if source.content.startswith(_PARQUET):
        return [_parquet_sheet(source)]
    encoding, told = encoding_of(source, log), RowLog(log)
    delimiter = _delimiter(source, encoding)

    def read() -> Iterator[Row]:
        rows = _csv_rows(source, encoding, delimiter, told)
        return (row for row in rows if not row.is_blank)

    return [Sheet("", StreamedRows(read) if is_streamed else tuple(read()))]


def _parquet_sheet(source: SourceFile) -> Sheet:
    try:
        frame = pd.read_parquet(io.BytesIO(source.content))
        frame = frame.reset_index() if frame.index.name else frame
        texts = frame.astype("str").fillna("")  # refuses bytes that are no text, such as shapes
    except (OSError, ValueError, pa.ArrowException) as error:
        raise SourceError(
            f"{source.name} is a Parquet file that cannot be read as a table of text.",
            expected="Columns of words and numbers were expected.",
            action="Copy or download the file again, or leave columns of shapes out.",
        ) from error
    cells = texts.itertuples(index=False, name=None)
    rows = (Row(line, each) for line, each in enumerate(cells, start=2))
    return Sheet("", (Row(1, tuple(map(str, frame.columns))), *rows))


def _csv_rows(
    source: SourceFile, encoding: str, delimited: tuple[str, int], log: RowLog
) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter, skipped = delimited
    lines = open_text(source, encoding)
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            line, before, length = before + 1 + skipped, reader.line_num, reader.line_num - before
            if length > _MOST_LINES_A_ROW:
                # Not what stands there: whether the file is about persons is not known yet.
                log.add(line, _unclosed(length))
            else:
                yield Row(line, tuple(cells))
    except csv.Error as error:
        raise SourceError(
            f"{source.name} cannot be taken apart after line {before + skipped}: {error}.",
            action="Look there for a quotation mark that is not closed.",
        ) from error


def _unclosed(length: int) -> str:
    return (
        f"One row runs over {length:,} lines, so none of them was read: a quotation mark is "
        "probably not closed. Close it, or double it where it belongs to the text."
    )


def _delimiter(source: SourceFile, encoding: str) -> tuple[str, int]:
    """Tell the delimiter, and how many lines to skip because they only say which it is."""
    with open_text(source, encoding) as text:
        begins = text.read(_SNIFFED)
    first, *rest = begins.splitlines()[: _SNIFFED_LINES + 1] or [""]
    if first.lower().startswith(_HINT) and len(first) == len(_HINT) + 1:
        return first[-1], 1
    # Headings decide. Where the first line is one cell (a title above them), the next ones do.
    for lines in ([first], rest):
        widths = {each: _widest(lines, each) for each in _DELIMITERS}
        best = max(_DELIMITERS, key=lambda each: widths[each])
        if widths[best] > 1:
            return best, 0
    return ",", 0


def _widest(lines: list[str], delimiter: str) -> int:
    csv.field_size_limit(_LONGEST_CELL)  # a line without a delimiter is one cell
    return max((len(cells) for cells in csv.reader(lines, delimiter=delimiter)), default=1)
