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


def read_postcode_table(path: Path, loaded: pd.DataFrame | None = None) -> tuple[pd.DataFrame, int]:
    """Read the shipped postcodes, put later ones over them, and add districts and sectors.

    Parameters
    ----------
    path : the Parquet file.
    loaded : later postcodes, spelt with their space: the columns of the file, area codes empty
        and `is_terminated` missing where it is not known.

    Returns
    -------
    The table, and how many of its rows are postcodes. Postcodes come first, then districts,
    then sectors (mean point of their live postcodes), then one row, all missing, for what is
    not found. Columns: postcode (spelt with its space), easting_m, northing_m (EPSG:27700),
    precision, the area codes, is_terminated. Text columns are categorical.
    """
    postcodes = pd.read_parquet(path, columns=list(_COLUMNS))
    if loaded is not None and not loaded.empty:
        postcodes = _renewed(postcodes, loaded)
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


def _renewed(postcodes: pd.DataFrame, loaded: pd.DataFrame) -> pd.DataFrame:
    """Take what is known of later postcodes, and the rest from those that were there."""
    compact = loaded["postcode"].str.replace(" ", "", regex=False)
    later = loaded.assign(postcode=compact).set_index("postcode")
    for column in _AREAS:
        later[column] = later[column].where(later[column] != "")
    text = dict.fromkeys(_AREAS, "object")
    earlier = postcodes.set_index("postcode").astype(text)
    both = later.astype(text | {"is_terminated": "object"}).combine_first(earlier)
    # A new postcode of which nobody says that it has ended is in use.
    both["is_terminated"] = both["is_terminated"].fillna(value=False).astype(bool)
    return both.reset_index()[list(_COLUMNS)]


def _gathered(
    postcodes: pd.DataFrame, group: "pd.Series[str]", areas: Sequence[str]
) -> pd.DataFrame:
    """Find the middle of each group, and its areas of some kinds where it has only one."""
    live = ~postcodes["is_terminated"]
    # A group whose postcodes have all been terminated is still somewhere.
    chosen = postcodes[live | ~group.isin(group[live].unique())].astype(dict.fromkeys(areas, "str"))
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
