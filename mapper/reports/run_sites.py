"""What is near: presence by kind of place, and the venues from which to reach more need."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from mapper.analysis.accessibility import catchment_m
from mapper.analysis.gaps import GapClass
from mapper.analysis.siting import Siting, SitingChoices, best_sites
from mapper.domain.organisation import OrganisationKind
from mapper.reports.inputs import RunInputs
from mapper.store.findings import Finding, FindingKind

MEETING_PLACES = (
    OrganisationKind.LIBRARY,
    OrganisationKind.SCHOOL,
    OrganisationKind.COMMUNITY_CENTRE,
    OrganisationKind.YOUTH_CLUB,
    OrganisationKind.SPORTS_CLUB,
    OrganisationKind.FAITH_GROUP,
)
"""Kinds of organisation that have rooms where an activity can be held."""

_CENTRE = ["centre_easting_m", "centre_northing_m"]
_POINT = ["easting_m", "northing_m"]
_SECONDS_HERE, _SECONDS_IN_ALL = 5.0, 30.0
_LOW = {each.value for each in GapClass if each.value.endswith("low provision")}
_TENS = -1


def unmet_incidents(lsoas: dict[Any, dict[str, Any]], codes: pd.Index) -> pd.Series:
    """Give the need that present provision leaves unmet.

    Parameters
    ----------
    lsoas : figures by code.
    codes : the areas, in order.

    Returns
    -------
    Incidents a year that the smoothed rate expects, where provision is in the lowest third; 0
    elsewhere and where nobody lives.
    """
    worth = []
    for code in codes:
        row = lsoas[code]
        is_unmet = row["gap_class"] in _LOW and row["eb_rate_per_1000"] is not None
        worth.append(row["eb_rate_per_1000"] * row["population"] / 1000 if is_unmet else 0.0)
    return pd.Series(worth, index=codes, dtype=float)


def where_next_findings(
    inputs: RunInputs, venues: pd.DataFrame, lsoas: dict[Any, dict[str, Any]]
) -> Iterator[Finding]:
    """Name the venues from which one more activity each would reach the most unmet need.

    Parameters
    ----------
    inputs : of the run.
    venues : as `mapper.store.venues.named_venues`.
    lsoas : figures of the LSOAs by code.
    """
    need = unmet_incidents(lsoas, inputs.areas.index)
    places = venues[venues["kind"].isin([kind.value for kind in MEETING_PLACES])]
    areas = inputs.areas
    yield _where_next(
        "", best_sites(need, areas, places, SitingChoices(seconds=_SECONDS_IN_ALL)), need, places
    )
    for code in sorted(set(areas["lad_code"]) - {""}):
        is_here = areas["lad_code"] == code
        own = places[places["lad_code"] == code]
        choices = SitingChoices(seconds=_SECONDS_HERE)
        yield _where_next(
            code, best_sites(need[is_here], areas[is_here], own, choices), need[is_here], own
        )


def _where_next(code: str, siting: Siting, need: pd.Series, venues: pd.DataFrame) -> Finding:
    steps = [
        {
            "organisation_id": key,
            "step": int(row["step"]),
            "gain": round(float(row["gain"]), 3),
            "covered": round(float(row["covered"]), 3),
            "share_covered": round(float(row["share_covered"]), 6),
        }
        for key, row in zip(
            siting.steps.index.tolist(), siting.steps.to_dict("records"), strict=True
        )
    ]
    figures = {
        "steps": steps,
        "unmet": round(float(need.sum()), 3),
        "unmet_areas": int((need > 0).sum()),
        "covered": round(siting.covered, 3),
        "bound": round(siting.bound, 3),
        "is_optimal": siting.is_optimal,
        "candidates": len(venues),
    }
    return Finding(kind=FindingKind.WHERE_NEXT, lad_code=code, figures=figures)


def presence_findings(inputs: RunInputs, venues: pd.DataFrame) -> Iterator[Finding]:
    """Say, for every LSOA and kind of organisation, how many are in reach and how far the next is.

    Only sites that may be shown exactly are measured to.

    Parameters
    ----------
    inputs : of the run.
    venues : as `mapper.store.venues.named_venues`.
    """
    areas = inputs.areas
    found: dict[str, dict[str, list[Any]]] = {str(code): {} for code in areas.index}
    limits = catchment_m(areas).to_numpy()
    centres = areas[_CENTRE].to_numpy(float)
    lads = areas["lad_code"].to_numpy(object)
    for kind, sites in venues.groupby("kind", sort=True):
        tree = cKDTree(sites[_POINT].to_numpy(float))
        metres, nearest = tree.query(centres)
        near = tree.query_ball_point(centres, limits, return_length=True)
        own = _within_authority(centres, lads, sites)
        for place, code in enumerate(areas.index):
            found[str(code)][str(kind)] = [
                int(near[place]),
                round(float(metres[place]), _TENS),
                int(sites.index[nearest[place]]),
                None if np.isnan(own[place]) else round(float(own[place]), _TENS),
            ]
    for lad in sorted(set(lads) - {""}):
        mine = {str(code): found[str(code)] for code in areas.index[lads == lad]}
        yield Finding(kind=FindingKind.PRESENCE, lad_code=lad, figures=mine)


def _within_authority(centres: Any, lads: Any, sites: pd.DataFrame) -> Any:  # noqa: ANN401
    """Metres to the nearest site of the area's own authority; NaN where it has none."""
    own = np.full(len(centres), np.nan)
    for lad, inside in sites.groupby("lad_code"):
        is_here = lads == lad
        if lad and is_here.any():
            own[is_here] = cKDTree(inside[_POINT].to_numpy(float)).query(centres[is_here])[0]
    return own
