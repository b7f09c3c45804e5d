"""What reaches each area of one theme or for one cohort."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from mapper.analysis.coverage import last_months
from mapper.analysis.ranks import percentile_rank
from mapper.analysis.rates import PER_1000
from mapper.analysis.reach import Reach
from mapper.analysis.requirements import residents
from mapper.analysis.themes import theme_of
from mapper.domain.area import AreaType
from mapper.domain.vocabulary import Cohort, Theme
from mapper.reports.further_inputs import FurtherInputs
from mapper.reports.inputs import RunInputs
from mapper.reports.plain import plain_value
from mapper.store.findings import Finding, FindingKind

_VOCABULARIES = {FindingKind.THEME: Theme, FindingKind.COHORT: Cohort}
_ALL = "all violence"
Rows = dict[AreaType, dict[Any, dict[str, Any]]]


def term_findings(
    inputs: RunInputs, further: FurtherInputs, reach: Reach, *, months: pd.Series, rows: Rows
) -> Iterator[Finding]:
    """Measure the provision of every theme and for every cohort, by authority.

    Parameters
    ----------
    inputs, further : of the run.
    reach : where the dose of each activity lands.
    months : the last month of each activity.
    rows : figures of the areas of every level.
    """
    by_lad = reach.by_group(inputs.areas["lad_code"].where(inputs.areas["lad_code"] != ""))
    needs = _needs_by_theme(inputs)
    affected = {
        f"affected_unreached{without}": _affected(rows[AreaType.LSOA], f"rules{without}")
        for without in ("", "_without_list")
    }
    for kind, vocabulary in _VOCABULARIES.items():
        for term in vocabulary:
            ids = further.tags.loc[further.tags["term"] == term.value, "activity_id"]
            has_term = reach.dose.index.isin(ids)
            own = needs.get(term.value) if kind is FindingKind.THEME else None
            table = _by_authority(by_lad, has_term, months=months, lads=rows[AreaType.LAD], own=own)
            reached = _reached(reach, has_term, inputs)
            for code, figures in table.iterrows():
                lsoas = reached[reached["lad_code"] == code]
                plain = {str(name): plain_value(value) for name, value in figures.items()}
                told = {
                    name: len(flagged.get(str(code), set()) - set(lsoas.index))
                    for name, flagged in affected.items()
                }
                yield Finding(
                    kind=kind,
                    lad_code=str(code),
                    term=term.value,
                    figures=plain
                    | told
                    | {"need": _ALL if own is None else own[0], "lsoas": _plain(lsoas)},
                )


def _needs_by_theme(inputs: RunInputs) -> dict[str, tuple[str, pd.Series]]:
    """Add up the groups of offences that say which theme they are about, by authority."""
    violence = inputs.violence.assign(
        lad_code=inputs.violence["area_code"].map(inputs.areas["lad_code"])
    )
    found: dict[str, list[str]] = {}
    for group in sorted(set(violence["crime_type"])):
        theme = theme_of(group)
        if theme is not None:
            found.setdefault(theme.value, []).append(group)
    return {
        theme: (
            "; ".join(groups),
            violence[violence["crime_type"].isin(groups)].groupby("lad_code")["count"].sum(),
        )
        for theme, groups in found.items()
    }


def _by_authority(
    reach: Reach,
    has_term: np.ndarray,
    *,
    months: pd.Series,
    lads: dict[Any, dict[str, Any]],
    own: tuple[str, pd.Series] | None,
) -> pd.DataFrame:
    table = pd.DataFrame(index=pd.Index(sorted(lads), name="lad_code"))
    about = pd.DataFrame.from_dict(lads, orient="index")[["count", "population"]].astype(float)
    of_term = reach.only(has_term)
    dose = pd.Series(of_term.delivered(), index=reach.area_codes).reindex(
        table.index, fill_value=0.0
    )
    touched = np.bincount(of_term.shares.indices, minlength=len(reach.area_codes))
    table["dose"] = dose
    table["coverage_per_1000"] = (
        dose / residents(about["population"].reindex(table.index)) * PER_1000
    )
    table["activities"] = pd.Series(touched, index=reach.area_codes).reindex(
        table.index, fill_value=0
    )
    table["last_month"] = last_months(of_term, months).reindex(table.index)
    needs = about["count"] if own is None else own[1]
    counted = needs.reindex(table.index, fill_value=0).astype(float)
    table["need_count"] = counted
    table["need_share"] = counted / counted.sum() if counted.sum() else np.nan
    table["dose_share"] = dose / dose.sum() if dose.sum() else np.nan
    table["share_gap"] = 100 * (table["need_share"] - table["dose_share"].fillna(0.0))
    table["provision_percentile"] = percentile_rank(table["coverage_per_1000"])
    return table


def _reached(reach: Reach, has_term: np.ndarray, inputs: RunInputs) -> pd.DataFrame:
    """The LSOAs that anything with the term reaches."""
    shares = reach.shares[np.flatnonzero(has_term)]
    dose = shares.T @ reach.dose[has_term].to_numpy(float)
    frame = pd.DataFrame(
        {
            "lad_code": inputs.areas["lad_code"],
            "activities": np.bincount(shares.indices, minlength=len(reach.area_codes)),
            "coverage_per_1000": dose / residents(inputs.areas["population"]) * PER_1000,
        },
        index=reach.area_codes,
    )
    return frame[frame["activities"] > 0]


def _plain(lsoas: pd.DataFrame) -> dict[str, list[Any]]:
    return {
        str(code): [int(count), plain_value(coverage)]
        for code, count, coverage in zip(
            lsoas.index, lsoas["activities"], lsoas["coverage_per_1000"], strict=True
        )
    }


def _affected(lsoas: dict[Any, dict[str, Any]], column: str) -> dict[str, set[str]]:
    """The areas that a rule flags, by authority; without the priority lists where asked."""
    found: dict[str, set[str]] = {}
    for code, row in lsoas.items():
        if row.get(column, row["rules"]):
            found.setdefault(row["lad_code"], set()).add(code)
    return found
