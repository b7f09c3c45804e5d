"""Postcodes with their areas, as the ONS Postcode Directory and its extracts give them."""

import re
from collections.abc import Sequence
from typing import Final

from mapper.domain.area import HIPS_LADS
from mapper.domain.counted import counted
from mapper.domain.lookup import PostcodeAreas
from mapper.domain.postcode import Postcode
from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import read_number, tidy
from mapper.ingest.faults.issues import OUTSIDE, IssueLog, Severity, WhoCanFix
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.records.provenance import Provenance, under_ogl

_OGL: Final = under_ogl("ONS Postcode Directory", "Office for National Statistics")
PROVENANCE: Final = Provenance(
    _OGL.format,
    _OGL.publisher,
    _OGL.licence,
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail "
    "copyright and database right. Contains National Statistics data.",
)

_HEADINGS: Final = {
    "postcode": re.compile(r"pcd[78s2]?|postcode"),
    "easting_m": re.compile(r"(os)?east1?m|eastings?"),
    "northing_m": re.compile(r"(os)?n(o)?rth1?m|northings?"),
    "lad_code": re.compile(r"lad(\d\d)?cd|oslaua|laua"),
    "ward_code": re.compile(r"wd(\d\d)?cd|osward"),
    "lsoa11_code": re.compile(r"lsoa11(cd)?"),
    "msoa11_code": re.compile(r"msoa11(cd)?"),
    "ended": re.compile(r"doterm"),
}
_NEEDED: Final = ("postcode", "easting_m", "northing_m", "lad_code")
_CODES: Final = {
    "lad_code": re.compile(r"[EWSN]\d{8}"),
    "ward_code": re.compile(r"[EW]05\d{6}"),
    "lsoa11_code": re.compile(r"[EW]01\d{6}"),
    "msoa11_code": re.compile(r"[EW]02\d{6}"),
}
# Great Britain; HIPS lies well inside.
_MOST_M: Final = {"easting_m": 700_000.0, "northing_m": 1_300_000.0}


def postcode_columns(headings: Sequence[str]) -> dict[str, int]:
    """Recognise a postcode directory by its headings.

    Parameters
    ----------
    headings : of a table.

    Returns
    -------
    The column of each field, counted from 0; empty where they are not those of a directory.
    """
    plain = [plain_heading(each) for each in headings]
    found = {
        field: next((i for i, each in enumerate(plain) if pattern.fullmatch(each)), None)
        for field, pattern in _HEADINGS.items()
    }
    columns = {field: column for field, column in found.items() if column is not None}
    return columns if all(field in columns for field in _NEEDED) else {}


def postcode_areas(table: Table, log: IssueLog) -> list[tuple[int, PostcodeAreas]]:
    """Read the postcodes of HIPS.

    Parameters
    ----------
    table : with the columns of `postcode_columns`.
    log : told of each fault, and once how many postcodes outside HIPS were left out.
    """
    found: dict[str, tuple[int, PostcodeAreas]] = {}
    left_out = 0
    for row in table.rows:
        if table.cell(row, "lad_code").strip().upper() not in HIPS_LADS:
            left_out += _is_elsewhere(table, row, log)
            continue
        try:
            record = _record(table, row)
        except InvalidValueError as error:
            _file(table, row, f"{error} The row was not saved.", log)
            continue
        if record.postcode in found:
            _file(table, row, f"The same as line {found[record.postcode][0]}.", log)
        else:
            found[record.postcode] = (row.line, record)
    log.leave_out(OUTSIDE, left_out)
    if left_out:
        log.add(
            0,
            counted(left_out, "postcode outside HIPS was", "postcodes outside HIPS were")
            + " left out.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    return list(found.values())


def _is_elsewhere(table: Table, row: Row, log: IssueLog) -> bool:
    code = table.cell(row, "lad_code").strip().upper()
    if _CODES["lad_code"].fullmatch(code):
        return True
    _file(table, row, "There is no district such as E06000044, so the row was not saved.", log)
    return False


def _record(table: Table, row: Row) -> PostcodeAreas:
    return PostcodeAreas(
        postcode=str(Postcode.parse(table.cell(row, "postcode"))),
        easting_m=_metres(table, row, "easting_m"),
        northing_m=_metres(table, row, "northing_m"),
        lad_code=_code(table, row, "lad_code"),
        ward_code=_code(table, row, "ward_code"),
        lsoa11_code=_code(table, row, "lsoa11_code"),
        msoa11_code=_code(table, row, "msoa11_code"),
        is_terminated=_is_terminated(table, row),
    )


def _metres(table: Table, row: Row, field: str) -> float:
    text = tidy(table.cell(row, field))
    metres = read_number(text) if text else 0.0
    if not 0 < metres <= _MOST_M[field]:
        raise InvalidValueError(
            f"{text or 'nothing'} is not a grid reference in metres.",
            expected=f"A number up to {_MOST_M[field]:,.0f} under {table.heading(field)}.",
        )
    return metres


def _code(table: Table, row: Row, field: str) -> str:
    code = table.cell(row, field).strip().upper()
    if code and not _CODES[field].fullmatch(code):
        raise InvalidValueError(
            f"{code} is not a code that belongs under {table.heading(field)}.",
            expected="Nine characters, the first three those of its level.",
        )
    return code


def _is_terminated(table: Table, row: Row) -> bool | None:
    return bool(table.cell(row, "ended").strip()) if "ended" in table.columns else None


def _file(table: Table, row: Row, message: str, log: IssueLog) -> None:
    log.add(
        row.line,
        message,
        column=table.heading("postcode"),
        value=table.cell(row, "postcode"),
        who_can_fix=WhoCanFix.ANALYST,
    )
