"""The land of southern England, from the full-resolution GSHHG coast."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import h5py
import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.geography.crs import NATIONAL_GRID, WGS84

GSHHG: Final = Path("/usr/share/gmt-gshhg/binned_GSHHS_f.nc")
# South-west corners of the one-degree bins that HIPS and its surroundings fall in.
BINS: Final = [(lon, lat) for lat in (50, 51) for lon in (-2, -1)]
_STEPS_IN_A_DEGREE: Final = 65535
_SHORELINE: Final = 1
_ASIDE: Final = 1e-6


@dataclass(frozen=True)
class CoastBin:
    """One degree square: its box, the shorelines in it, and whether its corner is land."""

    box: shapely.Polygon
    shorelines: list[NDArray[np.float64]]
    is_corner_land: bool


def read_land() -> shapely.MultiPolygon:
    """Read the land from 2 W to 0 and 50 N to 52 N.

    Returns
    -------
    The land in EPSG:27700.

    Raises
    ------
    FileNotFoundError
        If the coast is not installed.
    """
    if not GSHHG.exists():
        message = f"{GSHHG} is missing: install the Debian package gmt-gshhg-full."
        raise FileNotFoundError(message)
    with h5py.File(GSHHG) as file:
        faces = [face for corner in BINS for face in _land_faces(_read_bin(file, *corner))]
    land = gpd.GeoSeries(faces, crs=WGS84).to_crs(NATIONAL_GRID)
    # Closes the hair-line between neighbouring bins, whose edges bend differently.
    return shapely.MultiPolygon(list(shapely.get_parts(_closed(land))))


def _closed(land: gpd.GeoSeries) -> shapely.Geometry:
    return shapely.buffer(shapely.buffer(shapely.union_all(land.array), 1), -1)


def _read_bin(file: h5py.File, lon: int, lat: int) -> CoastBin:
    at = (89 - lat) * 360 + lon % 360
    first = int(file["Id_of_first_segment_in_a_bin"][at])
    last = first + int(file["N_segments_in_a_bin"][at])
    packed = file["Embedded_npts_levels_exit_entry_for_a_segment"][first:last]
    starts = file["Id_of_first_point_in_a_segment"][first:last]
    shorelines = [
        _read_points(file, int(start), int(word) >> 9) + np.array([lon, lat])
        for word, start in zip(packed, starts, strict=True)
        if (int(word) >> 6) & 7 == _SHORELINE
    ]
    # Three bits a corner, south-west first: even levels are water.
    corner = int(file["Embedded_node_levels_in_a_bin"][at]) & 7
    return CoastBin(shapely.box(lon, lat, lon + 1, lat + 1), shorelines, corner % 2 == 1)


def _read_points(file: h5py.File, start: int, count: int) -> NDArray[np.float64]:
    x = file["Relative_longitude_from_SW_corner_of_bin"][start : start + count]
    y = file["Relative_latitude_from_SW_corner_of_bin"][start : start + count]
    return np.column_stack([x, y]).astype(np.uint16) / _STEPS_IN_A_DEGREE


def _land_faces(coast: CoastBin) -> list[shapely.Geometry]:
    """Cut the box along its shorelines and keep the faces on their left, which are land."""
    if not coast.shorelines:
        return [coast.box] if coast.is_corner_land else []
    lines = [shapely.LineString(line) for line in coast.shorelines]
    noded = shapely.union_all([*lines, coast.box.exterior])
    faces = shapely.get_parts(shapely.polygonize([noded]))
    left = np.vstack([_left_of(line) for line in coast.shorelines])
    held = shapely.STRtree(np.asarray(shapely.points(left))).query(faces, predicate="contains")[0]
    return [faces[at] for at in np.unique(held)]


def _left_of(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Step a tenth of a metre to the left of the middle of the longest stretch."""
    steps = np.diff(line, axis=0)
    at = int(np.argmax(np.hypot(*steps.T)))
    along = steps[at] / np.hypot(*steps[at])
    middle = (line[at] + line[at + 1]) / 2
    return np.atleast_2d(middle + _ASIDE * np.array([-along[1], along[0]]))
