"""Giving records their place: coordinates, else the postcode, else its sector or district."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from mapper.domain.place import Location, Place
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.places.by_point import places_by_point
from mapper.ingest.places.by_postcode import Postcodes, places_by_postcode

_FAR_M: Final = 2_000.0


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
    found = places_by_postcode([location.postcode for _, location in locations], postcodes)
    places: list[Place | None] = []
    for line, location in locations:
        place, remark = found.get(location.postcode, (None, None))
        if remark is not None:
            remark.file(line, location.postcode, log)
        places.append(place)
    for at, point in places_by_point(locations, log).items():
        _note_far(locations[at][0], point, places[at], log)
        places[at] = _finer(point, places[at])
    _note_outside([line for line, _ in locations], places, ground, log)
    return places


def _finer(point: Place, by_postcode: Place | None) -> Place:
    """Take the coordinates, unless the postcode is the more exact of the two."""
    if by_postcode is not None and by_postcode.precision.is_finer_than(point.precision):
        return by_postcode
    return point


def _note_far(line: int, point: Place, by_postcode: Place | None, log: IssueLog) -> None:
    if by_postcode is None or _distance_m(point, by_postcode) <= _FAR_M:
        return
    log.add(
        line,
        f"The coordinates lie {_distance_m(point, by_postcode) / 1000:,.1f} km from the "
        f"postcode {by_postcode.postcode}: the more exact of the two was used.",
        column="coordinates",
        value=f"{point.easting_m:.0f}, {point.northing_m:.0f}",
        severity=Severity.WARNING,
        who_can_fix=WhoCanFix.FILLER,
    )


def _distance_m(one: Place, other: Place) -> float:
    return float(np.hypot(one.easting_m - other.easting_m, one.northing_m - other.northing_m))


def _note_outside(
    lines: Iterable[int], places: Sequence[Place | None], ground: Ground, log: IssueLog
) -> None:
    # A district of the directory is one of HIPS: only points without one have to be looked at.
    astray = [
        (line, place)
        for line, place in zip(lines, places, strict=True)
        if place is not None and not place.lad_code
    ]
    if not ground.lsoa_shapes.size or not astray:
        return
    eastings = np.array([place.easting_m for _, place in astray])
    northings = np.array([place.northing_m for _, place in astray])
    for which in np.flatnonzero(~ground.is_near(eastings, northings)):
        line, place = astray[which]
        log.add(
            line,
            "The place lies outside HIPS. The record was saved, and counts for no area.",
            column="coordinates",
            value=f"{place.easting_m:.0f}, {place.northing_m:.0f}",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
