"""The forward view: the gap in the period ahead, by what is registered for it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mapper.analysis.gaps import gap_table, roll_up
from mapper.analysis.reach import reach_of
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_rows
from mapper.store.findings import Finding, FindingKind

_NOTHING = 1e-9


def forward_findings(
    inputs: RunInputs, further: FurtherInputs, parts: pd.DataFrame
) -> Iterator[Finding]:
    """Measure the gap with today's need and what is registered for the period ahead.

    Parameters
    ----------
    inputs, further : of the run.
    parts : count, population and dose of every LSOA in the period itself.
    """
    reach = reach_of(inputs.areas, further.registered_ahead)
    ahead = parts.assign(dose=reach.delivered())
    groups = inputs.areas["lad_code"].where(inputs.areas["lad_code"] != "")
    lsoas, lads = _beside(ahead, parts), _beside(roll_up(ahead, groups), roll_up(parts, groups))
    touched = reach.by_group(groups)
    counts = np.bincount(touched.shares.indices, minlength=len(touched.area_codes))
    activities = pd.Series(counts, index=touched.area_codes)
    period = [str(further.ahead.start), str(further.ahead.end)]
    for code, figures in plain_rows(lads).items():
        own = lsoas[groups == code]
        is_lost = (own["dose_ahead"] <= _NOTHING) & (own["dose"] > _NOTHING)
        yield Finding(
            kind=FindingKind.FORWARD,
            lad_code=str(code),
            figures=figures
            | {
                "period": period,
                "activities": int(activities.get(code, 0)),
                "left_with_none": int(is_lost.sum()),
                "lsoas": plain_rows(own[own["dose_ahead"] < own["dose"] - _NOTHING]),
            },
        )


def _beside(ahead: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Dose and gap of the period beside those of the one ahead."""
    then, today = gap_table(ahead), gap_table(now)
    return pd.DataFrame(
        {
            "dose": now["dose"],
            "dose_ahead": ahead["dose"],
            "gap_score": today["gap_score"],
            "gap_score_ahead": then["gap_score"],
        }
    )
