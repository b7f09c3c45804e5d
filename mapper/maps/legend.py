"""The key of each layer: a swatch and words, so that nothing rests on colour alone."""

from collections.abc import Sequence

from markupsafe import Markup

from mapper.maps.layers import Choropleth, Shade
from mapper.maps.palette import (
    CROSSED,
    DOTTED,
    GAP,
    HATCHED,
    INK,
    LEVELS,
    OUTLINE,
    WIDEST_GAP,
    ink_on,
)

PATTERNS = Markup(
    '<svg class="engagement-map__patterns" aria-hidden="true" width="0" height="0"><defs>'
    '<pattern id="{hatched}" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#ffffff"/>'
    '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="{outline}" stroke-width="1.2"/></pattern>'
    '<pattern id="{dotted}" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#ffffff"/>'
    '<circle cx="2" cy="2" r="1.1" fill="{outline}"/></pattern>'
    '<pattern id="{crossed}" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#eeefef"/>'
    '<path d="M2.5 2.5l3 3M5.5 2.5l-3 3" stroke="{outline}" stroke-width="1"/></pattern>'
    "</defs></svg>"
).format(hatched=HATCHED, dotted=DOTTED, crossed=CROSSED, outline=OUTLINE)
"""The fill patterns, once a page."""


def paint(shade: Shade) -> str:
    """Write a shade as the value of an SVG fill.

    Parameters
    ----------
    shade : with a colour or the name of a pattern.
    """
    return f"url(#{shade.fill})" if shade.is_pattern else shade.fill


def legend(layers: Sequence[Choropleth]) -> Markup:
    """Write the keys of all layers; all but the first are hidden until their layer is chosen.

    Parameters
    ----------
    layers : in the order of the layer control.
    """
    return Markup("").join(_key(layer, is_hidden=layer is not layers[0]) for layer in layers)


def _key(layer: Choropleth, *, is_hidden: bool) -> Markup:
    shades = [shade for shade in layer.shades if shade.key not in GAP]
    return Markup(
        '<div class="engagement-map__key" data-key-of="{key}"{hidden}>'
        "<h3>{name}</h3><p>{meaning}</p>{grid}<ul>{entries}</ul></div>"
    ).format(
        key=layer.key,
        hidden=Markup(" hidden") if is_hidden else "",
        name=layer.name,
        meaning=layer.meaning,
        grid=_grid(layer) if layer.key == "gap" else "",
        entries=Markup("").join(_entry(shade) for shade in shades),
    )


def _entry(shade: Shade) -> Markup:
    return Markup(
        '<li><svg aria-hidden="true" focusable="false" width="28" height="20">'
        '<rect x="1" y="1" width="26" height="18" fill="{fill}" stroke="{outline}"/></svg>'
        '<span>{label} <span class="engagement-map__count">({count:,} {noun})</span></span></li>'
    ).format(
        fill=paint(shade),
        outline=OUTLINE,
        label=shade.label,
        count=shade.area_count,
        noun="area" if shade.area_count == 1 else "areas",
    )


def _grid(layer: Choropleth) -> Markup:
    """Write the gap classes as the table they are: need down, provision across."""
    shades = {shade.key: shade for shade in layer.shades}
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(level) for level in LEVELS)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            f"{need} need",
            Markup("").join(_square(shades[f"{need} need, {have} provision"]) for have in LEVELS),
        )
        for need in reversed(LEVELS)
    )
    return Markup(
        '<table class="engagement-map__grid">'
        "<caption>Widest gap: high need, low provision</caption>"
        '<thead><tr><td rowspan="2"></td><th scope="colgroup" colspan="3">provision</th></tr>'
        "<tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(heads, rows)


def _square(shade: Shade) -> Markup:
    return Markup(
        '<td><svg role="img" aria-label="{label}: {count:,}" width="56" height="34">'
        '<rect x="1.5" y="1.5" width="53" height="31" fill="{fill}" stroke="{edge}" '
        'stroke-width="{width}"/><text x="28" y="22" text-anchor="middle" fill="{ink}">{count:,}'
        "</text></svg></td>"
    ).format(
        label=shade.label,
        count=shade.area_count,
        fill=shade.fill,
        edge=INK if shade.key == WIDEST_GAP else OUTLINE,
        width=3 if shade.key == WIDEST_GAP else 1,
        ink=ink_on(shade.fill),
    )
