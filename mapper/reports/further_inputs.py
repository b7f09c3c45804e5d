"""What a run takes beside need and provision: the period before, tags, venues, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.activity import ActivityStatus
from mapper.domain.disclosure import Sensitivity
from mapper.domain.period import Month, Period
from mapper.reports.choices import AnalysisChoices
from mapper.reports.inputs import RunInputs, with_doses
from mapper.store import frames
from mapper.store.needs import cohort_counts
from mapper.store.outlook import (
    activity_spans,
    funding_ends,
    residents_by_age,
    tagged_activities,
)
from mapper.store.sources import sources_by_id
from mapper.store.venues import named_venues

_STILL_MEANT = (ActivityStatus.PLANNED, ActivityStatus.DELIVERED)
_STRICTEST_LAST = list(Sensitivity)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherInputs:
    """Frames of what stands beside need and provision.

    Parameters
    ----------
    before : violence of the period before, as `mapper.store.frames.violence`.
    months : pairs of months compared, each of the period with the one as long before it.
    before_sensitivity : the strictest of the sources of `before`.
    tags : as `mapper.store.outlook.tagged_activities`.
    spans : as `mapper.store.outlook.activity_spans`.
    funding : as `mapper.store.outlook.funding_ends`.
    ahead : the period after, as long as the period itself.
    registered_ahead : activities registered in `ahead`, planned or going on, with their doses;
        as `mapper.store.frames.activities`.
    venues : as `mapper.store.venues.named_venues`.
    cohorts : as `mapper.store.needs.cohort_counts`, of the whole area and every authority.
    residents : as `mapper.store.outlook.residents_by_age`.
    residents_sensitivity : of their source.
    """

    before: pd.DataFrame
    months: tuple[tuple[str, str], ...]
    before_sensitivity: Sensitivity
    tags: pd.DataFrame
    spans: pd.DataFrame
    funding: Mapping[int, date]
    ahead: Period
    registered_ahead: pd.DataFrame
    venues: pd.DataFrame
    cohorts: pd.DataFrame
    residents: pd.DataFrame
    residents_sensitivity: str

    def as_stored(self, own: str) -> dict[str, Any]:
        """What is to be stored with the run.

        Parameters
        ----------
        own : sensitivity of the violence of the period itself.
        """
        both = (Sensitivity(own), self.before_sensitivity)
        return {
            "months_compared": [list(pair) for pair in self.months],
            "trend_sensitivity": max(both, key=_STRICTEST_LAST.index).value,
        }


def read_further(session: Session, inputs: RunInputs, choices: AnalysisChoices) -> FurtherInputs:
    """Read what stands beside need and provision; what is not loaded is empty.

    Parameters
    ----------
    inputs : of the run.
    choices : of the run.
    """
    before, months, sensitivity = _before(session, inputs, choices)
    residents, of_residents = residents_by_age(session, inputs.vintage)
    codes = ["", *sorted(set(inputs.areas["lad_code"]))]
    cohorts = [cohort_counts(session, code) for code in codes]
    ahead = Period(choices.period.end, choices.period.end.plus(len(choices.period)))
    registered = frames.activities(session, inputs.areas, ahead, statuses=_STILL_MEANT)
    return FurtherInputs(
        before=before,
        months=months,
        before_sensitivity=sensitivity,
        tags=tagged_activities(session),
        spans=activity_spans(session),
        funding=funding_ends(session),
        ahead=ahead,
        registered_ahead=with_doses(registered, choices.unit).dropna(subset="dose"),
        venues=named_venues(session),
        cohorts=pd.concat([each for each in cohorts if len(each)] or cohorts[:1]),
        residents=residents[residents["area_code"].isin(inputs.areas.index)],
        residents_sensitivity=of_residents,
    )


def _before(
    session: Session, inputs: RunInputs, choices: AnalysisChoices
) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...], Sensitivity]:
    """Read the period before; a month is compared only where both it and its fellow are there."""
    length = len(choices.period)
    start = choices.period.start
    earlier = Period(start.plus(-length), start)
    rows = frames.violence(
        session, inputs.areas, earlier, choices.types_counted, recorder=choices.recorder
    )
    loaded = set(rows["month"])
    pairs = [(str(month), str(month.plus(-length))) for month in choices.months_kept]
    compared = tuple(pair for pair in pairs if pair[1] in loaded)
    ids = frames.violence_source_ids(session, earlier, choices.recorder)
    used = [source.source.sensitivity for source in sources_by_id(session, ids)]
    strictest = max(used or [Sensitivity.OPEN], key=_STRICTEST_LAST.index)
    return rows, compared, strictest


def months_between(earlier: str, later: str) -> int:
    """How many months one comes after another, such as 3 for ``2025-01`` and ``2025-04``.

    Parameters
    ----------
    earlier, later : months as ``2025-01``.
    """
    first, last = Month.parse(earlier), Month.parse(later)
    return (last.year - first.year) * 12 + last.number - first.number
