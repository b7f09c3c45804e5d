"""Sheets of a file in which only counts belong: nothing of it is read before it is looked through.

Hidden sheets are looked through and not read, and so are the headings of the rows that a pivot
table keeps a copy of.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, shown
from mapper.ingest.files.document import cell, is_document, read_document
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.files.workbook import is_workbook, pivot_headings, read_workbook
from mapper.ingest.privacy.person_tables import refuse_columns, refuse_persons
from mapper.ingest.privacy.persons import words_about_persons

_DEEPEST: Final = 20

Item = Mapping[str, Any]


def read_count_sheets(source: SourceFile, log: IssueLog, *, has_names: bool = False) -> list[Sheet]:
    """Read a file of counts as sheets, once nothing in it was found to be about persons.

    Parameters
    ----------
    source : CSV, XLSX, Parquet, or JSON with a list of objects.
    log : told of faults met on the way; to be thrown away when the file is about persons.
    has_names : whether a column called plainly ``name`` is one of areas.

    Returns
    -------
    The visible sheets, without blank rows.

    Raises
    ------
    PersonLevelDataError
        When a sheet, hidden or not, or a pivot table has a column about persons.
    SourceError
        When the file cannot be read.
    """
    sheets = [_document_sheet(source, log)] if is_document(source) else read_sheets(source, log)
    hidden = (
        read_workbook(source, IssueLog(log.file), is_hidden=True) if is_workbook(source) else []
    )
    refuse_persons((*sheets, *hidden), source.name, has_names=has_names)
    if is_workbook(source):
        found = filter(None, map(words_about_persons, pivot_headings(source)))
        refuse_columns([f"{shown(each)} (behind a pivot table)" for each in found], source.name)
    return sheets


def _document_sheet(source: SourceFile, log: IssueLog) -> Sheet:
    """Lay a list of objects out as a sheet, an object within an object as further columns."""
    found = read_document(source, log)
    rows = [dict(_flat(each)) for each in _objects(found)]
    if not rows:
        raise SourceError(
            f"{source.name} holds no list of objects.",
            expected="A list of objects, each a row: an area, a period, a group and a count.",
            action="Save it so, or as CSV.",
        )
    headings = tuple(dict.fromkeys(chain.from_iterable(rows)))
    cells = (tuple(row.get(heading, "") for heading in headings) for row in rows)
    return Sheet("", (Row(1, headings), *(Row(at, each) for at, each in enumerate(cells, start=2))))


def _objects(found: object) -> Iterable[Item]:
    """Give the objects of the first list of objects, however deep it stands."""
    for _ in range(_DEEPEST):
        if isinstance(found, list):
            return [each for each in found if isinstance(each, Mapping)]
        if not isinstance(found, Mapping):
            return []
        inside = [each for each in found.values() if isinstance(each, (list, Mapping))]
        lists = [each for each in inside if isinstance(each, list)]
        if not inside:
            return [found]
        found = (lists or inside)[0]
    return []


def _flat(item: Item, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        name = f"{prefix} {key}".strip()
        inner = value if isinstance(value, list) else [value]
        for each in inner:
            if isinstance(each, Mapping) and depth < _DEEPEST:
                yield from _flat(each, name, depth + 1)
            else:
                yield name, cell(each)
