"""Areas twice over: what they were, what they are, and what moved between the two."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapper.analysis.changes import Moved, changes
from mapper.domain.area import AreaType
from mapper.reports.published import Cell, Column
from mapper.reports.wording import number_cell, text_cell

Rows = Mapping[str, Mapping[str, Any]]
"""Code to figures, as a run keeps them."""

_CANNOT_SAY: Final = Cell(None, str(Moved.CANNOT_SAY))


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that two measurements are compared by.

    Parameters
    ----------
    name : of its columns, for machines.
    heading, meaning : for people.
    key : of the stored figure.
    decimals : shown.
    interval : keys of the figure with an interval that tells whether the change is beyond
        chance, and of its two ends; empty for none.
    factor : by which the stored figure is multiplied.
    """

    name: str
    heading: str
    meaning: str
    key: str
    decimals: int
    interval: tuple[str, ...] = ()
    factor: float = 1.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns: before, after, change, and whether that is beyond chance."""
        name, heading = self.name, self.heading
        three = (
            Column(f"{name}_before", f"{heading} before", self.meaning, is_number=True),
            Column(f"{name}_after", f"{heading} after", is_number=True),
            Column(f"{name}_change", f"Change of {heading.lower()}", _LESS, is_number=True),
        )
        if not self.interval:
            return three
        return (*three, Column(f"{self.name}_moved", f"{self.heading} moved", _MOVED))


_LESS = "After less before."
_MOVED = (
    "Beyond both intervals when each of the two figures lies outside the 95% interval of the "
    "other. For need it is the rate before smoothing that is asked, which has an interval."
)

NEED: Final = Measure(
    "need",
    "Need",
    "Smoothed rate of violence for every 1,000 residents a year.",
    "eb_rate_per_1000",
    1,
    ("crude_rate_per_1000", "rate_lower", "rate_upper"),
)
PROVISION: Final = Measure(
    "provision",
    "Provision",
    "Engagement that reaches the area for every 1,000 residents, in the period.",
    "coverage_per_1000",
    1,
)
GAP: Final = Measure(
    "gap_score",
    "Gap score",
    "Need percentile less provision percentile, -100 to 100, among the areas of that run.",
    "gap_score",
    0,
)
SHARE_GAP: Final = Measure(
    "share_gap_points",
    "Share gap",
    "Share of all violence less share of all engagement, in percentage points.",
    "share_gap",
    3,
    ("share_gap", "share_gap_lower", "share_gap_upper"),
)
STABILITY: Final = Measure(
    "stability_percent",
    "Stability",
    "How likely the area's true gap is in the widest tenth, given what was seen.",
    "stability",
    0,
    factor=100.0,
)


def change_columns(level: AreaType, measures: Collection[Measure]) -> tuple[Column, ...]:
    """The columns of areas twice over, in order of reading.

    Parameters
    ----------
    level : of the areas.
    measures : compared.
    """
    names = [Column("area_name", "Area"), Column("area_code", "Code", "Code of the area (GSS).")]
    if level is not AreaType.LAD:
        names.append(Column("lad_name", "Local authority"))
    classes = (
        Column("gap_class_before", "Need and provision before", "Thirds of need and provision."),
        Column("gap_class_after", "Need and provision after"),
    )
    return (*names, *(column for each in measures for column in each.columns), *classes)


def change_rows(
    pair: tuple[Rows, Rows],
    level: AreaType,
    measures: Collection[Measure],
    untold: Collection[Measure] = (),
) -> tuple[tuple[Cell, ...], ...]:
    """Say what moved in every area, the most moved by gap score first.

    Parameters
    ----------
    pair : figures of the same areas, before and after.
    level : of the areas.
    measures : compared.
    untold : those whose two figures do not mean the same, so that no change can be told.

    Returns
    -------
    Rows of cells under `change_columns`.
    """
    before, after = pair
    moved = {each.name: _moved(before, after, each) for each in measures}
    codes = sorted({*before, *after}, key=lambda code: _most_moved_first(before, after, code))
    rows = []
    for code in codes:
        old, new = before.get(code, {}), after.get(code, {})
        about = new or old
        names = [text_cell(about.get("area_name")), Cell(code, code)]
        if level is not AreaType.LAD:
            names.append(text_cell(about.get("lad_name")))
        told = (
            cell
            for each in measures
            for cell in _cells(
                each, (old, new), moved[each.name].get(code, ""), is_told=each not in untold
            )
        )
        classes = (text_cell(old.get("gap_class")), text_cell(new.get("gap_class")))
        rows.append((*names, *told, *classes))
    return tuple(rows)


def _most_moved_first(before: Rows, after: Rows, code: str) -> tuple[float, str]:
    old, new = (rows.get(code, {}).get(GAP.key) for rows in (before, after))
    if old is None or new is None:
        return (1.0, code)
    return (-abs(round(new - old, 6)), code)


def _cells(
    measure: Measure,
    pair: tuple[Mapping[str, Any], Mapping[str, Any]],
    moved: str,
    *,
    is_told: bool,
) -> tuple[Cell, ...]:
    old, new = (_figure(row.get(measure.key), measure) for row in pair)
    change = None if old is None or new is None else new - old
    two = (number_cell(old, measure.decimals), number_cell(new, measure.decimals))
    said = (Cell(moved, moved) if moved != Moved.CANNOT_SAY else _CANNOT_SAY,)
    if not is_told:
        return (*two, _CANNOT_SAY, *((_CANNOT_SAY,) if measure.interval else ()))
    three = (*two, number_cell(change, measure.decimals))
    return (*three, *said) if measure.interval else three


def _figure(value: float | None, measure: Measure) -> float | None:
    return None if value is None else value * measure.factor


def _moved(before: Rows, after: Rows, measure: Measure) -> dict[str, str]:
    """Whether each area moved beyond chance; nothing of a figure without interval."""
    if not measure.interval:
        return {}
    found = changes(*(_with_interval(rows, measure.interval) for rows in (before, after)))
    return {str(code): str(said) for code, said in found["moved"].items()}


def _with_interval(rows: Rows, keys: tuple[str, ...]) -> pd.DataFrame:
    index = pd.Index(list(rows), name="area_code", dtype=object)
    return pd.DataFrame(
        {
            column: [row.get(key) for row in rows.values()]
            for column, key in zip(("value", "lower", "upper"), keys, strict=True)
        },
        index=index,
        dtype=float,
    )
