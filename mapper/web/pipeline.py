"""Small steps on an entry: its status, its confirmation, and fields given back to its source."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.entry_change import ChangeHow
from mapper.domain.freshness import VerifiedHow
from mapper.domain.role import Permission
from mapper.errors import InvalidValueError
from mapper.reports.organisation_profile import status_words
from mapper.store.corrections import release as release_fields
from mapper.store.entry_history import Written, set_status
from mapper.store.merges import organisation_names_by_id, standing_of
from mapper.store.organisations import confirm
from mapper.web.forms.layout import error_list, legend
from mapper.web.forms.status import StatusForm
from mapper.web.people import current_audience, name_of_person
from mapper.web.permissions import requires
from mapper.web.session import reading, writing

blueprint = Blueprint("pipeline", __name__, url_prefix="/organisations")


@blueprint.get("/<int:organisation_id>/status")
@requires(Permission.ORGANISATION_STATUS)
def status(organisation_id: int) -> ResponseReturnValue:
    """The form to say how far an organisation has come."""
    standing = standing_of(reading(), organisation_id)
    if standing != organisation_id:
        return redirect(url_for("pipeline.status", organisation_id=standing))
    return _status_page(organisation_id, StatusForm(since=datetime.now(UTC).date()))


@blueprint.post("/<int:organisation_id>/status")
@requires(Permission.ORGANISATION_STATUS)
def keep_status(organisation_id: int) -> ResponseReturnValue:
    """Keep a step through the pipeline."""
    standing = standing_of(reading(), organisation_id)
    form = StatusForm()
    if not form.validate():
        return _status_page(standing, form)
    with writing() as session:
        set_status(session, standing, form.step(name_of_person()))
    return _done(standing, "The status is kept, and is in the history of the entry.")


@blueprint.post("/<int:organisation_id>/verify")
@requires(Permission.ORGANISATION_EDIT)
def verify(organisation_id: int) -> ResponseReturnValue:
    """Mark an entry as confirmed today."""
    standing = standing_of(reading(), organisation_id)
    today = datetime.now(UTC).date()
    with writing() as session:
        confirm(session, standing, VerifiedHow.ANALYST, by=name_of_person(), on=today)
    return _done(standing, "The entry is marked as confirmed today.")


@blueprint.post("/<int:organisation_id>/release")
@requires(Permission.ORGANISATION_EDIT)
def release(organisation_id: int) -> ResponseReturnValue:
    """Give a field that was set by hand back to the source of the entry."""
    standing = standing_of(reading(), organisation_id)
    written = Written(standing, name_of_person(), ChangeHow.RELEASE)
    words = "The field is given back. It changes when its source is loaded next."
    try:
        with writing() as session:
            release_fields(session, written, {request.form.get("field", "")})
    except InvalidValueError:
        words = "Nothing was changed: the field was not set by hand any longer."
    return _done(standing, words)


def _done(organisation_id: int, words: str) -> ResponseReturnValue:
    flash(words, "entry")
    return redirect(url_for("profile.index", organisation_id=organisation_id))


def _status_page(organisation_id: int, form: StatusForm) -> str:
    return render_template(
        "organisations/status.html",
        organisation_id=organisation_id,
        name=organisation_names_by_id(reading(), [organisation_id])[organisation_id],
        now=status_words(reading(), organisation_id, current_audience()),
        form=form,
        errors=error_list(form),
        legend=legend,
    )
