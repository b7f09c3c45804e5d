"""Why an area stands where it stands, in words and as figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mapper.analysis.accessibility import distance_weights
from mapper.analysis.ranks import steady
from mapper.analysis.rates import PER_1000
from mapper.analysis.requirements import require_same_index, residents
from mapper.domain.period import Month
from mapper.errors import UnknownAreaError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


_SHARES = {
    "under-engaged": "less engagement than violence, by more than chance would explain",
    "over-engaged": "more engagement than violence, by more than chance would explain",
    "no clear gap": "the two differ by no more than chance would explain",
}


@dataclass(frozen=True)
class Wording:
    """What to call the inputs.

    Parameters
    ----------
    violence : the events counted, such as "recorded violent offences".
    period : over which they were counted.
    dose : the unit of provision, such as "sessions".
    residents : who was counted and when, such as "Census 2021 usual residents".
    """

    violence: str = "recorded violent offences"
    period: str = "the period"
    dose: str = "sessions"
    residents: str = ""


@dataclass(frozen=True)
class Explanation:
    """Why one area stands where it stands.

    Parameters
    ----------
    area_code : the area.
    sentences : the explanation in plain words, in reading order.
    figures : the numbers the sentences use, by name; missing ones are left out.
    """

    area_code: str
    sentences: tuple[str, ...]
    figures: dict[str, float | int | str] = field(default_factory=dict)


def explain(table: pd.DataFrame, area_code: str, wording: Wording | None = None) -> Explanation:
    """Explain the rank of one area.

    Parameters
    ----------
    table : a `gap_table` by area_code; the sentences also use, where the frame has them,
        area_name, rules (of `affected`), last_month and activities (of `coverage`),
        nearest_venue_km (of `nearest_venue_km`), rate_note (of `rate_notes`),
        share_gap_class and stability (of `share_gaps`) and gap_score_with_one_more (of
        `gap_with_one_more`).
    area_code : the area to be explained.
    wording : what to call the inputs.

    Returns
    -------
    Sentences, and the figures behind them.

    Raises
    ------
    UnknownAreaError
        When the area is not in the table.
    """
    if area_code not in table.index:
        raise UnknownAreaError(
            f"There is no area {area_code!r} in this run.",
            expected=f"The run compares {len(table)} areas.",
            action="Check the code and its vintage.",
        )
    compared = int(table["gap_score"].notna().sum())
    return _explanation(area_code, table.loc[area_code].to_dict(), compared, wording or Wording())


def explain_all(table: pd.DataFrame, wording: Wording | None = None) -> dict[str, Explanation]:
    """Explain the rank of every area; the same as `explain` of each, many times faster.

    Parameters
    ----------
    table, wording : as `explain` takes them.

    Returns
    -------
    Explanations by area_code, in the order of the table.
    """
    compared = int(table["gap_score"].notna().sum())
    rows = zip(table.index, table.to_dict("records"), strict=True)
    chosen = wording or Wording()
    return {str(code): _explanation(str(code), row, compared, chosen) for code, row in rows}


def _explanation(
    area_code: str, row: Mapping[Any, object], compared: int, wording: Wording
) -> Explanation:
    known = {str(name): _plain(value) for name, value in row.items() if _is_known(value)}
    sentences = (*_standing(known, compared, wording), *_grounds(known), *_outlook(known))
    return Explanation(area_code, sentences, known)


def gap_with_one_more(
    areas: pd.DataFrame, table: pd.DataFrame, dose: float, reach_m: pd.Series | None = None
) -> pd.Series[float]:
    """Say what each area's gap score would be with one more activity at its centre.

    The activity's dose reaches the people around by the same two-step measure, so the
    neighbours gain too; every other area stays as it is.

    Parameters
    ----------
    areas : index area_code; population, centre_easting_m, centre_northing_m, is_urban.
    table : a `gap_table` of the same areas in the same order.
    dose : of the activity; the median of the activities is a fair choice.
    reach_m : catchment of each area in metres; 1,600 urban and 8,000 rural by default.

    Returns
    -------
    Gap score by area_code, never above the present one; NaN where that is.

    Raises
    ------
    MapperError
        When the areas and the table differ, or a coordinate is missing.
    """
    require_same_index(areas["population"], table["dose"], "the areas and the table")
    people = residents(areas["population"])
    venues = pd.DataFrame(
        areas[["centre_easting_m", "centre_northing_m"]].to_numpy(dtype=np.float64),
        columns=["easting_m", "northing_m"],
        index=areas.index,
    )
    weights = distance_weights(areas, venues, reach_m)
    now = table["coverage_per_1000"].to_numpy(dtype=np.float64)
    held, ordered = steady(now), np.sort(steady(now[~np.isnan(now)]))
    percentiles = np.full(len(areas), np.nan)
    for place in np.flatnonzero(~np.isnan(people)):
        near = slice(weights.indptr[place], weights.indptr[place + 1])
        around = weights.indices[near]
        raised = steady(now[around] + _gain(weights.data[near], people[around], dose))
        own = raised[around == place]
        percentiles[place] = _percentile_among(own[0], ordered, held[around], raised)
    percentile = pd.Series(percentiles, index=areas.index)
    score: pd.Series[float] = table["need_percentile"] - percentile
    return score.rename("gap_score_with_one_more")


def _gain(weight: Numbers, people: Numbers, dose: float) -> Numbers:
    """Give the coverage for 1,000 residents that one dose adds to the areas in its reach."""
    gain: Numbers = weight * dose / np.nansum(weight * people) * PER_1000
    return gain


def _percentile_among(value: float, ordered: Numbers, before: Numbers, after: Numbers) -> float:
    """Rank one figure among all, some of which have changed, without ranking the others anew.

    Parameters
    ----------
    value : the figure.
    ordered : all figures as they were, in order.
    before, after : those that changed; NaN takes no part.
    """
    low, high = np.searchsorted(ordered, value, "left"), np.searchsorted(ordered, value, "right")
    less = low - (before < value).sum() + (after < value).sum()
    equal = high - low - (before == value).sum() + (after == value).sum()
    return float((less + equal / 2) / len(ordered) * 100)


def _standing(known: dict[str, float | int | str], compared: int, wording: Wording) -> list[str]:
    """Say the rank and its two sides, or why there is none."""
    name = known.get("area_name", "This area")
    if "gap_score" not in known:
        if "eb_rate_per_1000" in known:
            return [
                f"{name} is not ranked: there is nothing to compare it by.",
                f"Need: {known['count']:,.0f} {wording.violence} in {wording.period}.",
                f"Provision: {known['dose']:,.1f} {wording.dose} reach the area.",
            ]
        return [f"{name} is not ranked: nobody is known to live there."]
    rank = (
        f"{name} ranks {known['rank']:,} of {compared:,} by engagement gap (1 is the widest): "
        f"its gap score is {known['gap_score']:.0f} on a scale from -100 to 100."
    )
    source = f" ({wording.residents})" if wording.residents else ""
    need = (
        f"Need: {known['count']:,.0f} {wording.violence} in {wording.period} among "
        f"{known['population']:,.0f} residents{source}. The smoothed rate is "
        f"{known['eb_rate_per_1000']:.1f} for every 1,000 residents, higher than in about "
        f"{known['need_percentile']:.0f}% of the areas compared."
    )
    if known.get("rate_note"):
        need += " Much happens here and few live here: the rate says little of those who live here."
    provision = (
        f"Provision: {known['dose']:,.1f} {wording.dose} reach the area, or "
        f"{known['coverage_per_1000']:.1f} for every 1,000 residents, more than in about "
        f"{known['provision_percentile']:.0f}% of the areas compared."
    )
    return [rank, need, provision]


def _grounds(known: dict[str, float | int | str]) -> list[str]:
    """Say the class, the rule that flagged the area and what last reached it."""
    said = []
    if "gap_class" in known:
        said.append(f"On the map it is shown as {known['gap_class']}.")
    if known.get("rules"):
        said.append(f"It counts as affected by violence because it is: {known['rules']}.")
    if "activities" in known:
        last = f", the latest in {_month(known['last_month'])}" if "last_month" in known else ""
        said.append(f"Activities that reach it: {known['activities']:.0f}{last}.")
    if "nearest_venue_km" in known:
        said.append(
            "The nearest venue where something was delivered is "
            f"{known['nearest_venue_km']:.1f} km from where its people live."
        )
    return said


def _outlook(known: dict[str, float | int | str]) -> list[str]:
    """Say how sure the standing is, and what one more activity would change."""
    said = []
    if "share_gap_class" in known:
        said.append(
            f"Its share of engagement beside its share of violence: {known['share_gap_class']}, "
            f"{_SHARES[str(known['share_gap_class'])]}."
        )
    if "stability" in known:
        said.append(
            "How likely it is to be among the tenth of areas with the widest gaps, chance in the "
            f"counts allowed for: {100 * float(known['stability']):.0f}%."
        )
    if "gap_score_with_one_more" in known:
        said.append(
            "One more activity of middling size at its centre would bring the gap "
            f"score to {known['gap_score_with_one_more']:.0f}."
        )
    return said


def _month(text: object) -> str:
    """A month in words."""
    return Month.parse(str(text)).label


def _is_known(value: object) -> bool:
    """Tell a figure from a missing one."""
    return (
        value is not None
        and value is not pd.NA
        and not (isinstance(value, float) and np.isnan(value))
    )


def _plain(value: object) -> float | int | str:
    """Return the figure as one of Python's own."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value)
    return str(value)
