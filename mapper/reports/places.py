"""Places at the exactness they may be shown with."""

from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.domain.place import Precision
from mapper.geography.crs import points_to_wgs84
from mapper.store.areas import area_frame, latest_vintage

_PLACES = 5
_EXACT: Final = "exact"
_WARD: Final = "ward"
_AUTHORITY: Final = "local authority"

Texts = NDArray[Any]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Grounds:
    """Wards and authorities, to coarsen places to.

    Parameters
    ----------
    wards, lads : indexed by `area_code` with `area_name`, `centre_easting_m` and
        `centre_northing_m`.
    """

    wards: pd.DataFrame
    lads: pd.DataFrame

    @cached_property
    def ward_labels(self) -> dict[str, str]:
        """Code to name of every ward, in order of name."""
        return _labels(self.wards)

    @cached_property
    def lad_labels(self) -> dict[str, str]:
        """Code to name of every authority, in order of name."""
        return _labels(self.lads)

    def ward_name(self, code: str) -> str:
        """The name of a ward; empty when it is not loaded."""
        return self.ward_labels.get(code, "")

    def lad_name(self, code: str) -> str:
        """The name of an authority; empty when it is not loaded."""
        return self.lad_labels.get(code, "")


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as it may be shown.

    Parameters
    ----------
    exactness : ``exact``, ``ward``, ``local authority``, or empty for nowhere.
    words : where it is, in words.
    found : how exactly it is known and how it was found, in words; empty where it is not shown
        as exactly as it is known.
    longitude, latitude : WGS 84; NaN when it is not drawn.
    """

    exactness: str
    words: str
    longitude: float = float("nan")
    latitude: float = float("nan")
    found: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether there is a point to draw."""
        return not isnan(self.longitude)


def read_grounds(session: Session) -> Grounds:
    """Read the wards and authorities in force."""
    wards = area_frame(session, AreaType.WARD, latest_vintage(session, AreaType.WARD))
    lads = area_frame(session, AreaType.LAD, latest_vintage(session, AreaType.LAD))
    return Grounds(pd.DataFrame(wards), pd.DataFrame(lads))


def shown_places(rows: pd.DataFrame, grounds: Grounds) -> list[Shown]:
    """Coarsen places to what their visibility allows; row-aligned.

    A site shown by ward stands at the middle of the ward, one shown by authority at the
    middle of the authority: the point drawn says nothing more. A place known only by its
    postcode district is no more exact than its authority either, and one known by its sector
    or by a square of a kilometre no more exact than its ward, if it lies wholly in one.

    Parameters
    ----------
    rows : `visibility`, `precision`, `found_by`, `easting_m`, `northing_m`, `postcode`,
        `ward_code`, `lad_code`; and `areas_served` where there is one.
    grounds : to coarsen to.
    """
    levels = _levels(rows)
    x, y = _points(rows, levels, grounds)
    lon, lat = points_to_wgs84(x, y)
    return [
        Shown(*values)
        for values in zip(
            levels.tolist(),
            _words(rows, levels, grounds),
            np.round(lon, _PLACES).tolist(),
            np.round(lat, _PLACES).tolist(),
            _found(rows, levels),
            strict=True,
        )
    ]


def _labels(areas: pd.DataFrame) -> dict[str, str]:
    names = areas["area_name"].sort_values()
    return dict(zip(map(str, names.index), map(str, names), strict=True))


def _levels(rows: pd.DataFrame) -> Texts:
    """How exactly each place may be shown: as strictly as who is there and what is known ask."""
    visibility = rows["visibility"].to_numpy(object)
    finest = _finest_levels(rows["precision"])
    has_no_ward = rows["ward_code"].to_numpy(object) == ""
    is_nowhere = (rows["lad_code"].to_numpy(object) == "") & rows["easting_m"].isna().to_numpy()
    by_authority = (visibility == Visibility.AUTHORITY.value) | (finest == AreaType.LAD.value)
    by_ward = finest == AreaType.WARD.value
    levels: Texts = np.select(
        [
            (visibility == Visibility.HIDDEN.value) | is_nowhere,
            by_authority,
            visibility == Visibility.WARD.value,
            by_ward & has_no_ward,
            by_ward,
        ],
        ["", _AUTHORITY, _WARD, _AUTHORITY, _WARD],
        default=_EXACT,
    ).astype(object)
    return levels


def _finest_levels(precisions: "pd.Series[str]") -> Texts:
    """The finest level that each precision tells, as its value; empty for the place itself."""
    numbers, texts = pd.factorize(precisions.to_numpy(object))
    finest = [Precision(text or Precision.UNKNOWN).finest_level for text in texts]
    told = np.array([level.value if level else "" for level in finest], dtype=object)
    found: Texts = told[numbers]
    return found


def _points(rows: pd.DataFrame, levels: Texts, grounds: Grounds) -> tuple[Numbers, Numbers]:
    """Where each place is drawn, National Grid; NaN where it is not."""
    point = np.full((len(rows), 2), np.nan)
    is_exact = levels == _EXACT
    point[is_exact] = rows.loc[is_exact, ["easting_m", "northing_m"]].to_numpy(float)
    for level, areas, column in (
        (_WARD, grounds.wards, "ward_code"),
        (_AUTHORITY, grounds.lads, "lad_code"),
    ):
        is_here = levels == level
        centres = areas[["centre_easting_m", "centre_northing_m"]].astype(float)
        point[is_here] = centres.reindex(rows.loc[is_here, column]).to_numpy()
    return point[:, 0], point[:, 1]


def _found(rows: pd.DataFrame, levels: Texts) -> list[str]:
    is_told = (levels != "") & (rows["visibility"].to_numpy(object) == Visibility.EXACT.value)
    by = rows["found_by"].tolist() if "found_by" in rows else [""] * len(rows)
    return [
        ", ".join(filter(None, (precision, found_by))) if told else ""
        for told, precision, found_by in zip(is_told, rows["precision"].tolist(), by, strict=True)
    ]


def _words(rows: pd.DataFrame, levels: Texts, grounds: Grounds) -> list[str]:
    wards = [grounds.ward_name(code) for code in rows["ward_code"].tolist()]
    authorities = [grounds.lad_name(code) for code in rows["lad_code"].tolist()]
    columns = (levels.tolist(), rows["postcode"].tolist(), wards, authorities)
    return [_where(*values) for values in zip(*columns, strict=True)]


def _where(level: str, postcode: str, ward: str, authority: str) -> str:
    """Where a place is, in words, as exactly as it may be shown."""
    if not level:
        return ""
    if level == _EXACT:
        return ", ".join(filter(None, (postcode, authority))) or "outside HIPS"
    if level == _WARD:
        return ", ".join(filter(None, (f"{ward} ward" if ward else "", authority)))
    return authority
