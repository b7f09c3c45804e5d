"""A small map for a report: one local authority's areas by gap class, the first ranks numbered.

It is an SVG picture that needs no script, so that the same map serves a page, a file and print.
"""

import io
import math
import re
from collections.abc import Iterable, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.path import Path
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from mapper.errors import MapperError
from mapper.maps.layers import WITHHELD, Choropleth, choropleths
from mapper.maps.palette import GAP, INK, OUTLINE, WIDEST_GAP
from mapper.reports.published import PublishedAreas

MAP_WIDTH_IN, KEY_WIDTH_IN = 5.0, 2.5
LOWEST_IN, HIGHEST_IN = 3.2, 6.5
_LABEL_POINTS = 8
_LONG_LINE_TO = re.compile(rb"(?m)^(L -?\d+\.\d\d)\d* (-?\d+\.\d\d)\d*")

# Without a fixed salt two drawings of the same map differ in the names of their parts.
mpl.rcParams["svg.hashsalt"] = "mapper"


def report_map(
    areas: PublishedAreas,
    highlighted: Sequence[str] = (),
    *,
    outline: BaseGeometry | None = None,
) -> bytes:
    """Draw areas by gap class as an SVG picture, the same bytes for the same input.

    Parameters
    ----------
    areas : of one local authority, with the column `gap_class`; WGS 84.
    highlighted : area codes in order of rank; each is outlined and numbered from 1. Codes that
        are not drawn are passed over, and keep their number.
    outline : of the authority, drawn round the areas; WGS 84.

    Returns
    -------
    The SVG file. It holds no text of a source, and text as shapes, so that it looks the same
    everywhere; whoever shows it gives it an alternative text.

    Raises
    ------
    MapperError
        When no area has an outline.
    """
    drawn = {code: shape for code, shape in areas.outlines.items() if not shape.is_empty}
    if not drawn:
        raise MapperError(
            "None of the report's areas has an outline.",
            action="Load boundaries with `mapper boundaries import FILE` and analyse again.",
        )
    figure = Figure(figsize=(MAP_WIDTH_IN + KEY_WIDTH_IN, LOWEST_IN))
    axes = figure.add_axes((0.0, 0.0, MAP_WIDTH_IN / (MAP_WIDTH_IN + KEY_WIDTH_IN), 1.0))
    layer = choropleths(areas)[0]
    _fill_areas(axes, areas, layer)
    _outline_areas(axes, drawn, highlighted, outline)
    _number(axes, drawn, highlighted)
    _frame(figure, axes, drawn)
    _explain(figure, layer)
    return _svg(figure)


def _fill_areas(axes: Axes, areas: PublishedAreas, layer: Choropleth) -> None:
    """Draw all areas of one shade at once: far fewer elements than one an area."""
    shapes: dict[str, list[BaseGeometry]] = {}
    for row in areas.table.records():
        shape = areas.outlines.get(str(row["area_code"].value))
        if shape is not None and not shape.is_empty:
            shapes.setdefault(layer.shade_key(row.get("gap_class")), []).append(shape)
    for key, members in sorted(shapes.items()):
        axes.add_collection(
            PathCollection(
                [_path(shape) for shape in members],
                facecolors=GAP.get(key, "#ffffff"),
                edgecolors=OUTLINE,
                linewidths=0.4,
                hatch=None if key in GAP else _hatch(key),
            )
        )


def _hatch(key: str) -> str:
    return "/////" if key == WITHHELD else "xxxx"


def _outline_areas(
    axes: Axes,
    drawn: dict[str, BaseGeometry],
    highlighted: Sequence[str],
    outline: BaseGeometry | None,
) -> None:
    chosen = [drawn[code] for code in highlighted if code in drawn]
    for shapes, width in (([] if outline is None else [outline], 1.2), (chosen, 1.6)):
        paths = [_path(shape) for shape in shapes]
        axes.add_collection(
            PathCollection(paths, facecolors="none", edgecolors=INK, linewidths=width)
        )


def _number(axes: Axes, drawn: dict[str, BaseGeometry], highlighted: Sequence[str]) -> None:
    ranked = list(enumerate(highlighted, start=1))
    for place, code in reversed(ranked):  # so that the first ranks lie on top
        if code in drawn:
            point = drawn[code].representative_point()
            axes.text(
                point.x,
                point.y,
                str(place),
                fontsize=_LABEL_POINTS,
                fontweight="bold",
                ha="center",
                va="center",
                color=INK,
                bbox={"boxstyle": "circle,pad=0.2", "fc": "white", "ec": INK, "lw": 1.0},
            )


def _frame(figure: Figure, axes: Axes, drawn: dict[str, BaseGeometry]) -> None:
    """Fit the areas, with a degree of longitude as short as it is at their latitude."""
    wests, souths, easts, norths = zip(*(shape.bounds for shape in drawn.values()), strict=True)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    height_in = MAP_WIDTH_IN * stretch * (north - south) / (east - west)
    figure.set_figheight(min(max(height_in, LOWEST_IN), HIGHEST_IN))
    margin = 0.03 * max(east - west, north - south)
    axes.set_xlim(west - margin, east + margin)
    axes.set_ylim(south - margin, north + margin)
    axes.set_aspect(stretch)
    axes.set_axis_off()


def _explain(figure: Figure, layer: Choropleth) -> None:
    """Write the key beside the map: swatch and words of every class that occurs."""
    patches = [
        Patch(
            facecolor=GAP.get(shade.key, "white"),
            edgecolor=INK if shade.key == WIDEST_GAP else OUTLINE,
            linewidth=1.8 if shade.key == WIDEST_GAP else 0.6,
            hatch=None if shade.key in GAP else _hatch(shade.key),
            label=f"{shade.label.split(':')[0]} ({shade.area_count})",
        )
        for shade in layer.shades
        if shade.area_count
    ]
    figure.legend(
        handles=patches,
        title="Need and provision (areas)",
        loc="center left",
        bbox_to_anchor=(MAP_WIDTH_IN / (MAP_WIDTH_IN + KEY_WIDTH_IN), 0.5),
        frameon=False,
        fontsize=7,
        title_fontsize=8,
        alignment="left",
        handleheight=1.4,
        labelspacing=0.6,
    )


def _path(shape: BaseGeometry) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in _rings(shape)))


def _rings(shape: BaseGeometry) -> Iterable[Sequence[tuple[float, ...]]]:
    """Take all rings of a polygon or of several, holes run the other way so that they stay open."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    for part in parts:
        if isinstance(part, Polygon):
            turned = orient(part)
            for ring in (turned.exterior, *turned.interiors):
                yield list(ring.coords)


def _svg(figure: Figure) -> bytes:
    written = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
        written, metadata={"Date": None, "Creator": "mapper", "Format": None, "Type": None}
    )
    return _LONG_LINE_TO.sub(rb"\1 \2", written.getvalue())
