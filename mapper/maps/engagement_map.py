"""The engagement map: need, provision, the gap, and who is there.

Folium builds the shell (the map, its layers and controls); our own script `map.js` fetches the
published figures as GeoJSON and draws them. Every asset is local, and a page that holds the
parts can have a Content-Security-Policy without `unsafe-inline`.
"""

import re
from typing import Any

from branca.element import CssLink, JavascriptLink
from markupsafe import Markup

from mapper.errors import MapperError
from mapper.maps.features import embedded_json
from mapper.maps.legend import PATTERNS, legend, paint
from mapper.maps.palette import INK, OUTLINE, SEA, WIDEST_GAP
from mapper.maps.shell import map_shell
from mapper.maps.view import MapParts, MapView


def draw_map(view: MapView) -> MapParts:
    """Draw the shell of the engagement map: quick, small and the same for the same view.

    Parameters
    ----------
    view : as `map_view` made it.

    Raises
    ------
    MapperError
        When folium would have the page ask another machine for an asset.
    """
    figure = map_shell(view, embedded_json(_choices(view)))
    figure.render()
    links = figure.header._children.values()  # noqa: SLF001  (branca offers no other way)
    return MapParts(
        stylesheets=_local(view, [link.url for link in links if isinstance(link, CssLink)]),
        scripts=_local(view, [link.url for link in links if isinstance(link, JavascriptLink)]),
        style=_first_style(figure.header.render()),
        body=_body(view, Markup(figure.html.render())),  # noqa: S704  (folium's own empty element)
        script=figure.script.render(),
    )


def _choices(view: MapView) -> dict[str, Any]:
    """Everything our script must know that folium does not."""
    addresses = view.addresses
    return {
        "sources": {
            "areas": addresses.areas,
            "outlines": addresses.outlines,
            "organisations": addresses.organisations,
            "activities": addresses.activities,
        },
        "gaps": addresses.gaps,
        "period": view.period,
        "rows": [{"column": row.column, "heading": row.heading} for row in view.rows],
        "layers": {
            layer.key: {shade.key: [paint(shade), shade.label] for shade in layer.shades}
            for layer in view.layers
        },
        "widestGap": WIDEST_GAP,
        "colours": {"ink": INK, "outline": OUTLINE, "sea": SEA},
        "opacity": 0.72 if addresses.tile_url else 1,
    }


def _local(view: MapView, addresses: list[str]) -> tuple[str, ...]:
    """Refuse an asset that is not ours."""
    foreign = [each for each in addresses if not each.startswith(view.addresses.static)]
    if foreign:
        raise MapperError(
            f"The map would ask another machine for {', '.join(foreign)}.",
            expected=f"Every asset begins with {view.addresses.static}.",
            action="Vendor it and name the local file in mapper/maps/engagement_map.py.",
        )
    return tuple(addresses)


def _first_style(header: str) -> str:
    """Take the size of the map from folium's header, and nothing else.

    The rest would forbid readers to enlarge the page and restyle the page around the map.
    """
    found = re.search(r"<style>(.*?)</style>", header, re.DOTALL)
    return found.group(1).strip() if found else ""


def _body(view: MapView, shell: Markup) -> Markup:
    table = Markup('<a class="engagement-map__table" href="{}">The same figures as a table</a>')
    return _BODY.format(
        shell=shell,
        table=table.format(view.addresses.table) if view.addresses.table else "",
        legend=legend(view.layers),
        patterns=PATTERNS,
    )


_BODY = Markup(
    """<div class="engagement-map">
<p class="engagement-map__links">
<a class="engagement-map__skip" href="#after-engagement-map">Skip the map</a> {table}</p>
<form class="engagement-map__find" role="search" aria-label="Find an area">
<label for="engagement-map-area">Go to an area or a ward</label>
<input id="engagement-map-area" list="engagement-map-areas" autocomplete="off" spellcheck="false">
<datalist id="engagement-map-areas"></datalist>
<button type="submit">Show</button>
</form>
<p class="engagement-map__status" role="status"></p>
<noscript><p>The map needs JavaScript. The figures are all in the table.</p></noscript>
<div class="engagement-map__frame">
<section class="engagement-map__canvas" aria-label="Map of need, provision and engagement">
{shell}</section>
<div class="engagement-map__panel">
<section class="engagement-map__choices" aria-labelledby="engagement-map-choices">
<h2 id="engagement-map-choices">Show</h2></section>
<section class="engagement-map__keys" aria-labelledby="engagement-map-key">
<h2 id="engagement-map-key">Key</h2>
{legend}</section>
</div>
</div>
{patterns}
<div id="after-engagement-map" tabindex="-1"></div>
</div>"""
)
