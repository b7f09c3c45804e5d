"""Places read back for the records that stand on them."""

from collections.abc import Collection
from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.place import Location, Place, Precision, square_of
from mapper.store.models import PlaceRow

PlaceRows = dict[int, PlaceRow]


def places_by_id(session: Session, ids: Collection[int | None]) -> PlaceRows:
    """Read places.

    Parameters
    ----------
    ids : wanted; None is passed over.
    """
    wanted = [each for each in ids if each is not None]
    rows = session.scalars(select(PlaceRow).where(PlaceRow.id.in_(wanted)))
    return {row.id: row for row in rows}


def location_of(address: str, place_id: int | None, places: PlaceRows) -> Location:
    """Say where a record is, as a source could have said it.

    Parameters
    ----------
    address : as it was written.
    place_id : of what was found for it; None where nothing was.
    places : by id.
    """
    if place_id is None:
        return Location(address=address)
    place = places[place_id]
    if place.postcode:
        return Location(address=address, postcode=place.postcode)
    return Location(
        address=address,
        easting_m=place.easting_m,
        northing_m=place.northing_m,
        square_m=square_of(Precision(place.precision)),
    )


def place_of(places: PlaceRows, place_id: int | None) -> Place | None:
    """Give a place as it was found.

    Parameters
    ----------
    places : by id.
    place_id : wanted; None where there is none.
    """
    if place_id is None:
        return None
    row = places[place_id]
    same = {
        field.name: getattr(row, field.name) for field in fields(Place) if field.name != "precision"
    }
    return Place(precision=Precision(row.precision), **same)
