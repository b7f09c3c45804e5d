"""One analysis run: frames in, network and analysis called, result stored."""

import platform
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

import pandas as pd

from mapper.analysis.anomalies import anomalous_months
from mapper.analysis.bootstrap import share_gaps
from mapper.analysis.coverage import coverage, providers
from mapper.analysis.explain import Wording, explain, gap_with_one_more
from mapper.analysis.gaps import gap_table, roll_up
from mapper.analysis.hot_spots import Cluster, Permutations, hot_spots, neighbours
from mapper.analysis.priorities import priority_words, unknown_priorities
from mapper.analysis.rates import annualised
from mapper.analysis.reach import Reach, reach_of
from mapper.domain.area import AreaType
from mapper.network.centrality import centrality
from mapper.network.cohesion import cohesion, membership
from mapper.network.graph import build_graph, project_to_organisations
from mapper.network.layout import layout
from mapper.reports.choices import AnalysisChoices
from mapper.reports.inputs import RunInputs, read_inputs
from mapper.reports.plain import plain_rows
from mapper.reports.priorities import flagged_areas, flags, with_other_words
from mapper.reports.wording import violence_words
from mapper.store.areas import area_frame, latest_vintage
from mapper.store.runs import Run, RunResults, save_run
from mapper.store.session import Store
from mapper.version import VERSION

Say = Callable[[str], None]
_LIBRARIES = ("geopandas", "igraph", "networkx", "numpy", "pandas", "scipy", "shapely")
_LEAST_SHARE, _MOST_NAMED = 0.05, 5
_RATES = ("crude_rate_per_1000", "rate_lower", "rate_upper", "eb_rate_per_1000")
_GROUPS = {
    AreaType.WARD: "ward_code",
    AreaType.MSOA: "msoa_code",
    AreaType.LAD: "lad_code",
}


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent on each step of a run."""

    say: Say
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step, and say that it begins."""
        self.say(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a run and what was measured of it."""

    links: list[tuple[int, int, int]]
    measures: pd.DataFrame
    summary: Mapping[str, Any]


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
        names = {
            level: area_frame(session, level, _vintage(session, level, inputs.vintage))
            for level in _GROUPS
        }
    with watch.step("Working out where engagement reaches"):
        reach = reach_of(inputs.areas, inputs.activities)
    with watch.step("Measuring need, provision and the gap"):
        areas = _area_rows(inputs, reach, names, choices)
    with watch.step("Listing who works where"):
        who = _providers(reach, inputs)
    with watch.step("Measuring the network"):
        network = _network(inputs, choices.seed)
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
    results = RunResults(
        areas=areas,
        organisations=plain_rows(network.measures),
        links=[(int(a), int(b), float(weight)) for a, b, weight in network.links],
        providers=list(who.itertuples(index=False, name=None)),
    )
    say("Storing the run")
    with store.writing() as session:
        return save_run(session, _run(inputs, choices, made_by, summary), results)


def _run(
    inputs: RunInputs, choices: AnalysisChoices, made_by: str, summary: Mapping[str, Any]
) -> Run:
    return Run(
        name=choices.period.label,
        made_by=made_by,
        parameters=choices.as_parameters(),
        inputs=inputs.as_stored(),
        versions=_versions(),
        summary=summary,
        is_synthetic=any(source.source.is_synthetic for source in inputs.sources),
    )


def _area_rows(
    inputs: RunInputs,
    reach: Reach,
    names: Mapping[AreaType, pd.DataFrame],
    choices: AnalysisChoices,
) -> dict[AreaType, dict[Any, dict[str, Any]]]:
    """The figures of the areas of every level."""
    parts = _parts(inputs, reach, choices)
    lsoas = _lsoa_figures(parts, reach, inputs, choices).join(_ward_names(inputs, names))
    rows = {AreaType.LSOA: plain_rows(lsoas)}
    for level, column in _GROUPS.items():
        groups = inputs.areas[column].where(inputs.areas[column] != "")
        listed = priority_words(inputs.priorities, names[level][["lad_code"]])
        by_group = reach.by_group(groups)
        figures = _figures(roll_up(parts, groups), by_group, inputs, choices, listed=listed)
        rows[level] = plain_rows(_named(figures, names[level], lsoas, column))
    return rows


def _vintage(session: Any, level: AreaType, lsoa_vintage: str) -> str:  # noqa: ANN401
    return lsoa_vintage if level is AreaType.MSOA else latest_vintage(session, level)


def _parts(inputs: RunInputs, reach: Reach, choices: AnalysisChoices) -> pd.DataFrame:
    """Violence, residents and engagement of every LSOA: all that the figures are made from."""
    kept = {str(month) for month in choices.months_kept}
    rows = inputs.violence[inputs.violence["month"].isin(kept)]
    counts = rows.groupby("area_code")["count"].sum().reindex(inputs.areas.index, fill_value=0)
    return pd.DataFrame(
        {
            "count": counts.astype(float),
            "population": inputs.areas["population"],
            "dose": reach.delivered(),
        },
        index=inputs.areas.index,
    )


def _ward_names(inputs: RunInputs, names: Mapping[AreaType, pd.DataFrame]) -> pd.DataFrame:
    wards = inputs.areas["ward_code"].map(names[AreaType.WARD]["area_name"]).fillna("")
    return pd.DataFrame({"ward_name": wards})


def _months(inputs: RunInputs, choices: AnalysisChoices) -> pd.Series:
    """The last month of each activity that falls in the period."""
    last = choices.period.end.plus(-1)
    ends = pd.Series([f"{day:%Y-%m}" for day in inputs.activities["ends_on"]], dtype=object)
    ends.index = inputs.activities.index
    return ends.where(ends <= str(last), str(last))


def _figures(
    parts: pd.DataFrame,
    reach: Reach,
    inputs: RunInputs,
    choices: AnalysisChoices,
    *,
    listed: Mapping[str, str],
) -> pd.DataFrame:
    """Every figure that an area of any level has."""
    table = gap_table(parts)
    months = len(choices.months_kept)
    for column in _RATES:
        # A rate is for a year, whatever the period, so that two runs can be compared.
        table[column] = annualised(table[column], months)
    cover = coverage(reach, parts["population"], _months(inputs, choices)).by_area
    gaps = share_gaps(parts["count"], parts["population"], reach, choices.bootstrap)
    table = table.assign(**flags(table["eb_rate_per_1000"], listed))
    return table.join(cover[["activities", "last_month"]]).join(gaps)


def _lsoa_figures(
    parts: pd.DataFrame, reach: Reach, inputs: RunInputs, choices: AnalysisChoices
) -> pd.DataFrame:
    areas = inputs.areas
    about = pd.DataFrame(areas[["area_name", "lad_code", "lad_name", "ward_code", "msoa_code"]])
    listed = priority_words(inputs.priorities, areas)
    table = about.join(_figures(parts, reach, inputs, choices, listed=listed))
    table = _with_hot_spots(table, inputs, choices.seed, listed)
    if inputs.deprivation is not None:
        table["deprivation_decile"] = inputs.deprivation.by_area.reindex(table.index)
    table["rank_in_lad"] = table.groupby("lad_code")["rank"].rank().astype("Int64")
    median = inputs.activities["dose"].median() if len(inputs.activities) else 0.0
    table["gap_score_with_one_more"] = gap_with_one_more(areas, table, float(median))
    wording = Wording(
        violence=violence_words(choices.recorder),
        period=choices.period.label,
        dose=choices.unit.value,
    )
    table["explanation"] = [list(explain(table, code, wording).sentences) for code in table.index]
    return with_other_words(table, wording)


def _with_hot_spots(
    table: pd.DataFrame, inputs: RunInputs, seed: int, listed: Mapping[str, str]
) -> pd.DataFrame:
    rates = table["eb_rate_per_1000"]
    spots = hot_spots(rates, neighbours(inputs.areas), Permutations(seed=seed))
    high = spots.index[spots["cluster"] == Cluster.HIGH]
    return table.assign(**flags(rates, listed, high)).join(spots)


def _named(
    figures: pd.DataFrame, names: pd.DataFrame, lsoas: pd.DataFrame, column: str
) -> pd.DataFrame:
    about = pd.DataFrame(index=figures.index)
    about["area_name"] = names["area_name"].reindex(figures.index).fillna("")
    about["lad_code"] = names["lad_code"].reindex(figures.index).fillna("")
    about["lad_name"] = about["lad_code"].map(
        lsoas.drop_duplicates("lad_code").set_index("lad_code")["lad_name"]
    )
    by_group = lsoas.groupby(column)
    # A column given to a frame without rows would bring rows of its own, hence `reindex`.
    about["lsoas"] = by_group.size().reindex(about.index)
    for name, flagged in flagged_areas(lsoas).items():
        about[name] = flagged.groupby(lsoas[column]).sum().reindex(about.index)
    is_gap = lsoas["gap_class"] == "high need, low provision"
    gaps = is_gap.groupby(lsoas[column]).sum()
    about["lsoas_high_need_low_provision"] = gaps.reindex(about.index)
    if "deprivation_decile" in lsoas:
        is_most_deprived = lsoas["deprivation_decile"] == 1
        deprived = is_most_deprived.groupby(lsoas[column]).sum()
        about["lsoas_most_deprived"] = deprived.reindex(about.index)
    return about.join(figures)


def _providers(reach: Reach, inputs: RunInputs) -> pd.DataFrame:
    """Who works in each LSOA, less those who only touch it, and in each local authority."""
    near = providers(reach, inputs.activities, inputs.participations)
    total = near.groupby("area_code")["dose"].transform("sum")
    place = near.groupby("area_code").cumcount()
    near = near[(near["dose"] >= _LEAST_SHARE * total) | (place < _MOST_NAMED)]
    by_authority = reach.by_group(inputs.areas["lad_code"])
    return pd.concat([near, providers(by_authority, inputs.activities, inputs.participations)])


def _network(inputs: RunInputs, seed: int) -> Network:
    graph = build_graph(inputs.organisations, inputs.participations)
    measures = centrality(graph)
    belongs = membership(graph, seed).drop(columns="is_isolated")
    places = layout(graph, seed)
    ties = project_to_organisations(pd.Index(measures.index), inputs.participations)
    return Network(ties, measures.join(belongs).join(places), asdict(cohesion(graph, seed)))


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
