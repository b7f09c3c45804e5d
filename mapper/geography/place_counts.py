"""Giving published counts an area of one vintage, without moving one between districts.

Police counts carry the publisher's LSOA, of 2011 or of 2021, and an anonymised point. Where
the code belongs to the vintage wanted it is kept. Where it does not, the point decides, but
only among the LSOAs of the district that the publisher's own LSOA name names: so the counts
of a district are always those of the file, whatever the polygons are like.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

BY_CODE: Final = "code"
BY_POINT_IN_DISTRICT: Final = "point in named district"
BY_NEAREST_IN_DISTRICT: Final = "nearest in named district"
BY_POINT: Final = "point"
UNPLACED: Final = "unplaced"

_NAME_SUFFIX: Final = r"\s+\d{3}[A-Za-z]{1,2}\s*$"


def district_names(lsoa_names: "pd.Series[str]") -> "pd.Series[str]":
    """Cut the district's name out of LSOA names, such as Test Valley out of Test Valley 003F.

    Parameters
    ----------
    lsoa_names : LSOA names, missing or empty where the source gives none.

    Returns
    -------
    The names, in lower case, on the same index; empty where there is none.
    """
    names = lsoa_names.astype("str").fillna("")
    return names.str.replace(_NAME_SUFFIX, "", regex=True).str.strip().str.casefold()


def place_counts(counts: pd.DataFrame, lsoas: "gpd.GeoDataFrame") -> pd.DataFrame:
    """Place counts in the LSOAs of one vintage.

    A count keeps its own code where that is among `lsoas`. Otherwise, where its LSOA name
    names a district of `lsoas`, it goes to the LSOA of that district that holds its point, or
    is nearest to it. Where it has no LSOA name, it goes to whichever LSOA holds its point. A
    count whose name names a district elsewhere is left unplaced, even if its point is within.

    Parameters
    ----------
    counts : one row a count: `lsoa_code` and `lsoa_name` (missing or empty where the
        publisher gives none), `easting_m` and `northing_m` (National Grid, metres; missing
        where there is no point). The index does not matter.
    lsoas : LSOAs of one vintage, indexed by `area_code`: `lad_name` and polygons on the
        National Grid.

    Returns
    -------
    A frame on the index of `counts`: `area_code`, missing where unplaced, and `method`, one of
    the constants of this module.
    """
    codes = counts["lsoa_code"].astype("str").fillna("").str.strip()
    known = codes.isin(lsoas.index)
    placed = pd.DataFrame(
        {"area_code": codes.where(known), "method": np.where(known, BY_CODE, UNPLACED)},
        index=counts.index,
    )
    astray = np.flatnonzero(~known.to_numpy() & counts["easting_m"].notna().to_numpy())
    if astray.size:
        _place_by_point(counts.iloc[astray], lsoas, placed, astray)
    return placed


def _place_by_point(
    counts: pd.DataFrame, lsoas: "gpd.GeoDataFrame", placed: pd.DataFrame, rows: "NDArray[np.intp]"
) -> None:
    """Fill in the rows of `placed` that only a point can place."""
    questions = pd.DataFrame(
        {
            "district": district_names(counts["lsoa_name"]).to_numpy(),
            "x": counts["easting_m"].to_numpy(float),
            "y": counts["northing_m"].to_numpy(float),
        }
    )
    # Snap points repeat: each is asked for once.
    answers = questions.drop_duplicates(ignore_index=True)
    points = np.asarray(shapely.points(answers["x"], answers["y"]))
    districts = lsoas["lad_name"].str.casefold()
    codes = np.full(len(answers), None, dtype=object)
    methods = np.full(len(answers), UNPLACED, dtype=object)
    for district, group in answers.groupby("district", sort=True):
        chosen = lsoas if district == "" else lsoas[districts == district]
        if not chosen.empty:
            at = group.index.to_numpy()
            codes[at], methods[at] = _locate(points[at], chosen, is_named=district != "")
    answers["area_code"], answers["method"] = codes, methods
    found = questions.merge(answers, on=["district", "x", "y"], how="left")
    for column in ("area_code", "method"):
        filled = placed[column].to_numpy(object, copy=True)
        filled[rows] = found[column].to_numpy(object)
        placed[column] = pd.Series(filled, index=placed.index, dtype="str")


def _locate(
    points: "NDArray[np.object_]", lsoas: "gpd.GeoDataFrame", *, is_named: bool
) -> "tuple[NDArray[np.object_], NDArray[np.object_]]":
    """Find the LSOA that holds each point; where the district is named, else the nearest."""
    ordered = lsoas.sort_index()  # a point on a shared edge goes to the lowest code
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    asked, holders = tree.query(points, predicate="intersects")
    codes = np.full(len(points), None, dtype=object)
    methods = np.full(len(points), UNPLACED, dtype=object)
    order = np.lexsort((holders, asked))[::-1]
    names = ordered.index.to_numpy(object)
    codes[asked[order]] = names[holders[order]]
    methods[asked] = BY_POINT_IN_DISTRICT if is_named else BY_POINT
    lost = np.flatnonzero(methods == UNPLACED)
    if is_named and lost.size:
        codes[lost] = names[tree.nearest(points[lost])]
        methods[lost] = BY_NEAREST_IN_DISTRICT
    return codes, methods
