"""Answers of an online geocoder: a point, and how exactly it stands for what was asked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mapper.domain.place import Precision, precision_of_square

VIEW: Final = (-1.96, 50.55, -0.70, 51.40)
"""West, south, east and north of HIPS, in degrees."""

_METRES_A_DEGREE: Final = 111_320.0
_ONE_SITE_M: Final = 100.0
_ONE_STREET_M: Final = 1_000.0
_WIDEST_M: Final = 50_000.0
_DOOR_RANK: Final = 28
_DOORS: Final = frozenset({
    "amenity", "building", "club", "craft", "emergency", "healthcare", "historic", "leisure",
    "office", "shop", "tourism",
})  # fmt: skip
_HOUSES: Final = frozenset({"house", "house_name", "house_number"})
_POSTCODES: Final = frozenset({"postcode", "postal_code"})
_TOO_WIDE: Final = frozenset({
    "ceremonial", "continent", "country", "county", "province", "region", "state",
    "state_district",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Geocoded:
    """What an online geocoder takes an address for.

    Parameters
    ----------
    name : of what it found, in its own words.
    longitude, latitude : WGS 84 degrees.
    precision : None where it is wider than an authority, and so no place.
    """

    name: str
    longitude: float
    latitude: float
    precision: Precision | None

    @property
    def is_in_view(self) -> bool:
        """Whether it lies in the box about HIPS."""
        west, south, east, north = VIEW
        return west <= self.longitude <= east and south <= self.latitude <= north


def is_answer(found: object) -> bool:
    """Tell whether something is what a Nominatim server answers: a list of points.

    Parameters
    ----------
    found : the JSON that came.
    """
    return isinstance(found, list) and all(map(_is_point, found))


def read_geocoded(found: Mapping[str, Any]) -> Geocoded:
    """Read one point of an answer.

    Parameters
    ----------
    found : as Nominatim writes it, `is_answer` holding.
    """
    return Geocoded(
        name=str(found.get("display_name", "")),
        longitude=float(found["lon"]),
        latitude=float(found["lat"]),
        precision=_precision(found),
    )


def _is_point(found: object) -> bool:
    return isinstance(found, dict) and None not in {_number(found.get(at)) for at in ("lat", "lon")}


def _precision(found: Mapping[str, Any]) -> Precision | None:
    """Say how exact a point is: by what it is of, and no better than that is large."""
    words = {str(found.get(name, "")) for name in ("addresstype", "type")}
    extent_m = _extent_m(found.get("boundingbox"))
    if words & _TOO_WIDE or extent_m > _WIDEST_M:
        return None
    if words & _POSTCODES:
        return Precision.DISTRICT
    if _is_door(found, words):
        return Precision.COORDINATES if extent_m <= _ONE_SITE_M else precision_of_square(extent_m)
    if _category(found) == "highway" or "road" in words:
        return Precision.STREET if extent_m <= _ONE_STREET_M else Precision.AREA
    return Precision.AREA


def _is_door(found: Mapping[str, Any], words: set[str]) -> bool:
    rank = _number(found.get("place_rank"))
    is_fine = rank is None or rank >= _DOOR_RANK
    is_house = _category(found) == "place" and bool(words & _HOUSES)
    return is_fine and (is_house or _category(found) in _DOORS)


def _category(found: Mapping[str, Any]) -> str:
    return str(found.get("class", found.get("category", "")))


def _extent_m(box: object) -> float:
    """Give the longer side of a box of south, north, west and east; 0 where none is given."""
    numbers = [_number(each) for each in box] if isinstance(box, list) else []
    given = [number for number in numbers if number is not None]
    if len(given) != len(VIEW):
        return 0.0
    south, north, west, east = given
    narrowing = math.cos(math.radians(south))
    return max(abs(north - south), abs(east - west) * narrowing) * _METRES_A_DEGREE


def _number(value: object) -> float | None:
    """Read a number that may be written as text; None where it is none, or is endless."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
