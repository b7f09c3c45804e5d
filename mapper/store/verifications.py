"""Which entries have to be confirmed, whom to ask, and what they answered."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

import pandas as pd
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from mapper.domain.freshness import VERIFY_AFTER_MONTHS, months_later
from mapper.domain.verification import Answer, DueEntry, LawfulBasis, VerificationRequest
from mapper.errors import ChangedMeanwhileError
from mapper.store.confirmed import confirmed_on
from mapper.store.merges import organisation_names_by_id
from mapper.store.models import ContactRow, OrganisationRow, VerificationRequestRow
from mapper.store.models.base import in_utc, now
from mapper.store.survivors import standing_id

MONTHS_BEFORE: Final = 1
"""An entry is asked about so long before it would be marked."""

BETWEEN: Final = timedelta(days=30)
"""Nobody is asked about the same entry again so soon."""

_WITHDRAWN: Final = (Answer.WITHDREW_NAME, Answer.WITHDREW_ENTRY)


def due_entries(session: Session, today: date) -> list[DueEntry]:
    """List the active entries that have to be confirmed, the longest unconfirmed first.

    Parameters
    ----------
    today : the day on which it is asked.

    Returns
    -------
    With whom to ask: the entry's first contact that has an e-mail address, those who agreed to
    be shown before others. Entries of which somebody was asked lately are in it, with when.
    """
    confirmed = _confirmed(session)
    latest = months_later(today, MONTHS_BEFORE - VERIFY_AFTER_MONTHS)
    waiting = confirmed[confirmed <= latest].sort_values(kind="stable")
    ids = [int(each) for each in waiting.index]
    names = organisation_names_by_id(session, ids)
    contacts = _contacts(session, ids)
    asked = _asked(session)
    return [
        DueEntry(
            organisation_id=each,
            name=names[each],
            confirmed_on=day,
            contact=contacts.get(each, ("", ""))[0],
            email=contacts.get(each, ("", ""))[1],
            asked_at=asked.get(each),
        )
        for each, day in zip(ids, waiting, strict=True)
    ]


def may_be_asked(entry: DueEntry, moment: datetime) -> bool:
    """Tell whether an entry has somebody to ask who was not asked lately.

    Parameters
    ----------
    entry : due.
    moment : of asking, UTC.
    """
    is_lately = entry.asked_at is not None and (moment - entry.asked_at < BETWEEN)
    return bool(entry.email) and not is_lately


def find_request(session: Session, request_id: int, nonce: str) -> VerificationRequest | None:
    """Find the request of a link; None where there is none such.

    Parameters
    ----------
    request_id, nonce : as they stand in the link.
    """
    row = session.get(VerificationRequestRow, request_id)
    if row is None or not secrets.compare_digest(row.nonce, nonce):
        return None
    return _request(row)


def add_answer(session: Session, request_id: int, answer: Answer, basis: LawfulBasis) -> None:
    """Note what was answered, when, and on what basis it is held and shown.

    Who has taken their name out is not named in any request about the entry any longer.

    Parameters
    ----------
    request_id : of the request.
    answer : given.
    basis : on which what was answered is held and shown.

    Raises
    ------
    ChangedMeanwhileError
        When it has an answer already.
    """
    row = session.get_one(VerificationRequestRow, request_id, with_for_update=True)
    if row.answered_at is not None:
        raise ChangedMeanwhileError(
            f"Request {request_id} has been answered.", expected="One answer to each request."
        )
    row.answered_at, row.answer, row.basis = now(), answer, basis
    session.flush()
    if answer in _WITHDRAWN:
        session.execute(
            update(VerificationRequestRow)
            .where(
                VerificationRequestRow.organisation_id == row.organisation_id,
                func.lower(VerificationRequestRow.email) == row.email.lower(),
            )
            .values(contact="", email="")
        )


def list_requests(session: Session, most: int = 200) -> list[VerificationRequest]:
    """List the requests that were sent, the latest first.

    Parameters
    ----------
    most : how many.
    """
    query = select(VerificationRequestRow).order_by(VerificationRequestRow.id.desc()).limit(most)
    return [_request(row) for row in session.scalars(query)]


def _confirmed(session: Session) -> "pd.Series[date]":
    survivor = aliased(OrganisationRow)
    query = (
        select(survivor.id, OrganisationRow.verified_on, OrganisationRow.recorded_at)
        .join(survivor, survivor.id == standing_id())
        .where(survivor.is_active)
        .order_by(survivor.id)
    )
    columns = ["organisation_id", "verified_on", "recorded_at"]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    return confirmed_on(frame.set_index("organisation_id"))


def _contacts(session: Session, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Choose whom to ask about each entry."""
    query = (
        select(standing_id(), ContactRow.name, ContactRow.email)
        .join(OrganisationRow, OrganisationRow.id == ContactRow.organisation_id)
        .where(ContactRow.email != "")
        .order_by(ContactRow.consent_audience.is_(None), ContactRow.id)
    )
    wanted = set(ids)
    chosen: dict[int, tuple[str, str]] = {}
    for owner, name, email in session.execute(query):
        if owner in wanted:
            chosen.setdefault(owner, (name, email))
    return chosen


def _asked(session: Session) -> dict[int, datetime]:
    table = VerificationRequestRow
    query = (
        select(standing_id(), func.max(table.asked_at))
        .join(OrganisationRow, OrganisationRow.id == table.organisation_id)
        .where(table.asked_at.is_not(None))
        .group_by(standing_id())
    )
    found = dict(session.execute(query).all())
    return {owner: in_utc(moment) for owner, moment in found.items() if moment is not None}


def _request(row: VerificationRequestRow) -> VerificationRequest:
    return VerificationRequest(
        id=row.id,
        organisation_id=row.organisation_id,
        contact=row.contact,
        email=row.email,
        asked_at=row.asked_at and in_utc(row.asked_at),
        asked_by=row.asked_by,
        expires_at=in_utc(row.expires_at),
        answered_at=row.answered_at and in_utc(row.answered_at),
        answer=Answer(row.answer) if row.answer else None,
        basis=LawfulBasis(row.basis) if row.basis else None,
    )
