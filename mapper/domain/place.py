"""How exactly a place is known."""

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
