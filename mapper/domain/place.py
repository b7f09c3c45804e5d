"""Places: what a source says of a location, and how exactly it could be found."""

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a point stands for the place it was given for, most exact first."""

    COORDINATES = "coordinates"
    UNIT_POSTCODE = "unit postcode"
    STREET = "street"
    SECTOR = "sector"
    DISTRICT = "district"
    AREA = "area"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a source says something is, before it has been found on the ground.

    Parameters
    ----------
    address : as written; may be empty.
    postcode : as written, full or outward only; may be empty.
    easting_m, northing_m : National Grid, or None.
    longitude, latitude : WGS 84 degrees, or None.
    """

    address: str = ""
    postcode: str = ""
    easting_m: float | None = None
    northing_m: float | None = None
    longitude: float | None = None
    latitude: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said that could be found on the ground."""
        has_grid = self.easting_m is not None and self.northing_m is not None
        has_degrees = self.longitude is not None and self.latitude is not None
        return not (self.postcode.strip() or has_grid or has_degrees)


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
