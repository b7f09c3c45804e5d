"""Giving published counts an area of one vintage, without moving one between districts.

Police counts carry the publisher's LSOA, of 2011 or of 2021, and an anonymised point. Where
the code belongs to the vintage wanted it is kept. Where it does not, and the exact-fit look-up
of ONS says that the whole of its LSOA went into one, it goes there. Where its LSOA was split,
the point decides, but only among the parts. Without a look-up the point decides among the
LSOAs of the district that the publisher's own LSOA name names: so the counts of a district are
always those of the file, whatever the polygons are like.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from mapper.domain.lookup import Change

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

BY_CODE: Final = "code"
BY_LOOKUP: Final = "exact-fit look-up"
BY_POINT_IN_PARTS: Final = "point in the parts of its area"
BY_NEAREST_PART: Final = "nearest of the parts of its area"
BY_POINT_IN_DISTRICT: Final = "point in named district"
BY_NEAREST_IN_DISTRICT: Final = "nearest in named district"
BY_POINT: Final = "point"
UNPLACED: Final = "unplaced"

# What to say of a count whose point lies in an LSOA that it may go to, and of one nearest to it.
_PARTS: Final = (BY_POINT_IN_PARTS, BY_NEAREST_PART)
_DISTRICT: Final = (BY_POINT_IN_DISTRICT, BY_NEAREST_IN_DISTRICT)
_ANYWHERE: Final = (BY_POINT, "")
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


def place_counts(
    counts: pd.DataFrame, lsoas: "gpd.GeoDataFrame", changes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Place counts in the LSOAs of one vintage.

    A count keeps its own code where that is among `lsoas`. Otherwise it follows `changes`:
    whole into the one LSOA that took its own in, or by its point among the parts of its own.
    An irregular change is not followed. Otherwise, where its LSOA name
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
    changes : how LSOAs of other vintages became others: `from_code`, `to_code`, `change` (see
        `mapper.domain.lookup.Change`); none where no look-up is loaded.

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
    parts = _parts(changes, lsoas)
    whole = {code: found[0] for code, found in parts.items() if len(found) == 1}
    is_whole = ~known & codes.isin(list(whole))
    placed.loc[is_whole, "area_code"] = codes[is_whole].map(whole)
    placed.loc[is_whole, "method"] = BY_LOOKUP
    is_left = ~(known | is_whole).to_numpy() & counts["easting_m"].notna().to_numpy()
    astray = np.flatnonzero(is_left)
    if astray.size:
        own = codes.where(codes.isin(list(parts)), "").iloc[astray]
        _place_by_point(counts.iloc[astray], _Ground(lsoas, parts, own), placed, astray)
    return placed


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where counts may go: the LSOAs, the parts of those that were split, and whose each is.

    Parameters
    ----------
    lsoas : of the vintage wanted.
    parts : by the code of the LSOA that was split.
    own : of each count, its own LSOA where that was split, else empty.
    """

    lsoas: "gpd.GeoDataFrame"
    parts: dict[str, list[str]]
    own: "pd.Series[str]"

    def among(self, own: str, district: str) -> "gpd.GeoDataFrame":
        """The LSOAs that a count of one LSOA and one named district may go to."""
        if own:
            return self.lsoas.loc[self.parts[own]]
        names = self.lsoas["lad_name"].str.casefold()
        return self.lsoas if district == "" else self.lsoas[names == district]


def _parts(changes: pd.DataFrame | None, lsoas: "gpd.GeoDataFrame") -> dict[str, list[str]]:
    """What each LSOA of another vintage became, where all of that is among those wanted."""
    if changes is None:
        return {}
    regular = changes[changes["change"] != Change.IRREGULAR]
    found = regular.groupby("from_code")["to_code"].agg(lambda codes: sorted(set(codes)))
    known = set(lsoas.index)
    return {str(code): into for code, into in found.items() if known.issuperset(into)}


def _place_by_point(
    counts: pd.DataFrame, ground: _Ground, placed: pd.DataFrame, rows: "NDArray[np.intp]"
) -> None:
    """Fill in the rows of `placed` that only a point can place."""
    questions = pd.DataFrame(
        {
            "own": ground.own.to_numpy(object),
            "district": district_names(counts["lsoa_name"]).to_numpy(),
            "x": counts["easting_m"].to_numpy(float),
            "y": counts["northing_m"].to_numpy(float),
        }
    )
    # Snap points repeat: each is asked for once.
    answers = questions.drop_duplicates(ignore_index=True)
    points = np.asarray(shapely.points(answers["x"], answers["y"]))
    codes = np.full(len(answers), None, dtype=object)
    methods = np.full(len(answers), UNPLACED, dtype=object)
    for (own, district), group in answers.groupby(["own", "district"], sort=True):
        chosen = ground.among(str(own), str(district))
        if not chosen.empty:
            at = group.index.to_numpy()
            said = _PARTS if own else _DISTRICT if district else _ANYWHERE
            codes[at], methods[at] = _locate(points[at], chosen, said)
    answers["area_code"], answers["method"] = codes, methods
    found = questions.merge(answers, on=list(questions.columns), how="left")
    for column in ("area_code", "method"):
        filled = placed[column].to_numpy(object, copy=True)
        filled[rows] = found[column].to_numpy(object)
        placed[column] = pd.Series(filled, index=placed.index, dtype="str")


def _locate(
    points: "NDArray[np.object_]", lsoas: "gpd.GeoDataFrame", said: tuple[str, str]
) -> "tuple[NDArray[np.object_], NDArray[np.object_]]":
    """Find the LSOA that holds each point, else the nearest where there is a word for that."""
    inside, nearest = said
    ordered = lsoas.sort_index()  # a point on a shared edge goes to the lowest code
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    asked, holders = tree.query(points, predicate="intersects")
    codes = np.full(len(points), None, dtype=object)
    methods = np.full(len(points), UNPLACED, dtype=object)
    order = np.lexsort((holders, asked))[::-1]
    names = ordered.index.to_numpy(object)
    codes[asked[order]] = names[holders[order]]
    methods[asked] = inside
    lost = np.flatnonzero(methods == UNPLACED)
    if nearest and lost.size:
        codes[lost] = names[tree.nearest(points[lost])]
        methods[lost] = nearest
    return codes, methods
