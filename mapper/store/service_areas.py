"""Which small areas an activity serves: by a list, by a radius, or as its place is shown."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.store.sheltered import counted_levels, hidden_work, strictest

Codes = tuple[str, ...]


def service_areas(
    frame: pd.DataFrame,
    areas: gpd.GeoDataFrame,
    declared: Mapping[int, Codes],
    sheltered: Mapping[int, str],
) -> list[Codes | None]:
    """Find the LSOAs that each activity serves; row-aligned.

    A radius goes before the venue it is about, and is added to the areas declared. It is taken
    about a place only if that may be shown exactly: round any other it would draw a circle
    whose middle is the place, so the ward or authority that is shown stands for it. What is at a
    place that may not be shown at all serves the areas it declares and no other: to count it
    in its authority would tell the authority.

    Parameters
    ----------
    frame : by activity_id: `place_id`, `visibility`, `precision`, `easting_m`, `northing_m`,
        `served_radius_m`, `ward_code`, `lad_code`.
    areas : LSOAs, with the point their residents are gathered round.
    declared : LSOAs of the areas that an activity names.
    sheltered : as `mapper.store.sheltered.strictest_by_place`.

    Returns
    -------
    LSOA codes in order, or None for an activity that counts at its own point.
    """
    within = _within_radius(frame, areas, sheltered)
    members = members_of(areas)
    rows = zip(
        frame.index,
        counted_levels(frame, sheltered),
        frame["ward_code"],
        frame["lad_code"],
        frame["served_radius_m"].notna(),
        hidden_work(frame, sheltered),
        strict=True,
    )
    found: list[Codes | None] = []
    for key, level, ward_code, lad_code, has_radius, is_hidden in rows:
        own = declared.get(key, ())
        # What is known no better than by ward and lies in none is of its authority, and so
        # is what serves more than the ground it stands on.
        is_by_ward = level is AreaType.WARD and ward_code and not has_radius
        if is_hidden:
            found.append(tuple(own))
        elif key in within:
            found.append(tuple(sorted({*within[key], *own})))
        elif level is None:
            found.append(None)
        else:
            found.append(own or tuple(members.get(ward_code if is_by_ward else lad_code, ())))
    return found


def members_of(areas: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """LSOA codes by the code of any area that holds them, their own included.

    Parameters
    ----------
    areas : LSOAs.
    """
    members: dict[str, list[str]] = {code: [code] for code in areas.index}
    for column in ("msoa_code", "ward_code", "lad_code"):
        for code, held in zip(areas[column], areas.index, strict=True):
            members.setdefault(str(code), []).append(held)
    members.pop("", None)
    return members


def _within_radius(
    frame: pd.DataFrame, areas: gpd.GeoDataFrame, sheltered: Mapping[int, str]
) -> dict[int, Codes]:
    """Find the LSOAs whose residents' middle lies within each radius; none is left out."""
    about = frame[frame["served_radius_m"].notna() & frame["easting_m"].notna()]
    about = about[_may_be_shown(about["place_id"], about["visibility"], sheltered)]
    centres = shapely.points(areas["centre_easting_m"], areas["centre_northing_m"])
    codes = areas.index.to_numpy(dtype=object)
    found = {}
    for key, east, north, radius in zip(
        about.index,
        about["easting_m"],
        about["northing_m"],
        about["served_radius_m"],
        strict=True,
    ):
        inside = codes[shapely.dwithin(centres, shapely.Point(east, north), radius)]
        if inside.size:
            found[int(key)] = tuple(inside)
    return found


def _may_be_shown(
    places: "pd.Series[float]",
    visibilities: "pd.Series[str]",
    sheltered: Mapping[int, str],
) -> NDArray[np.bool_]:
    exact = Visibility.EXACT.value
    return np.array(
        [
            strictest([visibility, sheltered.get(int(place), exact)]) == exact
            for place, visibility in zip(places, visibilities, strict=True)
        ],
        dtype=np.bool_,
    )
