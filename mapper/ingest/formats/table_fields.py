"""Headings by which areas, periods and counts are known in tables of a needs assessment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from mapper.domain.area import AreaType
from mapper.domain.period import Period
from mapper.errors import InvalidValueError, MapperError
from mapper.ingest.areas.area_finder import AreaFinder, FoundArea, is_total, level_of_heading
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, Severity, shown
from mapper.ingest.files.rows import Row
from mapper.ingest.formats.count_tables import CountTable
from mapper.ingest.formats.periods import find_period, read_period

T = TypeVar("T")

_LEVELS: Final = ("LSOA", "MSOA", "WD", "LAD", "UTLA")
_YEARS: Final = ("", "11", *(f"{year}" for year in range(15, 31)))


_OF_PERIOD: Final = ("first_month", "last_month", "month", "quarter", "year", "period")
_PERIODS: Final = (
    "A month, quarter or year was expected, such as 2025-01, Q1 2024/25, 2024/25 or 2024."
)


def _ons(ending: str) -> tuple[str, ...]:
    return tuple(f"{level}{year}{ending}" for level in _LEVELS for year in _YEARS)


AREA_FIELDS: Final = (
    Field("area_code", ("LSOA code", "MSOA code", "ward code", *_ons("CD"), "LAD code",
                        "local authority code", "district code", "area code", "GSS code",
                        "geography code", "ONS code", "code")),
    Field("area_name", ("LSOA name", "MSOA name", "ward name", "LSOA", "MSOA", "ward",
                        "electoral ward", *_ons("NM"), "area name", "area", "geography",
                        "neighbourhood", "locality", "place", "name")),
    Field("district", ("local authority", "local authority name", "local authority district",
                       "district", "district name", "borough", "LA", "LAD", "LAD name", "council",
                       "authority")),
)  # fmt: skip
PERIOD_FIELDS: Final = (
    Field("period", ("time period", "reporting period", "date", "year ending", "financial year",
                     "dates")),
    Field("first_month", ("from", "start", "period start", "start month", "start date")),
    Field("last_month", ("to", "end", "period end", "end month", "end date")),
    Field("month", ("month of offence", "year month", "calendar month")),
    Field("quarter", ()),
    Field("year", ("calendar year",)),
)  # fmt: skip
COUNT_FIELDS: Final = (
    Field("count", ("number of incidents", "incidents", "offences", "number of offences", "crimes",
                    "number of crimes", "recorded offences", "recorded crimes", "volume", "value",
                    "attendances", "number of attendances", "admissions", "call outs", "callouts",
                    "number", "n")),
    Field("note", ("notes", "remark", "remarks", "footnote")),
)  # fmt: skip


@dataclass(slots=True)
class TableRow:
    """One row of a table, read into values.

    Parameters
    ----------
    table : the row belongs to.
    row : read.
    log : told of each fault.
    """

    table: CountTable
    row: Row
    log: IssueLog

    def read(self, field_name: str, read: Callable[[str], T]) -> T | None:
        """Read a field; None, with an issue, when it cannot be read.

        Parameters
        ----------
        field_name : of the table.
        read : text to value, raising `MapperError`.
        """
        try:
            return read(self.table.cell(self.row, field_name))
        except MapperError as error:
            self.refuse(field_name, str(error))
            return None

    def period(self) -> Period | None:
        """Read the period from whichever columns give it; None, with an issue, when none does."""
        cell = {name: self.table.cell(self.row, name) for name in _OF_PERIOD}
        first, last, month, quarter, year = (cell[name] for name in _OF_PERIOD[:-1])
        spelt = (
            f"{first} to {last}" if first and last else "",
            cell["period"],
            month,
            f"{month} {year}" if month else "",
            f"{quarter} {year}" if quarter and year else "",
            quarter,
            "" if month or quarter else year,
        )
        given = [text for text in spelt if text]
        for text in given:
            try:
                return read_period(text)
            except InvalidValueError:
                continue
        at = next(name for name in reversed(_OF_PERIOD) if name in self.table.columns)
        self.refuse(at, f"{shown(given[-1] if given else '')!r} is not a period. {_PERIODS}")
        return None

    def refuse(self, field_name: str, message: str, *, column: int | None = None) -> None:
        """File an error: what the row or cell says is not kept.

        Parameters
        ----------
        field_name : at fault.
        message : what was found, expected, and to be done.
        column : at fault, where it is no column of a field.
        """
        at = self.table.columns.get(field_name) if column is None else column
        self.log.add(
            self.row.line,
            message,
            column=field_name if at is None else self.table.heading(at),
            value="" if at is None else self.row.cells[at],
            severity=Severity.ERROR,
            kind=f"{field_name}: error",
        )


@dataclass(slots=True)
class AreaColumn:
    """Where the areas of a table stand.

    Parameters
    ----------
    table : read.
    finder : the areas known.
    """

    table: CountTable
    finder: AreaFinder
    level: AreaType | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        for name in ("area_code", "area_name"):
            at = self.table.columns.get(name)
            self.level = self.level or (
                level_of_heading(self.table.heading(at)) if at is not None else None
            )

    def is_total(self, row: Row) -> bool:
        """Tell a row of totals, which is the sum of others and is not kept."""
        cells = (self.table.cell(row, name) for name in ("area_name", "area_code", "district"))
        first = next(filter(None, cells), "")
        return is_total(first)

    def find(self, each: TableRow) -> FoundArea | None:
        """Find the area of a row; None, with an issue, when there is none."""
        cell = {
            name: self.table.cell(each.row, name) for name in ("area_code", "area_name", "district")
        }
        name = next((name for name in cell if cell[name]), "area_code")
        level = AreaType.LAD if name == "district" else self.level
        if not cell[name]:
            each.refuse(name if name in self.table.columns else "area_name", "The area is empty.")
            return None
        district = "" if name == "district" else cell["district"]
        return each.read(
            name,
            lambda text: self.finder.find(
                text, district=district, level=level, name=cell["area_name"]
            ),
        )


def has_period(table: CountTable) -> bool:
    """Tell whether each row says its period.

    Parameters
    ----------
    table : read.
    """
    names = {"period", "month", "quarter", "year"}
    has_range = {"first_month", "last_month"} <= table.columns.keys()
    return has_range or not names.isdisjoint(table.columns)


def period_of_labels(labels: tuple[str, ...]) -> tuple[Period | None, tuple[str, ...]]:
    """Take the period out of what stands over a column.

    Parameters
    ----------
    labels : from the top down.

    Returns
    -------
    The period, None where no line is one, and the other lines.
    """
    for label in labels:
        try:
            return read_period(label), tuple(each for each in labels if each != label)
        except InvalidValueError:
            continue
    return None, labels


def period_of_title(table: CountTable) -> Period | None:
    """Take the period from the lines above the headings, where they name one.

    Parameters
    ----------
    table : read.
    """
    return find_period(table.title)
