"""What a run finds beside the figures of its areas."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from mapper.analysis.reach import Reach
from mapper.domain.area import AreaType
from mapper.domain.disclosure import THRESHOLD
from mapper.reports.choices import AnalysisChoices
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs
from mapper.reports.run_areas import last_month_of
from mapper.reports.run_cohorts import cohort_findings, sample_findings
from mapper.reports.run_forward import forward_findings
from mapper.reports.run_lapse import lapse_findings, lapsing
from mapper.reports.run_sites import presence_findings, where_next_findings
from mapper.reports.run_terms import Rows, term_findings
from mapper.store.findings import Finding, FindingKind

_MIDDLE_OF_SMALL = (THRESHOLD - 1) / 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What has been measured already, for findings to rest on.

    Parameters
    ----------
    reach : where the dose of each activity lands.
    parts : as `mapper.reports.run_areas.area_parts`.
    areas : figures of the areas of every level.
    """

    reach: Reach
    parts: pd.DataFrame
    areas: Rows


def find_more(
    inputs: RunInputs, further: FurtherInputs, measured: Measured, choices: AnalysisChoices
) -> list[Finding]:
    """Find what stands beside the figures of the areas.

    Parameters
    ----------
    inputs, further : of the run.
    measured : figures so far.
    choices : of the run.
    """
    reach, lsoas = measured.reach, measured.areas[AreaType.LSOA]
    lapses = lapsing(further, inputs.activities, choices.period.days[1])
    months = last_month_of(inputs, choices)
    return [
        *term_findings(inputs, further, reach, months=months, rows=measured.areas),
        *lapse_findings(inputs, reach, measured.parts, lapses),
        *forward_findings(inputs, further, measured.parts),
        *where_next_findings(inputs, further.venues, lsoas),
        *presence_findings(inputs, further.venues),
        *_connections(inputs, measured),
        *cohort_findings(inputs, further, _engaged(inputs)),
        *sample_findings(inputs, further),
    ]


def _engaged(inputs: RunInputs) -> pd.DataFrame:
    """Participants by activity and authority, every group too small to be told as one size."""
    frame = inputs.activities
    people = frame["participants"]
    lads = inputs.areas["lad_code"]
    codes = [
        next((lads[code] for code in served if code in lads.index), "")
        for served in frame["area_codes"]
    ]
    nearest = _authority_of_venue(inputs)
    return pd.DataFrame(
        {
            "participants": people.mask(people < THRESHOLD, _MIDDLE_OF_SMALL).fillna(0.0),
            "lad_code": nearest.where(
                nearest != "", pd.Series(codes, index=frame.index, dtype=object)
            ),
        },
        index=frame.index,
    )


def _authority_of_venue(inputs: RunInputs) -> pd.Series:
    """The authority in whose small area the venue lies; empty without one."""
    frame = inputs.activities
    points = gpd.GeoDataFrame(
        index=frame.index,
        geometry=gpd.points_from_xy(frame["easting_m"], frame["northing_m"]),
        crs=inputs.areas.crs,
    )[frame["easting_m"].notna().to_numpy()]
    joined = gpd.sjoin(points, inputs.areas[["lad_code", "geometry"]], predicate="within")
    found = joined["lad_code"][~joined.index.duplicated()]
    authority: pd.Series = found.reindex(frame.index).fillna("")
    return authority


def _connections(inputs: RunInputs, measured: Measured) -> list[Finding]:
    """The areas with need and provision, by authority, whose providers' ties are looked at.

    How they are tied is found for whoever looks, among those whom they may see.
    """
    lsoas = measured.areas[AreaType.LSOA]
    wanted = sorted(code for code, row in lsoas.items() if _has_need_and_provision(row))
    return [
        Finding(
            kind=FindingKind.CONNECTION,
            lad_code=lad,
            figures={"areas": [code for code in wanted if lsoas[code]["lad_code"] == lad]},
        )
        for lad in sorted(set(inputs.areas["lad_code"]) - {""})
    ]


def _has_need_and_provision(row: dict[str, Any]) -> bool:
    """Whether need is high, or a rule that is open to all flags the area; and work reaches it."""
    need = (row["gap_class"] or "").startswith("high need") or row.get(
        "rules_without_list", row["rules"]
    )
    return (
        bool(need)
        and bool(row["activities"])
        and not (row["gap_class"] or "").endswith("low provision")
    )
