"""Checking the rows of a street-level crime file, a column at a time."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from mapper.domain.area import HIPS_LADS
from mapper.geography.crs import points_to_national_grid
from mapper.geography.place_counts import district_names
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import OUTSIDE, IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIELDS: Final = (
    Field("month", is_required=True),
    Field("crime_type", ("Crime type",), is_required=True),
    Field("lsoa_code", ("LSOA code", "area code", "LSOA21CD", "LSOA11CD"), is_required=True),
    Field("lsoa_name", ("LSOA name", "area name", "LSOA21NM", "LSOA11NM")),
    Field("longitude", ("lon", "lng")),
    Field("latitude", ("lat",)),
    Field("count", ("number of incidents", "incidents", "number")),
)
# Wide enough for any snap point of a crime that the forces of HIPS record.
_WEST, _EAST, _SOUTH, _NORTH = -2.4, -0.4, 50.48, 51.7
_MOST_INCIDENTS: Final = 100_000
_NAMES: Final = frozenset(name.casefold() for name in HIPS_LADS.values())
_LSOA_CODE: Final = r"[EWS]01\d{6}"


@dataclass(frozen=True, slots=True)
class CrimeRows:
    """The rows of one file as columns, and where to say what is wrong with them."""

    frame: pd.DataFrame
    table: Table
    log: IssueLog

    def file(  # noqa: PLR0913  (an issue has these parts)
        self,
        is_at_fault: "pd.Series[bool]",
        field: str,
        message: str,
        *,
        severity: Severity = Severity.ERROR,
        who: WhoCanFix = WhoCanFix.ANALYST,
        shown_field: str = "",
    ) -> None:
        """File the same issue for every row at fault."""
        values = self.frame.loc[is_at_fault, ["line", shown_field or field]]
        for line, value in values.itertuples(index=False):
            self.log.add(
                line,
                message,
                column=self.table.heading(field),
                value=value,
                severity=severity,
                who_can_fix=who,
            )


def checked_rows(table: Table, ground: Ground, log: IssueLog) -> pd.DataFrame:
    """Keep the rows that can be counted, coordinates and counts as numbers.

    Parameters
    ----------
    table : with the columns of `FIELDS`.
    ground : the LSOAs known, for rows without an LSOA name.
    log : told of each fault.

    Returns
    -------
    A row an incident: the columns of `FIELDS`, `line`, and `incidents`, how many it stands for.
    """
    rows = CrimeRows(_frame(table), table, log)
    is_kept = _check_words(rows) & _check_counts(rows)
    _check_points(rows)
    _check_codes(rows)
    is_kept &= _check_placed(rows, is_kept, ground)
    return rows.frame[is_kept]


def file_month(name: str) -> str:
    """Tell the month that a file's name gives, empty where it gives none.

    Parameters
    ----------
    name : such as ``2025-01-hampshire-street.csv``.
    """
    match = re.match(r"(\d{4}-(?:0[1-9]|1[0-2]))-", name)
    return match[1] if match else ""


def _frame(table: Table) -> pd.DataFrame:
    columns: dict[str, object] = {"line": [row.line for row in table.rows]}
    for field in FIELDS:
        texts = [table.cell(row, field.name).strip() for row in table.rows]
        columns[field.name] = pd.Series(texts, dtype="str")
    frame = pd.DataFrame(columns)
    frame["lsoa_code"] = frame["lsoa_code"].str.upper()
    return frame


def _check_words(rows: CrimeRows) -> "pd.Series[bool]":
    """Tell the rows with a month and a crime type."""
    frame = rows.frame
    is_month = frame["month"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")
    rows.file(~is_month, "month", "The month cannot be read. Expected year and month: 2025-01.")
    own = file_month(rows.table.source_name)
    is_own = frame["month"].eq(own) if own else pd.Series(data=True, index=frame.index)
    rows.file(
        is_month & ~is_own,
        "month",
        f"The file is of {own} by its name, and this row is of another month: it was left out, "
        "lest it replace that month's own file.",
    )
    is_typed = frame["crime_type"].ne("")
    rows.file(~is_typed, "crime_type", "The crime type is empty.")
    return is_month & is_own & is_typed


def _check_counts(rows: CrimeRows) -> "pd.Series[bool]":
    """Turn counts into numbers, 1 where there is no such column."""
    frame = rows.frame
    if "count" not in rows.table.columns:
        frame["incidents"] = 1
        return pd.Series(data=True, index=frame.index)
    numbers = pd.to_numeric(frame["count"].str.replace(",", ""), errors="coerce")
    is_right = numbers.between(1, _MOST_INCIDENTS) & numbers.mod(1).eq(0)
    is_nothing = numbers.eq(0)
    rows.file(
        ~is_right & ~is_nothing,
        "count",
        f"The count is not a whole number from 0 to {_MOST_INCIDENTS:,}.",
    )
    frame["incidents"] = numbers.where(is_right, 0).astype("int64")
    return is_right


def _check_points(rows: CrimeRows) -> None:
    """Turn coordinates into numbers; swapped ones are put right, impossible ones dropped."""
    frame = rows.frame
    given = frame["longitude"].ne("") | frame["latitude"].ne("")
    frame["point"] = frame["longitude"] + ", " + frame["latitude"]
    lon = pd.to_numeric(frame["longitude"], errors="coerce")
    lat = pd.to_numeric(frame["latitude"], errors="coerce")
    is_swapped = lon.between(_SOUTH, _NORTH) & lat.between(_WEST, _EAST)
    frame["longitude"], frame["latitude"] = lon.mask(is_swapped, lat), lat.mask(is_swapped, lon)
    is_near = frame["longitude"].between(_WEST, _EAST) & frame["latitude"].between(_SOUTH, _NORTH)
    # A row of another district may well lie further off; that is said of it later.
    is_elsewhere = ~_names_hips(frame) & frame["lsoa_name"].ne("")
    rows.file(
        is_swapped,
        "longitude",
        "Longitude and latitude stand in each other's place: they were swapped back.",
        severity=Severity.WARNING,
        shown_field="point",
    )
    rows.file(
        given & ~is_near & ~is_elsewhere,
        "longitude",
        "The point is not near HIPS, or is not a point: it was left out, and the LSOA code used.",
        severity=Severity.WARNING,
        shown_field="point",
    )
    frame.loc[~is_near, ["longitude", "latitude"]] = np.nan


def _check_codes(rows: CrimeRows) -> None:
    """Drop codes that are not those of an LSOA."""
    frame = rows.frame
    is_wrong = frame["lsoa_code"].ne("") & ~frame["lsoa_code"].str.fullmatch(_LSOA_CODE)
    rows.file(
        is_wrong,
        "lsoa_code",
        "This is not the code of an LSOA: it was left out, and the point used.",
        severity=Severity.WARNING,
    )
    frame.loc[is_wrong, "lsoa_code"] = ""


def _names_hips(frame: pd.DataFrame) -> "pd.Series[bool]":
    return district_names(frame["lsoa_name"]).isin(_NAMES)


def _check_placed(rows: CrimeRows, is_kept: "pd.Series[bool]", ground: Ground) -> "pd.Series[bool]":
    """Tell the rows inside HIPS: by code, else by the LSOA's name, else by the point."""
    frame = rows.frame
    by_name = frame["lsoa_code"].isin(ground.lsoa_codes) | _names_hips(frame)
    is_nameless = frame["lsoa_name"].eq("") & ~by_name
    by_point = pd.Series(data=False, index=frame.index)
    asked = is_nameless & frame["longitude"].notna()
    by_point[asked] = _covers(ground, frame[asked])
    is_inside = by_name | by_point
    place = "Outside HIPS, so it was not saved."
    rows.file(
        is_kept & ~is_inside & ~is_nameless,
        "lsoa_name",
        place,
        severity=Severity.NOTE,
        who=WhoCanFix.NOBODY,
    )
    rows.file(
        is_kept & ~is_inside & is_nameless,
        "lsoa_code",
        f"There is no LSOA that is known, and the point lies in no area. {place}",
        severity=Severity.NOTE,
        who=WhoCanFix.NOBODY,
        shown_field="point",
    )
    rows.log.leave_out(OUTSIDE, int((is_kept & ~is_inside).sum()))
    return is_inside


def _covers(ground: Ground, frame: pd.DataFrame) -> "NDArray[np.bool_]":
    lon, lat = frame["longitude"].to_numpy(float), frame["latitude"].to_numpy(float)
    return ground.covers(*points_to_national_grid(lon, lat))
