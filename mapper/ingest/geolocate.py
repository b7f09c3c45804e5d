"""Giving records their place: coordinates first, else the postcode, else its district."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pandas as pd

from mapper.domain.place import Location, Place, Precision
from mapper.domain.postcode import PostcodeFault
from mapper.errors import CoordinateError
from mapper.geography.crs import points_to_national_grid, points_to_wgs84
from mapper.ingest.ground import Ground
from mapper.ingest.issues import IssueLog, Severity, WhoCanFix

_LONGITUDES: Final = (-9.0, 2.5)
_LATITUDES: Final = (49.0, 61.5)
_HIPS_EASTINGS_M: Final = (380_000.0, 510_000.0)
_HIPS_NORTHINGS_M: Final = (60_000.0, 180_000.0)
_FAR_M: Final = 2_000.0
_NULL_ISLAND: Final = 0.01

Answer = Mapping[Hashable, object]


class Postcodes(Protocol):
    """What a postcode directory must offer: `mapper.geography.postcode_directory` does."""

    def find_many(self, texts: "Sequence[str | None] | pd.Series[str]") -> pd.DataFrame:
        """Find many postcodes at once, one row each, `fault` saying why one was not found."""


@dataclass(frozen=True, slots=True)
class Search:
    """One location to be found, and what the directory answered.

    Parameters
    ----------
    line : of the record.
    location : as the source says.
    answer : the directory's row for its postcode.
    is_district_known : whether the directory holds the postcode's district.
    """

    line: int
    location: Location
    answer: Answer
    is_district_known: bool


def geolocate(
    locations: Sequence[tuple[int, Location]], postcodes: Postcodes, ground: Ground, log: IssueLog
) -> list[Place | None]:
    """Find a place for each location, asking the directory once for all of them.

    Parameters
    ----------
    locations : with the lines they came from.
    postcodes : the directory.
    ground : the LSOAs known, to tell which points lie outside HIPS.
    log : told of what was put right and what could not be found.

    Returns
    -------
    Row-aligned places, None where nothing could be found or nothing was given.
    """
    texts = pd.Series([location.postcode for _, location in locations], dtype="str")
    outward = texts.str.strip().str.replace(r"\s*\S{3}$", "", regex=True)
    answers = postcodes.find_many(texts).to_dict("records")
    is_known = postcodes.find_many(outward)["fault"].isna()
    places = [
        _place(Search(line, location, answer, bool(known)), log)
        for (line, location), answer, known in zip(locations, answers, is_known, strict=True)
    ]
    _note_outside(locations, places, ground, log)
    return places


def _place(search: Search, log: IssueLog) -> Place | None:
    by_postcode = _by_postcode(search, log)
    by_point = _by_point(search, log)
    if by_point is None:
        return by_postcode
    if by_postcode is not None and _distance_m(by_point, by_postcode) > _FAR_M:
        _file(
            search,
            log,
            "coordinates",
            f"The coordinates lie {_distance_m(by_point, by_postcode) / 1000:,.1f} km from the "
            f"postcode {by_postcode.postcode}: the coordinates were used.",
        )
    return by_point


def _distance_m(one: Place, other: Place) -> float:
    return float(np.hypot(one.easting_m - other.easting_m, one.northing_m - other.northing_m))


def _by_postcode(search: Search, log: IssueLog) -> Place | None:
    if not search.location.postcode.strip():
        return None
    answer = search.answer
    if isinstance(answer["fault"], str):
        _file_fault(search, log)
        return None
    precision = Precision(str(answer["precision"]))
    if precision is Precision.DISTRICT:
        _file(search, log, "postcode", "Only the first half of a postcode: placed in the middle of "
              "that district, and counted for no area smaller than an authority.")  # fmt: skip
    if answer["is_terminated"]:
        _file(search, log, "postcode", "The postcode is no longer in use: placed where it was.",
              severity=Severity.NOTE)  # fmt: skip
    return Place(
        easting_m=float(str(answer["easting_m"])),
        northing_m=float(str(answer["northing_m"])),
        precision=precision,
        method="postcode directory",
        postcode=_text(answer["postcode"]),
        lad_code=_text(answer["lad_code"]),
        ward_code=_text(answer["ward_code"]),
        lsoa11_code=_text(answer["lsoa11_code"]),
        is_terminated=bool(answer["is_terminated"]),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _file_fault(search: Search, log: IssueLog) -> None:
    if search.answer["fault"] == PostcodeFault.MALFORMED.value:
        _file(search, log, "postcode", "This is not a postcode. Something like PO1 3AX was "
              "expected. The record was saved without a place.")  # fmt: skip
    elif search.is_district_known:
        _file(search, log, "postcode", "No directory knows this postcode, though its first half is "
              "right. Check it for a slip. The record was saved without a place.")  # fmt: skip
    else:
        _file(search, log, "postcode", "The postcode lies outside HIPS, where the directory ends. "
              "The record was saved without a place.", severity=Severity.NOTE)  # fmt: skip


def _by_point(search: Search, log: IssueLog) -> Place | None:
    pair = _pair(search.location)
    if pair is None:
        return None
    x, y, is_swapped = _ordered(*pair)
    if is_swapped:
        _file(search, log, "coordinates", "The two coordinates stand in each other's place: they "
              "were swapped back.")  # fmt: skip
    if abs(x) < _NULL_ISLAND and abs(y) < _NULL_ISLAND:
        _file(search, log, "coordinates", "Both coordinates are 0, which is in the sea off Africa: "
              "they were left out.")  # fmt: skip
        return None
    try:
        return _grid_place(x, y)
    except CoordinateError as error:
        _file(search, log, "coordinates", f"{error} They were left out.")
        return None


def _pair(location: Location) -> tuple[float, float] | None:
    """Give the coordinates, the grid reference first: it needs no conversion."""
    if location.easting_m is not None and location.northing_m is not None:
        return location.easting_m, location.northing_m
    if location.longitude is not None and location.latitude is not None:
        return location.longitude, location.latitude
    return None


def _ordered(x: float, y: float) -> tuple[float, float, bool]:
    """Put a swapped pair right. Degrees are told by their size, metres by being near HIPS."""
    degrees_swapped = _within(x, _LATITUDES) and _within(y, _LONGITUDES)
    metres_swapped = _near_hips(y, x) and not _near_hips(x, y)
    is_swapped = degrees_swapped or metres_swapped
    return (y, x, True) if is_swapped else (x, y, False)


def _near_hips(easting_m: float, northing_m: float) -> bool:
    return _within(easting_m, _HIPS_EASTINGS_M) and _within(northing_m, _HIPS_NORTHINGS_M)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _grid_place(x: float, y: float) -> Place:
    # A column called x may hold degrees or metres: the numbers themselves say which.
    if _within(x, _LONGITUDES) and _within(y, _LATITUDES):
        eastings, northings = points_to_national_grid([x], [y])
        method = "longitude and latitude given"
    else:
        points_to_wgs84([x], [y])
        eastings, northings = np.array([x]), np.array([y])
        method = "grid reference given"
    return Place(
        easting_m=round(float(eastings[0]), 1),
        northing_m=round(float(northings[0]), 1),
        precision=Precision.COORDINATES,
        method=method,
    )


def _note_outside(
    locations: Sequence[tuple[int, Location]],
    places: Sequence[Place | None],
    ground: Ground,
    log: IssueLog,
) -> None:
    found = [(line, place) for (line, _), place in zip(locations, places, strict=True) if place]
    if not ground.lsoa_shapes.size or not found:
        return
    eastings = np.array([place.easting_m for _, place in found])
    northings = np.array([place.northing_m for _, place in found])
    for (line, place), is_near in zip(found, ground.is_near(eastings, northings), strict=True):
        if not is_near and not place.lad_code:
            log.add(
                line,
                "The place lies outside HIPS. The record was saved, and counts for no area.",
                column="coordinates",
                value=f"{place.easting_m:.0f}, {place.northing_m:.0f}",
                severity=Severity.NOTE,
                who_can_fix=WhoCanFix.NOBODY,
            )


def _file(
    search: Search,
    log: IssueLog,
    column: str,
    message: str,
    *,
    severity: Severity = Severity.WARNING,
) -> None:
    is_note = severity is Severity.NOTE
    pair = _pair(search.location)
    log.add(
        search.line,
        message,
        column=column,
        value=search.location.postcode if column == "postcode" else pair,
        severity=severity,
        who_can_fix=WhoCanFix.NOBODY if is_note else WhoCanFix.FILLER,
    )
