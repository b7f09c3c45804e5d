"""Entries that are due, and the links that their contacts were sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from mapper.domain.entry_change import ChangeHow
from mapper.domain.freshness import months_later
from mapper.domain.place import Place
from mapper.domain.verification import Answer, LawfulBasis
from mapper.mail.link import make_token, read_token
from mapper.store.asked_entries import asked_entry, take_entry_out
from mapper.store.corrections import correct
from mapper.store.entries import entry
from mapper.store.entry_history import Written
from mapper.store.letters import AskingTerms, claim_request, mark_asked
from mapper.store.models import OrganisationRow
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.verifications import add_answer, due_entries, find_request
from tests.factories import located, make_contact, make_organisation, make_source

ADDRESS = "sam@example.org"


def save_entry(store: Store, months_ago: int = 13, place: Place | None = None, **said: Any) -> int:
    """Save an entry that was last confirmed some months ago, and give its number."""
    contacts = said.pop("contacts", (make_contact(name="Sam Example", email=ADDRESS),))
    record = make_organisation(contacts=contacts, **said)
    with store.writing() as session:
        source = make_source(name=f"list with {record.source_key}")
        save_organisations(session, add_source(session, source), [located(record, place)])
        where = OrganisationRow.source_key == record.source_key
        day = months_later(datetime.now(UTC).date(), -months_ago)
        session.execute(update(OrganisationRow).where(where).values(verified_on=day))
        return int(session.scalars(select(OrganisationRow.id).where(where)).one())


def open_link(store: Store, organisation_id: int, key: str, days: int = 60) -> str:
    """Give the word of a link to an entry, as if its letter had been sent."""
    moment = datetime.now(UTC)
    with store.writing() as session:
        due = due_entries(session, moment.date() + timedelta(days=400))
        asked = next(each for each in due if each.organisation_id == organisation_id)
        ends = moment + timedelta(days=days)
        terms = AskingTerms(by="ann@example.org", moment=moment, ends=ends, wait=timedelta(0))
        claim = claim_request(session, asked, terms)
        assert claim is not None
        mark_asked(session, claim[0])
    return make_token(key, *claim)


def rename(store: Store, organisation_id: int, name: str) -> None:
    """Have an analyst give an entry another name."""
    with store.writing() as session:
        located = entry(session, organisation_id)[0].located
        corrected = replace(located, record=replace(located.record, name=name))
        correct(session, corrected, Written(organisation_id, "ann@example.org", ChangeHow.FORM))


def take_out(store: Store, organisation_id: int) -> None:
    """Have the contact of an entry take it out of the directory."""
    person = make_contact(name="Sam Example", email=ADDRESS)
    with store.writing() as session:
        held = entry(session, organisation_id)[0].located
        named = replace(held, record=replace(held.record, contacts=(person,)))
        correct(session, named, Written(organisation_id, "ann@example.org", ChangeHow.FORM))
    found = read_token("k" * 40, open_link(store, organisation_id, "k" * 40), 60)
    assert found is not None
    with store.writing() as session:
        request = find_request(session, *found)
        asked = asked_entry(session, request) if request else None
        assert request is not None
        assert asked is not None
        add_answer(session, request.id, Answer.WITHDREW_ENTRY, LawfulBasis.PUBLIC_TASK)
        take_entry_out(session, asked)
