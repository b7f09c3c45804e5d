"""Who works with whom."""

from flask import Blueprint, Response, abort, render_template, request

from mapper.domain.role import Permission
from mapper.errors import NotFoundError
from mapper.reports.network_advice import LossReport
from mapper.reports.network_file import NetworkForm, network_file
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_view import NetworkView, network_view
from mapper.web.caching import kept, kept_response
from mapper.web.downloads import download
from mapper.web.network_parts import asked_part, chosen_words, part_choices
from mapper.web.paging import first_page, folded
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("network", __name__, url_prefix="/network")
_AT_ONCE = 5
"""Rows of a table that are seen at once; the others are opened."""


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """The network as a picture and a list, who should meet, and what a loss would part."""
    choices = part_choices()
    view = _view(asked_part(choices))
    return render_template(
        "network.html",
        view=view,
        choices=choices,
        chosen=chosen_words(view.part),
        loss=_loss(view),
        meetings=folded(view.meetings, _AT_ONCE),
        brokers=folded(view.brokers, _AT_ONCE),
        changes=folded(view.changes, _AT_ONCE) if view.changes else None,
        measures=first_page(view.measures),
        links=first_page(view.links),
        forms=list(NetworkForm),
    )


@blueprint.get("/organisations.<form>")
@requires(Permission.EXPLORE)
def measures_file(form: str) -> Response:
    """Every organisation's place in the network as CSV or JSON."""
    return _table_file("measures", "organisations", form)


@blueprint.get("/links.<form>")
@requires(Permission.EXPLORE)
def links_file(form: str) -> Response:
    """Every link as CSV or JSON."""
    return _table_file("links", "links", form)


@blueprint.get("/introductions.<form>")
@requires(Permission.EXPLORE)
def meetings_file(form: str) -> Response:
    """Who should meet, as CSV or JSON."""
    return _table_file("meetings", "introductions", form)


@blueprint.get("/network.<form>")
@requires(Permission.EXPLORE)
def file(form: str) -> Response:
    """The network for other software: GraphML, GEXF, CSV of nodes or edges, a workbook."""
    if form not in set(NetworkForm):
        abort(404)
    wanted, part = NetworkForm(form), asked_part(part_choices())
    response = kept_response(
        f"network file {form} {part}",
        lambda: network_file(reading(), current_audience(), wanted, part),
        wanted.mimetype,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="network.{form}"'
    return response


def _table_file(table: str, name: str, form: str) -> Response:
    part = asked_part(part_choices())
    words = (
        "-".join(["network", name, *chosen_words(part).values()]).replace(" ", "-").replace(",", "")
    )
    return download(words, form, lambda: getattr(_view(part), table))


def _view(part: NetworkSlice) -> NetworkView:
    return kept(f"network {part}", lambda: network_view(reading(), current_audience(), part))


def _loss(view: NetworkView) -> LossReport | None:
    """What the loss of the organisation asked for would part; None when none is asked for."""
    number = request.args.get("loss", type=int)
    if number is None:
        return None
    try:
        return view.loss(number)
    except NotFoundError:
        return None
