"""Whom a link that opens nothing any longer was sent to, and where they can be reached now."""

from sqlalchemy.orm import Session

from mapper.domain.verification import DueEntry
from mapper.store.asked_entries import asked_entry
from mapper.store.listings import organisation_rows
from mapper.store.verifications import find_request


def entry_of_old_link(session: Session, request_id: int, nonce: str) -> DueEntry | None:
    """Find the entry that an old link led to, and its contact as they are on record now.

    Parameters
    ----------
    request_id, nonce : as they stand in the link.

    Returns
    -------
    None where there is no such request, its contact took their name out, the entry is closed or
    gone, or whoever was asked is its contact no longer.
    """
    request = find_request(session, request_id, nonce)
    asked = asked_entry(session, request) if request else None
    if asked is None:
        return None
    rows = organisation_rows(session, [asked.organisation_id])
    if rows.empty:
        return None
    return DueEntry(
        organisation_id=asked.organisation_id,
        name=rows["name"].iloc[0],
        confirmed_on=rows["confirmed_on"].iloc[0],
        contact=asked.contact.name,
        email=asked.contact.email,
    )
