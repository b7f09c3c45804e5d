"""How much engagement each area receives, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from mapper.analysis.rates import PER_1000
from mapper.analysis.requirements import require_columns, require_same_index, residents

if TYPE_CHECKING:
    from mapper.analysis.reach import Reach


@dataclass(frozen=True)
class Coverage:
    """Provision by area, and what reached nobody.

    Parameters
    ----------
    by_area : index area_code; dose_from_venues, dose_from_service_areas, dose (their sum),
        coverage_per_1000 (dose for 1,000 residents, NaN where nobody lives), activities (how
        many reach the area) and last_month (the latest of them, missing when there is none).
    unreached : dose of each activity that has nobody in reach, by activity_id.
    """

    by_area: pd.DataFrame
    unreached: pd.Series[float]


def coverage(reach: Reach, population: pd.Series, months: pd.Series | None = None) -> Coverage:
    """Add up what reaches each area.

    Dose in all areas and unreached dose together are the dose of all activities.

    Parameters
    ----------
    reach : where each activity's dose lands.
    population : residents by area_code, NaN where not known; in the order of the reach.
    months : 'YYYY-MM' of each activity by activity_id, where known.

    Returns
    -------
    Coverage by area, and the dose that reached nobody.

    Raises
    ------
    MapperError
        When the population is of other areas than the reach.
    """
    require_same_index(
        pd.Series(0, index=reach.area_codes), population, "the reach and the population"
    )
    from_venues = reach.delivered(reach.is_at_venue)
    from_service_areas = reach.delivered(~reach.is_at_venue)
    dose = from_venues + from_service_areas
    by_area = pd.DataFrame(
        {
            "dose_from_venues": from_venues,
            "dose_from_service_areas": from_service_areas,
            "dose": dose,
            "coverage_per_1000": dose / residents(population) * PER_1000,
            "activities": np.bincount(reach.shares.indices, minlength=len(reach.area_codes)),
            "last_month": last_months(reach, months),
        },
        index=reach.area_codes,
    )
    return Coverage(by_area, reach.unreached)


def last_months(reach: Reach, months: pd.Series | None) -> pd.Series[str]:
    """Find the latest month in which anything reached each area.

    Parameters
    ----------
    reach : where each activity's dose lands.
    months : 'YYYY-MM' of each activity by activity_id, where known.

    Returns
    -------
    'YYYY-MM' by area_code; missing where nothing dated reached the area.
    """
    latest = pd.Series(None, index=reach.area_codes, dtype=object, name="last_month")
    if months is None or not len(reach.area_codes):
        return latest
    number, names = pd.factorize(months.reindex(reach.dose.index), sort=True)
    pairs = reach.shares.tocoo()
    last = np.full(len(reach.area_codes), -1)
    np.maximum.at(last, pairs.coords[1], number[pairs.coords[0]])
    latest[last >= 0] = np.asarray(names, dtype=object)[last[last >= 0]]
    return latest


def providers(
    reach: Reach, activities: pd.DataFrame, participations: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List who works in each area.

    Parameters
    ----------
    reach : where each activity's dose lands.
    activities : index activity_id, column organisation_id (who leads).
    participations : activity_id and organisation_id of everyone who takes part; those of
        activities that are not in the reach are passed over.

    Returns
    -------
    Frame with area_code, organisation_id, dose and activities, by area and then by falling
    dose. A joint activity stands under each of its organisations with its whole dose, so the
    doses of an area's providers may add up to more than the area's dose.
    """
    require_columns(activities, ["organisation_id"], "activities")
    taking_part, organisations = _taking_part(reach, activities, participations)
    doses = sparse.csr_array(
        taking_part @ sparse.diags_array(reach.dose.to_numpy(dtype=np.float64)) @ reach.shares
    )
    touched = reach.shares.copy()
    touched.data = np.ones_like(touched.data)
    counts = sparse.coo_array(taking_part @ touched)
    row, column = counts.coords
    found = pd.DataFrame(
        {
            "area_code": np.asarray(reach.area_codes, dtype=object)[column],
            "organisation_id": organisations[row],
            "dose": np.asarray(doses[row, column]).ravel() if len(row) else 0.0,
            "activities": counts.data.astype(np.int64),
        }
    )
    found = found.sort_values(
        ["area_code", "dose", "organisation_id"], ascending=[True, False, True]
    )
    return found.reset_index(drop=True)


def _taking_part(
    reach: Reach, activities: pd.DataFrame, participations: pd.DataFrame | None
) -> tuple[sparse.csr_array, pd.Index]:
    """Mark, organisations by activities, who leads or takes part in what."""
    leads = pd.DataFrame(
        {
            "activity_id": reach.dose.index,
            "organisation_id": activities["organisation_id"].reindex(reach.dose.index).to_numpy(),
        }
    )
    every = [leads] if participations is None else [leads, participations[list(leads.columns)]]
    pairs = pd.concat(every, ignore_index=True).drop_duplicates().dropna()
    column = reach.dose.index.get_indexer(pd.Index(pairs["activity_id"]))
    number, organisations = pd.factorize(pairs["organisation_id"][column >= 0], sort=True)
    marks = sparse.csr_array(
        (np.ones(len(number)), (number, column[column >= 0])),
        shape=(len(organisations), len(reach.dose)),
    )
    return marks, pd.Index(organisations)
