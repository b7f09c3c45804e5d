"""The areas a file is read against: their names, their codes, and what they cover."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from mapper.domain.area import HIPS_LADS, AreaCode
from mapper.errors import InvalidValueError, UnknownAreaError
from mapper.ingest.cells.near_words import meant
from mapper.ingest.faults.issues import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COUNTY: Final = tuple(code for code in HIPS_LADS if code.startswith("E07"))
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "hampshire": _COUNTY,
    "hampshire county": _COUNTY,
    "hips": tuple(HIPS_LADS),
    "hampshire and isle of wight": tuple(HIPS_LADS),
    "hampshire isle of wight portsmouth and southampton": tuple(HIPS_LADS),
    "hiow": tuple(HIPS_LADS),
    "pan hampshire": tuple(HIPS_LADS),
}
_DRESSING: Final = re.compile(
    r"^(all (of )?|the whole (of )?|whole (of )?|across |the |city of |county of )+"
    r"|( county| city| borough| district| unitary)*( council| area)?$"
)
_REMEMBERED: Final = 4_096
_NEAR_M: Final = 500.0
_LEVELS_BY_SIZE: Final = ("lad", "ward", "msoa", "lsoa")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of areas while a file is read.

    Parameters
    ----------
    area_names : one row an area: `area_code`, `area_name`, `level`, `vintage`, `lad_code`.
    lsoa_shapes : polygons of every LSOA loaded, of whatever vintage, on the National Grid.
    linked_lsoas : codes of LSOAs of HIPS that look-ups name, by vintage.
    """

    area_names: pd.DataFrame = field(default_factory=pd.DataFrame)
    lsoa_shapes: "NDArray[np.object_]" = field(default_factory=lambda: np.empty(0, dtype=object))
    linked_lsoas: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _codes: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _found: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _names: tuple[str, ...] = field(init=False, default=tuple(HIPS_LADS.values()))

    def __post_init__(self) -> None:
        self._codes.update(_codes_by_name(self.area_names))
        if not self.area_names.empty:
            wards = self.area_names.loc[self.area_names["level"] == "ward", "area_name"]
            names = (*self._names, *map(str, wards))
            object.__setattr__(self, "_names", tuple(dict.fromkeys(names)))

    @property
    def lsoa_codes(self) -> frozenset[str]:
        """Codes of every LSOA loaded, of whatever vintage."""
        if self.area_names.empty:
            return frozenset()
        names = self.area_names
        return frozenset(names.loc[names["level"] == "lsoa", "area_code"])

    def codes_of(self, level: str, vintage: str) -> frozenset[str]:
        """Codes of HIPS known of one level and vintage: of areas loaded, or by a look-up.

        Parameters
        ----------
        level : such as ``lsoa``.
        vintage : such as ``2021``.
        """
        linked = self.linked_lsoas.get(vintage, frozenset()) if level == "lsoa" else frozenset()
        if self.area_names.empty:
            return linked
        names = self.area_names
        is_wanted = (names["level"] == level) & (names["vintage"] == vintage)
        return linked | frozenset(names.loc[is_wanted, "area_code"])

    def resolve(self, text: str) -> tuple[str, ...]:
        """Find the areas that a person means.

        Parameters
        ----------
        text : a GSS code, the name of a district or ward, or a group of districts such as
            ``Hampshire`` (its eleven districts) and ``Hampshire and Isle of Wight`` (all
            fourteen). A ward that several districts have is written ``St Johns, Havant``.

        Returns
        -------
        Codes, in order.

        Raises
        ------
        UnknownAreaError
            When no area, or more than one, is called so.
        """
        if re.fullmatch(r"\s*[A-Za-z]\d{8}\s*", text):
            return (self._known_code(text),)
        plain = _plain(text)
        for name in dict.fromkeys((plain, _undressed(plain))):
            if name in _GROUPS:
                return _GROUPS[name]
            if name in self._codes:
                return self._one(name, text)
        raise UnknownAreaError(
            f"No area is called {shown(text)!r}.",
            expected=f"{meant(text, self._names)}A district such as Havant, a ward such as "
            "'Warren Park, Havant', a code such as E07000090, or 'Hampshire' for its eleven "
            "districts.",
            action="Correct the name.",
        )

    def known(self, text: str) -> tuple[str, ...]:
        """Find the areas that a person means, remembering what was found: names repeat.

        Parameters
        ----------
        text : as `resolve` takes it.

        Returns
        -------
        Codes, in order.

        Raises
        ------
        UnknownAreaError
            When no area, or more than one, is called so.
        """
        found = self._found.get(text)
        if found is None:
            found = self.resolve(text)
            if len(self._found) < _REMEMBERED:
                self._found[text] = found
        return found

    def covers(
        self, easting_m: "NDArray[np.float64]", northing_m: "NDArray[np.float64]"
    ) -> "NDArray[np.bool_]":
        """Tell which points lie in an LSOA.

        Parameters
        ----------
        easting_m, northing_m : National Grid, metres; NaN where there is no point.
        """
        inside = np.zeros(len(easting_m), dtype=bool)
        if self.lsoa_shapes.size:
            tree = shapely.STRtree(self.lsoa_shapes)
            inside[tree.query(shapely.points(easting_m, northing_m), predicate="intersects")[0]] = (
                True
            )
        return inside

    def is_near(
        self, easting_m: "NDArray[np.float64]", northing_m: "NDArray[np.float64]"
    ) -> "NDArray[np.bool_]":
        """Tell which points lie in an LSOA or within 500 m of one, as on a pier.

        Parameters
        ----------
        easting_m, northing_m : National Grid, metres; NaN where there is no point.
        """
        near = np.zeros(len(easting_m), dtype=bool)
        if self.lsoa_shapes.size:
            tree = shapely.STRtree(self.lsoa_shapes)
            given = np.flatnonzero(np.isfinite(easting_m) & np.isfinite(northing_m))
            points = shapely.points(easting_m[given], northing_m[given])
            near[given[tree.query(points, predicate="dwithin", distance=_NEAR_M)[0]]] = True
        return near

    def _known_code(self, text: str) -> str:
        code = AreaCode.parse(text)
        known = code in HIPS_LADS or (
            not self.area_names.empty and code in set(self.area_names["area_code"])
        )
        if not known:
            raise UnknownAreaError(
                f"{code} is not the code of an area that is loaded.",
                expected="The code of a district, ward, MSOA or LSOA in HIPS.",
                action="Correct it, or load the boundaries of its vintage.",
            )
        return str(code)

    def _one(self, name: str, text: str) -> tuple[str, ...]:
        codes = self._codes[name]
        if len(codes) > 1:
            raise UnknownAreaError(
                f"{shown(text)!r} is the name of {len(codes)} areas: {', '.join(codes)}.",
                expected="One area was expected.",
                action="Add the district after a comma, or give the code.",
            )
        return codes


def _codes_by_name(area_names: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Index areas by plain name and by ``name, district``; a district beats a ward so called."""
    found: dict[str, tuple[str, ...]] = {}
    if not area_names.empty:
        newest = area_names.drop_duplicates(["area_name", "level", "lad_code"], keep="last")
        for level in reversed(_LEVELS_BY_SIZE):
            found.update(_level_codes(newest[newest["level"] == level]))
    return found | {_plain(name): (str(code),) for code, name in HIPS_LADS.items()}


def _level_codes(areas: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, name, lad in areas[["area_code", "area_name", "lad_code"]].itertuples(index=False):
        plain, district = _plain(name), _plain(HIPS_LADS.get(lad, ""))
        found[plain] = (*found.get(plain, ()), code)
        found[f"{plain} {district}"] = (code,)
    return found


def _plain(text: str) -> str:
    return " ".join(
        re.sub(r"[\W_]+", " ", text.replace("&", " and ").replace("'", "")).casefold().split()
    )


def _undressed(plain: str) -> str:
    return _DRESSING.sub("", plain).strip()


def named_areas(ground: Ground, names: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """Resolve several names.

    Parameters
    ----------
    ground : the areas known.
    names : as the source writes them.

    Returns
    -------
    The codes found, each once, and the message for each name that was not.
    """
    codes: list[str] = []
    faults: list[str] = []
    for name in names:
        try:
            codes += ground.known(name)
        except (UnknownAreaError, InvalidValueError) as error:
            faults.append(str(error))
    return tuple(dict.fromkeys(codes)), faults
