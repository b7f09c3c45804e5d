"""Where next: the venues from which one more activity would reach the most unmet need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import cKDTree

from mapper.analysis.accessibility import Catchments, catchment_m
from mapper.analysis.requirements import amounts, require_columns, require_one_row_each
from mapper.errors import MapperError

if TYPE_CHECKING:
    import numpy.typing as npt

CENTRE = ["centre_easting_m", "centre_northing_m"]
POINT = ["easting_m", "northing_m"]
_OPTIMAL = 0


@dataclass(frozen=True, slots=True)
class SitingChoices:
    """What to choose, and how long to look for it.

    Parameters
    ----------
    sites : how many venues to name, at least 1.
    seconds : time limit of the solver; the best found by then is given.
    """

    sites: int = 10
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Siting:
    """The venues chosen, in the order in which they are best taken up.

    Parameters
    ----------
    steps : one row a venue, the one that adds most first: index venue, columns `step` (from 1),
        `gain` (need it adds to that of the venues before it), `covered` (need reached by then)
        and `share_covered` (of all unmet need; NaN where there is none).
    covered : need reached by all of them.
    bound : no choice of as many venues can reach more than this.
    is_optimal : whether it is proved that none reaches more.
    """

    steps: pd.DataFrame
    covered: float
    bound: float
    is_optimal: bool


def unmet_need(
    need: pd.Series, areas: pd.DataFrame, venues: pd.DataFrame, catchments: Catchments | None = None
) -> pd.Series[float]:
    """Leave out the need of areas that an existing venue reaches.

    Parameters
    ----------
    need : of each area, zero or more; index area_code.
    areas : as `best_sites` takes them; the same index.
    venues : where activity is delivered now, with `easting_m` and `northing_m`.
    catchments : how far people go.

    Returns
    -------
    Need by area_code; 0 where a venue is in reach.

    Raises
    ------
    MapperError
        When a column is missing or a need is negative.
    """
    is_reached = within_reach(areas, venues, catchments).sum(axis=1).A1 > 0
    return pd.Series(np.where(is_reached, 0.0, amounts(need, "need")), index=need.index)


def within_reach(
    areas: pd.DataFrame, venues: pd.DataFrame, catchments: Catchments | None = None
) -> sparse.csr_matrix:
    """Tell which venues are in reach of the people of which areas.

    Parameters
    ----------
    areas : index area_code; `is_urban`, `centre_easting_m`, `centre_northing_m` (where its
        people live, National Grid).
    venues : `easting_m`, `northing_m`, National Grid.
    catchments : how far people go from an urban and from a rural area.

    Returns
    -------
    Areas by venues, 1 where the distance is less than the area's catchment.

    Raises
    ------
    MapperError
        When a column is missing.
    """
    require_columns(areas, ("is_urban", *CENTRE), "areas")
    require_columns(venues, POINT, "venues")
    shape = (len(areas), len(venues))
    if not all(shape):
        return sparse.csr_matrix(shape)
    limits = catchment_m(areas, catchments).to_numpy()
    near = cKDTree(areas[CENTRE].to_numpy(float)).sparse_distance_matrix(
        cKDTree(venues[POINT].to_numpy(float)), float(limits.max()), output_type="coo_matrix"
    )
    is_in = near.data < limits[near.row]
    ones = np.ones(int(is_in.sum()))
    return sparse.csr_matrix((ones, (near.row[is_in], near.col[is_in])), shape=shape)


def best_sites(
    need: pd.Series,
    areas: pd.DataFrame,
    venues: pd.DataFrame,
    choices: SitingChoices | None = None,
    *,
    catchments: Catchments | None = None,
) -> Siting:
    """Choose the venues that together bring the most need within reach.

    An area's need counts once, however many venues reach it. What existing activity reaches is
    to be left out before, by `unmet_need`. The choice is the best of all choices of so many
    venues, not of one after the other; the steps then name the order in which the chosen ones
    add most.

    Parameters
    ----------
    need : unmet need of each area, zero or more; index area_code.
    areas : the same index; see `within_reach`.
    venues : candidates, one row each with a name or number as index; see `within_reach`.
    choices : how many, and for how long to look.
    catchments : how far people go.

    Returns
    -------
    At most `choices.sites` venues; fewer where the others would add nothing.

    Raises
    ------
    MapperError
        When a column is missing, a need is negative, a venue stands twice, or no site is asked
        for.

    References
    ----------
    Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the
    Regional Science Association 32, 101-118. Solved with HiGHS: Huangfu, Q. and Hall, J. A. J.
    (2018). Mathematical Programming Computation 10, 119-142. Where it finds no choice in time,
    one venue after the other: Nemhauser, G. L., Wolsey, L. A. and Fisher, M. L. (1978). An
    analysis of approximations for maximizing submodular set functions. Mathematical Programming
    14, 265-294.
    """
    chosen = choices or SitingChoices()
    _require_sites(chosen)
    require_one_row_each(venues, "the venues")
    worth = amounts(need, "need")
    reach = within_reach(areas, venues, catchments)
    has_need = (worth > 0) & (reach.getnnz(axis=1) > 0)
    reach, worth_in_reach = reach[has_need], worth[has_need]
    if not worth_in_reach.size:
        return Siting(_steps(venues.index, [], [], worth.sum()), 0.0, 0.0, is_optimal=True)
    picked, bound, is_optimal = _solve(reach, worth_in_reach, chosen)
    order, gains = _in_order(reach[:, picked], worth_in_reach)
    steps = _steps(venues.index, picked[order], gains, float(worth.sum()))
    return Siting(steps, float(sum(gains)), max(bound, float(sum(gains))), is_optimal)


def _solve(
    reach: sparse.csr_matrix, worth: npt.NDArray[np.float64], choices: SitingChoices
) -> tuple[npt.NDArray[np.int64], float, bool]:
    """Give the columns chosen, the bound, and whether the choice is proved to be best."""
    areas, venues = reach.shape
    # Areas are covered or not of themselves once venues are whole, so only venues need be.
    objective = np.concatenate([-worth, np.zeros(venues)])
    covers = sparse.hstack([sparse.identity(areas), -reach], format="csr")
    count = np.concatenate([np.zeros(areas), np.ones(venues)])[None, :]
    solved = milp(
        objective,
        integrality=np.concatenate([np.zeros(areas), np.ones(venues)]),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(covers, ub=0), LinearConstraint(count, ub=choices.sites)],
        options={"time_limit": choices.seconds, "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return _one_by_one(reach, worth, choices.sites)
    picked = np.flatnonzero(solved.x[areas:] > 0.5)  # noqa: PLR2004  (0 or 1, but for rounding)
    return picked, -float(solved.mip_dual_bound), solved.status == _OPTIMAL


def _one_by_one(
    reach: sparse.csr_matrix, worth: npt.NDArray[np.float64], sites: int
) -> tuple[npt.NDArray[np.int64], float, bool]:
    """Take the venue that adds most, and again: what is left when the solver found none in time.

    No choice of so many covers more than this one and the most that so many others would add to
    it (Nemhauser, Wolsey and Fisher 1978, section 4).
    """
    left = worth.copy()
    picked: list[int] = []
    columns = reach.tocsc()
    added = left @ reach
    while len(picked) < sites and added.max() > 0:
        picked.append(int(np.argmax(added)))
        left[columns[:, [picked[-1]]].nonzero()[0]] = 0.0
        added = left @ reach
    covered = float(worth.sum() - left.sum())
    bound = covered + float(np.sort(added)[-sites:].sum())
    return np.array(picked, dtype=np.int64), bound, bound <= covered


def _in_order(
    reach: sparse.csr_matrix, worth: npt.NDArray[np.float64]
) -> tuple[list[int], list[float]]:
    """Order the chosen by what each adds to those before it; those that add nothing are left."""
    table = reach.toarray() > 0
    left = worth.copy()
    order: list[int] = []
    gains: list[float] = []
    while True:
        added = left @ table
        best = int(np.argmax(added)) if added.size else 0
        if not added.size or added[best] <= 0:
            return order, gains
        order.append(best)
        gains.append(float(added[best]))
        left[table[:, best]] = 0.0


def _steps(
    names: pd.Index, picked: npt.ArrayLike, gains: list[float], total: float
) -> pd.DataFrame:
    covered = np.cumsum(np.asarray(gains, dtype=float))
    share = covered / total if total else np.full(covered.shape, np.nan)
    return pd.DataFrame(
        {
            "step": np.arange(1, len(gains) + 1),
            "gain": np.asarray(gains, dtype=float),
            "covered": covered,
            "share_covered": share,
        },
        index=names[np.asarray(picked, dtype=int)],
    )


def _require_sites(choices: SitingChoices) -> None:
    if choices.sites < 1 or choices.seconds <= 0:
        raise MapperError(
            f"{choices.sites} venues were asked for, in {choices.seconds:g} seconds.",
            expected="At least one venue and more than no time.",
            action="Change it.",
        )
