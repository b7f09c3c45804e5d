"""Asking the contacts of entries that have to be confirmed, one letter each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mapper.domain.verification import DueEntry
from mapper.errors import MapperError
from mapper.mail.choices import LetterChoices
from mapper.mail.letter import entry_letter
from mapper.mail.link import make_token
from mapper.mail.sender import Letter, Postbox, postbox
from mapper.store.letters import AskingTerms, claim_request, drop_request, mark_asked
from mapper.store.session import Store
from mapper.store.verifications import BETWEEN, due_entries, may_be_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of one letter.

    Parameters
    ----------
    entry : it was about.
    fault : why it was not taken; empty when it was.
    is_sent : whether it was taken. Without a fault there was nothing to send any longer: somebody
        else asked meanwhile, or the contact is none any longer.
    """

    entry: DueEntry
    fault: str = ""
    is_sent: bool = False


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
    store: Store,
    entries: Sequence[DueEntry],
    choices: LetterChoices,
    moment: datetime,
    *,
    wait: timedelta = BETWEEN,
) -> list[Asked]:
    """Send a letter about each entry. One that is not taken is told, and the others go on.

    Nothing counts as sent that the mail server did not take. Each letter is claimed before it is
    sent: when two people ask at once, one of them sends it.

    Parameters
    ----------
    entries : with whom to ask.
    choices : how.
    moment : of asking, UTC.
    wait : nobody is asked so soon after the last letter.

    Raises
    ------
    NotReadyError
        When no mail server is set.
    MailError
        When it cannot be reached at all.
    """
    if not entries:
        return []
    ends = moment + timedelta(days=choices.days)
    terms = AskingTerms(by=choices.by, moment=moment, ends=ends, wait=wait)
    with postbox(choices.server) as box:
        return [_ask_one(store, box, entry, (choices, terms)) for entry in entries]


def _ask_one(
    store: Store, box: Postbox, entry: DueEntry, how: tuple[LetterChoices, AskingTerms]
) -> Asked:
    choices, terms = how
    with store.writing() as session:
        claim = claim_request(session, entry, terms)
    if claim is None:
        return Asked(entry=entry)
    link = choices.address_of(make_token(choices.secret_key, *claim))
    fault = _send(box, entry_letter(entry, link, terms.ends))
    with store.writing() as session:
        if fault:
            drop_request(session, claim[0])
        else:
            mark_asked(session, claim[0])
    return Asked(entry=entry, fault=fault, is_sent=not fault)


def _send(box: Postbox, letter: Letter) -> str:
    """Hand a letter in, and say why it was not taken; empty when it was."""
    try:
        box.send(letter)
    except MapperError as error:
        return str(error)
    return ""


def _day(moment: datetime) -> date:
    return moment.date()
