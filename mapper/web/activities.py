"""The register of activities, and the form that adds to it."""

import secrets

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.activity import ActivityStatus
from mapper.domain.role import Permission
from mapper.reports.catalogue import Catalogue, Positions
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.register import published_activity
from mapper.reports.register_catalogue import listed_activities, register_catalogue
from mapper.web.activity_saving import may_change
from mapper.web.already_here import lead_choices
from mapper.web.caching import kept
from mapper.web.finding import found_file, found_page
from mapper.web.forms.activity import ActivityForm
from mapper.web.forms.layout import error_list, legend
from mapper.web.organisations import organisation_names
from mapper.web.partners_meant import partner_questions, take_partners_meant
from mapper.web.people import current_audience, current_person
from mapper.web.permissions import requires
from mapper.web.registration import (
    answers,
    find_venue,
    hidden_answers,
    possible_duplicates,
    register,
)
from mapper.web.served_names import wards_offered
from mapper.web.session import reading

blueprint = Blueprint("activities", __name__)


@blueprint.get("/activities")
@requires(Permission.EXPLORE)
def index() -> str:
    """The activities registered."""
    return render_template("activities/index.html", finding=found_page(_catalogue(), _listed))


@blueprint.get("/activities.<form>")
@requires(Permission.EXPLORE)
def index_file(form: str) -> Response:
    """The same activities as CSV or JSON."""
    return found_file("activities", form, _catalogue(), _listed)


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
        may_change=may_change(activity_id),
        is_cancelled=facts["status"][1].value == ActivityStatus.CANCELLED,
        provenance=table.provenance,
    )


@blueprint.get("/activities/new")
@requires(Permission.ACTIVITY_REGISTER)
def new() -> str:
    """The form to register an activity with."""
    form = ActivityForm(token=secrets.token_hex(16))
    form.offer_wards(wards_offered())
    person = current_person()
    if person is not None:
        form.lead.data = person.organisation_name
    return _form_page(form)


@blueprint.post("/activities/new")
@requires(Permission.ACTIVITY_REGISTER)
def check() -> ResponseReturnValue:
    """Check the answers, show them, and save them once they have been confirmed."""
    form = ActivityForm()
    form.offer_wards(wards_offered())
    take_partners_meant(form, request.form)
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
    likely = lead_choices(form.lead.data or "")
    return render_template(
        "activities/check.html",
        answers=answers(form, venue),
        hidden=hidden_answers(left_out=("lead",) if likely else ()),
        likely=likely,
        partners=partner_questions(form.partner_names),
        duplicates=possible_duplicates(form, person),
        form=form,
    )


def _form_page(form: ActivityForm) -> str:
    return render_template(
        "activities/new.html",
        form=form,
        errors=error_list(form),
        organisations=organisation_names(),
        legend=legend,
    )


def _facts(table: PublishedTable) -> list[tuple[Column, Cell]]:
    """Each column of a table of one row, with its cell."""
    return list(zip(table.columns, table.rows[0], strict=True))


def registered_count() -> int:
    """How many activities are registered, those that were cancelled left out."""
    statuses = _catalogue().records.column("status")
    return sum(status != ActivityStatus.CANCELLED for status in statuses)


def _catalogue() -> Catalogue:
    return kept("register catalogue", lambda: register_catalogue(reading(), current_audience()))


def _listed(positions: Positions) -> PublishedTable:
    return listed_activities(reading(), _catalogue(), positions)
