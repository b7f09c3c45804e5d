"""The register of activities, and the form that adds to it."""

import secrets

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.activity import ActivityStatus
from mapper.domain.role import Permission
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.register import activity_register, published_activity
from mapper.web.already_here import likely_organisations
from mapper.web.authority import authorities_by_name, chosen_authority
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.forms.activity import ActivityForm
from mapper.web.forms.layout import error_list, legend
from mapper.web.organisations import published_directory
from mapper.web.paging import asked_page
from mapper.web.people import current_audience, current_person
from mapper.web.permissions import requires
from mapper.web.registration import (
    answers,
    find_venue,
    hidden_answers,
    possible_duplicates,
    register,
)
from mapper.web.session import reading

blueprint = Blueprint("activities", __name__)


@blueprint.get("/activities")
@requires(Permission.EXPLORE)
def index() -> str:
    """The activities registered."""
    chosen = chosen_authority()
    return render_template(
        "activities/index.html",
        page=asked_page(published_register(chosen)),
        chosen=chosen,
        authorities=authorities_by_name(),
    )


@blueprint.get("/activities.<form>")
@requires(Permission.EXPLORE)
def index_file(form: str) -> Response:
    """The register as CSV or JSON."""
    chosen = chosen_authority()
    name = f"activities-{chosen}" if chosen else "activities"
    return download(name, form, lambda: published_register(chosen))


@blueprint.get("/activities/<int:activity_id>")
@requires(Permission.EXPLORE)
def activity(activity_id: int) -> str:
    """One activity."""
    table = published_activity(reading(), activity_id, current_audience())
    facts = dict(zip((column.name for column in table.columns), _facts(table), strict=True))
    del facts["activity_id"]
    _, title = facts.pop("title")
    return render_template(
        "activities/activity.html",
        activity_id=activity_id,
        title=title.text,
        is_on_map=bool(facts["exactness"][1].value),
        is_delivered=facts["status"][1].value == ActivityStatus.DELIVERED,
        facts=[(column, cell) for column, cell in facts.values() if cell.text],
        provenance=table.provenance,
    )


@blueprint.get("/activities/new")
@requires(Permission.ACTIVITY_REGISTER)
def new() -> str:
    """The form to register an activity with."""
    form = ActivityForm(token=secrets.token_hex(16))
    person = current_person()
    if person is not None:
        form.lead.data = person.organisation_name
    return _form_page(form)


@blueprint.post("/activities/new")
@requires(Permission.ACTIVITY_REGISTER)
def check() -> ResponseReturnValue:
    """Check the answers, show them, and save them once they have been confirmed."""
    form = ActivityForm()
    person = current_person()
    if person is None:
        abort(401)
    if request.form.get("step") == "change":
        return _form_page(form)
    is_right = form.has_no_faults()
    venue = find_venue(form)
    if not is_right or form.postcode.errors:
        return _form_page(form)
    if request.form.get("step") == "save":
        saved = register(form, venue, person)
        flash("registered")
        return redirect(url_for("activities.activity", activity_id=saved))
    likely = likely_organisations(form.lead.data or "")
    return render_template(
        "activities/check.html",
        answers=answers(form, venue),
        hidden=hidden_answers(left_out=("lead",) if likely else ()),
        likely=_lead_items(form.lead.data or "", likely),
        duplicates=possible_duplicates(form, person),
        form=form,
    )


def _lead_items(typed: str, likely: list[str]) -> list[dict[str, str]]:
    """The organisations that may be meant, and the one as it was typed, to choose from."""
    known = [{"value": name, "text": name} for name in likely]
    as_typed = {"value": typed, "text": f"No, “{typed}” is another organisation"}
    return [*known, {"divider": "or"}, as_typed] if likely else []


def _form_page(form: ActivityForm) -> str:
    names = [row["name"].text for row in published_directory().records()]
    return render_template(
        "activities/new.html",
        form=form,
        errors=error_list(form),
        organisations=dict.fromkeys(names),
        legend=legend,
    )


def _facts(table: PublishedTable) -> list[tuple[Column, Cell]]:
    """Each column of a table of one row, with its cell."""
    return list(zip(table.columns, table.rows[0], strict=True))


def published_register(chosen: str = "") -> PublishedTable:
    """The register as the present audience may see it.

    Parameters
    ----------
    chosen : the code of one authority; empty for all.
    """
    return kept(
        f"register {chosen}", lambda: activity_register(reading(), current_audience(), chosen)
    )
