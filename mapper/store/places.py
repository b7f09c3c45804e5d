"""Places, and the areas that hold them."""

from collections.abc import Iterable, Sequence

import geopandas as gpd
import pandas as pd
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.place import Place, Precision
from mapper.geography.assign import assign_areas
from mapper.geography.crs import NATIONAL_GRID
from mapper.store.areas import area_frame, loaded_layers
from mapper.store.bulk import insert_rows, next_ids
from mapper.store.geometry import to_point
from mapper.store.models import PlaceAreaRow, PlaceRow
from mapper.store.models.base import now
from mapper.store.records import records_of

PlaceKey = tuple[str, float, float, str]

_BY_WARD = {each.value for each in Precision if each.finest_level is AreaType.WARD}
_BY_LAD = {each.value for each in Precision if each.finest_level is AreaType.LAD}
_HALF_A_SQUARE_M = 500.0
_DIRECTORY_COLUMN = {
    AreaType.LAD: "lad_code",
    AreaType.WARD: "ward_code",
    AreaType.LSOA: "lsoa11_code",
}


class PlaceBook:
    """Keeps the places of many records, some at a time: equal places once.

    Parameters
    ----------
    session : of the transaction.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[PlaceKey, int] | None = None
        self._fresh: list[int] = []

    def ids(self, places: Sequence[Place | None]) -> list[int | None]:
        """Keep places, and give their ids; in which areas they lie is left to `assign`.

        Parameters
        ----------
        places : None where nothing was found.

        Returns
        -------
        Row-aligned ids, None where the place was None.
        """
        found = [place for place in places if place]
        known = self._known_of(found)
        fresh = {key: place for place in found if (key := _key(place)) not in known}
        numbers = next_ids(self._session, PlaceRow, len(fresh)) if fresh else []
        rows = [
            _values(place) | {"id": at} for at, place in zip(numbers, fresh.values(), strict=True)
        ]
        insert_rows(self._session, PlaceRow, rows)
        known.update(zip(fresh, numbers, strict=True))
        self._fresh += numbers
        return [None if place is None else known[_key(place)] for place in places]

    def _known_of(self, places: Sequence[Place]) -> dict[PlaceKey, int]:
        if self._known is None and len(places) <= 1:
            # A form has one place, and need not read every other.
            return _known_places(self._session, [place.postcode for place in places])
        if self._known is None:
            self._known = _known_places(self._session, None)
        return self._known

    def assign(self) -> None:
        """Assign the places that were new to the areas loaded."""
        if self._fresh:
            _assign(self._session, self._fresh)
            self._fresh = []


def save_places(session: Session, places: Iterable[Place | None]) -> list[int | None]:
    """Keep places and assign them to the areas loaded; equal places are kept once.

    Parameters
    ----------
    places : None where nothing was found.

    Returns
    -------
    Row-aligned ids, None where the place was None.
    """
    book = PlaceBook(session)
    ids = book.ids(list(places))
    book.assign()
    return ids


def located_by(place: Place | None) -> str:
    """Say how a record's place was found; empty without one.

    Each record keeps it for itself: one point can be found by several ways, and is kept once.
    """
    return "" if place is None else place.method


def reassign_places(session: Session, level: AreaType, vintage: str) -> int:
    """Assign every place anew to the areas of one layer; return how many lie in one."""
    session.execute(
        delete(PlaceAreaRow).where(PlaceAreaRow.level == level, PlaceAreaRow.vintage == vintage)
    )
    return _assign_layer(session, _place_frame(session), level, vintage)


def _key(place: Place) -> PlaceKey:
    return (place.postcode, place.easting_m, place.northing_m, place.precision.value)


def _known_places(session: Session, postcodes: Sequence[str] | None) -> dict[PlaceKey, int]:
    """Read the places there are: of some postcodes, or all where that is None."""
    columns = (PlaceRow.postcode, PlaceRow.easting_m, PlaceRow.northing_m, PlaceRow.precision)
    query = select(*columns, PlaceRow.id)
    if postcodes is not None:
        query = query.where(PlaceRow.postcode.in_(postcodes))
    return {(row[0], row[1], row[2], row[3]): row[4] for row in session.execute(query)}


def _values(place: Place) -> dict[str, object]:
    return {
        "postcode": place.postcode,
        "easting_m": place.easting_m,
        "northing_m": place.northing_m,
        "precision": place.precision,
        "method": place.method,
        "lad_code": place.lad_code,
        "ward_code": place.ward_code,
        "lsoa11_code": place.lsoa11_code,
        "is_terminated": place.is_terminated,
        "located_at": now(),
        "geometry": to_point(place.easting_m, place.northing_m),
    }


def _assign(session: Session, ids: Sequence[int]) -> None:
    places = _place_frame(session, ids)
    for level, vintage in loaded_layers(session):
        _assign_layer(session, places, level, vintage)


def _place_frame(session: Session, ids: Sequence[int] | None = None) -> gpd.GeoDataFrame:
    columns = ("easting_m", "northing_m", "precision", "lad_code", "ward_code", "lsoa11_code")
    query = select(PlaceRow.id, *(getattr(PlaceRow, name) for name in columns))
    rows = pd.DataFrame(session.execute(query).all(), columns=["id", *columns]).set_index("id")
    if ids is not None:
        rows = rows.loc[list(ids)]
    points = gpd.points_from_xy(rows["easting_m"], rows["northing_m"])
    return gpd.GeoDataFrame(rows, geometry=points, crs=NATIONAL_GRID)


def _assign_layer(session: Session, places: gpd.GeoDataFrame, level: AreaType, vintage: str) -> int:
    """Place by the directory's own code where it is in the layer, otherwise on the ground."""
    places = _fine_enough(places, level)
    if places.empty:
        return 0
    areas = area_frame(session, level, vintage)
    if level is AreaType.WARD:
        places = places[_is_held_whole(places, areas)]
    column = _DIRECTORY_COLUMN.get(level)
    by_code = pd.Series(False, index=places.index)
    if column is not None:
        by_code = places[column].isin(areas.index)
    found = assign_areas(places.loc[~by_code, "geometry"], areas).dropna(subset="area_code")
    if column is not None:
        named = places.loc[by_code, [column]].set_axis(["area_code"], axis=1)
        found = pd.concat([found, named.assign(method="postcode directory")])
    rows = found.assign(place_id=found.index, level=level.value, vintage=vintage)
    if not rows.empty:
        insert_rows(session, PlaceAreaRow, records_of(rows))
    return len(rows)


def _fine_enough(places: gpd.GeoDataFrame, level: AreaType) -> gpd.GeoDataFrame:
    """Leave out what cannot say a level: the middle of a district is not where anything is."""
    too_rough = {AreaType.LAD: set(), AreaType.WARD: _BY_LAD}.get(level, _BY_LAD | _BY_WARD)
    return places[~places["precision"].isin(too_rough)]


def _is_held_whole(places: gpd.GeoDataFrame, wards: gpd.GeoDataFrame) -> "pd.Series[bool]":
    """Tell which places lie in one ward: points, sectors by their code, squares by their sides.

    A sector that the directory gives no ward that is loaded for is not known to lie in one.
    """
    held: pd.Series[bool] = ~places["precision"].isin(_BY_WARD)
    held |= places["ward_code"].isin(wards.index)
    squares = places[places["precision"] == Precision.SQUARE_1KM.value].geometry
    if len(squares):
        boxes = squares.buffer(_HALF_A_SQUARE_M, cap_style="square")
        inside, _ = wards.sindex.query(boxes.to_numpy(), predicate="within")
        held |= pd.Series(held.index.isin(boxes.index[inside]), index=held.index)
    return held
