"""Entries that have to be confirmed: who is due, who cannot be reached, asking, what came back."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from mapper.domain.counted import counted
from mapper.domain.role import Permission
from mapper.domain.verification import DueEntry
from mapper.errors import NotReadyError
from mapper.mail.asking import Asked, ask, to_be_asked
from mapper.mail.choices import LetterChoices
from mapper.mail.sender import MailError
from mapper.reports.freshness import DuePart, published_due, published_requests
from mapper.web.paging import asked_page
from mapper.web.people import current_audience, name_of_person
from mapper.web.permissions import requires
from mapper.web.session import close_reading, reading
from mapper.web.site import the_site

blueprint = Blueprint("freshness", __name__, url_prefix="/freshness")

_MOST = 50
"""Letters at once: more would keep whoever pressed the button waiting."""


@blueprint.get("")
@requires(Permission.FRESHNESS_ASK)
def index() -> str:
    """The entries that have to be confirmed."""
    moment = datetime.now(UTC)
    table = published_due(reading(), current_audience(), moment)
    to_ask = published_due(reading(), current_audience(), moment, DuePart.TO_ASK)
    return render_template(
        "freshness/index.html",
        page=asked_page(table),
        to_ask=len(to_ask.rows),
        most=_MOST,
        not_ready=_not_ready(),
    )


@blueprint.get("/unreachable")
@requires(Permission.FRESHNESS_ASK)
def unreachable() -> str:
    """The entries that nobody can be asked about by e-mail."""
    table = published_due(reading(), current_audience(), datetime.now(UTC), DuePart.UNREACHABLE)
    return render_template("freshness/unreachable.html", page=asked_page(table))


@blueprint.get("/asked")
@requires(Permission.FRESHNESS_ASK)
def asked() -> str:
    """Who was asked, and what they answered."""
    table = published_requests(reading(), current_audience())
    return render_template("freshness/asked.html", page=asked_page(table))


@blueprint.get("/send")
@requires(Permission.FRESHNESS_ASK)
def check() -> ResponseReturnValue:
    """What is about to be sent."""
    entries = _entries()
    if not entries:
        return redirect(url_for("freshness.index"))
    return render_template(
        "freshness/send.html",
        entries=[(entry.organisation_id, entry.name) for entry in entries],
        days=the_site().settings.link_days,
        sender=the_site().settings.smtp_from,
        form=FlaskForm(),
    )


@blueprint.post("/send")
@requires(Permission.FRESHNESS_ASK)
def send() -> ResponseReturnValue:
    """Send what was looked at, and tell what was not taken."""
    looked_at = set(request.form.getlist("entry", type=int))
    entries = [entry for entry in _entries() if entry.organisation_id in looked_at]
    try:
        done = _ask(entries)
    except (MailError, NotReadyError) as error:
        flash(str(error), "refused")
    else:
        _tell(done)
    return redirect(url_for("freshness.index"))


def _entries() -> list[DueEntry]:
    """The next entries to ask about; their contacts are shown to nobody."""
    return to_be_asked(the_site().store, datetime.now(UTC), _MOST)


def _ask(entries: list[DueEntry]) -> list[Asked]:
    close_reading()  # what is noted of each letter is written in a transaction of its own
    return ask(the_site().store, entries, _letter_choices(), datetime.now(UTC))


def _letter_choices() -> LetterChoices:
    return the_site().settings.letter_choices(name_of_person())


def _not_ready() -> str:
    """Say why letters cannot be sent; empty where they can."""
    settings = the_site().settings
    try:
        _letter_choices()
    except NotReadyError as error:
        return str(error)
    if not settings.smtp_host or not settings.smtp_from:
        return "No mail server is set: `MAPPER_SMTP_HOST` and `MAPPER_SMTP_FROM`."
    return ""


def _tell(done: list[Asked]) -> None:
    sent = sum(each.is_sent for each in done)
    if sent:
        flash(f"{counted(sent, 'letter')} sent.", "decided")
    for each in done:
        if each.fault:
            flash(f"The letter about {each.entry.name} was not taken. {each.fault}", "refused")
        elif not each.is_sent:
            flash(
                f"No letter was sent about {each.entry.name}: somebody else has asked meanwhile, "
                "or its contact is none any longer.",
                "refused",
            )
    if not done:
        flash("Nobody was left to ask: somebody else has asked them meanwhile.", "refused")
