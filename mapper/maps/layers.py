"""Which colour each area gets on each layer, and what the key says of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import Any

from mapper.maps.features import area_features
from mapper.maps.palette import CROSSED, DOTTED, GAP, HATCHED, NEED, PROVISION
from mapper.reports.published import Cell, PublishedAreas

STEPS = 5
WITHHELD, UNKNOWN, NO_ACTIVITY = "withheld", "unknown", "none"


@dataclass(frozen=True, slots=True)
class Shade:
    """One entry of a key.

    Parameters
    ----------
    key : names it in the data.
    label : in words.
    fill : a colour `#rrggbb`, or the name of a pattern of `mapper.maps.palette`.
    area_count : how many areas have it.
    """

    key: str
    label: str
    fill: str
    area_count: int = 0

    @property
    def is_pattern(self) -> bool:
        """Whether it is drawn with a pattern, as whatever is not a figure is."""
        return not self.fill.startswith("#")


@dataclass(frozen=True, slots=True)
class Choropleth:
    """One way to shade the areas.

    Parameters
    ----------
    key : names it in the data: `need`, `provision` or `gap`.
    name : on the layer control.
    column : of the published table.
    meaning : one or two sentences for the key.
    shades : in the order of the key; those no area has are left out, but for the gap classes.
    breaks : where one step ends and the next begins; empty for classes.
    """

    key: str
    name: str
    column: str
    meaning: str
    shades: tuple[Shade, ...]
    breaks: tuple[float, ...] = ()

    def shade_key(self, cell: Cell | None) -> str:
        """Say which shade a cell gets.

        Parameters
        ----------
        cell : of the layer's column; None when the table lacks it.
        """
        if cell is None or cell.value is None:
            return WITHHELD if cell is not None and cell.is_withheld else UNKNOWN
        if self.key == "gap":
            return str(cell.value) if str(cell.value) in GAP else UNKNOWN
        if self.key == "provision" and not cell.value:
            return NO_ACTIVITY
        return str(sum(float(cell.value) >= limit for limit in self.breaks))


_SPECIAL = (
    Shade(NO_ACTIVITY, "No activity registered", DOTTED),
    Shade(WITHHELD, "Withheld: too few to show", HATCHED),
    Shade(UNKNOWN, "Not known", CROSSED),
)
_HOW_CUT = "Each step holds about as many areas as the next."


def choropleths(areas: PublishedAreas) -> tuple[Choropleth, ...]:
    """Choose the shades of the three layers: gap class, need and provision.

    Need and provision are cut at quintiles of what is published, so that the key states its
    breaks. An area without registered activity is no low provision but its own shade, and so
    is a withheld or unknown figure.

    Parameters
    ----------
    areas : with the columns of `PublishedMap.areas`.

    Returns
    -------
    The layers in the order of the layer control; the first is shown first.
    """
    need = _stepped(
        areas,
        Choropleth("need", "Need", "eb_rate_per_1000", "", ()),
        NEED,
        "Violence per 1,000 residents, smoothed.",
    )
    provision = _stepped(
        areas,
        Choropleth("provision", "Provision", "coverage_per_1000", "", ()),
        PROVISION,
        "Engagement activity in reach per 1,000 residents.",
    )
    return (_gap(areas), need, provision)


def shaded_features(areas: PublishedAreas, layers: Sequence[Choropleth]) -> dict[str, Any]:
    """Write the areas as GeoJSON for the map: every figure and the shade of each layer.

    Parameters
    ----------
    areas : what may be shown to the audience.
    layers : as `choropleths` chose them.

    Returns
    -------
    What `area_features` returns, and for every layer the property ``<key>_shade``.
    """
    columns = [column.name for column in areas.table.columns]
    features = area_features(areas, columns)
    rows = areas.table.records()
    for feature, row in zip(features["features"], rows, strict=True):
        for layer in layers:
            feature["properties"][f"{layer.key}_shade"] = layer.shade_key(row.get(layer.column))
    return features


def rounded_breaks(values: Sequence[float], steps: int = STEPS) -> tuple[float, ...]:
    """Cut values into steps that hold about as many each, at numbers a person can read.

    Parameters
    ----------
    values : the figures to shade, at least one.
    steps : how many are wanted; equal values can make them fewer.

    Returns
    -------
    The lower limit of every step but the first, increasing, in three significant digits.
    """
    if len(values) < 2:  # noqa: PLR2004  (one value has no quantiles)
        return ()
    cuts = {float(f"{cut:.3g}") for cut in quantiles(values, n=steps, method="inclusive")}
    return tuple(sorted(cut for cut in cuts if min(values) < cut <= max(values)))


def step_labels(breaks: Sequence[float]) -> list[str]:
    """Name the steps between breaks in words.

    Parameters
    ----------
    breaks : increasing; a value equal to a break belongs to the step above it.
    """
    if not breaks:
        return ["All areas with a figure"]
    written = [f"{cut:,.10g}" for cut in breaks]
    between = [f"{low} to under {high}" for low, high in pairwise(written)]
    return [f"Under {written[0]}", *between, f"{written[-1]} and over"]


def _gap(areas: PublishedAreas) -> Choropleth:
    shades = tuple(Shade(label, label.capitalize(), colour) for label, colour in GAP.items())
    layer = Choropleth(
        "gap",
        "Gap between need and provision",
        "gap_class",
        "Thirds of need against thirds of provision. The number is how many areas.",
        (*shades, *_SPECIAL[1:]),
    )
    return _counted(areas, layer)


def _stepped(
    areas: PublishedAreas, layer: Choropleth, colours: Sequence[str], meaning: str
) -> Choropleth:
    """Cut a layer of figures into steps and give each its colour."""
    cells = [row.get(layer.column) for row in areas.table.records()]
    figures = [float(cell.value) for cell in cells if cell is not None and cell.value is not None]
    if layer.key == "provision":
        figures = [figure for figure in figures if figure]
    breaks = rounded_breaks(figures)
    shades = tuple(
        Shade(str(step), label, _spread(colours, step, len(breaks) + 1))
        for step, label in enumerate(step_labels(breaks))
    )
    stepped = Choropleth(
        layer.key, layer.name, layer.column, f"{meaning} {_HOW_CUT}", (*shades, *_SPECIAL), breaks
    )
    return _counted(areas, stepped)


def _spread(colours: Sequence[str], step: int, steps: int) -> str:
    """Take the ends of the scale even when there are fewer steps than colours."""
    return colours[round(step * (len(colours) - 1) / (steps - 1))] if steps > 1 else colours[1]


def _counted(areas: PublishedAreas, layer: Choropleth) -> Choropleth:
    """Add to every shade how many areas have it; drop the steps and patterns none has."""
    counts = Counter(layer.shade_key(row.get(layer.column)) for row in areas.table.records())
    shades = tuple(
        Shade(shade.key, shade.label, shade.fill, counts[shade.key])
        for shade in layer.shades
        if counts[shade.key] or shade.key in GAP
    )
    return Choropleth(layer.key, layer.name, layer.column, layer.meaning, shades, layer.breaks)
