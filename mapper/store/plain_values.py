"""Values of records as the history of changes keeps them."""

from datetime import date
from enum import Enum
from typing import Any

from mapper.domain.place import Location, Place


def plain_value(value: Any) -> Any:  # noqa: ANN401  (any field of a record)
    """Give the value of a field as JSON can hold it; what has no order is put into one.

    Parameters
    ----------
    value : of any field of a record.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(plain_value(each) for each in value)
    if isinstance(value, tuple):
        return sorted(str(each) for each in value)
    return value


def where_words(location: Location, place: Place | None) -> str:
    """Say where something is, by what was found of it and not by how it was written.

    Parameters
    ----------
    location : as a record has it.
    place : that was found for it; None where none was.
    """
    found = ""
    if place is not None:
        found = place.postcode or f"{place.easting_m:.0f}, {place.northing_m:.0f}"
    return ", ".join(filter(None, [location.address, found]))
