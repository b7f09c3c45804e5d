"""The table behind the postcode directory: postcodes, districts, sectors, nothing found."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from mapper.domain.place import Precision

_AREAS: Final = ("lsoa11_code", "msoa11_code", "ward_code", "lad_code")
_COLUMNS: Final = ("postcode", "easting_m", "northing_m", *_AREAS, "is_terminated")
_INWARD_LENGTH: Final = 3


def read_postcode_table(path: Path) -> tuple[pd.DataFrame, int]:
    """Read the shipped postcodes and add their districts and sectors.

    Parameters
    ----------
    path : the Parquet file.

    Returns
    -------
    The table, and how many of its rows are postcodes. Postcodes come first, then districts,
    then sectors (mean point of their live postcodes), then one row, all missing, for what is
    not found. Columns: postcode (spelt with its space), easting_m, northing_m (EPSG:27700),
    precision, the area codes, is_terminated. Text columns are categorical.
    """
    postcodes = pd.read_parquet(path, columns=list(_COLUMNS))
    outward = postcodes["postcode"].str[:-_INWARD_LENGTH]
    inward = postcodes["postcode"].str[-_INWARD_LENGTH:]
    districts = _gathered(postcodes, outward, ("lad_code",))
    sectors = _gathered(postcodes, outward + " " + inward.str[0], ("lad_code", "ward_code"))
    nothing = pd.DataFrame({"postcode": [None], "is_terminated": [False]})
    table = pd.concat(
        [postcodes.assign(postcode=outward + " " + inward), districts, sectors, nothing],
        ignore_index=True,
    )
    table.insert(3, "precision", _precisions(len(postcodes), len(districts), len(sectors)))
    for column in ("postcode", *_AREAS):
        table[column] = table[column].astype("str").astype("category")
    return table.astype({"is_terminated": np.bool_}), len(postcodes)


def _gathered(
    postcodes: pd.DataFrame, group: "pd.Series[str]", areas: Sequence[str]
) -> pd.DataFrame:
    """Find the middle of each group, and its areas of some kinds where it has only one."""
    live = ~postcodes["is_terminated"]
    # A group whose postcodes have all been terminated is still somewhere.
    chosen = postcodes[live | ~group.isin(group[live])].astype(dict.fromkeys(areas, "str"))
    by_group = chosen.groupby(group[chosen.index])
    gathered = by_group[["easting_m", "northing_m"]].mean().round(0)
    for area in areas:
        codes = by_group[area].agg(["first", "nunique"])
        gathered[area] = codes["first"].where(codes["nunique"] == 1)
    gathered["is_terminated"] = False
    return gathered.rename_axis("postcode").reset_index()


def _precisions(*counts: int) -> "pd.Series[str]":
    kinds = [Precision.UNIT_POSTCODE, Precision.DISTRICT, Precision.SECTOR, Precision.UNKNOWN]
    words = np.array([kind.value for kind in kinds], dtype=object)
    return pd.Series(np.repeat(words, [*counts, 1]), dtype="category")
