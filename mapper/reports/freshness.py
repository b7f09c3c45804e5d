"""Entries that have to be confirmed, and what their contacts answered: for analysts only.

Whom to ask is in neither table: a contact who agreed to be shown to nobody is not shown here.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.domain.freshness import Freshness, freshness
from mapper.domain.verification import Answer, DueEntry, VerificationRequest
from mapper.reports.analysts import analysts_table, reference, require_analyst
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import date_cell, date_words, naming_cell, text_cell
from mapper.store.merges import organisation_names_by_id
from mapper.store.verifications import due_entries, list_requests, may_be_asked

_DUE = (
    Column("organisation_id", "Reference", "Number of the organisation.", is_number=True),
    Column("name", "Organisation"),
    Column("confirmed_on", "Last confirmed", "The day it was last confirmed, else recorded."),
    Column("freshness", "Now", "Marked after 12 months; out of the public view after 15."),
    Column("next", "What can be done"),
)
_REQUESTS = (
    Column("organisation_id", "Reference", "Number of the organisation.", is_number=True),
    Column("name", "Organisation"),
    Column("asked_on", "Asked on"),
    Column("asked_by", "By"),
    Column("answer", "Answer"),
    Column("answered_on", "Answered on"),
    Column("basis", "Lawful basis", "On which what was answered is held and shown."),
)
_WORDS = {
    Freshness.CURRENT: "to be confirmed within a month",
    Freshness.TO_VERIFY: "marked as not confirmed",
    Freshness.LAPSED: "not shown to the public, and not counted",
}


class DuePart(StrEnum):
    """Which of the entries that have to be confirmed."""

    ALL = "all"
    TO_ASK = "to ask"
    """Those with somebody to ask by e-mail who was not asked lately."""
    UNREACHABLE = "unreachable"
    """Those without an address to ask at."""


def published_due(
    session: Session, audience: Audience, moment: datetime, part: DuePart = DuePart.ALL
) -> PublishedTable:
    """Publish the entries that have to be confirmed, the longest unconfirmed first.

    Parameters
    ----------
    audience : must be analysts.
    moment : at which it is asked, UTC.
    part : of them.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    due = due_entries(session, moment.date())
    rows = tuple(_due_cells(entry, moment) for entry in due if _is_in(part, entry, moment))
    return analysts_table(session, "Entries to be confirmed", _DUE, rows)


def published_requests(session: Session, audience: Audience) -> PublishedTable:
    """Publish the questions that were sent and what was answered, the latest first.

    Parameters
    ----------
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    requests = [each for each in list_requests(session) if each.asked_at is not None]
    names = organisation_names_by_id(session, (each.organisation_id for each in requests))
    rows = tuple(_request_cells(each, names[each.organisation_id]) for each in requests)
    return analysts_table(session, "Contacts who were asked", _REQUESTS, rows)


def freshness_words(confirmed_on: date, today: date) -> str:
    """Say of an entry that nobody has confirmed it for long; empty while it is current.

    Parameters
    ----------
    confirmed_on : when it was last confirmed, else recorded.
    today : the day it is looked at.
    """
    if freshness(confirmed_on, today) is Freshness.CURRENT:
        return ""
    return f"not confirmed since {confirmed_on:%B %Y}"


def _is_in(part: DuePart, entry: DueEntry, moment: datetime) -> bool:
    if part is DuePart.TO_ASK:
        return may_be_asked(entry, moment)
    return part is DuePart.ALL or not entry.email


def _due_cells(entry: DueEntry, moment: datetime) -> tuple[Cell, ...]:
    return (
        reference(entry.organisation_id),
        naming_cell(entry.organisation_id, entry.name),
        date_cell(entry.confirmed_on),
        text_cell(_WORDS[freshness(entry.confirmed_on, moment.date())]),
        text_cell(_next(entry, moment)),
    )


def _next(entry: DueEntry, moment: datetime) -> str:
    if may_be_asked(entry, moment):
        return "ask by e-mail"
    if not entry.email or entry.asked_at is None:
        return "no e-mail address: ask by telephone or in person"
    return f"asked on {date_words(entry.asked_at.date())}; wait for the answer"


def _request_cells(request: VerificationRequest, name: str) -> tuple[Cell, ...]:
    return (
        reference(request.organisation_id),
        _name_cell(request, name),
        _day_cell(request.asked_at),
        text_cell(request.asked_by or "not stated"),
        text_cell(request.answer.value if request.answer else "none yet"),
        _day_cell(request.answered_at),
        text_cell(request.basis.value if request.basis else "not yet"),
    )


def _name_cell(request: VerificationRequest, name: str) -> Cell:
    """Name the organisation; one that was taken out has no page to lead to."""
    if request.answer is Answer.WITHDREW_ENTRY:
        return text_cell(name)
    return naming_cell(request.organisation_id, name)


def _day_cell(moment: datetime | None) -> Cell:
    return Cell(None, "not yet") if moment is None else date_cell(moment.date())
