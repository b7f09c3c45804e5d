"""Letters about entries: each is claimed before it is sent, so that nobody is sent it twice."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from mapper.domain.verification import DueEntry
from mapper.store.models import ContactRow, OrganisationRow, VerificationRequestRow
from mapper.store.models.base import now
from mapper.store.survivors import members

CLAIMED_FOR: Final = timedelta(minutes=15)
"""After so long a letter that was begun and not sent may be begun again: its sender died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingTerms:
    """On what terms contacts are asked.

    Parameters
    ----------
    by : who has the letters sent.
    moment : of asking, UTC.
    ends : when the links end, UTC.
    wait : nobody is asked so soon after the last letter about an entry.
    """

    by: str
    moment: datetime
    ends: datetime
    wait: timedelta


def claim_request(session: Session, entry: DueEntry, terms: AskingTerms) -> tuple[int, str] | None:
    """Claim the next letter about an entry, unless it was sent lately or somebody sends it now.

    The entry is locked until the transaction ends, and whoever comes later sees the claim.
    Earlier links stay good until the letter has been taken: see `mark_asked`.

    Parameters
    ----------
    entry : with whom to ask, as it was read before.
    terms : of asking.

    Returns
    -------
    The request's id, and the word that stands in its link. None where there is nothing to send:
    asked meanwhile, closed, merged, or whoever was to be asked is its contact no longer.
    """
    row = session.get(OrganisationRow, entry.organisation_id, with_for_update=True)
    if row is None or row.merged_into_id is not None or not row.is_active:
        return None
    ids = members(session, row.id)
    if not _is_contact(session, ids, entry.email) or _was_asked(session, ids, terms):
        return None
    request = VerificationRequestRow(
        organisation_id=row.id,
        contact=entry.contact,
        email=entry.email,
        nonce=secrets.token_urlsafe(32),
        claimed_at=now(),
        asked_at=None,
        asked_by=terms.by,
        expires_at=terms.ends,
        answered_at=None,
        answer="",
        basis="",
    )
    session.add(request)
    session.flush()
    return request.id, request.nonce


def mark_asked(session: Session, request_id: int) -> None:
    """Note that the mail server has taken a letter; earlier links about the entry end with it.

    Parameters
    ----------
    request_id : of the request.
    """
    row, moment = session.get_one(VerificationRequestRow, request_id), now()
    row.asked_at = moment
    session.execute(
        update(VerificationRequestRow)
        .where(
            VerificationRequestRow.organisation_id.in_(members(session, row.organisation_id)),
            VerificationRequestRow.id != row.id,
            VerificationRequestRow.answered_at.is_(None),
            VerificationRequestRow.expires_at > moment,
        )
        .values(expires_at=moment)
    )


def drop_request(session: Session, request_id: int) -> None:
    """Forget a request whose mail nobody took.

    Parameters
    ----------
    request_id : of the request.
    """
    session.delete(session.get_one(VerificationRequestRow, request_id))


def _is_contact(session: Session, ids: Sequence[int], email: str) -> bool:
    query = (
        select(ContactRow.id)
        .where(ContactRow.organisation_id.in_(ids), func.lower(ContactRow.email) == email.lower())
        .limit(1)
    )
    return email != "" and session.scalar(query) is not None


def _was_asked(session: Session, ids: Sequence[int], terms: AskingTerms) -> bool:
    """Tell whether a letter went out lately, or is on its way."""
    table = VerificationRequestRow
    query = (
        select(table.id)
        .where(
            table.organisation_id.in_(ids),
            or_(
                table.asked_at > terms.moment - terms.wait,
                table.asked_at.is_(None) & (table.claimed_at > now() - CLAIMED_FOR),
            ),
        )
        .limit(1)
    )
    return session.scalar(query) is not None
