"""Who works with whom."""

from flask import Blueprint, render_template

from mapper.domain.role import Permission
from mapper.reports.network_report import network_report
from mapper.web.caching import kept
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """Organisations by their place in the network, and the links between them."""
    report = kept("network", lambda: network_report(reading(), current_audience()))
    return render_template("network.html", report=report)
