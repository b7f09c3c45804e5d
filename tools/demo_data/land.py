"""The real ground that the demo stands on: LSOAs, residents and postcodes as shipped."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from mapper.domain.area import HIPS_LADS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
DISTRICT_NAMES = {str(code): name for code, name in HIPS_LADS.items()}
"""The fourteen authorities by code."""


@dataclass(frozen=True)
class Land:
    """Real areas and postcodes of HIPS.

    Parameters
    ----------
    lsoas : LSOAs of 2011 by `area_code`: `area_name`, `lad_code`, `residents`, `is_urban`,
        `easting_m`, `northing_m` (centre) and `live_per_1000`, live postcodes per 1,000
        residents, high where there are many shops and offices.
    postcodes : `postcode` (spaced), `easting_m`, `northing_m`, `lsoa_code`, `ward_code`,
        `lad_code`, `is_terminated`, in order of postcode.
    """

    lsoas: pd.DataFrame
    postcodes: pd.DataFrame


@cache
def read_land(data: Path = DATA) -> Land:
    """Read the shipped reference data.

    Parameters
    ----------
    data : the data folder.
    """
    postcodes = _read_postcodes(data)
    areas = pd.read_parquet(
        data / "boundaries" / "lsoa_2011.parquet",
        columns=["area_code", "area_name", "lad_code", "centre_easting_m", "centre_northing_m",
                 "is_urban_derived"],
    )  # fmt: skip
    areas.columns = pd.Index(
        ["area_code", "area_name", "lad_code", "easting_m", "northing_m", "is_urban"]
    )
    lsoas = areas.set_index("area_code").sort_index()
    census = pd.read_parquet(data / "population" / "census_2011_lsoa.parquet")
    lsoas["residents"] = census.set_index("area_code")["residents"].reindex(lsoas.index)
    live = postcodes[~postcodes["is_terminated"]].groupby("lsoa_code").size()
    lsoas["live_per_1000"] = 1_000 * live.reindex(lsoas.index).fillna(0) / lsoas["residents"]
    return Land(lsoas, postcodes)


def metres_to(points: pd.DataFrame, land: Land, area_code: str) -> np.ndarray:
    """Measure straight lines on the National Grid from points to the centre of an area.

    Parameters
    ----------
    points : `easting_m` and `northing_m`.
    land : the areas.
    area_code : of one of them.
    """
    area = land.lsoas.loc[area_code]
    east = points["easting_m"].to_numpy(float) - area["easting_m"]
    north = points["northing_m"].to_numpy(float) - area["northing_m"]
    metres: np.ndarray = np.hypot(east, north)
    return metres


def _read_postcodes(data: Path) -> pd.DataFrame:
    table = pd.read_parquet(
        data / "postcodes" / "hips.parquet",
        columns=["postcode", "easting_m", "northing_m", "lsoa11_code", "ward_code", "lad_code",
                 "is_terminated"],
    )  # fmt: skip
    table = table.rename(columns={"lsoa11_code": "lsoa_code"})
    for column in ("postcode", "lsoa_code", "ward_code", "lad_code"):
        table[column] = table[column].astype("str")
    table["postcode"] = table["postcode"].str[:-3] + " " + table["postcode"].str[-3:]
    return table.sort_values("postcode", ignore_index=True)
