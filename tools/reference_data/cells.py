"""Approximate polygons: the cells round postcodes, merged by code and cut at the coast.

A Voronoi cell holds what is nearer to its postcode than to any other. Merged by the code of
their postcodes, cells come close to an area's real outline where postcodes are dense, and
miss it where they are sparse. They are for drawing and for a start, not for the record.
"""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.domain.area import HIPS_LADS
from mapper.geography.crs import NATIONAL_GRID

MARGIN_M: Final = 5_000
TOLERANCE_M: Final = 25
GRID_M: Final = 1.0
_LIVE_VOTE: Final = 10
_CODES: Final = ["lsoa11_code", "ward_code", "lad_code"]


def seed_points(directory: pd.DataFrame, onspd: pd.DataFrame) -> pd.DataFrame:
    """Choose the points that cells grow round, each with the areas it speaks for.

    Postcodes often share a point; the areas most of them give speak for it, a live one
    counting for ten terminated. Postcodes round HIPS hold its outer border in place.

    Parameters
    ----------
    directory : the HIPS postcodes.
    onspd : all postcodes near HIPS, indexed by postcode.

    Returns
    -------
    One row a point: easting_m, northing_m (EPSG:27700), lsoa11_code, ward_code, lad_code, all
    three empty outside HIPS.
    """
    inside = directory[["easting_m", "northing_m", *_CODES]].astype(dict.fromkeys(_CODES, "str"))
    inside = inside.assign(votes=np.where(directory["is_terminated"], 1, _LIVE_VOTE))
    seeds = pd.concat([inside, _outside(directory, onspd)])
    point = ["easting_m", "northing_m"]
    votes: pd.DataFrame = seeds.groupby(point + _CODES)["votes"].sum().reset_index()
    ballots = votes.assign(against=-votes["votes"]).sort_values([*point, "against", *_CODES])
    return ballots.drop_duplicates(point)[point + _CODES].reset_index(drop=True)


def _outside(directory: pd.DataFrame, onspd: pd.DataFrame) -> pd.DataFrame:
    near = ~onspd["lad_code"].isin(list(HIPS_LADS))
    for axis in ("easting_m", "northing_m"):
        low, high = directory[axis].min() - MARGIN_M, directory[axis].max() + MARGIN_M
        near &= onspd[axis].between(low, high)
    points = onspd.loc[near, ["easting_m", "northing_m"]].astype("int32")
    return points.assign(votes=1, lsoa11_code="", ward_code="", lad_code="")


def build_pieces(seeds: pd.DataFrame, land: shapely.Geometry) -> gpd.GeoDataFrame:
    """Grow the cells, merge them by LSOA and ward at once, cut at the coast and simplify.

    Every larger area is then a union of the same pieces, so that areas nest exactly.

    Parameters
    ----------
    seeds : the points, with their codes.
    land : the land in EPSG:27700.

    Returns
    -------
    One row a pair of LSOA and ward: lsoa11_code, ward_code, lad_code, geometry (EPSG:27700,
    whole metres, borders shared).
    """
    points = shapely.MultiPoint(seeds[["easting_m", "northing_m"]].to_numpy(float))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, ordered=True))
    frame = gpd.GeoDataFrame(seeds[_CODES], geometry=cells, crs=NATIONAL_GRID)
    frame = frame[frame["lad_code"] != ""]
    pieces = frame.dissolve(by=_CODES, method="coverage").reset_index()
    pieces["geometry"] = _only_polygons(shapely.intersection(pieces.geometry.array, land))
    pieces = pieces[~pieces.geometry.is_empty]
    simple = shapely.coverage_simplify(np.asarray(pieces.geometry.array), TOLERANCE_M)
    return pieces.assign(geometry=_only_polygons(shapely.set_precision(simple, GRID_M)))


def merge_pieces(pieces: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    """Merge the pieces that share a code.

    Parameters
    ----------
    pieces : the pieces.
    code : the column to merge by: lsoa11_code, ward_code or lad_code.

    Returns
    -------
    One row an area: area_code, lad_code, geometry (MultiPolygon, EPSG:27700, whole metres).
    """
    merged = pieces[["geometry"]].assign(area_code=pieces[code], lad=pieces["lad_code"])
    merged = merged.dissolve(by="area_code", aggfunc="first", method="unary", grid_size=GRID_M)
    merged["geometry"] = _only_polygons(np.asarray(merged.geometry.array))
    return merged.rename(columns={"lad": "lad_code"}).reset_index()


def _only_polygons(shapes: object) -> list[shapely.MultiPolygon]:
    """Keep the polygon parts of each shape, as one MultiPolygon."""
    return [
        shapely.MultiPolygon(
            [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        )
        for shape in np.asarray(shapes)
    ]
