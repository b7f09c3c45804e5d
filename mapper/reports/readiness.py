"""Whether what a run needs is loaded: asked on the page before one begins, and in the run."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy.orm import Session

from mapper.errors import NotReadyError, ParametersError
from mapper.reports.choices import AnalysisChoices, usual_types
from mapper.reports.wording import listed
from mapper.store.areas import analysis_vintage
from mapper.store.frames import violence_months
from mapper.store.violence import crime_types_loaded

_MOST_NAMED = 12


def require_loaded(session: Session, choices: AnalysisChoices) -> str:
    """Make sure that areas, residents and every month counted are loaded.

    Parameters
    ----------
    choices : of the run.

    Returns
    -------
    The vintage of the LSOAs that a run would use.

    Raises
    ------
    NotReadyError
        When areas, residents or violence counts of the recorder are missing altogether.
    ParametersError
        When months of the period, or types of violence, are.
    """
    vintage = analysis_vintage(session)
    loaded = violence_months(session, choices.recorder)
    if not loaded:
        raise NotReadyError(
            f"No violence counts ({choices.recorder}) are loaded.",
            expected="Counts for every month of the period.",
            action="Load them on the page for loading data, or with `mapper ingest violence`.",
        )
    _require_months(choices, loaded)
    _require_types(choices, crime_types_loaded(session, choices.recorder))
    return vintage


def _require_months(choices: AnalysisChoices, loaded: list[str]) -> None:
    missing = [str(month) for month in choices.months_kept if str(month) not in set(loaded)]
    if not missing:
        return
    name = "from" if missing[0] == str(choices.period.start) else "to"
    raise ParametersError(
        {
            name: f"No violence counts ({choices.recorder}) are loaded for {_some(missing)}. "
            f"Months loaded: {loaded[0]} to {loaded[-1]}. Load the others, or change the period, "
            "or leave those months out (--exclude)."
        }
    )


def _require_types(choices: AnalysisChoices, loaded: list[str]) -> None:
    known = {*loaded, *usual_types(choices.recorder)}  # a month may well have none of a usual type
    unknown = [word for word in choices.crime_types or () if word not in known]
    if unknown:
        raise ParametersError(
            {
                "crime_types": f"{listed(unknown)} cannot be counted: no such type is loaded of "
                f"the recorder ({choices.recorder}). There are {listed(loaded)}."
            }
        )


def require_placed(violence: pd.DataFrame, choices: AnalysisChoices, vintage: str) -> None:
    """Make sure that the counts of every month kept lie in areas that are loaded.

    Parameters
    ----------
    violence : as `mapper.store.frames.violence`: those that could be placed.
    choices : of the run.
    vintage : of the LSOAs.

    Raises
    ------
    NotReadyError
        When none of a month's could be: its file is of another vintage, or another place.
    """
    placed = set(violence["month"])
    nowhere = [str(month) for month in choices.months_kept if str(month) not in placed]
    if nowhere:
        types = listed(list(choices.types_counted)) or "any type"
        raise NotReadyError(
            f"Of the violence counts ({choices.recorder}) loaded for {_some(nowhere)}, none is of "
            f"{types} and lies in a small area of the {vintage} boundaries.",
            expected=f"Codes of LSOA {vintage}, or points, or the look-up from the boundaries "
            "that the file uses.",
            action="Load that look-up with `mapper ingest lookups`, or look whether the file is "
            "of another place or counts other types, or leave those months out (--exclude).",
        )


def _some(months: Iterable[str]) -> str:
    found = list(months)
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(found[:_MOST_NAMED]) + more
