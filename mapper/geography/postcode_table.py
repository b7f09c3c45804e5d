"""The table behind the postcode directory: postcodes, districts, and nothing found."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from mapper.domain.place import Precision

_AREAS: Final = ("lsoa11_code", "msoa11_code", "ward_code", "lad_code")
_COLUMNS: Final = ("postcode", "easting_m", "northing_m", *_AREAS, "is_terminated")
_INWARD_LENGTH: Final = 3


def read_postcode_table(path: Path) -> tuple[pd.DataFrame, int]:
    """Read the shipped postcodes and add their districts.

    Parameters
    ----------
    path : the Parquet file.

    Returns
    -------
    The table, and how many of its rows are postcodes. Postcodes come first, then districts
    (mean point of their live postcodes), then one row, all missing, for what is not found.
    Columns: postcode (spelt with its space), easting_m, northing_m (EPSG:27700), precision,
    the area codes, is_terminated. Text columns are categorical.
    """
    postcodes = pd.read_parquet(path, columns=list(_COLUMNS))
    outward = postcodes["postcode"].str[:-_INWARD_LENGTH]
    districts = _districts(postcodes, outward)
    inward = postcodes["postcode"].str[-_INWARD_LENGTH:]
    nothing = pd.DataFrame({"postcode": [None], "is_terminated": [False]})
    table = pd.concat(
        [postcodes.assign(postcode=outward + " " + inward), districts, nothing], ignore_index=True
    )
    table.insert(3, "precision", _precisions(len(postcodes), len(districts)))
    for column in ("postcode", *_AREAS):
        table[column] = table[column].astype("str").astype("category")
    return table.astype({"is_terminated": np.bool_}), len(postcodes)


def _districts(postcodes: pd.DataFrame, outward: "pd.Series[str]") -> pd.DataFrame:
    """Find the middle of each district, and its local authority where it has only one."""
    live = ~postcodes["is_terminated"]
    # A district whose postcodes have all been terminated is still somewhere.
    chosen = postcodes[live | ~outward.isin(outward[live])].astype({"lad_code": "str"})
    by_district = chosen.groupby(outward[chosen.index])
    districts = by_district[["easting_m", "northing_m"]].mean().round(0)
    lads = by_district["lad_code"].agg(["first", "nunique"])
    districts["lad_code"] = lads["first"].where(lads["nunique"] == 1)
    districts["is_terminated"] = False
    return districts.rename_axis("postcode").reset_index()


def _precisions(postcode_count: int, district_count: int) -> "pd.Series[str]":
    kinds = [Precision.UNIT_POSTCODE, Precision.DISTRICT, Precision.UNKNOWN]
    words = np.array([kind.value for kind in kinds], dtype=object)
    counts = [postcode_count, district_count, 1]
    return pd.Series(np.repeat(words, counts), dtype="category")
