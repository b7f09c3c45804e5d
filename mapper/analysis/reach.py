"""Where each activity's dose lands: one row an activity, one column an area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from mapper.analysis.accessibility import distance_weights
from mapper.analysis.requirements import (
    amounts,
    require_columns,
    require_one_row_each,
    require_same_index,
    residents,
)

if TYPE_CHECKING:
    import numpy.typing as npt

ACTIVITY_COLUMNS = ("organisation_id", "dose", "easting_m", "northing_m", "area_codes")


@dataclass(frozen=True)
class Reach:
    """How each activity's dose is shared among areas.

    Parameters
    ----------
    shares : sparse, activities by areas; a row adds up to 1, or to 0 when nobody is in reach.
    dose : dose of each activity; index activity_id, in the order of the rows.
    area_codes : the areas, in the order of the columns.
    is_at_venue : whether the share of each activity comes from a venue, not a service area.
    between : sparse, areas by areas; how an activity held in the middle of one area, whether
        there is any or not, would be shared among all: a row adds up to 1, or to 0 when
        nobody is in reach.
    """

    shares: sparse.csr_array
    dose: pd.Series[float]
    area_codes: pd.Index[str]
    is_at_venue: npt.NDArray[np.bool_]
    between: sparse.csr_array

    @property
    def unreached(self) -> pd.Series[float]:
        """Dose of the activities that have nobody in reach, by activity_id."""
        nobody: npt.NDArray[np.bool_] = np.diff(self.shares.indptr) == 0
        return self.dose[nobody]

    def delivered(self, of: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.float64]:
        """Add up the dose that lands in each area.

        Parameters
        ----------
        of : which activities to count; all by default.

        Returns
        -------
        Dose in the order of `area_codes`.
        """
        dose = self.dose.to_numpy(dtype=np.float64)
        landed: npt.NDArray[np.float64] = self.shares.T @ (dose if of is None else dose * of)
        return landed

    def by_group(self, groups: pd.Series) -> Reach:
        """Roll the areas up, so that an activity touching two areas of a group counts once.

        Parameters
        ----------
        groups : index area_code, the code of the ward, MSOA or LAD of each; areas without
            one are left out.

        Returns
        -------
        The same activities over the groups, in order of their codes.

        Raises
        ------
        MapperError
            When `groups` does not hold the same areas in the same order.
        """
        require_same_index(pd.Series(0, index=self.area_codes), groups, "the reach and the groups")
        number, codes = pd.factorize(groups, sort=True)
        inside = np.flatnonzero(number >= 0)
        belongs = sparse.csr_array(
            (np.ones(len(inside)), (inside, number[inside])), shape=(len(groups), len(codes))
        )
        alike = sparse.diags_array(1 / np.maximum(belongs.sum(axis=0), 1))
        return Reach(
            shares=sparse.csr_array(self.shares @ belongs),
            dose=self.dose,
            area_codes=pd.Index(codes, name=groups.name),
            is_at_venue=self.is_at_venue,
            # An activity in a group is as likely to be in the middle of any of its areas.
            between=sparse.csr_array(alike @ belongs.T @ self.between @ belongs),
        )

    def among(self, areas: npt.NDArray[np.bool_]) -> Reach:
        """Keep some of the areas, and of each activity what lands in them.

        Parameters
        ----------
        areas : which to keep, in the order of `area_codes`.

        Returns
        -------
        The same activities; their shares add up to 1 no longer.
        """
        return replace(
            self,
            shares=self.shares[:, areas],
            area_codes=self.area_codes[areas],
            between=self.between[areas][:, areas],
        )

    def only(self, activities: npt.NDArray[np.bool_]) -> Reach:
        """Keep some of the activities.

        Parameters
        ----------
        activities : which to keep, in the order of the rows.
        """
        return replace(
            self,
            shares=self.shares[np.flatnonzero(activities)],
            dose=self.dose[activities],
            is_at_venue=self.is_at_venue[activities],
        )


def reach_of(
    areas: pd.DataFrame, activities: pd.DataFrame, reach_m: pd.Series | None = None
) -> Reach:
    """Work out where the dose of every activity lands.

    An activity with a venue reaches the people around it (enhanced two-step floating
    catchment); one without reaches its declared service area in proportion to residents. A
    venue goes before a declared service area, so that no dose counts twice.

    Parameters
    ----------
    areas : index area_code; population, centre_easting_m, centre_northing_m, is_urban.
    activities : index activity_id; organisation_id, dose, easting_m and northing_m (NaN when
        there is no venue), area_codes (tuple, empty when no service area is declared; codes
        that are not among the areas are passed over).
    reach_m : catchment of each area in metres; 1,600 urban and 8,000 rural by default.

    Returns
    -------
    Shares of each activity by area, with what is needed to make figures of them.

    Raises
    ------
    MapperError
        When a column is missing, an index repeats itself or a dose is not an amount.
    """
    require_columns(activities, ACTIVITY_COLUMNS, "activities")
    require_one_row_each(activities, "the activities")
    dose = pd.Series(amounts(activities["dose"], "dose"), index=activities.index, name="dose")
    is_at_venue = activities[["easting_m", "northing_m"]].notna().all(axis=1).to_numpy(dtype=bool)
    people = np.nan_to_num(residents(areas["population"]))
    weights = sparse.vstack(
        [
            distance_weights(areas, activities[is_at_venue], reach_m),
            _service_areas(areas.index, activities.loc[~is_at_venue, "area_codes"]),
        ],
        format="csr",
    )
    in_order = np.argsort(np.argsort(~is_at_venue, kind="stable"), kind="stable")
    return Reach(
        shares=_shared_out(weights[in_order], people),
        dose=dose,
        area_codes=areas.index,
        is_at_venue=is_at_venue,
        between=_shared_out(distance_weights(areas, _middles(areas), reach_m), people),
    )


def _middles(areas: pd.DataFrame) -> pd.DataFrame:
    """Put a venue in the middle of every area."""
    centres = areas[["centre_easting_m", "centre_northing_m"]]
    return centres.set_axis(["easting_m", "northing_m"], axis=1)


def _service_areas(area_codes: pd.Index[str], declared: pd.Series) -> sparse.csr_array:
    """Mark, activities by areas, the areas that each activity declared."""
    codes = declared.reset_index(drop=True).explode().dropna()
    column = area_codes.get_indexer(pd.Index(codes))
    row, column = codes.index.to_numpy()[column >= 0], column[column >= 0]
    marks = sparse.csr_array(
        (np.ones(len(row)), (row, column)), shape=(len(declared), len(area_codes))
    )
    # A code declared twice is still one area.
    marks.data[:] = 1.0
    return marks


def _shared_out(weights: sparse.csr_array, people: npt.NDArray[np.float64]) -> sparse.csr_array:
    """Turn weights into shares of the people weighted; rows without anyone stay empty."""
    demand = weights @ people
    ratio = np.divide(1.0, demand, out=np.zeros_like(demand), where=demand > 0)
    shares = sparse.csr_array(sparse.diags_array(ratio) @ weights @ sparse.diags_array(people))
    shares.eliminate_zeros()
    return shares
