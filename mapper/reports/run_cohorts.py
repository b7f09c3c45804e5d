"""Those affected beside those engaged, cohort by cohort; and how many of each to ask."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from mapper.analysis.bands import Band, common_bands
from mapper.analysis.cohorts import cohort_gap, shares_differ
from mapper.analysis.sampling import sample_sizes
from mapper.domain.cohort_count import CohortMeasure, Sex
from mapper.domain.disclosure import Sensitivity
from mapper.domain.vocabulary import Cohort
from mapper.reports.cohort_margins import DIMENSIONS, Counts, counts_by
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_rows
from mapper.store.findings import Finding, FindingKind

_AGES: dict[str, Band] = {
    Cohort.UNDER_10.value: (0, 9),
    Cohort.AGED_10_TO_14.value: (10, 14),
    Cohort.AGED_15_TO_17.value: (15, 17),
    Cohort.AGED_18_TO_24.value: (18, 24),
    Cohort.ADULTS.value: (25, None),
}
_SEXES = {
    Cohort.WOMEN_AND_GIRLS.value: Sex.FEMALE.value,
    Cohort.MEN_AND_BOYS.value: Sex.MALE.value,
}
_STRICTEST_LAST = [each.value for each in Sensitivity]


def cohort_findings(
    inputs: RunInputs, further: FurtherInputs, engaged: pd.DataFrame
) -> Iterator[Finding]:
    """Compare the cohorts affected with those engaged, for all and for each authority.

    Those engaged are taken from a table of them where one is loaded for the same place. Else
    they are the participants of activities that are for one cohort of the dimension only: by
    age, and by sex. Those of activities for everyone or for several cohorts are in none.

    Parameters
    ----------
    inputs, further : of the run.
    engaged : of the delivered activities: `lad_code` (of their venue; empty where not known),
        `participants`, small groups alike, by activity_id.
    """
    for code in ["", *sorted(set(inputs.areas["lad_code"]) - {""})]:
        rows = further.cohorts[further.cohorts["lad_code"] == code]
        affected = _latest(rows, CohortMeasure.AFFECTED)
        if affected.empty:
            continue
        counted = _latest(rows, CohortMeasure.ENGAGED)
        here = engaged if not code else engaged[engaged["lad_code"] == code]
        for dimension in DIMENSIONS:
            hurt = counts_by(affected, dimension)
            reached = counts_by(counted, dimension)
            is_register = not reached
            if is_register:
                reached = _from_register(here, further.tags, dimension)
            pairs = _aligned(hurt, reached, dimension)
            if len(pairs) > 1:
                of = [affected] if is_register else [affected, counted]
                figures = _figures(pairs) | {
                    "source": "register" if is_register else "table",
                    "sensitivity": _strictest(of),
                    "period": [affected["period_start"].iloc[0], affected["period_end"].iloc[0]],
                    "source_ids": sorted({int(x) for frame in of for x in frame["source_id"]}),
                }
                yield Finding(
                    kind=FindingKind.COHORT_GAP, lad_code=code, term=dimension, figures=figures
                )


def sample_findings(inputs: RunInputs, further: FurtherInputs) -> Iterator[Finding]:
    """Work out how many of each age band to ask in each authority, five points either way.

    Parameters
    ----------
    inputs, further : of the run.
    """
    rows = further.residents.assign(
        lad_code=further.residents["area_code"].map(inputs.areas["lad_code"])
    )
    for code, each in rows.groupby("lad_code", sort=True):
        bands = each.fillna({"age_to": -1}).groupby(["age_from", "age_to"])["residents"].sum()
        if code and len(bands) > 1:
            people = pd.Series(
                bands.to_numpy(float), index=[_band(int(a), int(b)) for a, b in bands.index]
            )
            yield Finding(
                kind=FindingKind.SAMPLE,
                lad_code=str(code),
                figures={
                    "cohorts": plain_rows(sample_sizes(people)),
                    "sensitivity": further.residents_sensitivity,
                },
            )


def _latest(rows: pd.DataFrame, measure: CohortMeasure) -> pd.DataFrame:
    """Keep of a measure the source loaded last and its last, longest period."""
    own = rows[rows["measure"] == measure.value]
    own = own[own["source_id"] == own["source_id"].max()]
    own = own[own["period_end"] == own["period_end"].max()]
    longest: pd.DataFrame = own[own["period_start"] == own["period_start"].min()]
    return longest


def _from_register(engaged: pd.DataFrame, tags: pd.DataFrame, dimension: str) -> Counts:
    """Participants of activities that are for one cohort of the dimension only."""
    by_dimension: dict[str, dict[str, Any]] = {"age": {**_AGES}, "sex": {**_SEXES}}
    names = by_dimension.get(dimension, {})
    mine = tags[(tags["vocabulary"] == "cohort") & tags["term"].isin(list(names))]
    alone = mine[~mine["activity_id"].duplicated(keep=False)].set_index("activity_id")["term"]
    people = engaged["participants"].groupby(alone.reindex(engaged.index).map(names)).sum()
    return {names[term]: float(people.get(names[term], 0.0)) for term in names}


def _aligned(hurt: Counts, reached: Counts, dimension: str) -> dict[str, tuple[float, float]]:
    """Both counts of every group that both have; none where any of them is withheld."""
    if dimension == "age":
        bands = common_bands(hurt, reached)
        pairs = {_band(a, -1 if b is None else b): pair for (a, b), pair in bands.items()}
    else:
        pairs = {key: (hurt[key], reached[key]) for key in hurt if key in reached}
    known = {key: (a, b) for key, (a, b) in pairs.items() if a is not None and b is not None}
    return known if len(known) == len(pairs) else {}


def _figures(pairs: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    affected = pd.Series({key: pair[0] for key, pair in pairs.items()})
    engaged = pd.Series({key: pair[1] for key, pair in pairs.items()})
    table = cohort_gap(affected, engaged).assign(affected=affected, engaged=engaged)
    chance = shares_differ(affected, engaged)
    return {"cohorts": plain_rows(table), "p_value": None if pd.isna(chance) else round(chance, 6)}


def _band(first: int, last: int) -> str:
    return f"{first} and over" if last < 0 else f"{first} to {last}"


def _strictest(tables: list[pd.DataFrame]) -> str:
    found = {str(each) for table in tables for each in table["sensitivity"]}
    return max(found, key=_STRICTEST_LAST.index)
