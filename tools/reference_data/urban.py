"""Which LSOAs are urban, from how postcodes cluster into settlements."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

REACH_M: Final = 200.0
URBAN_RESIDENTS: Final = 10_000
RULE: Final = (
    "Live postcodes within 200 m of one another are one settlement; the residents of an LSOA "
    "(Census 2011) are shared equally among its live postcodes, and a postcode outside HIPS "
    "counts for the HIPS mean. An LSOA is urban when most of its live postcodes are in "
    "settlements of 10,000 residents or more, the size ONS calls urban."
)


def urban_lsoas(
    directory: pd.DataFrame, code_point: pd.DataFrame, residents: "pd.Series[int]"
) -> "pd.Series[bool]":
    """Tell the LSOAs in which most postcodes belong to a settlement of 10,000 residents.

    Parameters
    ----------
    directory : the HIPS postcodes.
    code_point : all live postcodes near HIPS, indexed by postcode.
    residents : residents indexed by LSOA.

    Returns
    -------
    Indexed by LSOA code; False where an LSOA has no live postcode.
    """
    live = directory.loc[~directory["is_terminated"]].set_index("postcode")
    lsoa = live["lsoa11_code"].astype("str")
    people = lsoa.map(residents / lsoa.value_counts())
    around = code_point[~code_point.index.isin(live.index)]
    points = pd.concat([live, around])[["easting_m", "northing_m"]].to_numpy(float)
    weights = np.concatenate([people, np.full(len(around), people.mean())])
    settlement = _settlements(points)
    is_urban = np.bincount(settlement, weights)[settlement][: len(live)] >= URBAN_RESIDENTS
    share = pd.Series(is_urban, index=live.index).groupby(lsoa).mean()
    return (share > 1 / 2).reindex(residents.index, fill_value=False)


def _settlements(points: NDArray[np.float64]) -> NDArray[np.int32]:
    pairs = cKDTree(points).query_pairs(REACH_M, output_type="ndarray")
    links = coo_array((np.ones(len(pairs), np.int8), pairs.T), shape=(len(points),) * 2)
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int32)
