"""Finding the one area of a row, by its code or by its name."""

import re
from dataclasses import dataclass
from typing import Final

from mapper.domain.area import HIPS_LADS, AreaCode, AreaType
from mapper.errors import MapperError, UnknownAreaError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.naming import plain_name
from mapper.ingest.faults.issues import shown

_CODE: Final = re.compile(r"[A-Za-z]\d{8}")
_TOTAL: Final = re.compile(
    r"(grand |sub)?total\b|all$|all (areas|wards|districts|authorities|of)\b|overall\b|hips\b"
    r"|hampshire\b(?!.*\d)|england\b|south east\b|united kingdom\b|force\b|whole\b|average\b",
    re.IGNORECASE,
)
_LEVELS: Final = {"lsoa": AreaType.LSOA, "msoa": AreaType.MSOA, "ward": AreaType.WARD,
                  "wd": AreaType.WARD, "lad": AreaType.LAD, "district": AreaType.LAD,
                  "authority": AreaType.LAD, "borough": AreaType.LAD}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundArea:
    """An area as it was found.

    Parameters
    ----------
    code : GSS code.
    name : as the areas loaded call it, otherwise as the row does; may be empty.
    level : of the area.
    lad_code : of the local authority that holds it.
    vintage : empty where the area is not among those loaded.
    """

    code: str
    name: str
    level: AreaType
    lad_code: str
    vintage: str


def level_of_heading(heading: str) -> AreaType | None:
    """Tell the level of areas that a heading speaks of; None where it does not say.

    Parameters
    ----------
    heading : such as ``Ward name`` or ``LAD24NM``.
    """
    words = re.sub(r"\d+(cd|nm)?", " ", heading.casefold())
    return next(
        (level for word, level in _LEVELS.items() if re.search(rf"\b{word}s?\b", words)), None
    )


def is_total(text: str) -> bool:
    """Tell a row of totals by what stands where an area's name should.

    Parameters
    ----------
    text : of the cell.
    """
    return _TOTAL.match(text.strip()) is not None and plain_name(text) not in _DISTRICTS


_DISTRICTS: Final = {plain_name(name): str(code) for code, name in HIPS_LADS.items()}


class AreaFinder:
    """The areas that are loaded, by code and by name.

    Parameters
    ----------
    ground : the areas known.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._by_code: dict[str, FoundArea] = {
            str(code): FoundArea(str(code), name, AreaType.LAD, str(code), "")
            for code, name in HIPS_LADS.items()
        }
        self._by_name: dict[tuple[AreaType, str], dict[str, FoundArea]] = {}
        columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
        rows = () if ground.area_names.empty else ground.area_names[columns].itertuples(index=False)
        for code, name, level, vintage, lad in rows:
            area = FoundArea(code, name, AreaType(level), lad or code, vintage)
            self._by_code[code] = area
            # The newest vintage comes last: a name that an older one had too is the newer area.
            alike = self._by_name.setdefault((area.level, plain_name(name)), {})
            alike[area.lad_code] = area

    def find(
        self, text: str, *, district: str = "", level: AreaType | None = None, name: str = ""
    ) -> FoundArea:
        """Find one area.

        Parameters
        ----------
        text : its code or name.
        district : name or code of its local authority, where the row gives one.
        level : of the area, where the heading says; None for any.
        name : as the row gives it beside a code.

        Raises
        ------
        UnknownAreaError, InvalidValueError
            When there is no such area, or more than one, or it is too small.
        """
        if _CODE.fullmatch(text):
            return self._coded(AreaCode.parse(text), district, name)
        lad = self._district(district)
        alike = self._by_name.get((level, plain_name(text)), {}) if level else {}
        if lad in alike:
            return alike[lad]
        if len(alike) == 1 and not lad:
            return next(iter(alike.values()))
        return self._resolved(f"{text}, {district}" if lad and level is not AreaType.LAD else text)

    def _resolved(self, text: str) -> FoundArea:
        codes = self._ground.resolve(text)
        if len(codes) > 1:
            raise UnknownAreaError(
                f"{shown(text)!r} is {len(codes)} areas together.",
                expected="One area a row was expected.",
                action="Give one row for each.",
            )
        return self._by_code[codes[0]]

    def _coded(self, code: AreaCode, district: str, name: str) -> FoundArea:
        if code in self._by_code:
            return self._by_code[code]
        lad = self._district(district) or _DISTRICTS.get(
            plain_name(re.sub(r"\s\d.*", "", name)), ""
        )
        if code.area_type is AreaType.OA or code.area_type is AreaType.LAD or not lad:
            raise UnknownAreaError(
                f"{code} is not an area that is loaded.",
                expected="An LSOA, MSOA, ward or local authority of HIPS, of a vintage that is "
                "loaded or beside the name of its local authority.",
                action="Load the boundaries of its vintage, or add a column 'Local authority'.",
            )
        return FoundArea(str(code), name, code.area_type, lad, "")

    def _district(self, text: str) -> str:
        """Give the code of a district, empty where there is none so called."""
        if not text:
            return ""
        try:
            codes = self._ground.resolve(text)
        except MapperError:
            return ""
        return codes[0] if len(codes) == 1 and codes[0] in HIPS_LADS else ""
