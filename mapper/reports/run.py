"""One analysis run: frames in, network and analysis called, result stored."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from mapper.analysis.anomalies import anomalous_months
from mapper.analysis.priorities import unknown_priorities
from mapper.analysis.reach import reach_of
from mapper.reports.choices import AnalysisChoices
from mapper.reports.further_inputs import FurtherInputs, read_further
from mapper.reports.inputs import RunInputs, read_inputs
from mapper.reports.plain import plain_rows
from mapper.reports.run_areas import area_rows, read_names
from mapper.reports.run_findings import Measured, find_more
from mapper.reports.run_network import (
    NetworkRows,
    measure_network,
    scope_of,
    seen_by_each,
    who_works_where,
)
from mapper.reports.run_terms import Rows
from mapper.reports.run_trend import compared_counts
from mapper.reports.stopwatch import Say, Stopwatch
from mapper.store.findings import Finding
from mapper.store.runs import Run, RunResults, save_run
from mapper.store.session import Store
from mapper.version import VERSION

_LIBRARIES = ("geopandas", "igraph", "networkx", "numpy", "pandas", "scipy", "shapely")


def analyse(
    store: Store, choices: AnalysisChoices, made_by: str = "", say: Say = lambda _: None
) -> int:
    """Run the analysis and store it.

    Parameters
    ----------
    choices : the parameters.
    made_by : who asked for it.
    say : told what is being done.

    Returns
    -------
    The id of the run.

    Raises
    ------
    NotReadyError
        When data for the period are missing.
    """
    watch = Stopwatch(say)
    with watch.step("Reading the data"), store.reading() as session:
        inputs = read_inputs(session, choices)
        further = read_further(session, inputs, choices)
        names = read_names(session, inputs.vintage)
        seen = seen_by_each(session, inputs)
    with watch.step("Working out where engagement reaches"):
        reach = reach_of(inputs.areas, inputs.activities)
    with watch.step("Measuring need, provision and the gap"):
        areas = area_rows(inputs, reach, names, choices, compared=compared_counts(inputs, further))
    with watch.step("Listing who works where"):
        who = who_works_where(reach, inputs)
    with watch.step("Measuring the network"):
        network = measure_network(inputs, scope_of(inputs, who, seen, choices))
    with watch.step("Looking at themes, cohorts, what lapses and where next"):
        findings = find_more(inputs, further, Measured(reach, areas), choices)
    with watch.step("Looking for months out of line"):
        odd = _odd_months(inputs)
    summary = {
        "network": network.summary,
        "odd_months": odd,
        "priorities_not_found": unknown_priorities(inputs.priorities, inputs.areas),
        "unreached_dose": float(reach.unreached.sum()),
        "dose": float(reach.dose.sum()),
        "seconds": watch.seconds,
    }
    results = _results(areas, network, who, findings)
    say("Storing the run")
    with store.writing() as session:
        return save_run(session, _run((inputs, further), choices, made_by, summary), results)


def _results(
    areas: Rows, network: NetworkRows, who: pd.DataFrame, findings: list[Finding]
) -> RunResults:
    return RunResults(
        areas=areas,
        organisations=network.organisations,
        links=network.links,
        providers=list(who.itertuples(index=False, name=None)),
        findings=findings,
        meetings=network.meetings,
        networks=network.networks,
    )


def _run(
    given: tuple[RunInputs, FurtherInputs],
    choices: AnalysisChoices,
    made_by: str,
    summary: Mapping[str, Any],
) -> Run:
    inputs, further = given
    stored = inputs.as_stored()
    return Run(
        name=choices.period.label,
        made_by=made_by,
        parameters=choices.as_parameters(),
        inputs=stored | further.as_stored(stored["violence_sensitivity"]),
        versions=_versions(),
        summary=summary,
        is_synthetic=any(source.source.is_synthetic for source in inputs.sources),
    )


def _odd_months(inputs: RunInputs) -> list[dict[str, Any]]:
    """Months that are out of line with the others, by authority and type of crime."""
    if inputs.violence.empty:
        return []
    found = anomalous_months(inputs.violence, inputs.areas["lad_name"])
    columns = ["place", "offence_group", "month", "count", "usual_count", "ratio"]
    return list(plain_rows(found.loc[found["is_anomalous"], columns]).values())


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"mapper": VERSION, "python": platform.python_version(), **libraries}
