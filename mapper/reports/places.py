"""Places at the exactness they may be shown with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.domain.place import Precision
from mapper.geography.crs import points_to_wgs84
from mapper.store.areas import area_frame, latest_vintage

_PLACES = 5


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
        return not pd.isna(self.longitude)


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
    records = rows.to_dict("records")
    levels = [_level(record) for record in records]
    points = [_point(record, level, grounds) for record, level in zip(records, levels, strict=True)]
    lon, lat = points_to_wgs84([x for x, _ in points], [y for _, y in points])
    return [
        Shown(
            level,
            _words(record, level, grounds),
            round(float(lon[i]), _PLACES),
            round(float(lat[i]), _PLACES),
            _found(record, level),
        )
        for i, (record, level) in enumerate(zip(records, levels, strict=True))
    ]


def _labels(areas: pd.DataFrame) -> dict[str, str]:
    names = areas["area_name"].sort_values()
    return dict(zip(map(str, names.index), map(str, names), strict=True))


def _level(record: Mapping[Any, Any]) -> str:
    visibility = record["visibility"]
    if visibility == Visibility.HIDDEN or (not record["lad_code"] and pd.isna(record["easting_m"])):
        return ""
    finest = Precision(record["precision"] or Precision.UNKNOWN).finest_level
    if visibility == Visibility.AUTHORITY or finest is AreaType.LAD:
        return "local authority"
    if visibility == Visibility.WARD:
        return "ward"
    if finest is AreaType.WARD:
        return "ward" if record["ward_code"] else "local authority"
    return "exact"


def _point(record: Mapping[Any, Any], level: str, grounds: Grounds) -> tuple[float, float]:
    if level == "exact":
        return float(record["easting_m"]), float(record["northing_m"])
    areas, code = {
        "ward": (grounds.wards, record["ward_code"]),
        "local authority": (grounds.lads, record["lad_code"]),
    }.get(level, (grounds.lads, ""))
    if code not in areas.index:
        return float("nan"), float("nan")
    row = areas.loc[code]
    return float(row["centre_easting_m"]), float(row["centre_northing_m"])


def _found(record: Mapping[Any, Any], level: str) -> str:
    if not level or record["visibility"] != Visibility.EXACT:
        return ""
    return ", ".join(filter(None, (record["precision"], record.get("found_by", ""))))


def _words(record: Mapping[Any, Any], level: str, grounds: Grounds) -> str:
    if not level:
        return ""
    authority = grounds.lad_name(record["lad_code"])
    if level == "exact":
        return ", ".join(filter(None, (record["postcode"], authority))) or "outside HIPS"
    if level == "ward":
        ward = grounds.ward_name(record["ward_code"])
        return ", ".join(filter(None, (f"{ward} ward" if ward else "", authority)))
    return authority
