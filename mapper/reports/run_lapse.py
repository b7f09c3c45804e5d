"""The lapse radar: work that is about to end or has just ended, and the gap if none renews."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from mapper.analysis.gaps import gap_table, roll_up
from mapper.analysis.reach import Reach
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_rows
from mapper.store.findings import Finding, FindingKind

WINDOW = timedelta(days=90)
"""How near the last day of the period an end is near."""

_NOTHING = 1e-9

LASTING = timedelta(days=28)
"""Work that lasted less is an event: it cannot lapse."""


def lapsing(further: FurtherInputs, activities: pd.DataFrame, last_day: date) -> pd.DataFrame:
    """Find the delivered work that ends, or whose funding ends, near the end of the period.

    Work that lasted four weeks or more lapses when its last day is within 90 days of the last
    day of the period, before or after, and nothing of the same lead and title is registered to
    go on after it; and when the funding of its lead ends in the 90 days after the period, if it
    was still going on in the 90 days before.

    Parameters
    ----------
    further : with every activity and when funding ends.
    activities : those delivered, of the run.
    last_day : of the period.

    Returns
    -------
    Frame by activity_id: `title`, `organisation_id`, `ends_on`, `is_ending` (False where only
    the funding ends), `funding_ends_on` (missing where that is not the reason).
    """
    spans = further.spans.reindex(activities.index).dropna(subset="ends_on")
    lasts = (spans["ends_on"] - spans["starts_on"]) >= LASTING
    is_recent = spans["ends_on"] >= last_day - WINDOW
    until = _latest_ends(further.spans, spans)
    ends = lasts & is_recent & (spans["ends_on"] <= last_day + WINDOW) & (until <= spans["ends_on"])
    paid = spans["organisation_id"].map(further.funding)
    soon = [not pd.isna(day) and last_day < day <= last_day + WINDOW for day in paid]
    runs_out = np.array(soon, dtype=bool) & lasts & is_recent
    found = spans.assign(is_ending=ends, funding_ends_on=paid.where(runs_out, None))
    columns = ["title", "organisation_id", "ends_on", "is_ending", "funding_ends_on"]
    chosen: pd.DataFrame = found.loc[ends | runs_out, columns]
    return chosen


def _latest_ends(every: pd.DataFrame, spans: pd.DataFrame) -> pd.Series:
    """The last day of anything of the same lead and title, by activity_id."""
    titles = every["title"].str.casefold().str.strip()
    latest = every["ends_on"].groupby([every["organisation_id"], titles]).transform("max")
    return latest.reindex(spans.index)


def lapse_findings(
    inputs: RunInputs, reach: Reach, parts: pd.DataFrame, found: pd.DataFrame
) -> Iterator[Finding]:
    """Measure the gap as it would be if nothing that lapses were renewed.

    Parameters
    ----------
    inputs : of the run.
    reach : where the dose of each activity lands.
    parts : count, population and dose of every LSOA.
    found : as `lapsing`.
    """
    stays = ~reach.dose.index.isin(found.index)
    left = parts.assign(dose=reach.delivered(np.asarray(stays)))
    groups = inputs.areas["lad_code"].where(inputs.areas["lad_code"] != "")
    lsoas = _without(left, parts)
    lads = _without(roll_up(left, groups), roll_up(parts, groups))
    touched = reach.by_group(groups).shares
    column = {code: place for place, code in enumerate(sorted(set(groups.dropna())))}
    row = {key: place for place, key in enumerate(reach.dose.index)}
    told = [(row[key], _plain(key, each)) for key, each in found.iterrows()]
    for code, figures in plain_rows(lads).items():
        here = set(touched[:, [column[code]]].tocoo().coords[0].tolist())
        own = lsoas[groups == code]
        yield Finding(
            kind=FindingKind.LAPSE,
            lad_code=str(code),
            figures=figures
            | {
                "activities": [each for place, each in told if place in here],
                "left_with_none": int(((own["dose_without"] <= 0) & (own["dose"] > 0)).sum()),
                "lsoas": plain_rows(own[own["dose_without"] < own["dose"] - _NOTHING]),
            },
        )


def _without(left: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Today's dose and gap beside those without what lapses."""
    then, today = gap_table(left), gap_table(now)
    return pd.DataFrame(
        {
            "dose": now["dose"],
            "dose_without": left["dose"].where(left["dose"] > _NOTHING, 0.0),
            "coverage_without": then["coverage_per_1000"],
            "gap_score": today["gap_score"],
            "gap_score_without": then["gap_score"],
        }
    )


def _plain(key: Any, row: pd.Series) -> dict[str, Any]:  # noqa: ANN401  (an id of numpy's)
    paid = row["funding_ends_on"]
    return {
        "activity_id": int(key),
        "title": row["title"],
        "organisation_id": int(row["organisation_id"]),
        "ends_on": row["ends_on"].isoformat(),
        "is_ending": bool(row["is_ending"]),
        "funding_ends_on": None if paid is None or pd.isna(paid) else paid.isoformat(),
    }
