"""One organisation: everything that whoever looks may see of it, and its history."""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.disclosure import Audience
from mapper.domain.role import Permission
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_view import network_view
from mapper.reports.organisation_history import organisation_history
from mapper.reports.organisation_origins import organisation_origins
from mapper.reports.organisation_profile import lapsed_organisations, organisation_profile
from mapper.reports.organisation_working import (
    OrganisationWorking,
    organisation_working,
    working_json,
)
from mapper.store.merges import organisation_names_by_id, standing_of
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.paging import folded
from mapper.web.people import current_audience, is_allowed
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("profile", __name__, url_prefix="/organisations")


@blueprint.get("/<int:organisation_id>")
@requires(Permission.EXPLORE)
def index(organisation_id: int) -> ResponseReturnValue:
    """One organisation; a merged one leads to whoever stands for it."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("profile.index", organisation_id=standing))
    # Not kept in memory: a person who withdraws is gone from the next page on.
    today = datetime.now(UTC).date()
    profile = organisation_profile(reading(), organisation_id, current_audience(), today)
    origins = None
    if is_allowed(Permission.ORGANISATION_EDIT):
        origins = organisation_origins(reading(), organisation_id, current_audience())
    return render_template(
        "organisations/profile.html",
        profile=profile,
        activities=folded(profile.activities),
        ties=folded(profile.ties),
        grants=folded(profile.grants),
        origins=origins,
    )


@blueprint.get("/<int:organisation_id>/working")
@requires(Permission.EXPLORE)
def working(organisation_id: int) -> ResponseReturnValue:
    """Its figures, and how each is worked out."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("profile.working", organisation_id=standing))
    return render_template("organisations/working.html", working=_working(organisation_id))


@blueprint.get("/<int:organisation_id>/working.<form>")
@requires(Permission.EXPLORE)
def working_file(organisation_id: int, form: str) -> Response:
    """The same as JSON, or as rows of inputs and results."""
    found = _working(standing_of(reading(), organisation_id))
    name = f"working-{found.organisation_id}"
    if form == "json":
        return Response(working_json(found), mimetype="application/json")
    return download(name, form, lambda: found.table, is_kept=False)


def _working(organisation_id: int) -> OrganisationWorking:
    today = datetime.now(UTC).date()
    audience = current_audience()
    name = organisation_profile(reading(), organisation_id, audience, today).name
    part = NetworkSlice()
    view = kept(f"network {part}", lambda: network_view(reading(), audience, part))
    network = view.measures, view.links
    return organisation_working(reading(), (organisation_id, name), audience, network)


@blueprint.app_template_global()
def has_page(organisation_id: int) -> bool:
    """Tell whether the present audience may open the page of an organisation that is named.

    Parameters
    ----------
    organisation_id : of one that the page in hand names; 0 of one that is not named.
    """
    if not organisation_id:
        return False
    if current_audience() is not Audience.PUBLIC:
        return True
    today = datetime.now(UTC).date()
    lapsed = kept(f"lapsed {today}", lambda: lapsed_organisations(reading(), today))
    return organisation_id not in lapsed


@blueprint.get("/<int:organisation_id>/history")
@requires(Permission.ORGANISATION_EDIT)
def history(organisation_id: int) -> ResponseReturnValue:
    """What became of its entry, the latest first."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("profile.history", organisation_id=standing))
    return render_template(
        "organisations/history.html",
        organisation_id=organisation_id,
        name=organisation_names_by_id(reading(), [organisation_id])[organisation_id],
        history=organisation_history(reading(), organisation_id, current_audience()),
    )
