"""The directory of organisations."""

from flask import Blueprint, Response, render_template

from mapper.domain.role import Permission
from mapper.reports.directory import directory
from mapper.reports.published import PublishedTable
from mapper.web.authority import authorities_by_name, chosen_authority
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.paging import asked_page
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations")
@requires(Permission.EXPLORE)
def index() -> str:
    """Organisations that are, or could be, active in violence reduction."""
    chosen = chosen_authority()
    return render_template(
        "organisations.html",
        page=asked_page(published_directory(chosen)),
        chosen=chosen,
        authorities=authorities_by_name(),
    )


@blueprint.get("/organisations.<form>")
@requires(Permission.EXPLORE)
def index_file(form: str) -> Response:
    """The directory as CSV or JSON."""
    chosen = chosen_authority()
    name = f"organisations-{chosen}" if chosen else "organisations"
    return download(name, form, lambda: published_directory(chosen))


def published_directory(chosen: str = "") -> PublishedTable:
    """The directory as the present audience may see it.

    Parameters
    ----------
    chosen : the code of one authority; empty for all.
    """
    return kept(f"directory {chosen}", lambda: directory(reading(), current_audience(), chosen))
