"""Which places may not be shown exactly, because of who has a site on the same ground.

An organisation's site may be hidden while an activity there is registered without a word of
it, or by coordinates instead of the postcode. So what is strict for a site is strict for
every place on the same ground: of the same postcode, or close by.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import geopandas as gpd
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.domain.place import Precision
from mapper.store.models import OrganisationRow, PlaceRow, SiteRow
from mapper.store.plain_rows import plain_rows

SAME_GROUND_M: Final = 100.0
"""Two points no further apart may be one site: the middle of a postcode and a door in it."""

_STRICTNESS: Final = {visibility.value: rank for rank, visibility in enumerate(Visibility)}


def strictest(visibilities: Iterable[str]) -> str:
    """Choose the visibility that shows least; `exact` when there is none.

    Parameters
    ----------
    visibilities : values of `Visibility`.
    """
    return max(visibilities, key=_STRICTNESS.__getitem__, default=Visibility.EXACT.value)


def strictest_by_place(session: Session) -> dict[int, str]:
    """Find the places on the ground of a site that may not be shown exactly.

    Returns
    -------
    Place id to the strictest visibility of any organisation, closed ones included, with a site
    of the same postcode or within `SAME_GROUND_M`. Places not named may be shown exactly.
    """
    sites = _sites(session)
    found: dict[int, list[str]] = {}
    if sites.empty:
        return {}
    for place_id, visibility in (*_of_same_postcode(session, sites), *_close_by(session, sites)):
        found.setdefault(place_id, []).append(visibility)
    return {place_id: strictest(visibilities) for place_id, visibilities in found.items()}


def _sites(session: Session) -> pd.DataFrame:
    """Read the sites that may not be shown exactly, main and further ones."""
    columns = ["visibility", "postcode", "easting_m", "northing_m"]
    rows = [
        row
        for table in (OrganisationRow, SiteRow)
        for row in session.execute(
            select(table.visibility, PlaceRow.postcode, PlaceRow.easting_m, PlaceRow.northing_m)
            .join(PlaceRow, PlaceRow.id == table.place_id)
            .where(table.visibility != Visibility.EXACT)
        )
    ]
    return pd.DataFrame(rows, columns=columns)


def _of_same_postcode(session: Session, sites: pd.DataFrame) -> list[tuple[int, str]]:
    by_postcode = sites.groupby("postcode")["visibility"].agg(strictest).drop("", errors="ignore")
    rows = session.execute(
        select(PlaceRow.id, PlaceRow.postcode).where(PlaceRow.postcode.in_(list(by_postcode.index)))
    )
    return [(place_id, by_postcode[postcode]) for place_id, postcode in rows]


def _close_by(session: Session, sites: pd.DataFrame) -> list[tuple[int, str]]:
    query = select(PlaceRow.id, PlaceRow.easting_m, PlaceRow.northing_m)
    columns = ["place_id", "easting_m", "northing_m"]
    places = pd.DataFrame(plain_rows(session, query), columns=columns)
    grounds = gpd.points_from_xy(sites["easting_m"], sites["northing_m"])
    points = gpd.points_from_xy(places["easting_m"], places["northing_m"])
    near, site = grounds.sindex.query(points, predicate="dwithin", distance=SAME_GROUND_M)
    return list(
        zip(
            places["place_id"].to_numpy()[near].tolist(),
            sites["visibility"].to_numpy()[site].tolist(),
            strict=True,
        )
    )


def hidden_work(frame: pd.DataFrame, sheltered: Mapping[int, str]) -> list[bool]:
    """Say which activities are at a place of which not even the authority may be told.

    Parameters
    ----------
    frame, sheltered : as `counted_levels` takes them.
    """
    return [
        strictest([own, sheltered.get(int(place_id), Visibility.EXACT.value)]) == Visibility.HIDDEN
        if pd.notna(place_id)
        else own == Visibility.HIDDEN
        for place_id, own in zip(frame["place_id"], frame["visibility"], strict=True)
    ]


def counted_levels(frame: pd.DataFrame, sheltered: Mapping[int, str]) -> list[AreaType | None]:
    """Choose the level that each activity is counted at: None for its exact venue.

    It is the coarser of what may be shown of the place and of what is known of it.

    Parameters
    ----------
    frame : of activities, with `place_id`, `visibility` and `precision`.
    sheltered : as `strictest_by_place`.
    """
    columns = (frame["place_id"], frame["visibility"], frame["precision"])
    return [
        _counted_level(place_id, visibility, precision, sheltered)
        for place_id, visibility, precision in zip(*columns, strict=True)
    ]


def _counted_level(
    place_id: float | None, visibility: str, precision: str, sheltered: Mapping[int, str]
) -> AreaType | None:
    if place_id is None or pd.isna(place_id):
        return AreaType.LAD
    at_place = sheltered.get(int(place_id), Visibility.EXACT.value)
    allowed = strictest([visibility, at_place])
    finest = Precision(precision).finest_level
    if allowed in {Visibility.AUTHORITY, Visibility.HIDDEN} or finest is AreaType.LAD:
        return AreaType.LAD
    is_by_ward = allowed == Visibility.WARD or finest is AreaType.WARD
    return AreaType.WARD if is_by_ward else None
