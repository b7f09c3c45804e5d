"""The engagement map as pages share it: what is published, and how it is drawn."""

from flask import url_for

from mapper.maps.view import MapAddresses, MapView, map_view
from mapper.reports.engagement_map import published_map
from mapper.reports.published import Provenance, PublishedMap
from mapper.web.caching import kept
from mapper.web.people import current_audience
from mapper.web.session import reading
from mapper.web.site import the_site


def engagement_map() -> PublishedMap:
    """What the present audience may see on the map."""
    return kept("map/published", lambda: published_map(reading(), current_audience()))


def map_provenance() -> Provenance:
    """Where the figures of the map come from."""
    return engagement_map().areas.table.provenance


def engagement_view() -> MapView:
    """The map of everything, as a page places it."""
    settings = the_site().settings
    addresses = MapAddresses(
        areas=url_for("explore.map_areas"),
        outlines=url_for("explore.map_outlines"),
        organisations=url_for("explore.map_organisations"),
        activities=url_for("explore.map_activities"),
        static=url_for("static", filename="", v=None),
        gaps=url_for("gaps.index") + "/",
        table=url_for("explore.areas"),
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
    )
    return kept("map/view", lambda: map_view(engagement_map(), addresses))
