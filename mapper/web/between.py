"""The network on two days: what came and went, and the measures then and now."""

from datetime import date

from flask import Blueprint, Response, abort, render_template, request

from mapper.domain.role import Permission
from mapper.errors import InvalidValueError
from mapper.reports.network_between import NetworkBetween, network_between
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.network_parts import asked_part, chosen_words, part_choices
from mapper.web.paging import folded
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading

blueprint = Blueprint("between", __name__, url_prefix="/network/between")
_BOXES = {"then": "first day", "now": "second day"}


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """The form with two days, and what moved between them where both can be read."""
    choices = part_choices()
    part = asked_part(choices)
    found, fault = None, ""
    if any(request.args.get(box) for box in _BOXES):
        try:
            found = _between()
        except InvalidValueError as error:
            fault = f"{error.found} {error.expected}".strip()
    days = {box: request.args.get(box, "") for box in _BOXES}
    return render_template(
        "network_between.html",
        choices=choices,
        part=part,
        chosen=chosen_words(part),
        days=days,
        found=found,
        fault=fault,
        changes=folded(found.changes, 10) if found else None,
        organisations=folded(found.organisations, 10) if found else None,
    )


@blueprint.get("/<table>.<form>")
@requires(Permission.EXPLORE)
def table_file(table: str, form: str) -> Response:
    """What came and went, the figures of the whole, or those of each organisation."""
    if table not in {"changes", "organisations", "whole"}:
        abort(404)
    try:
        found = _between()
    except InvalidValueError:
        abort(404)
    words = "-".join(["network", table, *map(str, found.days), *chosen_words(found.part).values()])
    return download(words.replace(" ", "-").replace(",", ""), form, lambda: getattr(found, table))


def _between() -> NetworkBetween:
    part = asked_part(part_choices())
    then, now = (_asked_day(box) for box in _BOXES)
    return kept(
        f"network {part} between {then} and {now}",
        lambda: network_between(reading(), current_audience(), part, (then, now)),
    )


def _asked_day(box: str) -> date:
    asked = request.args.get(box, "").strip()
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise InvalidValueError(
            f"The {_BOXES[box]} cannot be read." if asked else f"The {_BOXES[box]} is missing.",
            expected="Year, month and day, such as 2025-03-31.",
        ) from None
