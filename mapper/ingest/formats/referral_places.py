"""Where Open Referral says a service is given, and which areas it serves."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.domain.written_point import side_of_columns
from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import read_number, tidy
from mapper.ingest.files.document import Item, cell, first_cell, item, items

_NOT_SITES: Final = frozenset({"postal", "virtual"})
_LINES: Final = ("address_1", "address_2", "city", "region", "state_province")
_CODE: Final = re.compile(r"(?<![A-Za-z0-9])([EWS]\d{8})(?!\d)")
_AREA_LENGTH: Final = 200
_ADDRESS_LENGTH: Final = 300
_POSTCODE_LENGTH: Final = 40


def sites(organisation: Item, services: Sequence[Item]) -> list[dict[str, str]]:
    """Give every place where something is given, each once.

    Parameters
    ----------
    organisation : may have locations of its own.
    services : with their locations.

    Returns
    -------
    Cells `address`, `postcode`, `longitude` and `latitude`, of those that have a postcode or
    coordinates.
    """
    found: dict[str, dict[str, str]] = {}
    for location in locations(organisation, services):
        cells = _site(location)
        is_somewhere = cells["postcode"] or (cells["longitude"] and cells["latitude"])
        if is_somewhere:
            found.setdefault(first_cell(location, "id") or str(cells), cells)
    return list({str(each): each for each in found.values()}.values())


def location_cells(found: Sequence[dict[str, str]]) -> dict[str, str]:
    """Give the cells of the first site, which is taken for the main one.

    Parameters
    ----------
    found : sites, as `sites` gives them.
    """
    return found[0] if found else {}


def further_sites(found: Sequence[dict[str, str]]) -> tuple[Site, ...]:
    """Give the sites beside the first.

    Parameters
    ----------
    found : sites, as `sites` gives them.
    """
    return tuple(Site(location=_location(cells)) for cells in found[1:])


def _location(cells: dict[str, str]) -> Location:
    return Location(
        address=cells["address"][:_ADDRESS_LENGTH],
        postcode=cells["postcode"][:_POSTCODE_LENGTH],
        longitude=_number(cells["longitude"]),
        latitude=_number(cells["latitude"]),
        square_m=side_of_columns(cells["latitude"], cells["longitude"]),
    )


def _number(text: str) -> float | None:
    try:
        return read_number(text) if text else None
    except InvalidValueError:
        return None


def area_cells(services: Sequence[Item]) -> str:
    """Give the areas that services name, with semicolons between; a code stands for its name.

    Parameters
    ----------
    services : with their service areas.
    """
    areas = (each for service in services for each in items(service.get("service_areas")))
    named = (_area(each) for each in areas)
    return "; ".join(dict.fromkeys(each for each in named if each))


def locations(organisation: Item, services: Sequence[Item]) -> Iterator[Item]:
    """Give every location named, some of them twice.

    Parameters
    ----------
    organisation : may have locations of its own.
    services : with their locations.
    """
    for service in services:
        for at in items(service.get("service_at_locations")):
            yield item(at.get("location"))
        yield from items(service.get("locations"))
    yield from items(organisation.get("locations"))
    yield from items(organisation.get("location"))


def _site(location: Item) -> dict[str, str]:
    addresses = items(location.get("physical_addresses")) + items(location.get("addresses"))
    at_hand = (each for each in addresses if cell(each.get("address_type")) not in _NOT_SITES)
    address: Item = next(at_hand, {})
    lines = [first_cell(location, "name"), *(first_cell(address, line) for line in _LINES)]
    return {
        "address": ", ".join(dict.fromkeys(line for line in lines if line)),
        "postcode": first_cell(address, "postal_code"),
        "longitude": first_cell(location, "longitude"),
        "latitude": first_cell(location, "latitude"),
    }


def _area(area: Item) -> str:
    for text in (first_cell(area, key) for key in ("uri", "extent", "id", "name", "service_area")):
        match = _CODE.search(text[:_AREA_LENGTH])
        if match:
            return match[1]
    named = tidy(first_cell(area, "name", "service_area", "description"))
    return re.sub(r"[;|]", ",", named)[:_AREA_LENGTH]
