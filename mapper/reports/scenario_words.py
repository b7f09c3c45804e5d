"""What comes of a scenario, in sentences."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mapper.analysis.gaps import GapClass
from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.reports.wording import listed
from mapper.store.runs import Run, run_areas

Figures = Mapping[str, Mapping[str, Any]]
"""Code to figures."""

_MOST_NAMED = 5
_SAME = 1e-6


def class_sentences(today: Figures, then: Figures) -> tuple[str, ...]:
    """Say which small areas come out of high need and low provision, and which fall into it.

    Parameters
    ----------
    today, then : figures of small areas by code.
    """
    gap = str(GapClass.HIGH_NEED_LOW_PROVISION)
    was, will = (
        {code for code, row in rows.items() if row.get("gap_class") == gap}
        for rows in (today, then)
    )
    if not was and not will:
        return ("No small area is in the highest third by need and the lowest by provision.",)
    areas = counted(len(will), "small area")
    than = "as many as now" if len(was) == len(will) else f"instead of {len(was)}"
    said = [f"{areas} would have high need and low provision, {than}."]
    for codes, words in ((was - will, "come out of it"), (will - was, "fall into it")):
        if codes:
            said.append(
                f"{counted(len(codes), 'small area')} would {words}: {_named(codes, then)}."
            )
    if will - was:
        said.append(
            "Thirds compare areas with one another: where some rise, others fall behind, though "
            "nothing was taken from them."
        )
    return tuple(said)


def _named(codes: set[str], rows: Figures) -> str:
    names = sorted(f"{rows[code]['area_name']} ({rows[code]['lad_name']})" for code in codes)
    more = len(names) - _MOST_NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"


def drift_sentences(session: Session, run: Run, today: Figures) -> tuple[str, ...]:
    """Say whether what is loaded has changed since the run was made.

    Parameters
    ----------
    run : as stored.
    today : figures of small areas by code, worked out anew.
    """
    kept = run_areas(session, run.id, AreaType.LSOA)
    differs = set(kept) != set(today) or any(
        abs((today[code].get(key) or 0.0) - (row.get(key) or 0.0)) > _SAME
        for code, row in kept.items()
        for key in ("count", "dose")
    )
    if not differs:
        return ()
    return (
        f"What is loaded has changed since run {run.id} was made, so the figures of today differ "
        "from those of that run. Run the analysis again to see by how much.",
    )
