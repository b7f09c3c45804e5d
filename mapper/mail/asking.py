"""Asking the contacts of entries that have to be confirmed, one letter each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mapper.domain.verification import DueEntry
from mapper.errors import MapperError
from mapper.mail.choices import LetterChoices
from mapper.mail.letter import entry_letter
from mapper.mail.link import make_token
from mapper.mail.sender import Postbox, postbox
from mapper.store.session import Store
from mapper.store.verifications import (
    drop_request,
    due_entries,
    mark_asked,
    may_be_asked,
    open_request,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of one letter.

    Parameters
    ----------
    entry : it was about.
    fault : why it was not taken; empty when it was.
    """

    entry: DueEntry
    fault: str = ""


def to_be_asked(store: Store, moment: datetime, most: int) -> list[DueEntry]:
    """List the entries whose contact would be asked now, the longest unconfirmed first.

    Parameters
    ----------
    moment : of asking, UTC.
    most : how many.
    """
    with store.reading() as session:
        due = due_entries(session, _day(moment))
    return [entry for entry in due if may_be_asked(entry, moment)][:most]


def ask(
    store: Store, entries: Sequence[DueEntry], choices: LetterChoices, moment: datetime
) -> list[Asked]:
    """Send a letter about each entry. One that is not taken is told, and the others go on.

    Nothing counts as sent that the mail server did not take.

    Parameters
    ----------
    entries : with whom to ask.
    choices : how.
    moment : of asking, UTC.

    Raises
    ------
    NotReadyError
        When no mail server is set.
    MailError
        When it cannot be reached at all.
    """
    if not entries:
        return []
    expires_at = moment + timedelta(days=choices.days)
    with postbox(choices.server) as box:
        return [_ask_one(store, box, entry, (choices, expires_at)) for entry in entries]


def _ask_one(
    store: Store, box: Postbox, entry: DueEntry, how: tuple[LetterChoices, datetime]
) -> Asked:
    choices, expires_at = how
    with store.writing() as session:
        request_id, nonce = open_request(session, entry, choices.by, expires_at)
    token = make_token(choices.secret_key, request_id, nonce)
    try:
        box.send(entry_letter(entry, choices.address_of(token), expires_at))
    except MapperError as error:
        with store.writing() as session:
            drop_request(session, request_id)
        return Asked(entry=entry, fault=str(error))
    with store.writing() as session:
        mark_asked(session, request_id)
    return Asked(entry=entry)


def _day(moment: datetime) -> date:
    return moment.date()
