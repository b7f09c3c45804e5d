"""What an area is: its code, its type, and which type it nests in."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from mapper.errors import InvalidValueError


class AreaType(StrEnum):
    """The kinds of area that mapper counts, draws and ranks, smallest first."""

    OA = "oa"
    LSOA = "lsoa"
    MSOA = "msoa"
    WARD = "ward"
    LAD = "lad"

    @property
    def parent(self) -> "AreaType | None":
        """Name the type of area that areas of this type nest in, None for a district."""
        return _PARENTS.get(self)


_PARENTS: Final = {
    AreaType.OA: AreaType.LSOA,
    AreaType.LSOA: AreaType.MSOA,
    AreaType.MSOA: AreaType.LAD,
    AreaType.WARD: AreaType.LAD,
}

_TYPE_BY_PREFIX: Final[Mapping[str, AreaType]] = MappingProxyType(
    {
        "E00": AreaType.OA,
        "W00": AreaType.OA,
        "S00": AreaType.OA,
        "E01": AreaType.LSOA,
        "W01": AreaType.LSOA,
        "S01": AreaType.LSOA,
        "E02": AreaType.MSOA,
        "W02": AreaType.MSOA,
        "S02": AreaType.MSOA,
        "E05": AreaType.WARD,
        "W05": AreaType.WARD,
        "S13": AreaType.WARD,
        "E06": AreaType.LAD,
        "E07": AreaType.LAD,
        "E08": AreaType.LAD,
        "E09": AreaType.LAD,
        "W06": AreaType.LAD,
        "S12": AreaType.LAD,
    }
)

_SHAPE: Final = re.compile(r"[A-Z][0-9]{8}")


class AreaCode(str):
    """A nine-character ONS (GSS) code of a type that mapper knows, such as E01017290.

    It is a string, so it joins, sorts and stores as one; only `parse` makes one.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an area code, forgiving case and the spaces round it.

        Parameters
        ----------
        text : the code as a source writes it.

        Returns
        -------
        The code in capitals.

        Raises
        ------
        InvalidValueError
            If the text is not a letter and eight digits, or its first three characters are
            not those of an output area, LSOA, MSOA, ward or district in Great Britain.
        """
        code = text.strip().upper()
        if not _SHAPE.fullmatch(code):
            raise InvalidValueError(
                f"{text!r} is not an area code.",
                expected="A letter and eight digits was expected, such as E06000044.",
                action="Correct the code, or look it up in the ONS code history.",
            )
        if code[:3] not in _TYPE_BY_PREFIX:
            raise InvalidValueError(
                f"{code} is a code of type {code[:3]}, which mapper does not use.",
                expected="An output area, LSOA, MSOA, ward or district was expected.",
                action="Give the code of one of those areas.",
            )
        return cls(code)

    @property
    def area_type(self) -> AreaType:
        """Tell the type of area from the first three characters."""
        return _TYPE_BY_PREFIX[self[:3]]


HIPS_LADS: Final[Mapping[AreaCode, str]] = MappingProxyType(
    {
        AreaCode("E06000044"): "Portsmouth",
        AreaCode("E06000045"): "Southampton",
        AreaCode("E06000046"): "Isle of Wight",
        AreaCode("E07000084"): "Basingstoke and Deane",
        AreaCode("E07000085"): "East Hampshire",
        AreaCode("E07000086"): "Eastleigh",
        AreaCode("E07000087"): "Fareham",
        AreaCode("E07000088"): "Gosport",
        AreaCode("E07000089"): "Hart",
        AreaCode("E07000090"): "Havant",
        AreaCode("E07000091"): "New Forest",
        AreaCode("E07000092"): "Rushmoor",
        AreaCode("E07000093"): "Test Valley",
        AreaCode("E07000094"): "Winchester",
    }
)
"""The fourteen districts of Hampshire, Isle of Wight, Portsmouth and Southampton, by code."""
