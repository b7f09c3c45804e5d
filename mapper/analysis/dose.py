"""How much engagement one activity is."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from mapper.analysis.requirements import require_columns

_COLUMNS = ("type", "sessions", "participants", "hours_per_session", "share")


class Dose(StrEnum):
    """The unit in which engagement is counted, chosen once for a run."""

    SESSIONS = "sessions"
    PARTICIPANTS = "participants"
    PARTICIPANT_HOURS = "participant-hours"


def doses(activities: pd.DataFrame, unit: Dose) -> pd.DataFrame:
    """Measure every activity in one unit, for the part of it that falls in the period.

    Participants are people taking part over all sessions; where nobody counted them, the
    median of the activities of the same type stands in (of all activities where the type has
    none), and is marked. The same goes for hours a session.

    Parameters
    ----------
    activities : index activity_id; type, sessions, participants and hours_per_session (NaN
        where not known), share (of its days in the period, 0 to 1). Not changed.
    unit : of the dose.

    Returns
    -------
    Frame by activity_id: dose (zero or more; NaN when nothing is known to stand in for a
    missing number) and is_imputed.

    Raises
    ------
    MapperError
        When a column is missing.
    """
    require_columns(activities, list(_COLUMNS), "activities")
    amount = activities["sessions"].astype(float)
    is_imputed = pd.Series(False, index=activities.index)
    if unit is not Dose.SESSIONS:
        people = activities["participants"].astype(float)
        amount, is_imputed = _typical(people, activities["type"]), people.isna()
    if unit is Dose.PARTICIPANT_HOURS:
        hours = activities["hours_per_session"].astype(float)
        amount = amount * _typical(hours, activities["type"])
        is_imputed = is_imputed | hours.isna()
    return pd.DataFrame({"dose": amount * activities["share"], "is_imputed": is_imputed})


def _typical(values: pd.Series[float], types: pd.Series[str]) -> pd.Series[float]:
    """Fill what is missing with the median of the same type, or else of all."""
    by_type = values.groupby(types).transform("median")
    return values.fillna(by_type).fillna(values.median())
