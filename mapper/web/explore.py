"""Looking round: the home page, the map, and the table of the same rows."""

from flask import Blueprint, Response, render_template

from mapper.domain.role import Permission
from mapper.maps.engagement_map import draw_map
from mapper.maps.features import compact_json, outline_features, place_features
from mapper.maps.layers import shaded_features
from mapper.maps.view import MapParts
from mapper.reports.authorities import areas_table, authorities
from mapper.reports.published import Provenance, PublishedTable
from mapper.web.activities import registered_count
from mapper.web.authority import authorities_by_name, chosen_authority
from mapper.web.caching import kept, kept_response
from mapper.web.downloads import download
from mapper.web.engagement import engagement_map as published_engagement
from mapper.web.engagement import engagement_view, map_provenance
from mapper.web.headlines import headlines
from mapper.web.organisations import own_organisations
from mapper.web.paging import asked_page
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.ranking import COMPARED
from mapper.web.session import reading

blueprint = Blueprint("explore", __name__)
_GEOJSON = "application/geo+json"


@blueprint.get("/")
@requires(Permission.EXPLORE)
def home() -> str:
    """The three questions, with their headline figures."""
    table = kept("authorities", lambda: authorities(reading(), current_audience()))
    return render_template(
        "home.html",
        headlines=headlines(table, registered_count()),
        own=own_organisations(),
        provenance=table.provenance,
    )


@blueprint.get("/map")
@requires(Permission.EXPLORE)
def engagement_map() -> str:
    """The engagement map. The figures come after the page, as GeoJSON."""
    parts, provenance = kept("map", _map_parts)
    return render_template("map.html", parts=parts, provenance=provenance)


@blueprint.get("/map/areas.geojson")
@requires(Permission.EXPLORE)
def map_areas() -> Response:
    """LSOAs with their figures and shades."""
    return kept_response(
        "map/areas",
        lambda: compact_json(
            shaded_features(published_engagement().areas, engagement_view().layers)
        ),
        _GEOJSON,
    )


@blueprint.get("/map/outlines.geojson")
@requires(Permission.EXPLORE)
def map_outlines() -> Response:
    """Outlines of the local authorities."""
    return kept_response(
        "map/outlines",
        lambda: compact_json(outline_features(published_engagement().outlines)),
        _GEOJSON,
    )


@blueprint.get("/map/organisations.geojson")
@requires(Permission.EXPLORE)
def map_organisations() -> Response:
    """Points of organisations, no more exact than each may be shown."""
    return kept_response(
        "map/organisations",
        lambda: compact_json(place_features(published_engagement().organisations)),
        _GEOJSON,
    )


@blueprint.get("/map/activities.geojson")
@requires(Permission.EXPLORE)
def map_activities() -> Response:
    """Points of activities, no more exact than each may be shown."""
    return kept_response(
        "map/activities",
        lambda: compact_json(place_features(published_engagement().activities)),
        _GEOJSON,
    )


@blueprint.get("/areas")
@requires(Permission.EXPLORE)
def areas() -> str:
    """The rows of the map as a table."""
    chosen = chosen_authority()
    return render_template(
        "areas.html",
        page=asked_page(_areas(chosen)),
        chosen=chosen,
        authorities=authorities_by_name(),
        compared=COMPARED,
    )


@blueprint.get("/areas.<form>")
@requires(Permission.EXPLORE)
def areas_file(form: str) -> Response:
    """The rows of the map as CSV or JSON."""
    chosen = chosen_authority()
    return download(f"areas-{chosen}" if chosen else "areas", form, lambda: _areas(chosen))


def _areas(chosen: str) -> PublishedTable:
    return kept(f"areas {chosen}", lambda: areas_table(reading(), current_audience(), chosen))


def _map_parts() -> tuple[MapParts, Provenance]:
    return draw_map(engagement_view()), map_provenance()
