"""Where a row says something is: the columns that say it, read into a `Location`."""

from typing import Final

from mapper.domain.place import Location
from mapper.ingest.headings import Field
from mapper.ingest.record import RowReader
from mapper.ingest.values import read_number

LOCATION_FIELDS: Final = (
    Field("postcode", ("post code", "venue postcode", "postal code", "pcd", "pcds", "pcode")),
    Field("address", ("venue", "venue address", "full address", "street address", "address1",
                      "address line 1", "location")),
    Field("address2", ("address line 2",)),
    Field("address3", ("address line 3", "town")),
    Field("easting", ("east", "easting m", "eastings", "x", "east1m", "oseast1m")),
    Field("northing", ("north", "northing m", "northings", "y", "north1m", "osnrth1m")),
    Field("longitude", ("lon", "long", "lng")),
    Field("latitude", ("lat",)),
)  # fmt: skip
_POSTCODE_LENGTH: Final = 20


def read_location(reader: RowReader) -> Location:
    """Read the location of a row; it is found on the ground later, with all the others.

    Parameters
    ----------
    reader : of the row, its table having `LOCATION_FIELDS`.
    """
    lines = [reader.text(field) for field in ("address", "address2", "address3")]
    return Location(
        address=", ".join(dict.fromkeys(line for line in lines if line))[:300],
        postcode=reader.text("postcode", _POSTCODE_LENGTH),
        easting_m=reader.optional("easting", read_number, None),
        northing_m=reader.optional("northing", read_number, None),
        longitude=reader.optional("longitude", read_number, None),
        latitude=reader.optional("latitude", read_number, None),
    )
