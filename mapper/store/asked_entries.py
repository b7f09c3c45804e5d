"""The entry that a contact was asked about: read for them, and set as they answered.

The history of the entry says that its contact changed it. It names nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from mapper.domain.contact import Consent, Contact
from mapper.domain.entry_change import ChangeHow, FieldChange
from mapper.domain.freshness import VerifiedHow
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.verification import VerificationRequest
from mapper.store.corrections import correct, forget_contacts_of_merged
from mapper.store.entries import entries
from mapper.store.entry_history import Written, add_change
from mapper.store.involvement import shown_exactly
from mapper.store.models import OrganisationRow
from mapper.store.organisations import confirm
from mapper.store.survivors import members

BY_CONTACT: Final = "its contact"
"""Who changed an entry, where its contact did: the person is not kept with the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEntry:
    """An entry and the contact who was asked about it.

    Parameters
    ----------
    organisation_id : of the organisation that stands for the entry.
    own : its own record.
    contact : who was asked.
    people : the contacts of it and of those merged into it, who was asked among them, in order.
    is_open : whether its site may be shown exactly.
    """

    organisation_id: int
    own: Located[Organisation]
    contact: Contact
    people: tuple[Contact, ...]
    is_open: bool

    @property
    def others(self) -> tuple[Contact, ...]:
        """The contacts beside the one who was asked."""
        return tuple(one for one in self.people if not _is_same(one, self.contact))

    def with_contact(self, contact: Contact) -> tuple[Contact, ...]:
        """Every contact, with another in the place of the one who was asked.

        Parameters
        ----------
        contact : as they are to be held.
        """
        replaced = (contact if _is_same(one, self.contact) else one for one in self.people)
        return tuple(dict.fromkeys(replaced))


def asked_entry(session: Session, request: VerificationRequest) -> AskedEntry | None:
    """Read the entry that a request is about.

    Parameters
    ----------
    request : that was sent.

    Returns
    -------
    None where the entry is closed or gone, or whoever was asked is its contact no longer.
    """
    row = session.get(OrganisationRow, request.organisation_id)
    standing = None if row is None else row.merged_into_id or row.id
    if standing is None:
        return None
    ids = members(session, standing)
    found = entries(session, ids)
    own = found[standing][0].located
    people = [one for each in ids for one in found[each][0].located.record.contacts]
    contact = _who_was_asked(people, request)
    if contact is None or not own.record.is_active:
        return None
    return AskedEntry(
        organisation_id=standing,
        own=own,
        contact=contact,
        people=tuple(dict.fromkeys(people)),
        is_open=standing in shown_exactly(session, [standing]),
    )


def confirm_entry(session: Session, asked: AskedEntry, today: date, agreed_how: str) -> None:
    """Keep that the contact found the entry right, and agrees anew to what they agreed to.

    Parameters
    ----------
    asked : as it stands.
    today : the day of the answer, which becomes that of their consent if they gave any.
    agreed_how : how they agree now.
    """
    consent = asked.contact.consent
    if consent is not None:
        renewed = replace(asked.contact, consent=Consent(consent.audience, today, agreed_how))
        wanted = _with_people(asked.own, asked.with_contact(renewed))
        _set_people(session, asked, wanted, ChangeHow.CONTACT)
    _confirm(session, asked, today)


def change_entry(
    session: Session,
    asked: AskedEntry,
    corrected: Located[Organisation],
    contact: Contact,
    *,
    today: date,
) -> None:
    """Set what the contact corrected, of the entry and of themselves, and keep it as confirmed.

    Parameters
    ----------
    asked : as it stands.
    corrected : the entry's own record as it is to be; its contacts are not looked at.
    contact : the person as they are to be held and shown.
    today : the day of the answer.
    """
    if contact == asked.contact:
        wanted = _with_people(corrected, asked.own.record.contacts)
        correct(session, wanted, _written(asked, ChangeHow.CONTACT))
    else:
        wanted = _with_people(corrected, asked.with_contact(contact))
        _set_people(session, asked, wanted, ChangeHow.CONTACT)
    _confirm(session, asked, today)


def take_name_out(session: Session, asked: AskedEntry) -> None:
    """Remove the person with everything held of them under their address; the entry stays.

    Parameters
    ----------
    asked : as it stands.
    """
    address = asked.contact.email.casefold()
    people = tuple(one for one in asked.others if one.email.casefold() != address)
    _set_people(session, asked, _with_people(asked.own, people), ChangeHow.WITHDRAWAL)


def take_entry_out(session: Session, asked: AskedEntry) -> None:
    """Take the entry out of every view, and hold none of its contacts any longer.

    Parameters
    ----------
    asked : as it stands.
    """
    closed = replace(asked.own, record=replace(asked.own.record, is_active=False))
    _set_people(session, asked, _with_people(closed, ()), ChangeHow.WITHDRAWAL)


def _confirm(session: Session, asked: AskedEntry, today: date) -> None:
    confirm(session, asked.organisation_id, VerifiedHow.CONTACT, by=BY_CONTACT, on=today)


def _set_people(
    session: Session, asked: AskedEntry, wanted: Located[Organisation], how: ChangeHow
) -> None:
    written = _written(asked, how)
    if "contacts" not in correct(session, wanted, written):
        # Its own record says so already: the person stood in one that was merged into it.
        forget_contacts_of_merged(session, asked.organisation_id)
        numbers = FieldChange(before=len(asked.others) + 1, after=len(wanted.record.contacts))
        add_change(session, written, {"contacts": numbers})


def _with_people(
    located: Located[Organisation], people: tuple[Contact, ...]
) -> Located[Organisation]:
    return replace(located, record=replace(located.record, contacts=people))


def _who_was_asked(people: Iterable[Contact], request: VerificationRequest) -> Contact | None:
    address = request.email.casefold()
    found = [one for one in people if address and one.email.casefold() == address]
    named = [one for one in found if one.name == request.contact]
    return next(iter([*named, *found]), None)


def _is_same(one: Contact, other: Contact) -> bool:
    return (one.name, one.email.casefold()) == (other.name, other.email.casefold())


def _written(asked: AskedEntry, how: ChangeHow) -> Written:
    return Written(asked.organisation_id, BY_CONTACT, how)
