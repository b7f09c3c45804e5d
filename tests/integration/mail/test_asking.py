"""Asking contacts: who is due, who is asked, what is noted, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, update

from mapper.domain.freshness import months_later
from mapper.domain.verification import Answer, DueEntry, LawfulBasis
from mapper.mail.asking import Asked, ask, to_be_asked
from mapper.mail.choices import LetterChoices
from mapper.mail.link import make_token, read_token
from mapper.store.letters import CLAIMED_FOR, AskingTerms, claim_request
from mapper.store.models import ContactRow, OrganisationRow, VerificationRequestRow
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.verifications import (
    BETWEEN,
    add_answer,
    due_entries,
    find_request,
    list_requests,
)
from tests.factories import located, make_contact, make_organisation, make_source
from tests.mail_server import REFUSED, Kept, mail_server

NOW = datetime.now(UTC)
KEY = "k" * 40


@pytest.fixture
def server() -> Iterator[Kept]:
    with mail_server() as kept:
        yield kept


def save(store: Store, months_ago: int = 13, **choices: Any) -> int:
    contact = make_contact(name="Sam Example", email=choices.pop("email", "sam@example.org"))
    record = make_organisation(contacts=(contact,), **choices)
    with store.writing() as session:
        save_organisations(session, add_source(session, make_source()), [located(record)])
        day = months_later(NOW.date(), -months_ago)
        where = OrganisationRow.source_key == record.source_key
        session.execute(update(OrganisationRow).where(where).values(verified_on=day))
        return int(session.scalars(select(OrganisationRow.id).where(where)).one())


def choices(server: Kept) -> LetterChoices:
    return LetterChoices(
        server=server.as_setting(),
        secret_key=KEY,
        address_of=lambda token: f"https://mapper.example.org/entry/{token}",
        days=60,
        by="Ann Alyst",
    )


def send(store: Store, server: Kept, moment: datetime = NOW) -> list[str]:
    entries = to_be_asked(store, moment, 100)
    return [each.fault for each in ask(store, entries, choices(server), moment)]


def claim_all(store: Store, entries: list[DueEntry]) -> None:
    """Do what somebody has done who is about to send letters."""
    terms = AskingTerms(by="Bo", moment=NOW, ends=NOW + timedelta(days=60), wait=BETWEEN)
    with store.writing() as session:
        for entry in entries:
            claim_request(session, entry, terms)


@pytest.mark.parametrize(("months", "is_due"), [(10, False), (11, True), (12, True), (30, True)])
def test_an_entry_is_due_a_month_before_it_would_be_marked(
    store: Store, months: int, is_due: bool
) -> None:
    save(store, months)
    with store.reading() as session:
        assert bool(due_entries(session, NOW.date())) is is_due


def test_a_closed_organisation_is_not_due(store: Store) -> None:
    save(store, is_active=False)
    with store.reading() as session:
        assert due_entries(session, NOW.date()) == []


def test_the_letter_has_a_link_that_leads_to_the_request(store: Store, server: Kept) -> None:
    number = save(store, name="Harbour Trust")
    assert send(store, server) == [""]
    (letter,) = server.letters
    text = letter.get_content()
    assert "Harbour Trust" in letter["Subject"]
    token = next(line for line in text.split() if "/entry/" in line).rpartition("/")[2]
    found = read_token(KEY, token, 60)
    assert found is not None
    with store.reading() as session:
        request = find_request(session, *found)
    assert request is not None
    assert request.organisation_id == number
    assert request.asked_at is not None
    assert request.asked_by == "Ann Alyst"


def test_nobody_is_asked_again_within_thirty_days(store: Store, server: Kept) -> None:
    save(store)
    send(store, server)
    assert send(store, server, NOW + timedelta(days=29)) == []
    assert send(store, server, NOW + timedelta(days=31)) == [""]


def test_two_people_who_ask_at_once_send_one_letter(store: Store, server: Kept) -> None:
    for _ in range(3):
        save(store)
    entries = to_be_asked(store, NOW, 100)
    both = Barrier(2)

    def press(_person: int) -> list[Asked]:
        both.wait(30)
        return ask(store, entries, choices(server), NOW)

    with ThreadPoolExecutor(2) as people:
        done = [each for asked in people.map(press, range(2)) for each in asked]

    assert len(server.letters) == 3
    assert sorted(each.is_sent for each in done) == [False] * 3 + [True] * 3
    assert {each.fault for each in done} == {""}
    with store.reading() as session:
        assert len(list_requests(session)) == 3


def test_whoever_asks_while_a_letter_is_on_its_way_sends_none(store: Store, server: Kept) -> None:
    save(store)
    entries = to_be_asked(store, NOW, 100)
    claim_all(store, entries)

    (asked,) = ask(store, entries, choices(server), NOW)
    assert not asked.is_sent
    assert server.letters == []


def test_a_letter_whose_sender_died_is_sent_by_the_next(store: Store, server: Kept) -> None:
    save(store)
    entries = to_be_asked(store, NOW, 100)
    claim_all(store, entries)
    with store.writing() as session:
        long_ago = datetime.now(UTC) - CLAIMED_FOR
        session.execute(update(VerificationRequestRow).values(claimed_at=long_ago))

    assert send(store, server) == [""]
    assert len(server.letters) == 1


def test_whoever_took_their_name_out_meanwhile_is_not_written_to(
    store: Store, server: Kept
) -> None:
    save(store)
    entries = to_be_asked(store, NOW, 100)
    with store.writing() as session:
        session.execute(update(ContactRow).values(name="", email=""))

    (asked,) = ask(store, entries, choices(server), NOW)
    assert not asked.is_sent
    assert server.letters == []


def test_a_letter_that_is_not_taken_leaves_the_link_before_it_good(
    store: Store, server: Kept
) -> None:
    save(store)
    send(store, server)
    later = NOW + timedelta(days=31)
    server.hangs_up = True
    (fault,) = send(store, server, later)

    assert fault
    with store.reading() as session:
        (request,) = list_requests(session)
    assert request.expires_at > later


def test_a_new_question_ends_the_link_of_the_one_before(store: Store, server: Kept) -> None:
    save(store)
    send(store, server)
    send(store, server, NOW + timedelta(days=31))
    with store.reading() as session:
        later, earlier = list_requests(session)
    assert earlier.expires_at <= datetime.now(UTC) < later.expires_at


def test_what_is_not_taken_does_not_count_as_asked(store: Store, server: Kept) -> None:
    save(store, email=REFUSED)
    save(store)
    faults = send(store, server)
    assert sorted(map(bool, faults)) == [False, True]
    with store.reading() as session:
        assert len(list_requests(session)) == 1
    assert len(to_be_asked(store, NOW, 100)) == 1


def test_an_entry_without_an_address_is_due_and_nobody_is_asked(store: Store, server: Kept) -> None:
    save(store, email="")
    with store.reading() as session:
        (entry,) = due_entries(session, NOW.date())
    assert entry.email == ""
    assert send(store, server) == []


def test_no_more_are_asked_than_wanted(store: Store) -> None:
    for _ in range(3):
        save(store)
    assert len(to_be_asked(store, NOW, 2)) == 2


def test_a_link_with_another_word_leads_nowhere(store: Store, server: Kept) -> None:
    save(store)
    send(store, server)
    with store.reading() as session:
        (request,) = list_requests(session)
        assert find_request(session, request.id, "x" * 43) is None


def test_who_took_their_name_out_is_named_in_no_request(store: Store, server: Kept) -> None:
    save(store)
    send(store, server)
    send(store, server, NOW + timedelta(days=31))
    with store.writing() as session:
        latest = list_requests(session)[0]
        add_answer(session, latest.id, Answer.WITHDREW_NAME, LawfulBasis.PUBLIC_TASK)
    with store.reading() as session:
        rows = session.scalars(select(VerificationRequestRow)).all()
        assert {(row.contact, row.email) for row in rows} == {("", "")}
        assert list_requests(session)[0].answer is Answer.WITHDREW_NAME


def test_a_link_signed_with_another_key_or_changed_is_no_link() -> None:
    token = make_token(KEY, 1, "n")
    assert read_token(KEY, token, 60) == (1, "n")
    assert read_token("o" * 40, token, 60) is None
    assert read_token(KEY, token + "x", 60) is None


def test_a_link_that_is_too_old_is_no_link() -> None:
    assert read_token(KEY, make_token(KEY, 1, "n"), -1) is None
