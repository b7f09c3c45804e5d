"""Changing an activity, cancelling it, and what became of it: for those whose it is."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mapper.domain.activity import Activity, ActivityStatus
from mapper.domain.located import Located
from mapper.domain.role import Permission
from mapper.errors import ChangedMeanwhileError
from mapper.reports.activity_changes import (
    activity_history,
    activity_telling,
    published_activity_changes,
    published_activity_meanwhile,
)
from mapper.reports.activity_form import EditableActivity, editable_activity
from mapper.reports.published import PublishedTable
from mapper.store.activity_entries import ActivityEntry, activity_entry, as_named
from mapper.store.activity_history import (
    activity_changed_meanwhile,
    activity_differences,
    activity_values,
)
from mapper.store.users import User
from mapper.web.activity_building import activity_form, build, form_values
from mapper.web.activity_saving import cancel_it, may_change, save_changes
from mapper.web.already_here import lead_choices
from mapper.web.forms.activity import ActivityForm
from mapper.web.forms.entry_answer import StateForm
from mapper.web.forms.entry_values import with_theirs
from mapper.web.forms.layout import error_list, legend
from mapper.web.organisations import organisation_names
from mapper.web.partners_meant import partner_questions, take_partners_meant
from mapper.web.people import current_audience, current_person
from mapper.web.permissions import requires
from mapper.web.registration import hidden_answers
from mapper.web.session import reading

blueprint = Blueprint("changing", __name__, url_prefix="/activities")


@dataclass(frozen=True, slots=True)
class _Opened:
    """An activity that somebody may change, and who that is."""

    entry: ActivityEntry
    person: User

    @property
    def shown(self) -> EditableActivity:
        """It as they may see it."""
        return editable_activity(reading(), self.entry, current_audience())

    @property
    def address(self) -> str:
        """Where its own page is."""
        return url_for("activities.activity", activity_id=self.entry.id)


@blueprint.get("/<int:activity_id>/edit")
@requires(Permission.ACTIVITY_CHANGE)
def edit(activity_id: int) -> str:
    """The form to change an activity with, as it stands now."""
    opened = _opened(activity_id)
    shown = opened.shown
    values = form_values(shown, opened.entry.state)
    return _form_page(activity_form(values, opened.entry), opened, shown)


@blueprint.post("/<int:activity_id>/edit")
@requires(Permission.ACTIVITY_CHANGE)
def check_edit(activity_id: int) -> ResponseReturnValue:
    """Check the changes, show them, and keep them once that is confirmed."""
    opened = _opened(activity_id)
    shown = opened.shown
    form = activity_form(None, opened.entry)
    take_partners_meant(form, request.form)
    built = None if request.form.get("step") == "change" else build(form, shown, opened.entry)
    if built is None:
        return _form_page(form, opened, shown)
    state = form.state.data or ""
    if activity_changed_meanwhile(reading(), opened.entry, state):
        return _conflict_page(opened, shown, built)
    if request.form.get("step") != "save":
        return _check_page(form, opened, built)
    try:
        changed = save_changes(opened.entry, built, state, opened.person)
    except ChangedMeanwhileError:
        # The form is sent again from the page that then shows what changed.
        return redirect(url_for("changing.edit", activity_id=activity_id))
    flash("The activity is changed." if changed else "Nothing was changed.", "activity")
    return redirect(opened.address)


@blueprint.get("/<int:activity_id>/cancel")
@requires(Permission.ACTIVITY_CHANGE)
def cancel(activity_id: int) -> ResponseReturnValue:
    """What becomes of an activity that is cancelled, and the button that does it."""
    opened = _opened(activity_id)
    if opened.entry.located.record.status is ActivityStatus.CANCELLED:
        return redirect(opened.address)
    return _cancel_page(opened)


@blueprint.post("/<int:activity_id>/cancel")
@requires(Permission.ACTIVITY_CHANGE)
def confirm_cancel(activity_id: int) -> ResponseReturnValue:
    """Cancel an activity."""
    opened = _opened(activity_id)
    if opened.entry.located.record.status is ActivityStatus.CANCELLED:
        return redirect(opened.address)
    try:
        cancel_it(opened.entry, StateForm().state.data or "", opened.person)
    except ChangedMeanwhileError:
        return _cancel_page(opened, is_changed=True)
    flash("The activity is cancelled.", "activity")
    return redirect(opened.address)


@blueprint.get("/<int:activity_id>/history")
@requires(Permission.ACTIVITY_CHANGE)
def history(activity_id: int) -> str:
    """What became of an activity, when and by whom."""
    opened = _opened(activity_id)
    return render_template(
        "activities/history.html",
        activity_id=activity_id,
        title=opened.shown.texts["title"],
        changes=activity_history(reading(), activity_id, opened.person, current_audience()),
    )


def _opened(activity_id: int) -> _Opened:
    """Open an activity for whoever asks, or refuse."""
    entry = activity_entry(reading(), activity_id)
    person = current_person()
    if person is None or not may_change(activity_id):
        abort(403)
    return _Opened(entry, person)


def _form_page(
    form: ActivityForm,
    opened: _Opened,
    shown: EditableActivity,
    meanwhile: PublishedTable | None = None,
) -> str:
    return render_template(
        "activities/edit.html",
        activity_id=opened.entry.id,
        form=form,
        shown=shown,
        is_from_file=not opened.entry.registered_by,
        meanwhile=meanwhile,
        errors=error_list(form),
        organisations=organisation_names(),
        legend=legend,
    )


def _check_page(form: ActivityForm, opened: _Opened, built: Located[Activity]) -> str:
    entry = opened.entry
    changes = activity_differences(entry.located, as_named(built, entry))
    telling = activity_telling(reading(), entry.id, current_audience())
    likely = lead_choices(form.lead.data or "") if "lead" in changes else []
    return render_template(
        "activities/check_edit.html",
        activity_id=entry.id,
        title=opened.shown.texts["title"],
        changes=published_activity_changes(reading(), telling, changes),
        hidden=hidden_answers(left_out=("lead",) if likely else ()),
        likely=likely,
        partners=partner_questions(form.partner_names) if "partners" in changes else [],
        form=form,
    )


def _conflict_page(opened: _Opened, shown: EditableActivity, built: Located[Activity]) -> str:
    """The form again, with what others wrote meanwhile where this person changed nothing."""
    entry = opened.entry
    theirs = activity_changed_meanwhile(reading(), entry, request.form.get("state", ""))
    mine = activity_values(as_named(built, entry))
    untouched = {
        name for name, one in theirs.items() if name == "location" or mine.get(name) == one.before
    }
    sent = MultiDict(request.form)
    values = with_theirs(sent, form_values(shown, entry.state), untouched)
    values["state"] = entry.state
    telling = activity_telling(reading(), entry.id, current_audience())
    table = published_activity_meanwhile(reading(), telling, theirs, opened.person)
    return _form_page(activity_form(values, entry), opened, shown, table)


def _cancel_page(opened: _Opened, *, is_changed: bool = False) -> str:
    return render_template(
        "activities/cancel.html",
        activity_id=opened.entry.id,
        title=opened.shown.texts["title"],
        form=StateForm(formdata=None, data={"state": opened.entry.state}),
        is_changed=is_changed,
    )
