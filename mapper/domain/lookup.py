"""Look-ups: which area another one is, was, or belongs to, as a publisher says."""

from dataclasses import dataclass
from enum import StrEnum


class LinkTo(StrEnum):
    """What a look-up leads to."""

    LSOA = "lsoa"
    WARD = "ward"
    LAD = "lad"
    CSP = "csp"
    """A community safety partnership."""
    PFA = "pfa"
    """A police force area."""
    RURAL_URBAN = "ruc"
    """A class of the rural-urban classification."""
    NAME = "name"
    """A name in everyday words; it has no code."""


class Change(StrEnum):
    """How an area of one vintage became areas of another (the indicator of ONS)."""

    NONE = ""
    """The look-up is not from one vintage to another."""
    UNCHANGED = "U"
    SPLIT = "S"
    MERGED = "M"
    IRREGULAR = "X"

    @property
    def backwards(self) -> "Change":
        """The change as seen from the later vintage: what was split then merges."""
        return _BACKWARDS.get(self, self)


_BACKWARDS = {Change.SPLIT: Change.MERGED, Change.MERGED: Change.SPLIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLink:
    """One line of a look-up.

    Parameters
    ----------
    from_level, from_vintage : of the area, such as ``lsoa`` and ``2011``.
    from_code : GSS code of the area.
    to : what it is linked to.
    to_vintage : of that; empty where it has none.
    to_code : of that; empty for a name.
    to_name : of that; may be empty.
    change : from one vintage to the next; none for any other look-up.
    """

    from_level: str
    from_vintage: str
    from_code: str
    to: LinkTo
    to_vintage: str
    to_code: str = ""
    to_name: str = ""
    change: Change = Change.NONE

    @property
    def is_urban(self) -> bool:
        """Whether a rural-urban class is urban, by its name; what is not rural counts as urban."""
        return "rural" not in self.to_name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeAreas:
    """Where a postcode is and which areas hold it, as a look-up says.

    Parameters
    ----------
    postcode : tidied, with its space.
    easting_m, northing_m : National Grid.
    lad_code : of the district.
    ward_code, lsoa11_code, msoa11_code : empty where the look-up does not say.
    is_terminated : None where it does not say whether the postcode is in use.
    """

    postcode: str
    easting_m: float
    northing_m: float
    lad_code: str
    ward_code: str = ""
    lsoa11_code: str = ""
    msoa11_code: str = ""
    is_terminated: bool | None = None
