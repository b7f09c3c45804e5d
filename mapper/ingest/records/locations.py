"""Where a row says something is: the columns that say it, read into a `Location`."""

from dataclasses import replace
from typing import Final

from mapper.domain.place import Location
from mapper.domain.radius import read_radius
from mapper.domain.written_point import WrittenPoint, read_point, side_of_columns
from mapper.errors import InvalidValueError
from mapper.ingest.cells.record import RowReader
from mapper.ingest.cells.values import read_number
from mapper.ingest.columns.headings import Field

LOCATION_FIELDS: Final = (
    Field("postcode", ("post code", "venue postcode", "postal code", "pcd", "pcds", "pcode",
                       "postcode sector", "postcode district")),
    Field("address", ("venue", "venue address", "full address", "street address", "address1",
                      "address line 1", "location")),
    Field("address2", ("address line 2",)),
    Field("address3", ("address line 3", "town")),
    Field("easting", ("east", "easting m", "eastings", "x", "east1m", "oseast1m")),
    Field("northing", ("north", "northing m", "northings", "y", "north1m", "osnrth1m")),
    Field("longitude", ("lon", "long", "lng")),
    Field("latitude", ("lat",)),
    Field("radius", ("radius served", "service radius", "serves within", "travels up to",
                     "distance served", "radius miles", "radius km", "radius m")),
    Field("grid_reference", ("grid ref", "os grid reference", "os grid ref", "gridref", "ngr",
                             "national grid reference", "coordinates", "co-ordinates", "coords",
                             "lat long", "lat lon", "latitude and longitude",
                             "easting and northing")),
)  # fmt: skip
_POSTCODE_LENGTH: Final = 40
_OTHER_WAY_ROUND: Final = "The longitude stands before the latitude: they were read that way round."


def read_location(reader: RowReader) -> Location:
    """Read the location of a row; it is found on the ground later, with all the others.

    Coordinates may stand in columns of their own, together in one column, or in the place of
    the postcode or the address.

    Parameters
    ----------
    reader : of the row, its table having `LOCATION_FIELDS`.
    """
    lines = [reader.text(field) for field in ("address", "address2", "address3")]
    location = Location(
        address=", ".join(dict.fromkeys(line for line in lines if line))[:300],
        postcode=reader.text("postcode", _POSTCODE_LENGTH),
        easting_m=reader.optional("easting", read_number, None),
        northing_m=reader.optional("northing", read_number, None),
        longitude=reader.optional("longitude", read_number, None),
        latitude=reader.optional("latitude", read_number, None),
        square_m=_side_m(reader),
    )
    return _with_written(reader, location)


def _side_m(reader: RowReader) -> float:
    """Judge degrees in two columns by their decimals; metres are taken for what they say."""
    for latitude, longitude in (("northing", "easting"), ("latitude", "longitude")):
        written = reader.optional(latitude, str, ""), reader.optional(longitude, str, "")
        if all(written):
            return side_of_columns(*written)
    return 0.0


def read_reach(reader: RowReader, location: Location) -> tuple[Location, float | None]:
    """Read how far about its place a record serves, and the place where only that says it.

    Parameters
    ----------
    reader : of the row, its table having `LOCATION_FIELDS`.
    location : as `read_location` read it.

    Returns
    -------
    The location, that of ``within 5 miles of PO1 3AX`` where it was empty; and metres, None
    where there is no radius or a bad one, which is left out with a warning.
    """
    unit = reader.table.heading("radius")
    nothing: tuple[float | None, str] = (None, "")
    radius, about = reader.optional("radius", lambda text: read_radius(text, unit), nothing)
    if about and location.is_empty:
        location = replace(location, postcode=about[:_POSTCODE_LENGTH])
    return location, radius


def _with_written(reader: RowReader, location: Location) -> Location:
    """Take up a point that is written in one cell, where there are no columns for it."""
    point = _written(reader, "grid_reference", is_declared=True)
    if point is None and location.is_empty:
        point = _written(reader, "address", is_declared=False)
    postcode = location.postcode
    # A postcode ends in two letters: the usual cell is told at a glance.
    if point is None and postcode and not postcode[-2:].isalpha():
        point = _written(reader, "postcode", is_declared=False)
        postcode = postcode if point is None else ""
    has_columns = location.easting_m is not None or location.longitude is not None
    if point is None or has_columns:
        return location
    return Location(
        address=location.address,
        postcode=postcode,
        easting_m=point.easting_m,
        northing_m=point.northing_m,
        longitude=point.longitude,
        latitude=point.latitude,
        square_m=point.square_m,
    )


def _written(reader: RowReader, field: str, *, is_declared: bool) -> WrittenPoint | None:
    text = reader.text(field)
    if not text:
        return None
    try:
        point = read_point(text, is_declared=is_declared)
    except InvalidValueError as error:
        reader.warn(field, f"{error} It was left out.")
        return None
    if point is not None and point.is_swapped:
        reader.warn(field, _OTHER_WAY_ROUND)
    return point
