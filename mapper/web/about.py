"""Where the figures come from, how they are made, and how accessible the site is."""

from flask import Blueprint, render_template

from mapper.domain.role import Permission
from mapper.errors import NotReadyError
from mapper.reports.authorities import authorities
from mapper.reports.published import Provenance
from mapper.version import VERSION
from mapper.web.caching import kept
from mapper.web.people import current_audience, is_allowed
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("about", __name__, url_prefix="/about")


@blueprint.get("")
@requires(Permission.ABOUT_READ)
def index() -> str:
    """Sources and licences, methods in brief, and the accessibility statement."""
    return render_template("about.html", provenance=_provenance(), version=VERSION)


def _provenance() -> Provenance | None:
    """The sources of the figures; None before the first analysis and for those outside."""
    if not is_allowed(Permission.EXPLORE):
        return None
    try:
        table = kept("authorities", lambda: authorities(reading(), current_audience()))
    except NotReadyError:
        return None
    return table.provenance
