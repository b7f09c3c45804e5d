"""The figures of a run for the areas of every level, the larger ones from their own sums."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.analysis.accessibility import nearest_venue_km
from mapper.analysis.bootstrap import share_gaps
from mapper.analysis.comparable import why_not_compared, without_comparison
from mapper.analysis.coverage import coverage
from mapper.analysis.explain import Wording, explain_all, gap_with_one_more
from mapper.analysis.gaps import gap_table, roll_up
from mapper.analysis.hot_spots import Cluster, Permutations, hot_spots, neighbours
from mapper.analysis.priorities import priority_words
from mapper.analysis.rates import annualised, rate_notes
from mapper.analysis.reach import Reach
from mapper.domain.area import AreaType
from mapper.reports.choices import AnalysisChoices
from mapper.reports.further_inputs import months_between
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_rows
from mapper.reports.priorities import flagged_areas, flags, with_other_words
from mapper.reports.run_trend import Compared, trends
from mapper.reports.wording import violence_words
from mapper.store.areas import area_frame, latest_vintage

Names = Mapping[AreaType, pd.DataFrame]
"""Area frames of the larger levels, by level."""

_RATES = ("crude_rate_per_1000", "rate_lower", "rate_upper", "eb_rate_per_1000")
_GROUPS = {
    AreaType.WARD: "ward_code",
    AreaType.MSOA: "msoa_code",
    AreaType.LAD: "lad_code",
}


def read_names(session: Session, lsoa_vintage: str) -> Names:
    """Read the areas of the levels that LSOAs are rolled up to.

    Parameters
    ----------
    lsoa_vintage : of the LSOAs; MSOAs are of the same.
    """
    return {
        level: area_frame(session, level, _vintage(session, level, lsoa_vintage))
        for level in _GROUPS
    }


def area_rows(
    inputs: RunInputs,
    reach: Reach,
    names: Names,
    choices: AnalysisChoices,
    *,
    compared: Compared,
) -> dict[AreaType, dict[Any, dict[str, Any]]]:
    """Measure the areas of every level.

    Parameters
    ----------
    inputs : of the run.
    reach : where the dose of each activity lands.
    names : as `read_names`.
    choices : of the run.
    compared : counts of this period and the one before.

    Returns
    -------
    Figures by area code, by level, as plain values.
    """
    parts = area_parts(inputs, reach, choices)
    lsoas = _lsoa_figures(parts, reach, inputs, choices, trend=trends(compared))
    lsoas = lsoas.join(_ward_names(inputs, names))
    rows = {AreaType.LSOA: plain_rows(lsoas)}
    for level, column in _GROUPS.items():
        groups = inputs.areas[column].where(inputs.areas[column] != "")
        listed = priority_words(inputs.priorities, names[level][["lad_code"]])
        by_group = reach.by_group(groups)
        figures = _figures(roll_up(parts, groups), by_group, inputs, choices, listed=listed)
        figures = figures.join(trends(compared, groups))
        rows[level] = plain_rows(_named(figures, names[level], lsoas, column))
    return rows


def _vintage(session: Session, level: AreaType, lsoa_vintage: str) -> str:
    return lsoa_vintage if level is AreaType.MSOA else latest_vintage(session, level)


def area_parts(inputs: RunInputs, reach: Reach, choices: AnalysisChoices) -> pd.DataFrame:
    """Count violence, residents and engagement of every LSOA: all that figures are made from.

    Parameters
    ----------
    inputs : of the run.
    reach : where the dose of each activity lands.
    choices : of the run.

    Returns
    -------
    Frame by LSOA code: `count`, `population` (NaN where not known) and `dose`.
    """
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


def _ward_names(inputs: RunInputs, names: Names) -> pd.DataFrame:
    wards = inputs.areas["ward_code"].map(names[AreaType.WARD]["area_name"]).fillna("")
    return pd.DataFrame({"ward_name": wards})


def last_month_of(inputs: RunInputs, choices: AnalysisChoices) -> pd.Series:
    """Find the last month of each activity that falls in the period.

    Parameters
    ----------
    inputs : of the run.
    choices : of the run.

    Returns
    -------
    'YYYY-MM' by activity_id.
    """
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
    cover = coverage(reach, parts["population"], last_month_of(inputs, choices)).by_area
    gaps = share_gaps(parts["count"], parts["population"], reach, choices.bootstrap)
    table = table.assign(**flags(table["eb_rate_per_1000"], listed))
    cover["months_since_last"] = _months_since(cover["last_month"], choices)
    table = table.join(cover[["activities", "last_month", "months_since_last"]]).join(gaps)
    return without_comparison(table) if why_not_compared(parts) else table


def _months_since(last: pd.Series, choices: AnalysisChoices) -> pd.Series:
    """Months from the last activity to the end of the period; missing without one."""
    end = str(choices.period.end.plus(-1))
    since = [None if pd.isna(month) else months_between(month, end) for month in last]
    return pd.Series(since, index=last.index, dtype="Int64")


def _lsoa_figures(
    parts: pd.DataFrame,
    reach: Reach,
    inputs: RunInputs,
    choices: AnalysisChoices,
    *,
    trend: pd.DataFrame,
) -> pd.DataFrame:
    areas = inputs.areas
    about = pd.DataFrame(areas[["area_name", "lad_code", "lad_name", "ward_code", "msoa_code"]])
    listed = priority_words(inputs.priorities, areas)
    table = about.join(_figures(parts, reach, inputs, choices, listed=listed)).join(trend)
    table = _with_hot_spots(table, inputs, choices.seed, listed)
    if inputs.deprivation is not None:
        table["deprivation_decile"] = inputs.deprivation.by_area.reindex(table.index)
    table["rank_in_lad"] = table.groupby("lad_code")["rank"].rank().astype("Int64")
    median = inputs.activities["dose"].median() if len(inputs.activities) else 0.0
    table["gap_score_with_one_more"] = gap_with_one_more(areas, table, float(median))
    table["rate_note"] = rate_notes(parts)
    table["nearest_venue_km"] = nearest_venue_km(areas, inputs.activities)
    wording = Wording(
        violence=violence_words(choices.recorder),
        period=choices.period.label,
        dose=choices.unit.value,
        residents=inputs.population_label,
    )
    table["explanation"] = [list(each.sentences) for each in explain_all(table, wording).values()]
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
    if lsoas["gap_class"].isna().all():
        gaps = gaps.where(gaps < 0)  # nothing was compared, so that a 0 would be no finding
    about["lsoas_high_need_low_provision"] = gaps.reindex(about.index)
    if "deprivation_decile" in lsoas:
        is_most_deprived = lsoas["deprivation_decile"] == 1
        deprived = is_most_deprived.groupby(lsoas[column]).sum()
        about["lsoas_most_deprived"] = deprived.reindex(about.index)
    return about.join(figures)
