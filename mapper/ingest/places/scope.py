"""Keeping of a wider file what belongs to HIPS."""

from collections.abc import Sequence

import numpy as np

from mapper.domain.area import HIPS_LADS
from mapper.domain.counted import counted
from mapper.domain.organisation import Organisation
from mapper.domain.place import Place
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import OUTSIDE, IssueLog, Severity, WhoCanFix
from mapper.ingest.places.by_postcode import Postcodes
from mapper.ingest.places.geolocate import geolocate

Numbered = Sequence[tuple[int, Organisation]]


def within_hips(records: Numbered, postcodes: Postcodes, ground: Ground, log: IssueLog) -> Numbered:
    """Keep the organisations that are placed in HIPS or serve an area of it.

    Parameters
    ----------
    records : with their lines.
    postcodes : the directory.
    ground : the areas known.
    log : told once how many were left out.
    """
    # What could not be found is only worth telling of those that are kept.
    silent = IssueLog(log.file)
    locations = [(line, record.location) for line, record in records]
    places = geolocate(locations, postcodes, ground, silent)
    is_inside = _inside(places, ground)
    kept = tuple(
        each
        for each, inside in zip(records, is_inside, strict=True)
        if inside or each[1].areas_served
    )
    log.leave_out(OUTSIDE, len(records) - len(kept))
    if len(kept) < len(records):
        log.add(
            0,
            "Neither placed in HIPS nor serving an area of it, and so left out: "
            f"{counted(len(records) - len(kept), 'organisation')}.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    return kept


def _inside(places: Sequence[Place | None], ground: Ground) -> list[bool]:
    """Tell by the district that the directory gives, else by the shapes that are loaded."""
    eastings = np.array([place.easting_m if place else np.nan for place in places])
    northings = np.array([place.northing_m if place else np.nan for place in places])
    is_near = ground.is_near(eastings, northings)
    has_shapes = bool(ground.lsoa_shapes.size)
    return [
        place is not None
        and (place.lad_code in HIPS_LADS or bool(near) or not (place.lad_code or has_shapes))
        for place, near in zip(places, is_near, strict=True)
    ]
