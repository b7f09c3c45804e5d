"""Places: what a source says of a location, and how exactly it could be found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mapper.domain.area import AreaType


class Precision(StrEnum):
    """How exactly a point stands for the place it was given for, most exact first."""

    COORDINATES = "coordinates"
    UNIT_POSTCODE = "unit postcode"
    SQUARE_100M = "100 m square"
    STREET = "street"
    SQUARE_1KM = "1 km square"
    SECTOR = "sector"
    DISTRICT = "district"
    AREA = "area"
    UNKNOWN = "unknown"

    @property
    def finest_level(self) -> AreaType | None:
        """The smallest kind of area a place found so is counted for, drawn as and named by.

        None where it may stand at its own point. A sector or a square of a kilometre is of a
        ward only if it lies wholly inside it, and otherwise of its authority.
        """
        return _FINEST.get(self)

    def is_finer_than(self, other: "Precision") -> bool:
        """Tell whether this is the more exact of two."""
        exactness = list(Precision)
        return exactness.index(self) < exactness.index(other)


_FINEST: Final = {
    Precision.SQUARE_1KM: AreaType.WARD,
    Precision.SECTOR: AreaType.WARD,
    Precision.DISTRICT: AreaType.LAD,
    Precision.AREA: AreaType.LAD,
    Precision.UNKNOWN: AreaType.LAD,
}
_BY_SIDE_M: Final = (
    (10.0, Precision.COORDINATES),
    (100.0, Precision.SQUARE_100M),
    (1_000.0, Precision.SQUARE_1KM),
)


def precision_of_square(side_m: float) -> Precision:
    """Say how exact the middle of a square is.

    Parameters
    ----------
    side_m : of the square, in metres; 0 for a point.
    """
    return next((found for most, found in _BY_SIDE_M if side_m <= most), Precision.AREA)


def square_of(precision: Precision) -> float:
    """Give the side of the square that a place found so is the middle of; 0 for a point.

    Parameters
    ----------
    precision : of a place without a postcode.
    """
    sides = {Precision.SQUARE_100M: 100.0, Precision.SQUARE_1KM: 1_000.0, Precision.AREA: 10_000.0}
    return sides.get(precision, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a source says something is, before it has been found on the ground.

    Parameters
    ----------
    address : as written; may be empty.
    postcode : as written, full, a sector or outward only; may be empty.
    easting_m, northing_m : National Grid, or None.
    longitude, latitude : WGS 84 degrees, or None.
    square_m : the side of the square that the coordinates are the middle of, as a short grid
        reference says it; 0 for a point.
    """

    address: str = ""
    postcode: str = ""
    easting_m: float | None = None
    northing_m: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    square_m: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said that could be found on the ground by itself."""
        has_grid = self.easting_m is not None and self.northing_m is not None
        has_degrees = self.longitude is not None and self.latitude is not None
        return not (self.postcode.strip() or has_grid or has_degrees)

    @property
    def says_nothing(self) -> bool:
        """Whether not even an address or the name of a venue is said."""
        return self.is_empty and not self.address.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the National Grid, and how it was found.

    Parameters
    ----------
    easting_m, northing_m : National Grid.
    precision : how exact the point is.
    method : how it was found, in words, such as ``postcode directory``.
    postcode : tidied; empty when the place was not found by one.
    lad_code, ward_code, lsoa11_code : of the areas that hold it, where the directory says;
        otherwise empty.
    is_terminated : whether the postcode is no longer in use.
    """

    easting_m: float
    northing_m: float
    precision: Precision
    method: str
    postcode: str = ""
    lad_code: str = ""
    ward_code: str = ""
    lsoa11_code: str = ""
    is_terminated: bool = False
