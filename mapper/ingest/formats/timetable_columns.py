"""Weekly timetables told from other tables, by their headings or by what stands in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from mapper.errors import MapperError
from mapper.ingest.cells.values import read_date
from mapper.ingest.columns.column_values import LOOKS
from mapper.ingest.columns.heading_row import note_unused, table_under
from mapper.ingest.columns.headings import Field, match_headings
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Sheet, Table
from mapper.ingest.formats.timetable_values import read_clock, read_days, split_range
from mapper.ingest.privacy.persons import refuse_person_columns

_FIELDS: Final = (
    Field("day", ("days", "day of week", "weekday", "day of the week")),
    Field("starts_at", ("start time", "start", "from", "time", "times", "time from", "opens",
                        "arrive", "arrival", "begins")),
    Field("ends_at", ("end time", "end", "finish", "finish time", "to", "until", "time to",
                      "closes", "depart", "departure")),
    Field("place", ("venue", "location", "stop", "site", "where", "address", "venue address",
                    "stop name", "place name")),
    Field("locality", ("area", "town", "village", "neighbourhood", "suburb")),
    Field("title", ("activity", "session", "name", "activity name", "class", "club", "group",
                    "what")),
    Field("lead", ("lead organisation", "organisation", "provider", "led by", "delivered by",
                   "run by")),
    Field("reference", ("ref", "id")),
    Field("starts_on", ("first date", "start date", "date from", "from date", "date")),
    Field("ends_on", ("last date", "end date", "date to", "to date", "until date")),
    Field("postcode", ("post code", "venue postcode")),
    Field("latitude", ("lat",)),
    Field("longitude", ("lon", "long", "lng")),
    Field("areas_served", ("areas served", "ward", "district")),
    Field("description", ("notes", "details", "about")),
)  # fmt: skip
_LINES_ABOVE: Final = 15
_ALIKE: Final = 0.8


def find_timetable(
    sheets: Sequence[Sheet], others: Sequence[Field], source_name: str, log: IssueLog
) -> Table | None:
    """Find a weekly timetable; None where the file is none.

    Parameters
    ----------
    sheets : of the file.
    others : fields of the tables that it could be instead; one that has the needed headings
        of those is not looked at by its values.
    source_name : of the file, for messages.
    log : told which columns were taken for what.

    Raises
    ------
    SourceError
        When a heading stands twice.
    PersonLevelDataError
        When it has columns about the people who took part.
    """
    found = _with_headings(sheets, source_name, log)
    if found is not None or _has_headings_of(others, sheets):
        return found
    return _by_values(sheets, source_name, log)


def _has_headings_of(others: Sequence[Field], sheets: Sequence[Sheet]) -> bool:
    needed = {field.name for field in others if field.is_required}
    rows = (row for sheet in sheets for row in sheet.rows[:_LINES_ABOVE])
    return any(needed <= match_headings(row.cells, others).keys() for row in rows)


def _with_headings(sheets: Sequence[Sheet], source_name: str, log: IssueLog) -> Table | None:
    """Look for headings of day, time and place with at least one day and one time under them.

    "Start" alone may stand over a date.
    """
    for sheet in sheets:
        for above, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            columns = match_headings(row.cells, _FIELDS)
            if _is_timetable(columns, sheet.rows[above + 1 :]):
                refuse_person_columns(row.cells, source_name, is_counts_only=False)
                table = table_under(sheet.rows[above:], columns, source_name, log)
                note_unused(table, log)
                return table
    return None


def _is_timetable(columns: Mapping[str, int], rows: Sequence[Row]) -> bool:
    if not ({"day", "starts_at"} <= columns.keys() and {"place", "postcode"} & columns.keys()):
        return False

    def cells(field: str) -> Iterator[str]:
        return (row.cells[columns[field]] for row in rows if len(row.cells) > columns[field])

    return any(map(_is_day, cells("day"))) and any(
        _is_clock(split_range(each)[0]) for each in cells("starts_at")
    )


def _by_values(sheets: Sequence[Sheet], source_name: str, log: IssueLog) -> Table | None:
    """Tell the columns of a table without headings by what stands in them."""
    rows = next((sheet.rows for sheet in sheets if sheet.rows), ())
    width = max((len(row.cells) for row in rows), default=0)
    padded = [Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows]
    columns: dict[str, int] = {}
    for at in range(width):
        field = _field_of([row.cells[at].strip() for row in padded], columns)
        if field:
            columns[field] = at
    if not {"day", "starts_at", "place"} <= columns.keys():
        return None
    log.add(
        0,
        "The file has no headings. By what stands in them, its columns were read as: "
        + ", ".join(each.replace("_", " ") for each in columns) + ".",
        severity=Severity.NOTE,
        who_can_fix=WhoCanFix.ANALYST,
    )  # fmt: skip
    headings = tuple(f"column {at}" for at in range(1, width + 1))
    return Table(source_name, headings, columns, tuple(padded))


def _field_of(values: list[str], taken: Mapping[str, int]) -> str:
    filled = [value for value in values if value]
    for fields, looks in _LOOKS:
        free = next((each for each in fields if each not in taken), "")
        if filled and free and sum(map(looks, filled)) >= _ALIKE * len(filled):
            return free
    return ""


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def is_so(text: str) -> bool:
        try:
            read(text)
        except MapperError:
            return False
        return True

    return is_so


_is_day: Final = _reads(read_days)
_is_clock: Final = _reads(read_clock)
_LOOKS: Final[tuple[tuple[tuple[str, ...], Callable[[str], bool]], ...]] = (
    (("day",), _is_day),
    (("starts_at", "ends_at"), _is_clock),
    (("starts_on", "ends_on"), _reads(read_date)),
    (("postcode",), LOOKS["postcode"][1]),
    (("latitude",), LOOKS["latitude"][1]),
    (("longitude",), LOOKS["longitude"][1]),
    (("place", "locality"), lambda text: any(char.isalpha() for char in text)),
)
