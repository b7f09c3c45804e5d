"""Placing points in areas, and small areas in large ones, and saying how."""

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.geography.crs import NATIONAL_GRID, require_national_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINT_IN_POLYGON: Final = "point in polygon"
NEAREST_WITHIN_M: Final = 250.0


def assign_areas(
    points: gpd.GeoSeries,
    areas: gpd.GeoDataFrame,
    within: "pd.Series[str] | None" = None,
    *,
    nearest_within_m: float = NEAREST_WITHIN_M,
) -> pd.DataFrame:
    """Find the area that each point lies in, or else the nearest one close by.

    Generalised coasts leave real places in the sea: a point in no area takes the nearest area
    no further than `nearest_within_m`, and the method says so. A point on a shared edge goes
    to the area with the lower code.

    Parameters
    ----------
    points : points in EPSG:27700; missing and empty ones lie nowhere.
    areas : areas indexed by `area_code` in EPSG:27700; with `lad_code` where `within` is given.
    within : the district each point is known to be in, on the index of the points, missing
        where it is not known: only areas of that district are then considered.
    nearest_within_m : how far from an area a point may be, in metres; 0 for inside only.

    Returns
    -------
    On the index of the points: `area_code`, missing where no area was found; `method`,
    'point in polygon' or 'nearest within 250 m', missing likewise.

    Raises
    ------
    CoordinateError
        If the points or the areas are not on the National Grid.
    """
    require_national_grid(points)
    require_national_grid(areas)
    districts = np.full(len(points), "", dtype=object)
    if within is not None:
        districts = within.reindex(points.index).astype(object).fillna("").to_numpy()
    codes = np.full(len(points), None, dtype=object)
    methods = np.full(len(points), None, dtype=object)
    shapes = points.to_numpy()
    for district in np.unique(districts.astype(str)):
        chosen = areas if district == "" else areas[areas["lad_code"] == district]
        rows = np.flatnonzero(districts == district)
        codes[rows], methods[rows] = _place(shapes[rows], chosen, nearest_within_m)
    columns = {"area_code": codes, "method": methods}
    return pd.DataFrame(columns, index=points.index, dtype="str")


def _place(
    points: "NDArray[np.object_]", areas: gpd.GeoDataFrame, nearest_within_m: float
) -> "tuple[NDArray[np.object_], NDArray[np.object_]]":
    ordered = areas.sort_index()
    names = ordered.index.to_numpy(dtype=object)
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    codes = np.full(len(points), None, dtype=object)
    methods = np.full(len(points), None, dtype=object)
    asked, holders = tree.query(points, predicate="intersects")
    _fill(codes, asked, names[holders])
    methods[asked] = POINT_IN_POLYGON
    astray = np.flatnonzero(pd.isna(codes))
    if astray.size and nearest_within_m > 0:
        asked, holders = tree.query_nearest(points[astray], max_distance=nearest_within_m)
        _fill(codes, astray[asked], names[holders])
        methods[astray[asked]] = f"nearest within {nearest_within_m:g} m"
    return codes, methods


def _fill(
    codes: "NDArray[np.object_]", rows: "NDArray[np.intp]", found: "NDArray[np.object_]"
) -> None:
    """Write the codes found, the lowest where a row has several."""
    order = np.argsort(found.astype(str), kind="stable")[::-1]
    codes[rows[order]] = found[order]


def best_fit(children: gpd.GeoDataFrame, parents: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the larger area that each small area fits best.

    Where the children have a centre (`centre_easting_m`, `centre_northing_m`, the point its
    residents are gathered round), the parent that holds it is the best fit, as in the ONS
    look-ups. Otherwise, and where no parent holds the centre, it is the parent that shares
    most of the child's ground.

    Parameters
    ----------
    children : small areas indexed by `area_code` in EPSG:27700.
    parents : larger areas indexed by `area_code` in EPSG:27700.

    Returns
    -------
    Indexed by the children's codes: `area_code` of the parent, missing where none overlaps;
    `method`, 'centre in polygon' or 'largest overlap', missing likewise.

    Raises
    ------
    CoordinateError
        If either frame is not on the National Grid.
    """
    require_national_grid(children)
    require_national_grid(parents)
    fitted = _by_overlap(children, parents)
    if "centre_easting_m" in children and "centre_northing_m" in children:
        centres = gpd.points_from_xy(children["centre_easting_m"], children["centre_northing_m"])
        held = assign_areas(
            gpd.GeoSeries(centres, index=children.index, crs=NATIONAL_GRID),
            parents,
            nearest_within_m=0,
        )
        held["method"] = held["method"].where(held["method"].isna(), "centre in polygon")
        fitted = held.where(held["area_code"].notna(), fitted)
    return fitted.rename_axis(children.index.name)


def _by_overlap(children: gpd.GeoDataFrame, parents: gpd.GeoDataFrame) -> pd.DataFrame:
    ordered = parents.sort_index()
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    child, parent = tree.query(children.geometry.to_numpy(), predicate="intersects")
    shared = shapely.area(
        shapely.intersection(
            children.geometry.to_numpy()[child], ordered.geometry.to_numpy()[parent]
        )
    )
    pairs = pd.DataFrame({"child": child, "parent": parent, "shared_m2": shared})
    pairs = pairs[pairs["shared_m2"] > 0].sort_values(["shared_m2", "parent"])
    best = pairs.drop_duplicates("child", keep="last").set_index("child")["parent"]
    codes = pd.Series(ordered.index.to_numpy(dtype=object)[best], index=children.index[best.index])
    fitted = pd.DataFrame({"area_code": codes.reindex(children.index)}, dtype="str")
    return fitted.assign(method=pd.Series("largest overlap", codes.index).reindex(fitted.index))
