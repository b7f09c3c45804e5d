"""Usual residents by small area, as the Office for National Statistics publishes them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from mapper.domain.population import ResidentCount
from mapper.errors import InvalidValueError, MapperError, SourceError
from mapper.ingest.cells.values import read_whole_number, tidy
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.formats.age_bands import (
    ALL_AGES,
    Band,
    age_columns,
    read_band,
    refuse_overlaps,
)
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("residents by area", "Office for National Statistics")
FIELDS: Final = (
    Field("area_code", ("LSOA21CD", "LSOA11CD", "mnemonic", "LSOA code", "LSOA 2021 code",
                        "LSOA 2011 code", "geography code", "lower layer super output areas code",
                        "2021 super output area - lower layer", "area"), is_required=True),
    Field("area_name", ("LSOA21NM", "LSOA11NM", "LSOA name", "geography",
                        "lower layer super output areas")),
    Field("age_group", ("age", "age band", "ages", "age group (years)")),
    Field("residents", ("usual residents", "all usual residents", "total population",
                        "total: all usual residents", "total", "all ages", "all persons",
                        "observation", "population", "value", "2021", "2011")),
)  # fmt: skip

_MOST_RESIDENTS: Final = 1_000_000
_LSOA_CODE: Final = re.compile(r"[EWS]01\d{6}")


@dataclass(slots=True)
class _Gathering:
    """What is gathered from a table, area by area."""

    table: Table
    ages: dict[int, Band]
    log: IssueLog
    counts: dict[str, dict[Band, int]] = field(default_factory=lambda: defaultdict(dict))
    lines: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    at_fault: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class AreaResidents:
    """The residents of one area.

    Parameters
    ----------
    code, name : of the area; the name may be empty.
    line : of its first row.
    counts : one an age band, the bands not overlapping.
    """

    code: str
    name: str
    line: int
    counts: tuple[ResidentCount, ...]


def area_residents(table: Table, log: IssueLog) -> list[AreaResidents]:
    """Read residents from a table that is long (a row an area and age band) or wide.

    A wide table has a column a year of age, or only a total. Where there is a total beside
    the ages it is checked against their sum, and the ages are kept. An area with any fault is
    left out as a whole, since the sum of what is left would be wrong.

    Parameters
    ----------
    table : with the columns of `FIELDS` and any columns of ages.
    log : told of each fault.

    Raises
    ------
    SourceError
        When there are neither ages nor a total, or age bands overlap.
    """
    ages = age_columns(table)
    if not ages and "residents" not in table.columns:
        raise SourceError(
            f"{table.source_name} has no column of residents. The headings found are: "
            f"{', '.join(table.headings)}.",
            expected="'usual residents' or 'total population', or a column a year of age.",
            action="Name the column of counts so.",
        )
    areas = _Gathering(table, ages, log)
    for row in table.rows:
        _gather(areas, row)
    bands = {band for bands in areas.counts.values() for band in bands}
    refuse_overlaps(bands, table.source_name)
    _check_complete(areas, bands - {ALL_AGES})
    return [
        AreaResidents(code, areas.names[code], areas.lines[code], _records(code, bands))
        for code, bands in areas.counts.items()
        if code not in areas.at_fault
    ]


def _gather(areas: _Gathering, row: Row) -> None:
    first, _, after = areas.table.cell(row, "area_code").partition(":")
    code = first.strip().upper()
    if not _LSOA_CODE.fullmatch(code):
        _file_no_code(areas, row, code)
        return
    areas.lines.setdefault(code, row.line)
    areas.names.setdefault(code, tidy(areas.table.cell(row, "area_name")) or after.strip())
    try:
        found = _wide(row, areas.ages) if areas.ages else _long(areas.table, row)
        _check_total(areas, row, found)
    except MapperError as error:
        _leave_out(areas, code, row.line, str(error))
        return
    if areas.counts[code].keys() & found.keys():
        _leave_out(areas, code, row.line, f"It stands twice, first on line {areas.lines[code]}.")
    areas.counts[code] |= found


def _leave_out(areas: _Gathering, code: str, line: int, why: str) -> None:
    areas.at_fault.add(code)
    areas.log.add(
        line,
        f"{why} The area was left out as a whole.",
        column=areas.table.heading("area_code"),
        value=code,
        who_can_fix=WhoCanFix.ANALYST,
    )


def _warn(areas: _Gathering, line: int, summed: int, total: int) -> None:
    areas.log.add(
        line,
        f"The ages sum to {summed:,} and the total says {total:,}: the ages were kept.",
        column=areas.table.heading("residents"),
        value=total,
        severity=Severity.WARNING,
        who_can_fix=WhoCanFix.ANALYST,
    )


def _file_no_code(areas: _Gathering, row: Row, code: str) -> None:
    # Footnotes stand under many published tables; they hold no count.
    is_footnote = not tidy(areas.table.cell(row, "residents")) or sum(map(bool, row.cells)) == 1
    areas.log.add(
        row.line,
        "A line without an area was passed over." if is_footnote else
        "This is not the code of an LSOA, such as E01017013, so the row was not saved.",
        column=areas.table.heading("area_code"),
        value=code,
        severity=Severity.NOTE if is_footnote else Severity.ERROR,
        who_can_fix=WhoCanFix.NOBODY if is_footnote else WhoCanFix.ANALYST,
    )  # fmt: skip


def _count(text: str) -> int:
    count = read_whole_number(tidy(text))
    if not 0 <= count <= _MOST_RESIDENTS:
        raise InvalidValueError(
            f"{count} residents of one age band.",
            expected=f"From 0 to {_MOST_RESIDENTS:,} were expected.",
        )
    return count


def _wide(row: Row, ages: dict[int, Band]) -> dict[Band, int]:
    return {band: _count(row.cells[column]) for column, band in ages.items()}


def _long(table: Table, row: Row) -> dict[Band, int]:
    age = tidy(table.cell(row, "age_group"))
    return {read_band(age) if age else ALL_AGES: _count(table.cell(row, "residents"))}


def _check_total(areas: _Gathering, row: Row, found: dict[Band, int]) -> None:
    if not areas.ages or "residents" not in areas.table.columns:
        return
    total, summed = _count(areas.table.cell(row, "residents")), sum(found.values())
    if total != summed:
        _warn(areas, row.line, summed, total)


def _check_complete(areas: _Gathering, wanted: set[Band]) -> None:
    """Leave out areas without some of the bands, and check totals that stand among bands."""
    if not wanted:
        return
    for code, bands in areas.counts.items():
        total = bands.pop(ALL_AGES, None)
        if wanted - bands.keys() and code not in areas.at_fault:
            why = f"It has {len(bands)} of {len(wanted)} age bands."
            _leave_out(areas, code, areas.lines[code], why)
        elif total is not None and total != sum(bands.values()):
            _warn(areas, areas.lines[code], sum(bands.values()), total)


def _records(code: str, bands: dict[Band, int]) -> tuple[ResidentCount, ...]:
    return tuple(
        ResidentCount(area_code=code, age_from=first, age_to=last, residents=residents)
        for (first, last), residents in bands.items()
    )
