"""Asking the contacts of entries that have to be confirmed, one letter each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mapper.domain.verification import DueEntry
from mapper.errors import MapperError
from mapper.mail.choices import LetterChoices
from mapper.mail.letter import entry_letter, new_link_letter
from mapper.mail.link import make_token, read_token
from mapper.mail.sender import Letter, MailError, Postbox, postbox
from mapper.store.asked_again import entry_of_old_link
from mapper.store.letters import AskingTerms, claim_request, drop_request, mark_asked
from mapper.store.session import Store
from mapper.store.verifications import BETWEEN, due_entries, may_be_asked

_Write = Callable[[DueEntry, tuple[int, str]], Letter]


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


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why letters are sent.

    Parameters
    ----------
    write : writes one, of an entry, its link, and when that ends.
    wait : nobody is written to so soon after the last letter about the entry.
    """

    write: Callable[[DueEntry, str, datetime], Letter]
    wait: timedelta


DUE: Final = Occasion(entry_letter, BETWEEN)
"""Entries have to be confirmed."""

NEW_LINK: Final = Occasion(new_link_letter, timedelta(days=1))
"""Somebody whose link opens nothing any longer asked for another."""


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
    occasion: Occasion = DUE,
) -> list[Asked]:
    """Send a letter about each entry. One that is not taken is told, and the others go on.

    Nothing counts as sent that the mail server did not take. Each letter is claimed before it is
    sent: when two people ask at once, one of them sends it.

    Parameters
    ----------
    entries : with whom to ask.
    choices : how.
    moment : of asking, UTC.
    occasion : why.

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
    terms = AskingTerms(by=choices.by, moment=moment, ends=ends, wait=occasion.wait)

    def write(entry: DueEntry, claim: tuple[int, str]) -> Letter:
        link = choices.address_of(make_token(choices.secret_key, *claim))
        return occasion.write(entry, link, ends)

    with postbox(choices.server) as box:
        return [_ask_one(store, box, entry, (terms, write)) for entry in entries]


def send_new_link(store: Store, token: str, choices: LetterChoices, moment: datetime) -> bool:
    """Send a new link to whoever an old one was sent to, at the address that is on record.

    Parameters
    ----------
    token : as it stands in the old link, which may be answered, ended or too old.
    choices : how.
    moment : of asking, UTC.

    Returns
    -------
    Whether a letter was sent. None is where the link is none of ours, the entry or its contact is
    gone, or a letter about it was sent within a day. Whoever asked is not to be told which.

    Raises
    ------
    NotReadyError
        When no mail server is set.
    MailError
        When it cannot be reached, or did not take the letter.
    """
    found = read_token(choices.secret_key, token, None)
    if found is None:
        return False
    with store.reading() as session:
        entry = entry_of_old_link(session, *found)
    done = ask(store, [entry] if entry else [], choices, moment, occasion=NEW_LINK)
    if any(each.fault for each in done):
        # What the mail server said may hold the address, and this is told to a log.
        raise MailError(
            "The mail server did not take a letter with a new link.",
            expected="It takes letters to the contacts of entries.",
        )
    return any(each.is_sent for each in done)


def _ask_one(store: Store, box: Postbox, entry: DueEntry, how: tuple[AskingTerms, _Write]) -> Asked:
    terms, write = how
    with store.writing() as session:
        claim = claim_request(session, entry, terms)
    if claim is None:
        return Asked(entry=entry)
    fault = _send(box, write(entry, claim))
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
