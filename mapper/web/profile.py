"""One organisation: everything that whoever looks may see of it, and its history."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission
from mapper.reports.organisation_history import organisation_history
from mapper.reports.organisation_origins import organisation_origins
from mapper.reports.organisation_profile import organisation_profile
from mapper.store.merges import organisation_names_by_id, standing_of
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
