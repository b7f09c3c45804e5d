"""Files of organisations into records, whichever of the known shapes they have."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.organisation import Organisation
from mapper.ingest.document import is_document
from mapper.ingest.formats import charity_register, directory, libraries, schools
from mapper.ingest.formats.documents import document_layout
from mapper.ingest.ground import Ground
from mapper.ingest.headings import Field, choose_table, note_unused, plain_heading
from mapper.ingest.issues import IssueLog
from mapper.ingest.layout import Layout, ReadRow, read_layout
from mapper.ingest.parsed import Parsed
from mapper.ingest.provenance import Provenance
from mapper.ingest.rows import Sheet
from mapper.ingest.source import SourceFile
from mapper.ingest.table import read_sheets


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of table: the headings it is told by, its fields, and how a row is read."""

    signature: tuple[str, ...]
    fields: tuple[Field, ...]
    read: ReadRow
    provenance: Provenance


_SHAPES: Final = (
    _Shape(
        charity_register.SIGNATURE,
        charity_register.FIELDS,
        lambda reader, _: charity_register.read_charity(reader),
        charity_register.PROVENANCE,
    ),
    _Shape(
        libraries.SIGNATURE,
        libraries.FIELDS,
        lambda reader, _: libraries.read_library(reader),
        libraries.PROVENANCE,
    ),
    _Shape(
        schools.SIGNATURE,
        schools.FIELDS,
        lambda reader, _: schools.read_school(reader),
        schools.PROVENANCE,
    ),
)
_ANY_SHAPE: Final = _Shape((), directory.FIELDS, directory.read_entry, directory.PROVENANCE)


def read_organisations(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[Organisation]:
    """Read a file of organisations.

    Parameters
    ----------
    source : CSV or XLSX: an extract of a charity register, the libraries dataset, schools, or
        any list whose headings can be told; or JSON of a publisher that is known.
    ground : areas that rows may name.
    log : told of each fault.

    Raises
    ------
    SourceError
        When the file cannot be read, or cannot be told to be of any kind that is known.
    """
    layout = document_layout(source, log) if is_document(source) else _table_layout(source, log)
    return read_layout(layout, ground, log)


def _table_layout(source: SourceFile, log: IssueLog) -> Layout:
    sheets = read_sheets(source, log)
    shape = _shape_of(sheets)
    table = choose_table(sheets, shape.fields, source.name, log)
    if shape is _ANY_SHAPE:
        note_unused(table, log)
    return Layout(table, shape.read, shape.provenance)


def _shape_of(sheets: list[Sheet]) -> _Shape:
    headings = {
        plain_heading(cell) for sheet in sheets for row in sheet.rows[:1] for cell in row.cells
    }
    for shape in _SHAPES:
        if all(plain_heading(each) in headings for each in shape.signature):
            return shape
    return _ANY_SHAPE
