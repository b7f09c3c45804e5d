"""Adding an organisation, and correcting an entry of the directory."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.role import Permission
from mapper.errors import ChangedMeanwhileError
from mapper.reports.entry_differences import published_changes, published_meanwhile
from mapper.reports.entry_form import EditableEntry, editable_entry
from mapper.reports.published import PublishedTable
from mapper.store.entry_history import differences, plain_values
from mapper.store.merges import standing_of
from mapper.store.standing_entries import StandingEntry, changed_meanwhile, standing_entry
from mapper.web.already_here import organisations_like
from mapper.web.entry_building import Draft, build
from mapper.web.entry_saving import NOTHING_YET, add, correct_entry
from mapper.web.forms.entry_values import OF_SEVERAL, form_values, with_theirs
from mapper.web.forms.layout import entry_error_list, legend
from mapper.web.forms.organisation import MOST_PARTS, OrganisationForm
from mapper.web.people import current_audience, name_of_person
from mapper.web.permissions import requires
from mapper.web.registration import hidden_answers
from mapper.web.served_names import names_of_areas
from mapper.web.session import reading

blueprint = Blueprint("correcting", __name__, url_prefix="/organisations")
_NEW = Draft(EditableEntry())


@dataclass(frozen=True, slots=True)
class _Frame:
    """Which page a form stands on: `name` is that of the organisation, empty for a new one."""

    address: str
    name: str
    shown: EditableEntry
    meanwhile: PublishedTable | None = None


@blueprint.get("/new")
@requires(Permission.ORGANISATION_ADD)
def new() -> str:
    """The form to add an organisation with."""
    return _form_page(OrganisationForm(token=secrets.token_hex(16)), _new_frame())


@blueprint.post("/new")
@requires(Permission.ORGANISATION_ADD)
def check_new() -> ResponseReturnValue:
    """Check the answers, ask whether it is here already, and add it once that is confirmed."""
    form = OrganisationForm()
    if _asks_for_the_form(form):
        return _form_page(form, _new_frame())
    built = build(form, _NEW, f"{name_of_person()}:{form.token.data}")
    if built is None:
        return _form_page(form, _new_frame())
    if request.form.get("step") == "save":
        added = add(built, name_of_person())
        flash("The organisation is in the directory now.", "entry")
        return redirect(url_for("profile.index", organisation_id=added))
    changes = differences(NOTHING_YET, built)
    return render_template(
        "organisations/check_new.html",
        changes=published_changes(reading(), changes, current_audience(), is_open=True),
        hidden=hidden_answers(),
        form=form,
        likely=organisations_like(built.record.name),
        address=_new_frame().address,
    )


@blueprint.get("/<int:organisation_id>/edit")
@requires(Permission.ORGANISATION_EDIT)
def edit(organisation_id: int) -> ResponseReturnValue:
    """The form to correct an entry with, as it stands now."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("correcting.edit", organisation_id=standing))
    entry = standing_entry(reading(), organisation_id)
    shown = editable_entry(reading(), entry, current_audience())
    values = form_values(shown)
    values["state"], values["token"] = entry.state, secrets.token_hex(16)
    return _form_page(_form_of(values, entry), _frame_of(entry, shown))


@blueprint.post("/<int:organisation_id>/edit")
@requires(Permission.ORGANISATION_EDIT)
def check_edit(organisation_id: int) -> ResponseReturnValue:
    """Check the corrections, show what they change, and keep them once that is confirmed."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("correcting.edit", organisation_id=standing))
    entry = standing_entry(reading(), organisation_id)
    shown = editable_entry(reading(), entry, current_audience())
    form = _form_of(None, entry)
    if _asks_for_the_form(form):
        return _form_page(form, _frame_of(entry, shown))
    built = build(form, Draft(shown, entry.located), entry.located.record.source_key)
    if built is None:
        return _form_page(form, _frame_of(entry, shown))
    if changed_meanwhile(reading(), entry, form.state.data or ""):
        return _conflict_page(entry, shown, built)
    if request.form.get("step") == "save":
        return _save(entry, built, form.state.data or "")
    return _check_page(form, entry, shown, built)


def _save(entry: StandingEntry, built: Located[Organisation], state: str) -> ResponseReturnValue:
    try:
        changed = correct_entry(entry.own.id, built, state, name_of_person())
    except ChangedMeanwhileError:
        # The form is sent again from the page that then shows what changed.
        return redirect(url_for("correcting.edit", organisation_id=entry.own.id))
    flash("The entry is corrected." if changed else "Nothing was changed.", "entry")
    return redirect(url_for("profile.index", organisation_id=entry.own.id))


def _check_page(
    form: OrganisationForm, entry: StandingEntry, shown: EditableEntry, built: Located[Organisation]
) -> str:
    changes = differences(entry.located, built)
    return render_template(
        "organisations/check_edit.html",
        changes=published_changes(
            reading(), changes, current_audience(), is_open=shown.main.is_told
        ),
        hidden=hidden_answers(),
        form=form,
        frame=_frame_of(entry, shown),
    )


def _conflict_page(entry: StandingEntry, shown: EditableEntry, built: Located[Organisation]) -> str:
    """The form again, with what others wrote meanwhile where this person changed nothing."""
    theirs = changed_meanwhile(reading(), entry, request.form.get("state", ""))
    mine = plain_values(built)
    untouched = {
        name for name, one in theirs.items() if name in OF_SEVERAL or mine.get(name) == one.before
    }
    values = with_theirs(MultiDict(request.form), form_values(shown), untouched)
    values["state"] = entry.state
    table = published_meanwhile(reading(), theirs, current_audience(), is_open=shown.main.is_told)
    return _form_page(_form_of(values, entry), _frame_of(entry, shown, table))


def _form_of(values: "MultiDict[str, str] | None", entry: StandingEntry) -> OrganisationForm:
    form = OrganisationForm(formdata=values) if values is not None else OrganisationForm()
    form.offer_areas(names_of_areas(entry.located.record.areas_served))
    return form


def _asks_for_the_form(form: OrganisationForm) -> bool:
    """Whether the form itself is wanted again, with room for another site or person."""
    step = request.form.get("step")
    for wanted, parts in (("add-site", form.sites), ("add-contact", form.contacts)):
        if step == wanted and len(parts) < MOST_PARTS:
            parts.append_entry()
    return step in {"change", "add-site", "add-contact"}


def _new_frame() -> _Frame:
    return _Frame(url_for("correcting.check_new"), "", _NEW.shown)


def _frame_of(
    entry: StandingEntry, shown: EditableEntry, meanwhile: PublishedTable | None = None
) -> _Frame:
    address = url_for("correcting.check_edit", organisation_id=entry.own.id)
    return _Frame(address, entry.located.record.name, shown, meanwhile)


def _form_page(form: OrganisationForm, frame: _Frame) -> str:
    return render_template(
        "organisations/form.html",
        form=form,
        frame=frame,
        errors=entry_error_list(form),
        legend=legend,
        most_parts=MOST_PARTS,
    )
