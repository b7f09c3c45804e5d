"""A file laid out as rows that can be read one by one, and the reading of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.domain.grant import Grant
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.errors import InvalidValueError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import RowReader
from mapper.ingest.faults.issues import IssueLog, WhoCanFix
from mapper.ingest.files.rows import Table
from mapper.ingest.long_files.progress import counted
from mapper.ingest.privacy.refuges import runs_a_refuge
from mapper.ingest.records.parsed import Parsed, without_duplicates
from mapper.ingest.records.provenance import Provenance

Records = Iterable[tuple[int, Organisation]]
ReadRow = Callable[[RowReader, Ground], Organisation | None]
ReadGrants = Callable[[Table, Ground, IssueLog], tuple[tuple[int, Grant], ...]]
Merge = Callable[[Records, IssueLog], Sequence[tuple[int, Organisation]]]

NOWHERE: Final = (
    "There is neither a place that could be found nor an area served, so the record would count "
    "for nowhere. Give a postcode or coordinates, or name the areas it serves."
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's rows and how they are read.

    Parameters
    ----------
    table : the rows; of a JSON file, one row an object.
    read : a row into a record; None where it cannot be saved or says nothing.
    provenance : of the format.
    is_wider : whether the file covers more than HIPS, so that what is neither placed in HIPS
        nor serves an area of it is left out.
    merge : what is done with several records of one key; by default the first is kept.
    grants : reads the grants of the file, where it has any.
    rows_read : rows of the file where the table holds only some; None for those of the table.
    """

    table: Table
    read: ReadRow
    provenance: Provenance
    is_wider: bool = False
    merge: Merge = without_duplicates
    grants: ReadGrants | None = None
    rows_read: int | None = None


def read_layout(layout: Layout, ground: Ground, log: IssueLog) -> Parsed[Organisation]:
    """Read every row, one after the other, when the records are asked for.

    A record has a place, an area served, or both: one with neither is an error of its row.

    Parameters
    ----------
    layout : of the file.
    ground : areas that rows may name.
    log : told of each fault.
    """
    rows = counted(layout.table.rows, "Checking rows", log.tell)
    read = ((row.line, _read(layout, RowReader(layout.table, row, log), ground)) for row in rows)
    records = layout.merge(((line, found) for line, found in read if found is not None), log)
    grants = layout.grants(layout.table, ground, log) if layout.grants else ()
    return Parsed(
        records,
        layout.table.rows if layout.rows_read is None else layout.rows_read,
        layout.provenance,
        _period(grants),
        is_wider=layout.is_wider,
        grants=grants,
    )


def _period(grants: Iterable[tuple[int, Grant]]) -> str:
    days = [grant.awarded_on for _, grant in grants if grant.awarded_on]
    return f"{min(days)} to {max(days)}" if days else ""


def _read(layout: Layout, reader: RowReader, ground: Ground) -> Organisation | None:
    try:
        record = layout.read(reader, ground)
    except InvalidValueError as error:
        reader.refuse("name", str(error))
        return None
    if record is None or reader.is_refused:
        return None
    if record.location.says_nothing and not record.areas_served and not layout.is_wider:
        reader.refuse("postcode", NOWHERE)
        return None
    return sheltered(record, reader)


def sheltered(record: Organisation, reader: RowReader) -> Organisation:
    """Mark an organisation that runs a refuge as one, whatever the file calls it.

    Parameters
    ----------
    record : as read.
    reader : of its row, told when it was recognised.
    """
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
