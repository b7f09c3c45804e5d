"""What a contact answers for an entry that others were merged into, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from mapper.domain.verification import Answer, LawfulBasis, VerificationRequest
from mapper.errors import ChangedMeanwhileError
from mapper.store.asked_entries import (
    AskedEntry,
    asked_entry,
    change_entry,
    take_entry_out,
    take_name_out,
)
from mapper.store.entries import entry
from mapper.store.entry_history import entry_changes
from mapper.store.models import ContactRow, OrganisationRow
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.verifications import add_answer, due_entries, list_requests
from tests.factories import located, make_contact
from tests.letters import ADDRESS, open_link, save_entry

TODAY = datetime.now(UTC).date()
OTHER = make_contact(name="Other Person", email="other@example.org")


def merged(store: Store) -> int:
    """Save an entry with one contact, into which one with another contact was merged."""
    kept = save_entry(store, contacts=(OTHER,), name="Harbour Trust")
    gone = save_entry(store, name="The Harbour Trust Ltd")
    with store.writing() as session:
        where = OrganisationRow.id == gone
        session.execute(update(OrganisationRow).where(where).values(merged_into_id=kept))
    return kept


def request_to(number: int, email: str = ADDRESS) -> VerificationRequest:
    moment = datetime.now(UTC)
    return VerificationRequest(
        id=1,
        organisation_id=number,
        contact="Sam Example",
        email=email,
        asked_at=moment,
        asked_by="ann@example.org",
        expires_at=moment + timedelta(days=60),
    )


def asked(store: Store, number: int) -> AskedEntry:
    with store.reading() as session:
        found = asked_entry(session, request_to(number))
    assert found is not None
    return found


def people(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(select(ContactRow.name)))


def test_the_contact_of_a_merged_entry_answers_for_the_one_that_stands(store: Store) -> None:
    kept = merged(store)
    found = asked(store, kept)

    assert (found.organisation_id, found.contact.name) == (kept, "Sam Example")
    assert found.others == (OTHER,)


def test_a_request_about_an_entry_that_was_merged_since_is_about_the_one_that_stands(
    store: Store,
) -> None:
    kept = merged(store)
    with store.reading() as session:
        where = OrganisationRow.merged_into_id == kept
        gone = session.scalars(select(OrganisationRow.id).where(where)).one()

    assert asked(store, gone).organisation_id == kept


def test_whoever_is_no_contact_of_it_is_told_nothing(store: Store) -> None:
    kept = merged(store)
    with store.reading() as session:
        assert asked_entry(session, request_to(kept, "stranger@example.org")) is None
        assert asked_entry(session, request_to(kept, "")) is None


def test_a_name_is_taken_out_of_every_entry_that_was_merged(store: Store) -> None:
    kept = merged(store)
    found = asked(store, kept)
    with store.writing() as session:
        take_name_out(session, found)

    assert people(store) == {"Other Person"}
    with store.reading() as session:
        assert set(entry_changes(session, [kept])[0].fields) == {"contacts"}


def test_an_entry_that_was_taken_out_is_due_no_more_though_one_was_merged_into_it(
    store: Store,
) -> None:
    kept = merged(store)
    found = asked(store, kept)
    with store.writing() as session:
        take_entry_out(session, found)

    assert people(store) == set()
    with store.reading() as session:
        assert due_entries(session, TODAY) == []
        assert not entry(session, kept)[0].located.record.is_active


def test_a_change_of_the_person_keeps_the_others_of_every_entry(store: Store) -> None:
    kept = merged(store)
    found = asked(store, kept)
    changed = make_contact(name="Samira Example", email=ADDRESS, consent=None)
    with store.writing() as session:
        change_entry(session, found, found.own, changed, today=TODAY)

    assert people(store) == {"Other Person", "Samira Example"}


def test_a_name_that_was_taken_out_is_not_put_back_by_the_next_edition(store: Store) -> None:
    number = save_entry(store, name="Harbour Trust")
    found = asked(store, number)
    with store.writing() as session:
        take_name_out(session, found)
    next_edition = replace(found.own.record, contacts=(found.contact,), opening="9 to 5")
    with store.writing() as session:
        source_id = session.get_one(OrganisationRow, number).source_id
        save_organisations(session, source_id, [located(next_edition)])

    assert people(store) == set()
    with store.reading() as session:
        assert entry(session, number)[0].located.record.opening == "9 to 5"


def test_a_request_is_answered_once(store: Store) -> None:
    number = save_entry(store)
    open_link(store, number, "k" * 40)
    with store.reading() as session:
        request_id = list_requests(session)[0].id
    with store.writing() as session:
        add_answer(session, request_id, Answer.STILL_RIGHT, LawfulBasis.PUBLIC_TASK)
    with store.writing() as session, pytest.raises(ChangedMeanwhileError):
        add_answer(session, request_id, Answer.WITHDREW_ENTRY, LawfulBasis.PUBLIC_TASK)


def test_the_day_of_the_answer_is_kept(store: Store) -> None:
    number = save_entry(store)
    found = asked(store, number)
    with store.writing() as session:
        change_entry(session, found, found.own, found.contact, today=date(2026, 3, 1))
    with store.reading() as session:
        row = session.get_one(OrganisationRow, number)
        assert (row.verified_on, row.verified_by) == (date(2026, 3, 1), "its contact")
