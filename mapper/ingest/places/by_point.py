"""Places by coordinates: many pairs at once, swapped ones put right, others left out."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mapper.domain.place import Location, Place, Precision, precision_of_square
from mapper.errors import CoordinateError
from mapper.geography.crs import (
    are_in_great_britain,
    are_on_national_grid,
    points_to_national_grid,
    points_to_wgs84,
)
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

BY_DEGREES: Final = "longitude and latitude given"
BY_GRID: Final = "grid reference given"

_LONGITUDES: Final = (-9.0, 2.5)
_LATITUDES: Final = (49.0, 61.5)
_HIPS_EASTINGS_M: Final = (380_000.0, 510_000.0)
_HIPS_NORTHINGS_M: Final = (60_000.0, 180_000.0)
_NULL_ISLAND: Final = 0.01
_FINE_M: Final = 100.0
_SWAPPED: Final = "The two coordinates stand in each other's place: they were swapped back."
_COARSE: Final = {
    Precision.SQUARE_1KM: "The coordinates stand for a square of a kilometre: placed in its "
    "middle, and counted for no area smaller than a ward.",
    Precision.AREA: "The coordinates stand for a square of ten kilometres: placed in its "
    "middle, and counted for no area smaller than an authority.",
}
_AFRICA: Final = "Both coordinates are 0, which is in the sea off Africa: they were left out."


def places_by_point(locations: Sequence[tuple[int, Location]], log: IssueLog) -> dict[int, Place]:
    """Find a place for each location that has coordinates.

    Parameters
    ----------
    locations : with the lines they came from.
    log : told of what was put right, and of what was left out.

    Returns
    -------
    Places by the position of their location; those that have none are left out.
    """
    given = [
        (at, pair)
        for at, (_, location) in enumerate(locations)
        if (pair := _pair(location)) is not None
    ]
    if not given:
        return {}
    rows = [at for at, _ in given]
    x, y = np.array([pair for _, pair in given], dtype=np.float64).T
    x, y, is_swapped = _ordered(x, y)
    is_null = (np.abs(x) < _NULL_ISLAND) & (np.abs(y) < _NULL_ISLAND)
    is_degrees = _within(x, _LONGITUDES) & _within(y, _LATITUDES)
    is_placed = np.zeros(len(x), dtype=bool)
    is_placed[is_degrees] = are_in_great_britain(x[is_degrees], y[is_degrees])
    is_placed[~is_degrees] = are_on_national_grid(x[~is_degrees], y[~is_degrees])
    for which in np.flatnonzero(is_swapped | ~is_placed):
        line, location = locations[rows[which]]
        if is_swapped[which]:
            _file(line, location, _SWAPPED, log)
        if not is_placed[which]:
            fault = _AFRICA if is_null[which] else _fault(x[which], y[which], is_degrees[which])
            _file(line, location, fault, log)
    sides = np.array([locations[at][1].square_m for at in rows], dtype=np.float64)
    for which in np.flatnonzero(is_placed & (sides > _FINE_M)):
        line, location = locations[rows[which]]
        _file(line, location, _COARSE[precision_of_square(sides[which])], log)
    points = _on_grid(x, y, is_placed & is_degrees)
    places = _places(points, sides, is_degrees)
    found = zip(rows, places, is_placed.tolist(), strict=True)
    return {at: place for at, place, is_so in found if is_so}


def _on_grid(x: Numbers, y: Numbers, turned: Flags) -> tuple[Numbers, Numbers]:
    """Give pairs in metres, those in degrees turned."""
    if turned.any():
        x[turned], y[turned] = points_to_national_grid(x[turned], y[turned])
    return x, y


def _places(points: tuple[Numbers, Numbers], sides: Numbers, is_degrees: Flags) -> Iterator[Place]:
    precisions = {side: precision_of_square(side) for side in set(sides.tolist())}
    eastings, northings = (each.round(1).tolist() for each in points)
    rows = zip(eastings, northings, sides.tolist(), is_degrees.tolist(), strict=True)
    for east, north, side, is_turned in rows:
        yield Place(
            easting_m=east,
            northing_m=north,
            precision=precisions[side],
            method=BY_DEGREES if is_turned else BY_GRID,
        )


def _pair(location: Location) -> tuple[float, float] | None:
    """Give the coordinates, the grid reference first: it needs no conversion."""
    if location.easting_m is not None and location.northing_m is not None:
        return location.easting_m, location.northing_m
    if location.longitude is not None and location.latitude is not None:
        return location.longitude, location.latitude
    return None


def _ordered(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers, Flags]:
    """Put swapped pairs right. Degrees are told by their size, metres by being near HIPS."""
    degrees_swapped = _within(x, _LATITUDES) & _within(y, _LONGITUDES)
    metres_swapped = _near_hips(y, x) & ~_near_hips(x, y)
    is_swapped = degrees_swapped | metres_swapped
    return np.where(is_swapped, y, x), np.where(is_swapped, x, y), is_swapped


def _near_hips(easting_m: Numbers, northing_m: Numbers) -> Flags:
    return _within(easting_m, _HIPS_EASTINGS_M) & _within(northing_m, _HIPS_NORTHINGS_M)


def _within(values: Numbers, limits: tuple[float, float]) -> Flags:
    return np.asarray((limits[0] <= values) & (values <= limits[1]), dtype=np.bool_)


def _fault(x: float, y: float, is_degrees: bool) -> str:  # noqa: FBT001  (told by the numbers)
    """Say in the words of the National Grid why a pair is no place."""
    try:
        _ = points_to_national_grid([x], [y]) if is_degrees else points_to_wgs84([x], [y])
    except CoordinateError as error:
        return f"{error} They were left out."
    return "The coordinates are no place in Great Britain. They were left out."


def _file(line: int, location: Location, message: str, log: IssueLog) -> None:
    log.add(
        line,
        message,
        column="coordinates",
        value=_pair(location),
        severity=Severity.WARNING,
        who_can_fix=WhoCanFix.FILLER,
    )
