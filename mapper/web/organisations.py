"""The directory of organisations: searched, as a list, a map and files of the same rows."""

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, render_template

from mapper.domain.role import Permission
from mapper.maps.engagement_map import draw_map
from mapper.maps.features import compact_json, place_features
from mapper.reports.catalogue import Catalogue, Positions
from mapper.reports.directory import listed_organisations, published_organisations
from mapper.reports.directory_catalogue import directory_catalogue
from mapper.reports.published import PublishedTable
from mapper.store.own_organisations import organisations_of
from mapper.web.caching import kept
from mapper.web.engagement import engagement_view, map_provenance
from mapper.web.finding import (
    address_with_question,
    asked_question,
    found_file,
    found_page,
)
from mapper.web.people import current_audience, current_person
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations")
@requires(Permission.EXPLORE)
def index() -> str:
    """Organisations that are, or could be, active in violence reduction."""
    return render_template(
        "organisations.html",
        finding=found_page(_catalogue(), _listed),
        own=own_organisations(),
    )


@blueprint.get("/organisations.<form>")
@requires(Permission.EXPLORE)
def index_file(form: str) -> Response:
    """The same organisations as CSV or JSON."""
    return found_file("organisations", form, _catalogue(), _listed)


@blueprint.get("/organisations/map")
@requires(Permission.EXPLORE)
def found_map() -> str:
    """The same organisations on the map."""
    question = asked_question(_catalogue())
    view = engagement_view()
    addresses = replace(
        view.addresses,
        organisations=address_with_question("organisations.found_places", question),
        table=address_with_question("organisations.index", question),
    )
    parts = draw_map(replace(view, addresses=addresses, points=frozenset({"organisations"})))
    return render_template(
        "organisations_map.html",
        parts=parts,
        provenance=map_provenance(),
        finding=found_page(_catalogue(), _listed),
        list_address=address_with_question("organisations.index", question),
    )


@blueprint.get("/organisations/map.geojson")
@requires(Permission.EXPLORE)
def found_places() -> Response:
    """Points of the same organisations, no more exact than each may be shown."""
    catalogue = _catalogue()
    places = published_organisations(
        reading(), current_audience(), asked_question(catalogue), catalogue
    )
    return Response(compact_json(place_features(places)), mimetype="application/geo+json")


def organisation_names() -> list[str]:
    """The names of the organisations that the present audience may see, in order."""
    return list(dict.fromkeys(_catalogue().records.column("name")))


def own_organisations() -> list[tuple[int, str]]:
    """Number and name of whoever stands for the organisation of the account that asks.

    Returns
    -------
    None for a visitor, and for an account whose organisation is not in the directory, or may
    not be seen.
    """
    person = current_person()
    if person is None:
        return []
    own, seen = organisations_of(reading(), person), _catalogue()
    named = zip(seen.ids, seen.records.column("name"), strict=True)
    return [(number, name) for number, name in named if number in own]


def _catalogue() -> Catalogue:
    make = partial(directory_catalogue, reading(), current_audience())
    return kept("directory catalogue", make)


def _listed(positions: Positions) -> PublishedTable:
    return listed_organisations(reading(), _catalogue(), positions)
