"""What a table looks like, whatever somebody said that it is."""

from typing import Final

from mapper.domain.source import SourceKind
from mapper.errors import MapperError
from mapper.ingest.columns.headings import Field, match_headings
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets
from mapper.ingest.formats.directory import FIELDS as ORGANISATION_FIELDS
from mapper.ingest.formats.police_rows import FIELDS as CRIME_FIELDS
from mapper.ingest.kinds.activity_rows import FIELDS as ACTIVITY_FIELDS

_LINES: Final = 15
_LEAST: Final = 3
# Those that need most headings first: a name alone is in many tables.
_FIELDS: Final[tuple[tuple[SourceKind, tuple[Field, ...]], ...]] = (
    (SourceKind.VIOLENCE, CRIME_FIELDS),
    (SourceKind.ACTIVITIES, ACTIVITY_FIELDS),
    (SourceKind.ORGANISATIONS, ORGANISATION_FIELDS),
)


def likely_kind(source: SourceFile) -> SourceKind | None:
    """Tell by its headings what a table holds.

    Parameters
    ----------
    source : the file.

    Returns
    -------
    None where the headings do not tell, or the file is no table that can be read.
    """
    try:
        sheets = read_sheets(source, IssueLog(source.name))
    except MapperError:
        return None
    rows = [row.cells for sheet in sheets for row in sheet.rows[:_LINES]]
    for kind, fields in _FIELDS:
        needed = {field.name for field in fields if field.is_required}
        for cells in rows:
            found = match_headings(cells, fields).keys()
            if needed <= found and len(found) >= _LEAST:
                return kind
    return None
