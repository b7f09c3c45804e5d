"""Cohort tables: people by age band, sex and ethnicity, for the whole area or a district."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from mapper.domain.area import AreaType
from mapper.domain.cohort_count import CohortCount, CohortMeasure, Sex
from mapper.domain.period import Period
from mapper.errors import InvalidValueError, MapperError, SourceError
from mapper.ingest.areas.area_finder import AreaFinder, is_total
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.terms import match_term
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, shown
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.workbook import is_workbook
from mapper.ingest.formats.age_bands import ALL_AGES, Band, read_band
from mapper.ingest.formats.count_tables import (
    CountTable,
    Wanted,
    find_count_tables,
    note_once,
    read_count,
)
from mapper.ingest.formats.table_fields import (
    AREA_FIELDS,
    COUNT_FIELDS,
    PERIOD_FIELDS,
    AreaColumn,
    TableRow,
    has_period,
    period_of_labels,
    period_of_title,
)
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.privacy.free_text import tell_of_free_text
from mapper.ingest.records.parsed import Parsed
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("cohort table")
FIELDS: Final = (
    *AREA_FIELDS,
    *PERIOD_FIELDS,
    Field("age", ("age band", "age group", "ages", "age range", "victim age band",
                  "victim age group")),
    Field("sex", ("gender", "victim sex")),
    Field("ethnicity", ("ethnic group", "self defined ethnicity", "broad ethnic group")),
    Field("measure", ("population", "group", "cohort", "role", "who", "people")),
    *COUNT_FIELDS,
)  # fmt: skip
_DIMENSIONS: Final = frozenset({"age", "sex", "ethnicity"})
_SEXES: Final[Mapping[str, Sex | None]] = {
    **dict.fromkeys(("female", "females", "f", "girls", "women", "women and girls"), Sex.FEMALE),
    **dict.fromkeys(("male", "males", "m", "boys", "men", "men and boys"), Sex.MALE),
    **dict.fromkeys(("other", "unknown", "not stated", "not known", "other or not stated",
                     "non binary"), Sex.OTHER),
    **dict.fromkeys(("all", "total", "persons", "people", "both", "all persons", ""), None),
}  # fmt: skip
_MEASURES: Final[Mapping[str, CohortMeasure]] = {
    **dict.fromkeys(("affected by violence", "affected", "victims", "victim", "injured", "patients",
                     "victims of violence"), CohortMeasure.AFFECTED),
    **dict.fromkeys(("suspected of violence", "suspects", "suspected", "offenders", "accused"),
                    CohortMeasure.SUSPECTED),
    **dict.fromkeys(("residents", "population", "resident population", "usual residents"),
                    CohortMeasure.RESIDENTS),
    **dict.fromkeys(("engaged", "participants", "engagement"), CohortMeasure.ENGAGED),
}  # fmt: skip
_ALL: Final = re.compile(r"(all|total|any)\b.*|", re.IGNORECASE)
_LONGEST: Final = 300

Cohort = dict[str, Any]
"""What headings and cells say of a count: measure, period, lad_code, age, sex, ethnicity."""


@dataclass(slots=True)
class _Reading:
    """What is gathered from the tables of one file."""

    finder: AreaFinder
    log: IssueLog
    found: dict[CohortCount, tuple[int, CohortCount]] = field(default_factory=dict)
    blanks: int = 0


def read_cohorts(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[CohortCount]:
    """Read counts of people by any of age band, sex and ethnicity.

    Parameters
    ----------
    source : CSV, XLSX or JSON; a row a cohort, or a column a sex, an age band or a group of
        people (victims, suspects, residents, engaged). Without such a group they are people
        affected by violence; without an area they are of the whole area.
    ground : the areas known.
    log : told of each fault.

    Raises
    ------
    PersonLevelDataError
        When anything in the file is about persons.
    SourceError
        When the file cannot be read, has no such table, or does not say its period.
    """
    sheets = read_count_sheets(source, log)
    tell_of_free_text(sheets, log)
    filled = is_workbook(source)
    tables = find_count_tables(sheets, Wanted(FIELDS, _is_cohort_table), is_filled_down=filled)
    if not tables:
        raise SourceError(
            f"{source.name} has no table of cohorts that mapper can tell.",
            expected="Headings for any of age band, sex and ethnicity, a period and a count.",
            action="Put them in one line above the figures.",
        )
    reading = _Reading(AreaFinder(ground), log)
    for table in tables:
        _read_table(table, reading)
    note_once(log, reading.blanks, "Empty cells left out, and not taken for 0: {}.")
    counts = list(reading.found.values())
    withheld = sum(count.count is None for _, count in counts)
    note_once(log, withheld, "Counts that the publisher withholds, kept as unknown: {}.")
    ends = [month for _, count in counts for month in (count.period.start, count.period.end)]
    period = Period(min(ends), max(ends)).label if ends else ""
    return Parsed(tuple(counts), sum(len(table.rows) for table in tables), PROVENANCE, period)


def _is_cohort_table(table: CountTable) -> bool:
    wide = _wide_columns(table)
    has_dimension = not _DIMENSIONS.isdisjoint(table.columns)
    is_wide = any(cohort != {} and "measure" not in cohort for _, cohort in wide)
    return (has_dimension and ("count" in table.columns or bool(wide))) or is_wide


def _wide_columns(table: CountTable) -> list[tuple[int, Cohort]]:
    """Columns that stand for a sex, an age band, people of a sort or a period."""
    found = []
    for at in table.free_columns(has_residents=True):
        period, labels = period_of_labels(table.labels[at])
        told = [_told(label) for label in labels]
        if all(told) and (told or period):
            cohort = {key: value for each in told for key, value in each.items()}
            found.append((at, cohort | ({"period": period} if period else {})))
    return found


def _told(label: str) -> Cohort:
    """Tell what a heading stands for; empty when it is none of these."""
    plain = label.casefold().strip()
    if plain in _MEASURES:
        return {"measure": _MEASURES[plain]}
    if plain in _SEXES:
        return {"sex": _SEXES[plain]}
    try:
        return {"age": read_band(label)}
    except MapperError:
        return {}


def _read_table(table: CountTable, reading: _Reading) -> None:
    columns = _wide_columns(table)
    if "count" in table.columns:
        columns = [(table.columns["count"], {})]
    in_title = None if has_period(table) else period_of_title(table)
    if in_title is None and not has_period(table) and not all("period" in c for _, c in columns):
        raise SourceError(
            f"{reading.log.file} does not say which period its counts are of.",
            expected="A column 'Period', or a period in the title.",
            action="Add a column 'Period', such as 2024/25 or January 2025.",
        )
    areas = AreaColumn(table, reading.finder)
    for row in table.rows:
        if any(row.cells[at] for at, _ in columns):
            each = TableRow(table, row, reading.log)
            said = _said(each, areas, in_title)
            for at, over in columns if said is not None else ():
                _keep(each, at, {**(said or {}), **over}, reading)


def _said(each: TableRow, areas: AreaColumn, in_title: Period | None) -> Cohort | None:
    """Read what a row says of all its counts; None, with an issue, when it cannot be read."""
    period = each.period() if has_period(each.table) else in_title
    said: Cohort = {
        "lad_code": _lad_of(each, areas),
        "age": each.read("age", _band),
        "sex": each.read("sex", _sex),
        "measure": each.read("measure", _measure),
    }
    if None in said.values() or (period is None and has_period(each.table)):
        return None
    ethnicity = each.table.cell(each.row, "ethnicity")[:_LONGEST]
    said["ethnicity"] = "" if _ALL.fullmatch(ethnicity) else ethnicity
    return said if period is None else said | {"period": period}


def _keep(each: TableRow, at: int, cohort: Cohort, reading: _Reading) -> None:
    text = each.row.cells[at]
    if not text:
        reading.blanks += 1
        return
    first_age, last_age = (None, None) if cohort["age"] == ALL_AGES else cohort["age"]
    key = CohortCount(
        measure=cohort["measure"],
        period=cohort["period"],
        count=None,
        lad_code=cohort["lad_code"],
        age_from=first_age,
        age_to=last_age,
        sex=cohort["sex"] or None,
        ethnicity=cohort["ethnicity"],
    )
    if key in reading.found:
        first = reading.found[key][0]
        each.refuse("count", f"Line {first} has the same cohort: that one was kept.", column=at)
        return
    try:
        reading.found[key] = (each.row.line, replace(key, count=read_count(text)))
    except MapperError as error:
        each.refuse("count", str(error), column=at)


def _band(text: str) -> Band:
    return ALL_AGES if _ALL.fullmatch(text) else read_band(text)


def _sex(text: str) -> Sex | str:
    """Read a sex; empty for all together."""
    plain = text.casefold()
    if plain not in _SEXES:
        raise InvalidValueError(
            f"{shown(text)!r} is not a sex that mapper can tell.",
            expected=f"One of: {', '.join(Sex)}, or all.",
            action="Write it so.",
        )
    return _SEXES[plain] or ""


def _measure(text: str) -> CohortMeasure:
    if not text:
        return CohortMeasure.AFFECTED
    return match_term(CohortMeasure, text, _MEASURES)


def _lad_of(each: TableRow, areas: AreaColumn) -> str | None:
    """Give the code of the authority, empty for the whole area, None with an issue if bad."""
    names = ("area_code", "area_name", "district")
    cells = [text for name in names if (text := each.table.cell(each.row, name))]
    if not cells or any(map(is_total, cells)):
        return ""
    area = areas.find(each)
    if area is None:
        return None
    if area.level is not AreaType.LAD:
        each.refuse("area_name", "Cohorts are kept for local authorities and the whole area only.")
        return None
    return area.code
