"""The pages that open by the link in a letter: an entry's contact answers, without an account.

Opening a page changes nothing, since programs that look for harmful mail open links too. The
link is a secret: no page of it is kept by browsers, listed by search engines, or told to
other sites.
"""

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from mapper.domain.role import Permission
from mapper.domain.verification import Answer, LawfulBasis
from mapper.store.asked_entries import (
    change_entry,
    confirm_entry,
    take_entry_out,
    take_name_out,
)
from mapper.web.answering import (
    NOTHING_SEEN,
    Asked,
    LinkError,
    SeenTooLongAgoError,
    answer,
    asked_by,
    basis_of,
    corrected_entry,
)
from mapper.web.extensions import limiter
from mapper.web.forms.entry_answer import BASIS, EntryAnswerForm, StateForm, WithdrawForm
from mapper.web.forms.layout import error_list, legend
from mapper.web.new_link import start_new_link
from mapper.web.permissions import requires
from mapper.web.registration import hidden_answers
from mapper.web.site import the_site

blueprint = Blueprint("entry", __name__, url_prefix="/entry")
limited = limiter.shared_limit(lambda: the_site().settings.entry_limit, scope="entry")
limited_again = limiter.limit(lambda: the_site().settings.new_link_limit)

_DONE = {
    Answer.STILL_RIGHT: "The entry counts as confirmed today.",
    Answer.CHANGED: "Your changes are saved, and the entry counts as confirmed today.",
    Answer.WITHDREW_NAME: "Your name and how to reach you are taken out.",
    Answer.WITHDREW_ENTRY: "The entry is taken out, and your name with it.",
}


@blueprint.get("/<token>")
@requires(Permission.ENTRY_ANSWER)
@limited
def index(token: str) -> str:
    """The entry as it is held, who sees what, and what can be answered."""
    asked = asked_by(token)
    return render_template("entry/index.html", asked=asked, token=token, form=_button(asked))


@blueprint.post("/<token>")
@requires(Permission.ENTRY_ANSWER)
@limited
def confirm(token: str) -> ResponseReturnValue:
    """Keep that everything is still right."""
    asked = asked_by(token)
    today = datetime.now(UTC).date()
    basis = basis_of(is_shown=asked.entry.contact.consent is not None)
    try:
        answer(
            token,
            (Answer.STILL_RIGHT, basis),
            lambda session, entry: confirm_entry(session, entry, today, BASIS),
            seen=StateForm().state.data or NOTHING_SEEN,
        )
    except SeenTooLongAgoError:
        flash("changed", "changed")
        return redirect(url_for("entry.index", token=token))
    return _done(Answer.STILL_RIGHT)


@blueprint.get("/<token>/change")
@requires(Permission.ENTRY_ANSWER)
@limited
def change(token: str) -> str:
    """The form with which the contact changes the entry."""
    asked = asked_by(token)
    return _form_page(token, asked, _form(asked))


@blueprint.post("/<token>/change")
@requires(Permission.ENTRY_ANSWER)
@limited
def check(token: str) -> ResponseReturnValue:
    """Show what is about to be changed; change it when that has been seen."""
    asked = asked_by(token)
    form = _form(asked)
    if request.form.get("step") == "change":
        return _form_page(token, asked, form)
    corrected = corrected_entry(form, asked) if form.validate() else None
    if corrected is None:
        return _form_page(token, asked, form)
    is_seen = form.state.data == asked.shown.state
    if request.form.get("step") != "save" or not is_seen:
        return _check_page(token, asked, form, is_seen=is_seen)
    today = datetime.now(UTC).date()
    contact = form.contact(today)
    given = Answer.CHANGED if form.differences(asked.shown.values) else Answer.STILL_RIGHT
    try:
        answer(
            token,
            (given, basis_of(is_shown=contact.consent is not None)),
            lambda session, entry: change_entry(session, entry, corrected, contact, today=today),
            seen=asked.shown.state,
        )
    except SeenTooLongAgoError:
        return _check_page(token, asked_by(token), form, is_seen=False)
    return _done(given)


@blueprint.get("/<token>/withdraw")
@requires(Permission.ENTRY_ANSWER)
@limited
def withdraw(token: str) -> str:
    """What can be taken out, and what becomes of it."""
    return _withdraw_page(token, WithdrawForm())


@blueprint.post("/<token>/withdraw")
@requires(Permission.ENTRY_ANSWER)
@limited
def take_out(token: str) -> ResponseReturnValue:
    """Take the name out, or the whole entry."""
    form = WithdrawForm()
    if not form.validate():
        return _withdraw_page(token, form)
    is_name = form.answer is Answer.WITHDREW_NAME
    answer(
        token,
        (form.answer, LawfulBasis.PUBLIC_TASK),
        take_name_out if is_name else take_entry_out,
    )
    return _done(form.answer)


@blueprint.get("/answered")
@requires(Permission.ENTRY_ANSWER)
def answered() -> str:
    """What was done with the answer."""
    return render_template("entry/answered.html")


@blueprint.post("/<token>/again")
@requires(Permission.ENTRY_ANSWER)
@limited_again
def again(token: str) -> ResponseReturnValue:
    """Send a new link to whoever the old one was sent to; whether there was one is not told."""
    if not the_site().settings.sends_letters:
        raise LinkError(has_been=False)
    start_new_link(token)
    return redirect(url_for("entry.sent"))


@blueprint.get("/sent")
@requires(Permission.ENTRY_ANSWER)
def sent() -> str:
    """What is done about a new link: the same words for every link."""
    return render_template("entry/sent.html")


@blueprint.errorhandler(LinkError)
def link_ended(error: LinkError) -> ResponseReturnValue:
    """Say that the link leads nowhere, and offer another. Nothing is told of any entry."""
    is_offered = the_site().settings.sends_letters
    token = (request.view_args or {}).get("token", "")
    page = render_template("entry/ended.html", token=token, form=FlaskForm(), can_send=is_offered)
    return page, 410 if error.has_been else 404


@blueprint.after_request
def keep_secret(response: Response) -> Response:
    """Keep the page to whoever has the link."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The word of the link is told to nobody, our own pages included. `no-referrer` would keep
    # Flask-WTF from seeing that a form comes from here.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _form(asked: Asked) -> EntryAnswerForm:
    return EntryAnswerForm.offered(asked.shown.values, asked.shown.state)


def _button(asked: Asked) -> StateForm:
    return StateForm(data={"state": asked.shown.state})


def _form_page(token: str, asked: Asked, form: EntryAnswerForm) -> str:
    return render_template(
        "entry/change.html",
        asked=asked,
        form=form,
        token=token,
        errors=error_list(form),
        legend=legend,
    )


def _check_page(token: str, asked: Asked, form: EntryAnswerForm, *, is_seen: bool) -> str:
    hidden = [pair for pair in hidden_answers() if pair[0] != "state"]
    return render_template(
        "entry/check.html",
        token=token,
        name=asked.shown.name,
        changes=form.differences(asked.shown.values),
        is_seen=is_seen,
        button=form,
        hidden=[*hidden, ("state", asked.shown.state)],
    )


def _withdraw_page(token: str, form: WithdrawForm) -> str:
    return render_template(
        "entry/withdraw.html",
        name=asked_by(token).shown.name,
        form=form,
        token=token,
        errors=error_list(form),
        legend=legend,
    )


def _done(given: Answer) -> ResponseReturnValue:
    flash(_DONE[given], "answered")
    return redirect(url_for("entry.answered"))
