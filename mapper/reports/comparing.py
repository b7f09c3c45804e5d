"""Two runs beside one another: what moved in each area, for analysts."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.errors import InvalidValueError, NotAllowedError
from mapper.reports.area_changes import (
    GAP,
    NEED,
    PROVISION,
    SHARE_GAP,
    STABILITY,
    Measure,
    change_columns,
    change_rows,
)
from mapper.reports.priorities import for_audience
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Provenance, PublishedTable
from mapper.reports.shown_run import shown_name
from mapper.store.runs import Run, get_run, run_areas

MEASURES = (NEED, PROVISION, GAP, SHARE_GAP, STABILITY)
LEVELS = (AreaType.LAD, AreaType.WARD, AreaType.MSOA, AreaType.LSOA)
"""Levels that two runs can be compared at, the largest first."""


def compare_runs(
    session: Session,
    pair: tuple[int, int],
    audience: Audience,
    *,
    level: AreaType = AreaType.LAD,
    lad_code: str = "",
) -> PublishedTable:
    """Publish what moved between two runs in every area of a level, the most moved first.

    Parameters
    ----------
    pair : numbers of the earlier and the later run.
    audience : who is looking; only analysts may, since one run can be subtracted from another.
    level : of the areas.
    lad_code : of the authority wanted; all when empty.

    Raises
    ------
    NotAllowedError
        When the audience is not the analyst.
    NotFoundError
        When there is no such run.
    InvalidValueError
        When the runs are one and the same, or their areas are of different vintages.
    """
    if audience is not Audience.ANALYST:
        raise NotAllowedError(
            "Two runs are compared for analysts only.", expected="The audience analyst."
        )
    before, after = (get_run(session, number) for number in pair)
    _require_alike(before, after)
    rows = [
        for_audience(run, run_areas(session, run.id, level, lad_code), audience)
        for run in (before, after)
    ]
    differences = dict(_differences(before, after))
    return PublishedTable(
        audience=audience,
        title=f"What moved from run {before.id} to run {after.id}",
        columns=change_columns(level, MEASURES),
        rows=change_rows((rows[0], rows[1]), level, MEASURES, _untold(differences)),
        provenance=_provenance(session, (before, after), tuple(differences.values())),
    )


def run_differences(session: Session, pair: tuple[int, int]) -> tuple[str, ...]:
    """Say what two runs do not have in common, and what that means for a reader.

    It stands among the notes of `compare_runs` as well.

    Parameters
    ----------
    session : open.
    pair : numbers of the runs, the earlier first.

    Raises
    ------
    NotFoundError
        When there is no such run.
    """
    before, after = (get_run(session, number) for number in pair)
    return tuple(text for _, text in _differences(before, after))


def _require_alike(before: Run, after: Run) -> None:
    if before.id == after.id:
        raise InvalidValueError(
            f"Run {before.id} cannot be compared with itself.",
            expected="Two different runs.",
            action="`mapper runs list` lists them.",
        )
    vintages = [str(run.inputs["lsoa_vintage"]) for run in (before, after)]
    if vintages[0] != vintages[1]:
        raise InvalidValueError(
            f"Run {before.id} is of small areas of {vintages[0]}, run {after.id} of those of "
            f"{vintages[1]}, and the two are not the same areas.",
            expected="Two runs of the same boundaries.",
            action="Run the analysis again over the earlier period, on the boundaries loaded now.",
        )


def _differences(before: Run, after: Run) -> Iterator[tuple[str, str]]:
    """What the runs do not have in common, and what that means for a reader."""
    old, new = before.parameters, after.parameters
    counted = ("recorder", "crime_types")
    if any(old.get(name) != new.get(name) for name in counted):
        yield (
            "need",
            "The runs count different violence (recorder or types), so no change of need or of "
            "the gap can be told.",
        )
    if old["dose"] != new["dose"]:
        yield (
            "unit",
            f"Engagement is counted in {old['dose']} before and in {new['dose']} after, so no "
            "change of provision or of the gap can be told.",
        )
    months = [len(run.period) for run in (before, after)]
    if months[0] != months[1]:
        yield (
            "months",
            f"The periods are of {months[0]} and {months[1]} months. Rates of violence are for a "
            "year and can be compared; provision is for the period, so no change of it can be "
            "told.",
        )
    if before.inputs["population"] != after.inputs["population"]:
        yield (
            "residents",
            f"Rates are for {before.inputs['population']} before and for "
            f"{after.inputs['population']} after.",
        )


def _untold(differences: dict[str, str]) -> set[Measure]:
    untold: set[Measure] = set()
    if "need" in differences:
        untold |= {NEED, GAP, SHARE_GAP, STABILITY}
    if "unit" in differences:
        untold |= {PROVISION, GAP, SHARE_GAP, STABILITY}
    if "months" in differences:
        untold |= {PROVISION}
    return untold


def _provenance(
    session: Session, runs: tuple[Run, Run], differences: tuple[str, ...]
) -> Provenance:
    before, after = (run_provenance(session, run) for run in runs)
    told = [
        f"{when}: run {each.run_id}, {shown_name(session, run)}, of {each.period}."
        for when, each, run in zip(("Before", "After"), (before, after), runs, strict=True)
    ]
    notes = dict.fromkeys([*told, *differences, *before.notes, *after.notes])
    return replace(
        after,
        period=f"{before.period}, and {after.period}",
        notes=tuple(notes),
        sources=tuple(dict.fromkeys([*before.sources, *after.sources])),
        is_synthetic=before.is_synthetic or after.is_synthetic,
    )
