"""Rows of the charity register's files, one at a time: the files are too large to lay out whole."""

import codecs
import json
from collections.abc import Iterator
from typing import Final

from mapper.domain.counted import counted
from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.document import cell, item
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.text import refuse_what_is_no_table

Cells = dict[str, str]

_CHUNK: Final = 1024 * 1024
_MARK: Final = b"\xef\xbb\xbf"
_MOST_LINES_A_ROW: Final = 50
_NOTHING: Final = frozenset({"NULL", "null", "\\N"})


def extract_rows(source: SourceFile, log: IssueLog) -> Iterator[tuple[int, Cells]]:
    """Give each row of a table as cells by column, with its place in the file.

    Parameters
    ----------
    source : a JSON list of flat objects, or text with tabs between and no quotation.
    log : told of rows that could not be taken apart.

    Raises
    ------
    SourceError
        When it is neither, or is cut short.
    """
    refuse_what_is_no_table(source)
    head = source.content[:64].removeprefix(_MARK).lstrip()
    return _objects(source) if head.startswith(b"[") else _lines(source, log)


def _objects(source: SourceFile) -> Iterator[tuple[int, Cells]]:
    """Give the objects of a list, holding only a little of the text at a time."""
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    waiting, number = "", 0
    for text in _texts(source):
        waiting += text
        start = 0
        while (at := _next_object(waiting, start)) >= 0:
            try:
                found, start = decoder.raw_decode(waiting, at)
            except (ValueError, RecursionError):
                break
            number += 1
            yield number, {key: _plain(cell(value)) for key, value in item(found).items()}
        waiting = waiting[start:]
        if len(waiting) > 64 * _CHUNK:
            break
    if waiting.strip().removeprefix(",").strip() != "]":
        raise SourceError(
            f"{source.name} is JSON that is broken or cut short after object {number:,}.",
            expected="A list of charities that ends with a bracket was expected.",
            action="Download it again.",
        )


def _next_object(text: str, start: int) -> int:
    """Find where the next object begins; -1 where something else stands before it."""
    at = text.find("{", start)
    return at if at >= 0 and not text[start:at].strip(" \t\r\n,[") else -1


def _texts(source: SourceFile) -> Iterator[str]:
    content = memoryview(source.content)[len(_MARK) if source.content.startswith(_MARK) else 0 :]
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for at in range(0, len(content), _CHUNK):
        yield decoder.decode(content[at : at + _CHUNK])
    yield decoder.decode(b"", final=True)


def _lines(source: SourceFile, log: IssueLog) -> Iterator[tuple[int, Cells]]:
    """Give the rows of tab-separated text; one that is short goes on over the next lines.

    Quotation marks mean nothing here: to read them as quotation loses tens of thousands of rows.
    """
    lines = _decoded(source)
    headings = [each.strip() for each in next(lines, (0, ""))[1].split("\t")]
    row: list[str] = []
    began = 0
    for number, line in lines:
        cells = line.split("\t")
        if not row and not line.strip():
            continue
        if row:
            row[-1] = f"{row[-1]} {cells[0]}"
            row += cells[1:]
        else:
            began, row = number, cells
        if len(row) >= len(headings) or number - began >= _MOST_LINES_A_ROW:
            yield from _row(began, row, headings, log)
            row = []
    if row:
        yield from _row(began, row, headings, log)


def _row(
    line: int, row: list[str], headings: list[str], log: IssueLog
) -> Iterator[tuple[int, Cells]]:
    if len(row) != len(headings):
        log.add(
            line,
            f"The row has {counted(len(row), 'cell')} under "
            f"{counted(len(headings), 'heading')}, so it was left out.",
            value=row[0],
            severity=Severity.ERROR,
            who_can_fix=WhoCanFix.NOBODY,
        )
        return
    yield line, dict(zip(headings, map(_plain, row), strict=True))


def _decoded(source: SourceFile) -> Iterator[tuple[int, str]]:
    content = source.content.removeprefix(_MARK)
    start, number = 0, 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        yield number, _text(content[start:end]).rstrip("\r")
        start = end + 1


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _plain(text: str) -> str:
    return "" if text in _NOTHING else text
