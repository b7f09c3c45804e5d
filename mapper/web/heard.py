"""Have enough sessions been held? Asked with what was heard, of which nothing is kept."""

from flask import Blueprint, render_template

from mapper.domain.role import Permission
from mapper.errors import InvalidValueError
from mapper.reports.heard import Heard, enough_heard, read_sessions
from mapper.web.forms.heard import HeardForm
from mapper.web.forms.layout import error_list
from mapper.web.permissions import requires

blueprint = Blueprint("heard", __name__, url_prefix="/enough-heard")


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """The form."""
    return _page(HeardForm(formdata=None))


@blueprint.post("")
@requires(Permission.EXPLORE)
def answer() -> str:
    """What can be said of the sessions."""
    form = HeardForm()
    return _page(form, _answered(form) if form.validate() else None)


def _answered(form: HeardForm) -> Heard | None:
    try:
        sessions = read_sessions(form.sessions.data or "")
    except InvalidValueError as error:
        form.sessions.errors = [f"{error.found} {error.expected}"]
        return None
    base, run, percent = (each.data or 0 for each in (form.base, form.run, form.threshold))
    return enough_heard(sessions, base=int(base), run=int(run), threshold_percent=float(percent))


def _page(form: HeardForm, heard: Heard | None = None) -> str:
    return render_template("heard.html", form=form, heard=heard, errors=error_list(form))
