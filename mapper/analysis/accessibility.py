"""How much of what a venue offers reaches the people who live around it.

The weight of a venue at distance d from an area whose catchment is c metres is the
Gaussian that falls from 1 at the door to 0 at the catchment's edge,

    w(d) = (exp(-d² / 2c²) - exp(-1/2)) / (1 - exp(-1/2))    for d < c, else 0,

so that nothing jumps at the edge (Dai 2010). The catchment belongs to the area, because
how far people go depends on where they live, and is the same in both steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

from mapper.analysis.requirements import (
    amounts,
    require_columns,
    require_one_row_each,
    residents,
)
from mapper.errors import MapperError

if TYPE_CHECKING:
    import numpy.typing as npt

AREA_COLUMNS = ("population", "centre_easting_m", "centre_northing_m")
VENUE_COLUMNS = ("easting_m", "northing_m")
_AT_THE_EDGE = float(np.exp(-0.5))


@dataclass(frozen=True)
class Catchments:
    """How far people go, in metres.

    Parameters
    ----------
    urban_m : from an urban area.
    rural_m : from a rural area.
    """

    urban_m: float = 1_600.0
    rural_m: float = 8_000.0


@dataclass(frozen=True)
class Access:
    """What the venues offer to each area.

    Parameters
    ----------
    access : supply for each resident in reach, by area_code; 0 where no venue is in reach. An
        area where nobody lives has the access that a resident would have.
    delivered : access times population, by area_code; 0 where nobody lives.
    unreached : supply of each venue that has nobody in reach, by the venue's index.
    """

    access: pd.Series[float]
    delivered: pd.Series[float]
    unreached: pd.Series[float]


def catchment_m(areas: pd.DataFrame, catchments: Catchments | None = None) -> pd.Series[float]:
    """Give each area its catchment.

    Parameters
    ----------
    areas : index area_code, column is_urban.
    catchments : the two distances; 1,600 m and 8,000 m by default.

    Returns
    -------
    Metres by area_code.
    """
    require_columns(areas, ["is_urban"], "areas")
    chosen = catchments or Catchments()
    metres = np.where(areas["is_urban"].to_numpy(dtype=bool), chosen.urban_m, chosen.rural_m)
    return pd.Series(metres, index=areas.index, name="catchment_m", dtype=np.float64)


def nearest_venue_km(areas: pd.DataFrame, venues: pd.DataFrame) -> pd.Series[float]:
    """Measure how far the nearest venue is from where the people of each area live.

    Parameters
    ----------
    areas : index area_code; centre_easting_m, centre_northing_m (EPSG:27700).
    venues : easting_m and northing_m (EPSG:27700); rows without them are passed over.

    Returns
    -------
    Kilometres in a straight line by area_code; NaN without any venue.

    Raises
    ------
    MapperError
        When a column is missing or an area has no centre.
    """
    known = venues.dropna(subset=["easting_m", "northing_m"])
    if known.empty:
        return pd.Series(np.nan, index=areas.index, name="nearest_venue_km")
    tree = cKDTree(_points(known, "easting_m", "northing_m"))
    metres, _ = tree.query(_points(areas, "centre_easting_m", "centre_northing_m"))
    return pd.Series(metres / 1000, index=areas.index, name="nearest_venue_km")


def gaussian_weight(relative_distance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weigh a distance given as a share of the catchment.

    Parameters
    ----------
    relative_distance : distance / catchment, zero or more.

    Returns
    -------
    1 at the door, falling to 0 at the edge and beyond.

    References
    ----------
    Dai, D. (2010). Black residential segregation, disparities in spatial access to health care
    facilities, and late-stage breast cancer diagnosis in metropolitan Detroit. Health & Place
    16, 1038-1052.
    """
    weight = (np.exp(-0.5 * relative_distance**2) - _AT_THE_EDGE) / (1 - _AT_THE_EDGE)
    above: npt.NDArray[np.float64] = np.maximum(weight, 0.0)
    return above


def enhanced_two_step_access(
    areas: pd.DataFrame, venues: pd.DataFrame, reach_m: pd.Series | None = None
) -> Access:
    """Share each venue's supply among the people in reach of it.

    Step one divides a venue's supply by the people around it, each weighted by distance; step
    two adds up, for each area, the ratios of the venues in reach, weighted the same way. The
    sum over areas of population times access is the supply that has anyone in reach; the
    rest is reported apart and never becomes infinite.

    Parameters
    ----------
    areas : index area_code; population (NaN where not known counts as nobody),
        centre_easting_m and centre_northing_m (EPSG:27700), and is_urban unless `reach_m` is
        given. Not changed.
    venues : one row a venue or activity; easting_m and northing_m (EPSG:27700) and dose, the
        supply in any one unit. Not changed.
    reach_m : catchment of each area in metres; `catchment_m(areas)` by default.

    Returns
    -------
    Access by area, supply delivered by area, and supply without anyone in reach.

    Raises
    ------
    MapperError
        When a column is missing, an index repeats itself, or a coordinate, dose or
        catchment is not a usable number.

    References
    ----------
    Luo, W. and Qi, Y. (2009). An enhanced two-step floating catchment area (E2SFCA) method
    for measuring spatial accessibility to primary care physicians. Health & Place 15,
    1100-1107.
    """
    venue, area, weight = _weighted_pairs(areas, venues, reach_m)
    require_columns(venues, ["dose"], "venues")
    supply = amounts(venues["dose"], "dose")
    people = np.nan_to_num(residents(areas["population"]))
    # Sums over pairs: building a matrix for them would take as long as all the rest.
    demand = np.bincount(venue, weight * people[area], len(venues))
    reached = demand > 0
    ratio = np.divide(supply, demand, out=np.zeros_like(supply), where=reached)
    access = np.bincount(area, weight * ratio[venue], len(areas))
    return Access(
        access=pd.Series(access, index=areas.index, name="access"),
        delivered=pd.Series(access * people, index=areas.index, name="dose"),
        unreached=pd.Series(supply[~reached], index=venues.index[~reached], name="dose"),
    )


def distance_weights(
    areas: pd.DataFrame, venues: pd.DataFrame, reach_m: pd.Series | None = None
) -> sparse.csr_array:
    """Weigh every venue for every area that has it in reach.

    Parameters
    ----------
    areas : index area_code; centre_easting_m and centre_northing_m (EPSG:27700), and is_urban
        unless `reach_m` is given.
    venues : easting_m and northing_m (EPSG:27700), one row a venue.
    reach_m : catchment of each area in metres; `catchment_m(areas)` by default.

    Returns
    -------
    Sparse matrix, venues by areas, of weights above 0 and up to 1.

    Raises
    ------
    MapperError
        When a column is missing, an index repeats itself, or a coordinate or catchment is
        not a usable number.
    """
    venue, area, weight = _weighted_pairs(areas, venues, reach_m)
    matrix = sparse.csr_array((weight, (venue, area)), shape=(len(venues), len(areas)))
    matrix.eliminate_zeros()
    return matrix


def _weighted_pairs(
    areas: pd.DataFrame, venues: pd.DataFrame, reach_m: pd.Series | None
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Find venue, area and weight of every pair in reach, after checking the frames."""
    require_columns(areas, AREA_COLUMNS, "areas")
    require_columns(venues, VENUE_COLUMNS, "venues")
    require_one_row_each(areas, "the areas")
    catchments = _usable(catchment_m(areas) if reach_m is None else reach_m.loc[areas.index])
    centres = _points(areas, "centre_easting_m", "centre_northing_m")
    venue, area, metres = _pairs(_points(venues, *VENUE_COLUMNS), centres, catchments)
    return venue, area, gaussian_weight(metres / catchments[area])


def _pairs(
    venues: npt.NDArray[np.float64],
    centres: npt.NDArray[np.float64],
    catchments: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Find venue, area and distance of every pair within the area's catchment."""
    if not len(venues):
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    tree = cKDTree(venues, balanced_tree=False)
    # One search for each distinct catchment: the longest alone would find, for every urban
    # area, venues by the thousand that are then thrown away.
    found = []
    for metres in np.unique(catchments):
        rows = np.flatnonzero(catchments == metres)
        near = cKDTree(centres[rows], balanced_tree=False).sparse_distance_matrix(
            tree, metres, output_type="ndarray"
        )
        found.append((near["j"], rows[near["i"]], near["v"]))
    venue, area, distance = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return venue, area, distance


def _points(frame: pd.DataFrame, easting: str, northing: str) -> npt.NDArray[np.float64]:
    """Return coordinates, refusing a row that has none."""
    points: npt.NDArray[np.float64] = frame[[easting, northing]].to_numpy(dtype=np.float64)
    placed = np.asarray(np.isfinite(points).all(axis=1))
    if not placed.all():
        raise MapperError(
            f"{frame.index[~placed][0]!r} has no usable {easting} and {northing}.",
            expected="Metres on the National Grid (EPSG:27700) were expected.",
            action="Place the record first, or leave it out.",
        )
    return points


def _usable(catchments: pd.Series[float]) -> npt.NDArray[np.float64]:
    """Return catchments, refusing one that is no distance."""
    metres = np.asarray(catchments, dtype=np.float64)
    if not (np.isfinite(metres) & (metres > 0)).all():
        raise MapperError(
            "A catchment is zero, negative or missing.",
            expected="Every area needs a distance above 0 m.",
            action="Change the catchments.",
        )
    return metres
