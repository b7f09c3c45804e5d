"""What a page tells the map, and the pieces it gets back."""

from dataclasses import dataclass

from markupsafe import Markup

from mapper.errors import MapperError
from mapper.maps.layers import Choropleth, choropleths
from mapper.maps.popups import PopupRow, area_rows
from mapper.reports.published import PublishedAreas, PublishedMap

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapAddresses:
    """Where the page finds what it does not carry.

    Parameters
    ----------
    areas, outlines, organisations, activities : of the GeoJSON, or ``#id`` of a script element
        that holds it.
    static : what the paths of assets begin with.
    gaps : what the address of a gap report begins with, before the authority's code; empty for
        no link.
    table : of the same figures as a table; empty for no link.
    tile_url : of a tile server; empty for none.
    tile_attribution : its credit, as plain text.
    """

    areas: str
    outlines: str
    organisations: str
    activities: str
    static: str = "/static/"
    gaps: str = ""
    table: str = ""
    tile_url: str = ""
    tile_attribution: str = ""


@dataclass(frozen=True, slots=True)
class MapView:
    """What the shell of the map needs to know of the published figures.

    Parameters
    ----------
    addresses : of data and assets.
    bounds : west, south, east and north of all areas, in degrees of WGS 84.
    layers : the ways to shade the areas, the first shown first.
    rows : the lines of an area's box.
    period : of the figures, in words.
    points : which of ``organisations`` and ``activities`` are shown at first.
    """

    addresses: MapAddresses
    bounds: Bounds
    layers: tuple[Choropleth, ...]
    rows: tuple[PopupRow, ...]
    period: str
    points: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MapParts:
    """The map in pieces, for a page to place under its own nonces.

    Parameters
    ----------
    stylesheets, scripts : addresses, in the order they are needed.
    style : the content of one style element.
    body : HTML for the page's main part.
    script : the content of one script element, to stand after `scripts`.
    """

    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    style: str
    body: Markup
    script: str


def map_view(published: PublishedMap, addresses: MapAddresses) -> MapView:
    """Choose bounds, shades and lines for a map of published figures.

    Parameters
    ----------
    published : what the audience may see.
    addresses : of data and assets.
    """
    return MapView(
        addresses=addresses,
        bounds=bounds_of(published.areas),
        layers=choropleths(published.areas),
        rows=area_rows(published.areas),
        period=published.areas.table.provenance.period,
    )


def bounds_of(areas: PublishedAreas) -> Bounds:
    """Find the box that holds every outline: west, south, east, north in degrees.

    Parameters
    ----------
    areas : at least one of them with an outline.

    Raises
    ------
    MapperError
        When no area has an outline.
    """
    boxes = [outline.bounds for outline in areas.outlines.values() if not outline.is_empty]
    if not boxes:
        raise MapperError(
            "None of the areas to draw has an outline.",
            action="Load boundaries with `mapper boundaries import FILE` and analyse again.",
        )
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
