"""Tables of recorded violence already counted by area: one row a month, area and type."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from mapper.domain.area import HIPS_LADS
from mapper.domain.period import Month
from mapper.domain.violence import ViolenceCount
from mapper.errors import InvalidValueError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import RowReader
from mapper.ingest.cells.values import read_date, read_whole_number
from mapper.ingest.columns.headings import Field, match_headings
from mapper.ingest.faults.issues import IssueLog, shown
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Sheet, Table
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("area count table")
FIELDS: Final = (
    Field("month", ("period", "year month", "month of offence", "date"), is_required=True),
    Field("area_code", ("LSOA code", "LSOA11CD", "LSOA21CD", "LSOA", "GSS code",
                        "geography code"), is_required=True),
    Field("area_name", ("LSOA name", "LSOA11NM", "LSOA21NM", "area", "geography")),
    Field("crime_type", ("offence group", "offence", "offence type", "crime group", "type of crime",
                         "type of offence"), is_required=True),
    Field("count", ("number of incidents", "incidents", "offences", "number of offences",
                    "crimes", "number of crimes", "number"), is_required=True),
    Field("note", ("notes", "remark")),
)  # fmt: skip

_OF_SINGLE_CRIMES: Final = frozenset({"crimeid", "longitude", "latitude", "lon", "lat", "lng"})
_LINES_ABOVE: Final = 15
_MONTH_FORMATS: Final = ("%B %Y", "%b %Y", "%b-%y", "%b-%Y", "%b %y", "%B-%Y", "%m/%Y", "%Y%m")
_LSOA_CODE: Final = re.compile(r"[EWS]01\d{6}")
_WITHHELD: Final = re.compile(
    r"[*.cx:~-]{1,2}|\[[a-z]\]|(<|less than|fewer than|under) ?\d+|suppressed|withheld",
    re.IGNORECASE,
)
_HIPS_NAMES: Final = tuple(name.casefold() for name in HIPS_LADS.values())


def is_area_count_table(sheets: Sequence[Sheet]) -> bool:
    """Tell by its headings whether a file holds counts by area, without published points.

    Parameters
    ----------
    sheets : of the file; headings may stand below a title.
    """
    return any(_has_headings(row.cells) for sheet in sheets for row in sheet.rows[:_LINES_ABOVE])


def is_monthly(sheets: Sequence[Sheet]) -> bool:
    """Tell whether all is of LSOAs, by month, with no count withheld: what the analysis takes.

    Parameters
    ----------
    sheets : of a file that `is_area_count_table` holds for.
    """
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            if _has_headings(row.cells):
                columns = match_headings(row.cells, FIELDS)
                return all(_is_monthly(each.cells, columns) for each in sheet.rows[at + 1 :])
    return False


def _is_monthly(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Tell whether a row is one the analysis takes, as far as it can be read at all."""
    code, month, count = (
        cells[at].strip() if (at := columns[name]) < len(cells) else ""
        for name in ("area_code", "month", "count")
    )
    is_larger = re.fullmatch(r"[A-Z]\d{8}", code.upper()) and not _LSOA_CODE.fullmatch(code.upper())
    is_longer = month and _month(month) is None and re.search(r"\b(19|20)\d\d\b", month)
    return not (is_larger or is_longer or _WITHHELD.fullmatch(count))


def area_counts(table: Table, ground: Ground, log: IssueLog) -> list[tuple[int, ViolenceCount]]:
    """Read counts by month, LSOA and type.

    A count of 0 is no record. A row for a month, area and type that an earlier row has is refused,
    because nothing tells whether the two are parts or the same.

    Parameters
    ----------
    table : with the columns of `FIELDS`.
    ground : the LSOAs known; a row of any other area is not kept.
    log : told of each fault.

    Returns
    -------
    One record a row with its line, in the order of the file.
    """
    known = ground.lsoa_codes
    found: dict[tuple[Month, str, str], tuple[int, ViolenceCount]] = {}
    for row in table.rows:
        reader = RowReader(table, row, log)
        record = _read(reader, known)
        if record is None:
            continue
        first = found.setdefault(
            (record.month, record.crime_type, record.area_code), (row.line, record)
        )
        if first[1] is not record:
            reader.refuse(
                "count",
                f"Line {first[0]} has the same month, area and type: that one was kept, and the "
                "two were not added up. Give one row for each.",
            )
    return list(found.values())


def read_month(text: str) -> Month:
    """Read a month: 2025-01, January 2025, Jan-25, 01/2025, or any day in it.

    Parameters
    ----------
    text : of a cell, tidy.

    Raises
    ------
    InvalidValueError
        When it is a quarter, a year or anything else.
    """
    month = _month(text)
    if month is None:
        raise InvalidValueError(
            f"{shown(text)!r} is not a month.",
            expected="A month is written as year and month, such as 2025-01.",
            action="Give counts by month: quarters and years cannot be split.",
        )
    return month


@lru_cache(maxsize=4096)
def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except InvalidValueError:
        pass
    for form in _MONTH_FORMATS:
        try:
            return Month.of(datetime.strptime(text, form).date())  # noqa: DTZ007  (a month has no zone)
        except ValueError:
            continue
    try:
        return Month.of(read_date(text))
    except InvalidValueError:
        return None


def _has_headings(cells: Sequence[str]) -> bool:
    found = match_headings(cells, FIELDS)
    has_all = all(field.name in found for field in FIELDS if field.is_required)
    return has_all and _OF_SINGLE_CRIMES.isdisjoint(plain_heading(cell) for cell in cells)


def _read(reader: RowReader, known: frozenset[str]) -> ViolenceCount | None:
    if _is_elsewhere(reader, known):
        return None
    month = reader.required("month", read_month)
    crime_type = reader.required("crime_type", lambda text: text[:200])
    code = reader.required("area_code", lambda text: _known_lsoa(text.upper(), known))
    count = reader.required("count", _read_count)
    if month is None or crime_type is None or code is None or not count:
        return None
    return ViolenceCount(
        month=month,
        crime_type=crime_type,
        count=count,
        area_code=code,
        area_name=reader.text("area_name"),
    )


def _read_count(text: str) -> int:
    count = read_whole_number(text)
    if count < 0:
        raise InvalidValueError(
            f"The count is {count}.", expected="A whole number of 0 or more was expected."
        )
    return count


def _known_lsoa(code: str, known: frozenset[str]) -> str:
    if code in known:
        return code
    if not _LSOA_CODE.fullmatch(code):
        raise InvalidValueError(
            f"{shown(code)!r} is not the code of an LSOA.",
            expected="Counts by LSOA were expected, such as E01017013.",
            action="Ask for the table by LSOA: counts of larger areas cannot be split.",
        )
    raise InvalidValueError(
        f"{code} is not among the LSOAs loaded.",
        expected="A code of a vintage that is loaded.",
        action="Load the boundaries of its vintage, then this file again.",
    )


def _is_elsewhere(reader: RowReader, known: frozenset[str]) -> bool:
    """Note a row whose name says it is of a district outside HIPS."""
    code = reader.table.cell(reader.row, "area_code").strip().upper()
    if code in known or not _LSOA_CODE.fullmatch(code):
        return False
    name = reader.text("area_name").casefold()
    is_elsewhere = bool(name) and not name.startswith(_HIPS_NAMES)
    if is_elsewhere:
        reader.note("area_name", "Outside HIPS, so it was not saved.")
    return is_elsewhere
