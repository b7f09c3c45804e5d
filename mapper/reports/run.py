"""One analysis run: frames in, network and analysis called, result stored."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.analysis.anomalies import anomalous_months
from mapper.analysis.comparable import why_not_compared
from mapper.analysis.gaps import roll_up
from mapper.analysis.priorities import unknown_priorities
from mapper.analysis.reach import reach_of
from mapper.domain.area import AreaType
from mapper.reports.choices import AnalysisChoices
from mapper.reports.given import Given, read_given
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_rows
from mapper.reports.run_areas import area_parts, area_rows
from mapper.reports.run_findings import Measured, find_more
from mapper.reports.run_network import NetworkScope, measure_network, who_works_where
from mapper.reports.run_trend import compared_counts
from mapper.reports.stopwatch import Say, Stopwatch
from mapper.store.runs import Run, RunResults, save_run
from mapper.store.session import Store
from mapper.version import VERSION

STEPS = 8
"""How often `analyse` says what it does."""

AndThen = Callable[[Session, int], None]
_LIBRARIES = ("geopandas", "igraph", "networkx", "numpy", "pandas", "scipy", "shapely")


def analyse(
    store: Store,
    choices: AnalysisChoices,
    made_by: str = "",
    say: Say = lambda _: None,
    *,
    and_then: AndThen = lambda _session, _run_id: None,
) -> int:
    """Run the analysis and store it.

    Everything is read at one moment, and stored in one transaction: what others load meanwhile
    is either in the run or not, and a run that is stopped leaves nothing behind.

    Parameters
    ----------
    choices : the parameters.
    made_by : who asked for it.
    say : told what is being done; `STEPS` times when all goes well.
    and_then : done in the transaction that stores the run, with the run's id.

    Returns
    -------
    The id of the run.

    Raises
    ------
    NotReadyError
        When areas, residents or violence are missing.
    ParametersError
        When months or types are chosen that are not loaded.
    """
    watch = Stopwatch(say)
    with watch.step("Reading the data"), store.snapshot() as session:
        given = read_given(session, choices)
    results, summary = measure(given, choices, watch)
    say("Storing the run")
    run = Run(
        name=choices.period.label,
        made_by=made_by,
        parameters=choices.as_parameters(),
        inputs=given.as_stored(),
        versions=versions_now(),
        summary=summary | {"seconds": watch.seconds},
        is_synthetic=given.is_synthetic,
    )
    with store.writing() as session:
        run_id = save_run(session, run, results)
        and_then(session, run_id)
    return run_id


def measure(
    given: Given, choices: AnalysisChoices, watch: Stopwatch
) -> tuple[RunResults, dict[str, Any]]:
    """Measure everything that a run holds.

    Parameters
    ----------
    given : what was read.
    choices : of the run.
    watch : times the steps.

    Returns
    -------
    The rows of the run, and its figures for the whole.
    """
    inputs, further = given.inputs, given.further
    with watch.step("Working out where engagement reaches"):
        reach = reach_of(inputs.areas, inputs.activities)
    with watch.step("Measuring need, provision and the gap"):
        compared = compared_counts(inputs, further)
        areas = area_rows(inputs, reach, given.names, choices, compared=compared)
        parts = area_parts(inputs, reach, choices)
    with watch.step("Listing who works where"):
        who = who_works_where(reach, inputs)
    with watch.step("Measuring the network"):
        network = measure_network(
            inputs, NetworkScope(given.seen, choices.period.days, choices.seed)
        )
    with watch.step("Looking at themes, cohorts, what lapses and where next"):
        findings = find_more(inputs, further, Measured(reach, parts, areas), choices)
    with watch.step("Looking for months out of line"):
        odd = _odd_months(inputs)
    summary = {
        "network": network.summary,
        "odd_months": odd,
        "priorities_not_found": unknown_priorities(inputs.priorities, inputs.areas),
        "not_compared": _not_compared(parts, inputs),
        "unreached_dose": float(reach.unreached.sum()),
        "dose": float(reach.dose.sum()),
    }
    results = RunResults(
        areas=areas,
        organisations=network.organisations,
        links=network.links,
        providers=list(who.itertuples(index=False, name=None)),
        findings=findings,
        meetings=network.meetings,
        networks=network.networks,
    )
    return results, summary


def _not_compared(parts: pd.DataFrame, inputs: RunInputs) -> dict[str, str]:
    """Why no gap can be told between the areas of a level; nothing of a level where one can."""
    whole = roll_up(parts, inputs.areas["lad_code"].where(inputs.areas["lad_code"] != ""))
    levels = {AreaType.LSOA: parts, AreaType.LAD: whole}
    found = {level.value: why_not_compared(each) for level, each in levels.items()}
    return {level: str(why) for level, why in found.items() if why}


def _odd_months(inputs: RunInputs) -> list[dict[str, Any]]:
    """Months that are out of line with the others, by authority and type of crime."""
    if inputs.violence.empty:
        return []
    found = anomalous_months(inputs.violence, inputs.areas["lad_name"])
    columns = ["place", "offence_group", "month", "count", "usual_count", "ratio"]
    return list(plain_rows(found.loc[found["is_anomalous"], columns]).values())


def versions_now() -> dict[str, str]:
    """The software that a run is made with, name to version."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"mapper": VERSION, "python": platform.python_version(), **libraries}
