"""The shell of the map, made by folium: the map, its layers, clusters and controls."""

from collections.abc import Collection
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.plugins import MarkerCluster
from folium.template import Template
from markupsafe import escape

from mapper.maps.tiles import tile_credit
from mapper.maps.view import MapAddresses, MapView

SCRIPTS = (
    "vendor/leaflet-1.9.4/leaflet.js",
    "vendor/leaflet.markercluster-1.5.3/leaflet.markercluster.js",
    "map.js",
)
STYLESHEETS = (
    "vendor/leaflet-1.9.4/leaflet.css",
    "vendor/leaflet.markercluster-1.5.3/MarkerCluster.css",
    "map.css",
)
WIDEST_ZOOM, CLOSEST_ZOOM = 7, 17


class _Start(MacroElement):
    """Hands folium's layers and our choices to `map.js`."""

    _template = Template(
        "{% macro script(this, kwargs) %}mapperMap.start({ map: {{ this._parent.get_name() }},"
        "{% for part, names in this.parts.items() %} {{ part }}: { "
        "{% for key, name in names.items() %} {{ key }}: {{ name }},{% endfor %} },{% endfor %}"
        "{% for part, value in this.single.items() %} {{ part }}: {{ value }},{% endfor %}"
        " });{% endmacro %}"
    )

    def __init__(
        self, single: dict[str, str], groups: dict[str, str], clusters: dict[str, str]
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.single = single
        self.parts = {"groups": groups, "clusters": clusters}


def map_shell(view: MapView, choices: str) -> Figure:
    """Build the folium map. Every name in it is ours: no text of a source reaches folium.

    Parameters
    ----------
    view : bounds, layers and addresses.
    choices : what our script must know, as JSON that may stand in a script.

    Returns
    -------
    A figure, not yet rendered, the same for the same view.
    """
    west, south, east, north = view.bounds
    shell = _named(
        folium.Map(
            location=((south + north) / 2, (west + east) / 2),
            tiles=None,
            control_scale=True,
            zoom_snap=0.25,
            scroll_wheel_zoom=False,
        ),
        "engagement",
    )
    shell.options |= {"min_zoom": WIDEST_ZOOM, "max_zoom": CLOSEST_ZOOM}
    static = view.addresses.static
    shell.default_js = [(path, static + path) for path in SCRIPTS]
    shell.default_css = [(path, static + path) for path in STYLESHEETS]
    _add_tiles(shell, view.addresses)
    groups = _add_groups(shell, view)
    clusters = _add_clusters(shell, view.points)
    control = _named(folium.LayerControl(collapsed=False), "choice").add_to(shell)
    shell.fit_bounds([[south, west], [north, east]], padding=(8, 8))
    start = _Start({"control": control.get_name(), "choices": choices}, groups, clusters)
    _named(start, "start").add_to(shell)
    root: Figure = shell.get_root()
    return root


def _named(element: Any, name: str) -> Any:  # noqa: ANN401  (folium is not typed)
    """Give an element a fixed name instead of a random one, so that pages can be cached."""
    element._id = name  # noqa: SLF001  (folium has no other way to name it)
    return element


def _add_tiles(shell: folium.Map, addresses: MapAddresses) -> None:
    if addresses.tile_url:
        credit = str(escape(tile_credit(addresses.tile_url, addresses.tile_attribution)))
        tiles = folium.TileLayer(
            addresses.tile_url, attr=credit, name="Background map", overlay=True
        )
        _named(tiles, "background").add_to(shell)


def _add_groups(shell: folium.Map, view: MapView) -> dict[str, str]:
    """Add one empty group a layer: choosing it tells our script to shade the areas so."""
    names = {}
    for layer in view.layers:
        group = folium.FeatureGroup(layer.name, overlay=False, show=layer is view.layers[0])
        names[layer.key] = _named(group, layer.key).add_to(shell).get_name()
    return names


def _add_clusters(shell: folium.Map, points: Collection[str]) -> dict[str, str]:
    names = {}
    for key, title in (("organisations", "Organisations"), ("activities", "Activities")):
        cluster = MarkerCluster(  # type: ignore[no-untyped-call]
            name=title, show=key in points, show_coverage_on_hover=False, max_cluster_radius=56
        )
        cluster.default_js, cluster.default_css = [], []
        names[key] = _named(cluster, key).add_to(shell).get_name()
    return names
