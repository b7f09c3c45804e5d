"""One row a HIPS postcode: its point, its areas, and whether it still lives."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from mapper.domain.area import HIPS_LADS

COLUMNS: Final = (
    "postcode", "easting_m", "northing_m", "positional_quality", "lsoa11_code", "msoa11_code",
    "ward_code", "lad_code", "is_terminated", "is_lsoa_derived", "is_ward_derived",
)  # fmt: skip


@dataclass(frozen=True)
class PostcodeSources:
    """The three tables that say something about a postcode, each indexed by postcode."""

    onspd: pd.DataFrame
    code_point: pd.DataFrame
    lookup: pd.DataFrame


def join_directory(sources: PostcodeSources) -> pd.DataFrame:
    """Put together what the three sources say of every HIPS postcode.

    The point and the district are ONSPD's, or Code-Point's for a postcode newer than that.
    A postcode without an LSOA (newer than the look-up) or without a ward (terminated) takes
    that of the nearest postcode in its district that has one, and says so.

    Parameters
    ----------
    sources : the three tables.

    Returns
    -------
    One row a postcode in order, with the columns named in `COLUMNS`; points in metres
    (EPSG:27700); positional_quality missing for a postcode Code-Point does not hold.
    """
    hips = list(HIPS_LADS)
    live = sources.code_point[sources.code_point["lad_code"].isin(hips)]
    onspd = sources.onspd[sources.onspd["lad_code"].isin(hips)]
    points = ["easting_m", "northing_m", "lad_code"]
    newer = live.loc[~live.index.isin(sources.onspd.index), points]
    rows = pd.concat([onspd, newer]).sort_index()
    rows["positional_quality"] = live["positional_quality"].reindex(rows.index)
    rows["is_terminated"] = _is_terminated(rows.index, live.index, sources.lookup)
    rows = _with_lsoa(rows, sources.lookup)
    rows = _with_ward(rows, live)
    return _typed(rows.reset_index())[list(COLUMNS)]


def _is_terminated(rows: pd.Index, live: pd.Index, lookup: pd.DataFrame) -> "pd.Series[bool]":
    """Terminated: not live in April 2025 though known in May 2022. Newer ones may live."""
    return pd.Series(~rows.isin(live) & rows.isin(lookup.index), index=rows)


def _with_lsoa(rows: pd.DataFrame, lookup: pd.DataFrame) -> pd.DataFrame:
    known = lookup.reindex(rows.index)
    # A point moved since into another district is not in the old LSOA any more.
    given = known["lsoa11cd"].where(known["ladcd"] == rows["lad_code"])
    lsoa = _from_nearest(rows.assign(label=given))
    msoa = lookup.drop_duplicates("lsoa11cd").set_index("lsoa11cd")["msoa11cd"]
    return rows.assign(lsoa11_code=lsoa, msoa11_code=lsoa.map(msoa), is_lsoa_derived=given.isna())


def _with_ward(rows: pd.DataFrame, live: pd.DataFrame) -> pd.DataFrame:
    lad_of_ward = live.groupby("ward_code")["lad_code"].agg(lambda codes: codes.mode().iloc[0])
    given = live["ward_code"].reindex(rows.index)
    given = given.where(given.map(lad_of_ward) == rows["lad_code"])
    return rows.assign(
        ward_code=_from_nearest(rows.assign(label=given)), is_ward_derived=given.isna()
    )


def _from_nearest(rows: pd.DataFrame) -> "pd.Series[str]":
    """Fill each missing label with that of the nearest postcode of the same district."""
    filled = rows["label"].copy()
    for _, district in rows.groupby("lad_code"):
        known = district[district["label"].notna()]
        blank = district[district["label"].isna()]
        tree = cKDTree(known[["easting_m", "northing_m"]].to_numpy(float))
        at = tree.query(blank[["easting_m", "northing_m"]].to_numpy(float))[1]
        filled.loc[blank.index] = known["label"].to_numpy()[at]
    return filled


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    whole = {"easting_m": np.int32, "northing_m": np.int32}
    codes = ["lsoa11_code", "msoa11_code", "ward_code", "lad_code"]
    return rows.astype(whole | dict.fromkeys(codes, "category") | {"positional_quality": "Int8"})
