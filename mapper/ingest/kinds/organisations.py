"""Files of organisations into records, whichever of the known shapes they have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mapper.domain.organisation import Organisation
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.heading_row import choose_table, note_unused
from mapper.ingest.columns.headings import Field
from mapper.ingest.columns.mapped_table import (
    Confirmed,
    confirmed_table,
    guessed_table,
    unmapped_table,
)
from mapper.ingest.columns.mapping import Guess, guess_mapping
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.document import is_document
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Sheet, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.formats import (
    charity_extract,
    charity_register,
    directory,
    libraries,
    schools,
    three_sixty_giving,
)
from mapper.ingest.formats.documents import document_layout
from mapper.ingest.privacy.persons import refuse_case_columns
from mapper.ingest.records.layout import Layout, read_layout
from mapper.ingest.records.parsed import Parsed


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of table: how its plain headings tell it, its fields, and how it is laid out."""

    is_this: Callable[[set[str]], bool]
    fields: tuple[Field, ...]
    layout: Callable[[Table], Layout]


def _has(*signature: str) -> Callable[[set[str]], bool]:
    wanted = {plain_heading(each) for each in signature}
    return lambda headings: wanted <= headings


_SHAPES: Final = (
    _Shape(
        _has(*charity_register.SIGNATURE),
        charity_register.FIELDS,
        lambda table: Layout(
            table,
            lambda reader, _: charity_register.read_charity(reader),
            charity_register.PROVENANCE,
        ),
    ),
    _Shape(
        _has(*charity_extract.SIGNATURE),
        charity_extract.FIELDS,
        lambda table: Layout(
            table, charity_extract.read_charity, charity_extract.PROVENANCE, is_wider=True
        ),
    ),
    _Shape(
        _has(*libraries.SIGNATURE),
        libraries.FIELDS,
        lambda table: Layout(
            table, lambda reader, _: libraries.read_library(reader), libraries.PROVENANCE
        ),
    ),
    _Shape(
        _has(*schools.SIGNATURE),
        schools.FIELDS,
        lambda table: Layout(
            table,
            lambda reader, _: schools.read_school(reader),
            schools.PROVENANCE,
            is_wider=True,
        ),
    ),
    _Shape(
        three_sixty_giving.has_headings,
        three_sixty_giving.FIELDS,
        three_sixty_giving.table_layout,
    ),
)
_LINES_ABOVE: Final = 5
_LONGEST_HEADING: Final = 40
COLUMNS: Final = directory.FIELDS
"""What somebody may say that the columns of a list hold."""

_ANY_SHAPE: Final = _Shape(
    lambda _: True,
    directory.FIELDS,
    lambda table: Layout(table, directory.read_entry, directory.PROVENANCE),
)


def read_organisations(
    source: SourceFile, ground: Ground, log: IssueLog, mapping: Mapping[str, str] | None = None
) -> Parsed[Organisation]:
    """Read a file of organisations.

    Parameters
    ----------
    source : CSV or XLSX: an extract of a charity register, the libraries dataset, schools, or
        any list whose headings can be told; or JSON of a publisher that is known.
    ground : areas that rows may name.
    log : told of each fault.
    mapping : field to heading, as somebody confirmed it for this table; its headings are then
        not asked what they mean.

    Raises
    ------
    SourceError
        When the file cannot be read, or cannot be told to be of any kind that is known.
    """
    if mapping:
        confirmed = Confirmed(mapping, directory.FIELDS)
        sheets = read_sheets(source, log, is_streamed=True)
        _refuse_persons(sheets, source)
        table = confirmed_table(sheets, confirmed, source.name, log)
        return read_layout(_ANY_SHAPE.layout(table), ground, log)
    return read_layout(_layout(source, log), ground, log)


def propose_mapping(source: SourceFile, log: IssueLog) -> tuple[Table, tuple[Guess, ...]]:
    """Guess what the columns of a list hold, to be shown and confirmed before it is read.

    Parameters
    ----------
    source : CSV or XLSX.
    log : told of faults met on the way.

    Returns
    -------
    The table, for its headings and first rows, and the guesses; none for a file of a shape
    that is known, which needs no confirming.

    Raises
    ------
    SourceError
        When the file cannot be read, or no line in it could be one of headings.
    """
    sheets = read_sheets(source, log)
    _refuse_persons(sheets, source)
    shape = _shape_of(sheets)
    if shape is not _ANY_SHAPE:
        return choose_table(sheets, shape.fields, source.name, log), ()
    unknown = unmapped_table(sheets, source.name, log)
    table = unknown or choose_table(sheets, shape.fields, source.name, log)
    return table, guess_mapping(table, shape.fields)


def _layout(source: SourceFile, log: IssueLog) -> Layout:
    if charity_extract.is_extract(source):
        return charity_extract.layout(source, log)
    return document_layout(source, log) if is_document(source) else _table_layout(source, log)


def _table_layout(source: SourceFile, log: IssueLog) -> Layout:
    sheets = read_sheets(source, log, is_streamed=True)
    _refuse_persons(sheets, source)
    shape = _shape_of(sheets)
    if shape is not _ANY_SHAPE:
        return shape.layout(choose_table(sheets, shape.fields, source.name, log))
    table = guessed_table(sheets, shape.fields, source.name, log)
    note_unused(table, log)
    return shape.layout(table)


def _refuse_persons(sheets: list[Sheet], source: SourceFile) -> None:
    """Refuse a list of cases; its headings may stand under a title."""
    for sheet in sheets:
        for row in sheet.rows[:_LINES_ABOVE]:
            headings = [cell for cell in row.cells if len(cell) <= _LONGEST_HEADING]
            refuse_case_columns(headings, source.name)


def _shape_of(sheets: list[Sheet]) -> _Shape:
    headings = {
        plain_heading(cell) for sheet in sheets for row in sheet.rows[:1] for cell in row.cells
    }
    return next((shape for shape in _SHAPES if shape.is_this(headings)), _ANY_SHAPE)
