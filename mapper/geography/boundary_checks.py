"""What the codes and shapes of a boundary file must be, and how a shape is repaired."""

import re
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.domain.area import AreaCode, AreaType
from mapper.domain.counted import counted
from mapper.errors import BoundaryError, InvalidValueError

_NAMED_AT_MOST: Final = 3
_REASON: Final = re.compile(r"(?P<what>.*?)\[(?P<x>\S+) (?P<y>\S+)\]")


def checked_codes(column: "pd.Series[str]", level: AreaType) -> "pd.Series[str]":
    """Check that a column holds one code of the level an area, each once.

    Parameters
    ----------
    column : the codes as read.
    level : the type of area they should name.

    Returns
    -------
    The codes in capitals without spaces, on the same index.

    Raises
    ------
    BoundaryError
        If a code is missing, malformed, of another level, or given twice.
    """
    missing = int(column.isna().sum() + (column.astype("str").str.strip() == "").sum())
    if missing:
        raise BoundaryError(
            f"{missing} of {len(column)} areas have no code in {column.name}.",
            expected="A code was expected for every area.",
            action="Fill in the codes, or leave those areas out of the file.",
        )
    codes = [_code(str(text), level, str(column.name)) for text in column]
    checked = pd.Series(codes, index=column.index, name=column.name, dtype="str")
    twice = checked[checked.duplicated()].unique()
    if len(twice):
        raise BoundaryError(
            f"{len(twice)} codes in {column.name} are given more than once: {_some(twice)}.",
            expected="Each area was expected once.",
            action="Merge the parts of each area into one shape, or remove the copies.",
        )
    return checked


def _code(text: str, level: AreaType, column: str) -> AreaCode:
    try:
        code = AreaCode.parse(text)
    except InvalidValueError as cause:
        raise BoundaryError(
            f"In {column}: {cause.found}", expected=cause.expected, action=cause.action
        ) from cause
    if code.area_type is not level:
        raise BoundaryError(
            f"In {column}: {code} is the code of a {code.area_type}.",
            expected=f"The code of a {level} was expected.",
            action="Check the column's name, or give the level with --level.",
        )
    return code


def require_polygons(frame: gpd.GeoDataFrame) -> None:
    """Stop unless every area has a shape, and it is a polygon.

    Parameters
    ----------
    frame : areas indexed by code.

    Raises
    ------
    BoundaryError
        If a shape is missing, empty, or a point or a line.
    """
    absent = frame.index[frame.geometry.isna() | frame.geometry.is_empty]
    if len(absent):
        raise BoundaryError(
            f"{counted(len(absent), 'area has', 'areas have')} no shape: {_some(absent)}.",
            expected="A polygon was expected for every area.",
            action="Download the file again, or leave those areas out.",
        )
    is_polygon = frame.geom_type.isin(["Polygon", "MultiPolygon"])
    if not is_polygon.all():
        kinds = ", ".join(sorted(frame.geom_type[~is_polygon].unique()))
        raise BoundaryError(
            f"{int((~is_polygon).sum())} areas are not polygons but {kinds}.",
            expected="Polygons were expected.",
            action="Choose the boundaries, not the centroids or the lines.",
        )


def repaired(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Make every shape valid and a MultiPolygon, and say which had to be changed.

    A repair keeps the ground that the shape's own rings enclose.

    Parameters
    ----------
    frame : areas indexed by code, with `area_name`.

    Returns
    -------
    The areas, and a sentence for each one repaired.

    Raises
    ------
    BoundaryError
        If a shape encloses no ground once repaired.
    """
    shapes = frame.geometry.to_numpy()
    bad = np.flatnonzero(~shapely.is_valid(shapes))
    sentences = [
        f"{frame.index[at]} {frame['area_name'].iloc[at]}: geometry was invalid "
        f"({_reason(shapes[at])}); repaired."
        for at in bad
    ]
    sound = shapes.copy()
    sound[bad] = shapely.make_valid(shapes[bad], method="structure", keep_collapsed=False)
    whole = gpd.GeoSeries([_multi(shape) for shape in sound], index=frame.index, crs=frame.crs)
    require_polygons(gpd.GeoDataFrame(geometry=whole))
    return frame.set_geometry(whole), sentences


def _reason(shape: shapely.Geometry) -> str:
    reason = str(shapely.is_valid_reason(shape))
    if match := _REASON.fullmatch(reason):
        x, y = float(match["x"]), float(match["y"])
        return f"{match['what'].lower()} near {x:.6f}, {y:.6f}"
    return reason.lower()


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _some(codes: "pd.Index[str] | np.ndarray[tuple[int], np.dtype[np.object_]]") -> str:
    more = f" and {len(codes) - _NAMED_AT_MOST} more" if len(codes) > _NAMED_AT_MOST else ""
    return ", ".join(str(code) for code in codes[:_NAMED_AT_MOST]) + more
