"""Files of organisations into records, whichever of the known shapes they have."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.errors import InvalidValueError
from mapper.ingest.formats import charity_register, directory, libraries, schools
from mapper.ingest.ground import Ground
from mapper.ingest.headings import Field, choose_table, note_unused, plain_heading
from mapper.ingest.issues import IssueLog, WhoCanFix
from mapper.ingest.parsed import Parsed, without_duplicates
from mapper.ingest.provenance import Provenance
from mapper.ingest.record import RowReader
from mapper.ingest.refuges import runs_a_refuge
from mapper.ingest.rows import Sheet
from mapper.ingest.source import SourceFile
from mapper.ingest.table import read_sheets


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of file: the headings it is told by, its fields, and how a row is read."""

    signature: tuple[str, ...]
    fields: tuple[Field, ...]
    read: Callable[[RowReader, Ground], Organisation | None]
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
        any list whose headings can be told.
    ground : areas that rows may name.
    log : told of each fault.

    Raises
    ------
    SourceError
        When the file cannot be read or has no heading for the name.
    """
    sheets = read_sheets(source, log)
    shape = _shape_of(sheets)
    table = choose_table(sheets, shape.fields, source.name, log)
    if shape is _ANY_SHAPE:
        note_unused(table, log)
    found: list[tuple[int, Organisation]] = []
    for row in table.rows:
        record = _read(shape, RowReader(table, row, log), ground)
        if record is not None:
            found.append((row.line, record))
    return Parsed(without_duplicates(found, log), len(table.rows), shape.provenance)


def _shape_of(sheets: list[Sheet]) -> _Shape:
    headings = {
        plain_heading(cell) for sheet in sheets for row in sheet.rows[:1] for cell in row.cells
    }
    for shape in _SHAPES:
        if all(plain_heading(each) in headings for each in shape.signature):
            return shape
    return _ANY_SHAPE


def _read(shape: _Shape, reader: RowReader, ground: Ground) -> Organisation | None:
    try:
        record = shape.read(reader, ground)
    except InvalidValueError as error:
        reader.refuse("name", str(error))
        return None
    if record is None or reader.is_refused:
        return None
    return _sheltered(record, reader)


def _sheltered(record: Organisation, reader: RowReader) -> Organisation:
    """Mark an organisation that runs a refuge as one, whatever the file calls it."""
    if record.kind is OrganisationKind.REFUGE:
        return record
    if not runs_a_refuge(record.name, record.description):
        return record
    reader.note(
        "name",
        "By its own words it runs a refuge or safe accommodation: it is shown no more exactly "
        "than its local authority.",
        WhoCanFix.ANALYST,
    )
    return replace(record, kind=OrganisationKind.REFUGE)
