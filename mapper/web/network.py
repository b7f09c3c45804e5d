"""Who works with whom."""

from flask import Blueprint, Response, render_template

from mapper.domain.role import Permission
from mapper.reports.network_report import NetworkReport, network_report
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.paging import first_page
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """Organisations by their place in the network, and the links between them."""
    report = _report()
    return render_template(
        "network.html",
        report=report,
        measures=first_page(report.measures),
        links=first_page(report.links),
    )


@blueprint.get("/organisations.<form>")
@requires(Permission.EXPLORE)
def measures_file(form: str) -> Response:
    """Every organisation's place in the network as CSV or JSON."""
    return download("network-organisations", form, lambda: _report().measures)


@blueprint.get("/links.<form>")
@requires(Permission.EXPLORE)
def links_file(form: str) -> Response:
    """Every link as CSV or JSON."""
    return download("network-links", form, lambda: _report().links)


def _report() -> NetworkReport:
    return kept("network", lambda: network_report(reading(), current_audience()))
