"""Organisations that may be in the directory twice: the queue, one pair, and what was decided."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission
from mapper.errors import ChangedMeanwhileError, InvalidValueError
from mapper.reports.matches import published_queue
from mapper.reports.merges import published_apart, published_merge, published_merges
from mapper.reports.pairs import published_pair
from mapper.store.matches import decide as decide_of
from mapper.store.matches import require_unchanged
from mapper.store.merges import undo as undo_merge
from mapper.store.queue import QueueChoice, queue_ids, queue_sources
from mapper.store.searches import last_search
from mapper.web.authority import authorities_by_name, chosen_authority
from mapper.web.forms.decision import DecisionForm, SearchForm
from mapper.web.paging import asked_page, page_of
from mapper.web.people import current_audience, name_of_person
from mapper.web.permissions import requires
from mapper.web.searching import start_search
from mapper.web.session import reading, writing

blueprint = Blueprint("duplicates", __name__, url_prefix="/duplicates")


@blueprint.get("")
@requires(Permission.DUPLICATES_DECIDE)
def index() -> str:
    """The pairs that wait for a decision, the likeliest first."""
    session, choice = reading(), _choice()
    search = last_search(session)
    is_running = search is not None and search.is_running(datetime.now(UTC))
    return render_template(
        "duplicates/index.html",
        page=page_of(
            queue_ids(session, choice),
            lambda ids: published_queue(session, current_audience(), ids=ids),
        ),
        choice=choice,
        part=_part(choice),
        authorities=authorities_by_name(),
        sources=queue_sources(session),
        search=search,
        is_running=is_running,
        is_watching=is_running and request.args.get("watch") != "no",
        is_awaited=search is not None and request.args.get("searched", type=int) == search.id,
        form=SearchForm(),
    )


@blueprint.post("/search")
@requires(Permission.DUPLICATES_DECIDE)
def search() -> ResponseReturnValue:
    """Search the whole directory again, in a process of its own."""
    form = SearchForm()
    try:
        number = start_search(name_of_person(), merges_certain=bool(form.merges_certain.data))
    except ChangedMeanwhileError as error:
        flash(str(error), "refused")
        return redirect(url_for("duplicates.index"))
    return redirect(url_for("duplicates.index", searched=number))


@blueprint.get("/<int:match_id>")
@requires(Permission.DUPLICATES_DECIDE)
def pair(match_id: int) -> str:
    """Two records side by side."""
    return _pair_page(match_id, DecisionForm())


@blueprint.post("/<int:match_id>")
@requires(Permission.DUPLICATES_DECIDE)
def decide(match_id: int) -> ResponseReturnValue:
    """Keep a decision, and open the pair that comes next."""
    form = DecisionForm()
    if not form.validate():
        return _pair_page(match_id, form)
    waiting = queue_ids(reading(), _choice())
    try:
        with writing() as session:
            require_unchanged(session, match_id, form.state.data or "")
            decide_of(session, match_id, form.verdict, by=name_of_person(), keep_id=form.keep_id)
    except (ChangedMeanwhileError, InvalidValueError):
        flash("changed", "changed")
        return redirect(_pair_address(match_id))
    flash(form.done_words, "decided")
    return redirect(_next_address(match_id, waiting))


@blueprint.get("/merged")
@requires(Permission.DUPLICATES_DECIDE)
def merged() -> str:
    """The merges that stand."""
    table = published_merges(reading(), current_audience())
    return render_template("duplicates/merged.html", page=asked_page(table))


@blueprint.get("/apart")
@requires(Permission.DUPLICATES_DECIDE)
def apart() -> str:
    """The pairs that were kept apart."""
    table = published_apart(reading(), current_audience())
    return render_template("duplicates/apart.html", page=asked_page(table))


@blueprint.get("/merged/<int:merge_id>")
@requires(Permission.DUPLICATES_DECIDE)
def merge(merge_id: int) -> str:
    """One merge, and whether it is to be undone."""
    table = published_merge(reading(), merge_id, current_audience())
    return render_template("duplicates/merge.html", table=table, merge_id=merge_id)


@blueprint.post("/merged/<int:merge_id>")
@requires(Permission.DUPLICATES_DECIDE)
def undo(merge_id: int) -> ResponseReturnValue:
    """Undo a merge."""
    try:
        with writing() as session:
            undo_merge(session, merge_id, by=name_of_person())
    except InvalidValueError as error:
        flash(error.found, "refused")
    else:
        flash(f"Merge {merge_id} is undone. The two stand apart as before.", "decided")
    return redirect(url_for("duplicates.merged"))


def _pair_page(match_id: int, form: DecisionForm) -> str:
    session, choice = reading(), _choice()
    shown = published_pair(session, match_id, current_audience())
    form.look_at(shown)
    waiting = queue_ids(session, choice)
    return render_template(
        "duplicates/pair.html",
        pair=shown,
        form=form,
        position=waiting.index(match_id) + 1 if match_id in waiting else 0,
        waiting=len(waiting),
        part=_part(choice),
        next_address=_next_address(match_id, waiting),
    )


def _next_address(match_id: int, waiting: list[int]) -> str:
    """Where the pair after this one is looked at; the queue after the last."""
    at = waiting.index(match_id) + 1 if match_id in waiting else 0
    if at >= len(waiting):
        return f"{url_for('duplicates.index')}{_part(_choice())}"
    return _pair_address(waiting[at])


def _choice() -> QueueChoice:
    """The part of the queue that the address asks for."""
    source = request.args.get("source", "").strip()
    return QueueChoice(lad_code=chosen_authority(), source_name=source)


def _part(choice: QueueChoice) -> str:
    """The part of the queue as the end of an address."""
    given = {"authority": choice.lad_code, "source": choice.source_name}
    kept = {name: value for name, value in given.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _pair_address(match_id: int) -> str:
    return f"{url_for('duplicates.pair', match_id=match_id)}{_part(_choice())}"
