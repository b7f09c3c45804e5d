"""Two runs beside one another, as a page and as files."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from mapper.domain.area import AreaType
from mapper.domain.role import Permission
from mapper.errors import InvalidValueError, NotFoundError
from mapper.reports.comparing import LEVELS, compare_runs, run_differences
from mapper.reports.publish import LEVEL_NAMES
from mapper.reports.published import PublishedTable
from mapper.store.runs import list_runs
from mapper.web.authority import authorities_by_name, chosen_authority
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.paging import asked_page
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.session import reading
from mapper.web.sorting import asked_order

blueprint = Blueprint("comparing", __name__, url_prefix="/runs/compare")

SHOWN = (
    "area_name",
    "lad_name",
    "need_before",
    "need_after",
    "need_moved",
    "provision_before",
    "provision_after",
    "gap_score_before",
    "gap_score_after",
    "gap_score_change",
    "share_gap_points_change",
    "share_gap_points_moved",
    "gap_class_before",
    "gap_class_after",
)
"""Columns of the page; the files hold them all."""


@blueprint.get("")
@requires(Permission.RUN_MAKE)
def index() -> ResponseReturnValue:
    """What moved between two runs, area by area."""
    session = reading()
    runs = list_runs(session)
    fault, page, order = "", None, None
    differences: tuple[str, ...] = ()
    try:
        if _is_asked():
            table, order = asked_order(_table())
            page = asked_page(table)
            differences = run_differences(session, (_asked("a"), _asked("b")))
    except (InvalidValueError, NotFoundError) as error:
        fault = str(error)
    return render_template(
        "runs/compare.html",
        runs=runs,
        before=_asked("a"),
        after=_asked("b"),
        levels=[(level.value, LEVEL_NAMES[level]) for level in LEVELS],
        level=_level().value,
        authorities=authorities_by_name(),
        chosen=chosen_authority(),
        page=page,
        differences=differences,
        order=order,
        fault=fault,
        shown=SHOWN,
    ), (422 if fault else 200)


@blueprint.get("/what-moved.<form>")
@requires(Permission.RUN_MAKE)
def index_file(form: str) -> Response:
    """The same rows as CSV or JSON, with every column."""
    try:
        table = _table()
    except InvalidValueError:
        abort(404)  # the page says why
    name = f"runs-{_asked('a')}-{_asked('b')}-{_level().value}-{chosen_authority() or 'all'}"
    return download(name, form, lambda: table)


def _table() -> PublishedTable:
    pair, level, lad_code = (_asked("a"), _asked("b")), _level(), chosen_authority()
    return kept(
        f"compared {pair} {level} {lad_code}",
        lambda: compare_runs(reading(), pair, current_audience(), level=level, lad_code=lad_code),
    )


def _is_asked() -> bool:
    """Whether runs are named in the address: nothing is wrong with one that names none yet."""
    return "a" in request.args or "b" in request.args


def _asked(name: str) -> int:
    """The number of a run in the address; 0 where there is none, which no run has."""
    return request.args.get(name, 0, type=int)


def _level() -> AreaType:
    asked = request.args.get("by", "")
    return next((level for level in LEVELS if level.value == asked), LEVELS[0])
