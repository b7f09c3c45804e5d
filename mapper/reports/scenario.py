"""What the gap would be with other activities, beside what it is: nothing is kept unless asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy.orm import Session

from mapper.analysis.reach import reach_of
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.domain.source import SourceKind
from mapper.errors import InvalidValueError, MapperError
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.report import FileReport
from mapper.ingest.run import ingest
from mapper.reports.area_changes import (
    GAP,
    PROVISION,
    SHARE_GAP,
    STABILITY,
    change_columns,
    change_rows,
)
from mapper.reports.choices import AnalysisChoices
from mapper.reports.given import Given, read_given
from mapper.reports.parameters import NAMES, read_choices
from mapper.reports.provenance import run_provenance
from mapper.reports.published import PublishedTable
from mapper.reports.run import versions_now
from mapper.reports.run_areas import area_rows
from mapper.reports.run_trend import compared_counts
from mapper.reports.scenario_plan import (
    Basis,
    Changed,
    Plan,
    changed_activities,
    plan_sentences,
)
from mapper.reports.scenario_words import Figures, class_sentences, drift_sentences
from mapper.reports.shown_run import shown_name
from mapper.reports.stopwatch import Say
from mapper.store.outlook import planned_activities
from mapper.store.runs import Run, RunResults, get_run, save_run
from mapper.store.session import Store

STEPS = 4
"""How often `try_scenario` says what it does."""

_MEASURES = (PROVISION, GAP, SHARE_GAP, STABILITY)
_OWN_SOURCE = "a scenario, which nobody keeps"
Rows = Mapping[AreaType, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFound:
    """What a scenario would change, for analysts.

    Parameters
    ----------
    sentences : what it changes, and what comes of it.
    authorities, areas : figures of today beside those of the scenario, the most moved first.
    files : what became of the rows of its file.
    saved_id : of the run that it was kept as; 0 for none.
    """

    sentences: tuple[str, ...]
    authorities: PublishedTable
    areas: PublishedTable
    files: tuple[FileReport, ...]
    saved_id: int = 0


def try_scenario(  # noqa: PLR0913  (all but the first three may be left out)
    store: Store,
    run_id: int,
    plan: Plan,
    *,
    services: Services | None = None,
    kept_by: str | None = None,
    say: Say = lambda _: None,
) -> ScenarioFound:
    """Measure the gap as it is and as it would be, by the parameters and seed of a run.

    The file goes in as any file of activities does, as a trial that is rolled back; both sides
    are worked out from what is loaded now, so that nothing but the plan tells them apart.

    Parameters
    ----------
    store : where the activities are.
    run_id : of the run whose parameters are used, and with which it is compared.
    plan : what is thought of.
    services : what reading the file leans on.
    kept_by : who wants it kept as a run, which is never published; None to keep nothing.
    say : told what is being done.

    Raises
    ------
    NotFoundError
        When there is no such run.
    InvalidValueError
        When the run is a scenario itself, or the plan names activities that do not fit.
    AllRefusedError
        When the file cannot be used.
    NotReadyError, ParametersError
        When what the run needs is not loaded any more.
    """
    say("Reading the data")
    with store.snapshot() as session:
        run = get_run(session, run_id)
        choices = _choices_of(run)
        given = read_given(session, choices)
    say("Reading the plan")
    changed, files = _changed(store, (given.inputs.areas, choices), plan, services or Services())
    say("Working out the figures of today")
    today = _measured(given, changed.today, choices)
    say("Working out those of the scenario")
    then = _measured(given, changed.then, choices)
    saved_id = 0
    if kept_by is not None:
        kept = _as_run(run, choices, plan, changed, made_by=kept_by)
        results = RunResults(areas=then, organisations={}, links=[], providers=[])
        with store.writing() as session:
            saved_id = save_run(session, kept, results)
    with store.reading() as session:
        sentences = (
            *plan_sentences(changed, plan, choices.unit.value),
            *class_sentences(today[AreaType.LSOA], then[AreaType.LSOA]),
            *drift_sentences(session, run, today[AreaType.LSOA]),
        )
        return ScenarioFound(
            sentences=sentences,
            authorities=_table(session, run, AreaType.LAD, (today, then)),
            areas=_table(session, run, AreaType.LSOA, (today, then)),
            files=files,
            saved_id=saved_id,
        )


def _choices_of(run: Run) -> AnalysisChoices:
    if run.is_scenario:
        raise InvalidValueError(
            f"Run {run.id} is a scenario itself.",
            expected="A run of what is in the register, to compare with.",
            action="`mapper runs list` lists them.",
        )
    return read_choices({name: run.parameters.get(name) for name in NAMES})


def _changed(
    store: Store, basis: Basis, plan: Plan, services: Services
) -> tuple[Changed, tuple[FileReport, ...]]:
    """Read the activities of both sides, those of the file from a trial that is rolled back."""
    if plan.file is None:
        with store.snapshot() as session:
            return changed_activities(session, basis, plan), ()
    found: list[Changed | MapperError] = []

    def look(session: Session) -> None:
        added = planned_activities(session, _OWN_SOURCE)
        try:
            found.append(changed_activities(session, basis, plan, added))
        except MapperError as error:
            found.append(error)  # the plan's fault, and not that of the file

    options = IngestOptions(dry_run=True, source_name=_OWN_SOURCE, lead=plan.lead)
    trial = replace(services, trial=look)
    report = ingest(store, SourceKind.ACTIVITIES, [plan.file], options, services=trial)
    if isinstance(found[0], MapperError):
        raise found[0]
    return found[0], report.files


def _measured(given: Given, activities: pd.DataFrame, choices: AnalysisChoices) -> Rows:
    inputs = replace(given.inputs, activities=activities)
    reach = reach_of(inputs.areas, activities)
    compared = compared_counts(inputs, given.further)
    return area_rows(inputs, reach, given.names, choices, compared=compared)


def _as_run(
    run: Run, choices: AnalysisChoices, plan: Plan, changed: Changed, *, made_by: str
) -> Run:
    """The run that a scenario is kept as: of what the other rests on, with the plan beside."""
    what = plan.file.name if plan.file else "other activities"
    return Run(
        name=f"Scenario for {choices.period.label}: {what}"[:300],
        made_by=made_by,
        parameters=choices.as_parameters()
        | {"scenario": plan.as_parameters(run.id, changed.added)},
        inputs={
            **run.inputs,
            "activities": len(changed.then),
            "imputed_doses": int(changed.then["is_imputed"].sum()),
        },
        versions=versions_now(),
        summary={**run.summary, "dose": float(changed.then["dose"].sum())},
        is_synthetic=run.is_synthetic,
        is_scenario=True,
    )


def _table(session: Session, run: Run, level: AreaType, pair: tuple[Rows, Rows]) -> PublishedTable:
    provenance = run_provenance(session, run)
    note = (
        f"Before: as it is, by the parameters of run {run.id}, {shown_name(session, run)}. "
        "After: as it would be. Both are worked out from what is loaded now."
    )
    return PublishedTable(
        audience=Audience.ANALYST,
        title="Local authorities" if level is AreaType.LAD else "Small areas",
        columns=change_columns(level, _MEASURES),
        rows=change_rows((pair[0][level], pair[1][level]), level, _MEASURES),
        provenance=replace(provenance, notes=(note, *provenance.notes)),
    )
