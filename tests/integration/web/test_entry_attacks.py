"""Links that somebody has used, mixed up, altered, kept too long, or stolen before a withdrawal.

Each opens one plain page that tells nothing of any entry, and no answer by it is kept.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from mapper.domain.verification import Answer, LawfulBasis
from mapper.store.asked_entries import confirm_entry
from mapper.store.entries import entry
from mapper.store.merges import merge
from mapper.store.session import Store
from mapper.store.verifications import list_requests
from mapper.web.answering import SeenTooLongAgoError, answer
from tests.factories import make_contact
from tests.integration.web.conftest import SECRET
from tests.integration.web.reader import Reader
from tests.letters import ADDRESS, open_link, save_entry

PAGES = ("", "/change", "/withdraw")
HELD = ("Kitewing", "Sam Example", ADDRESS, "Boxing", "Harbour", "Bo Example")
"""What no page may say to whoever has a link that is none."""


@pytest.fixture
def number(store: Store) -> int:
    """An entry that is due."""
    return save_entry(store, name="Kitewing Youth", description="Boxing on Mondays")


@pytest.fixture
def token(store: Store, number: int) -> str:
    """The word of the link to it."""
    return open_link(store, number, SECRET)


@pytest.fixture
def other(store: Store) -> tuple[int, str]:
    """Another entry, and the word of the link to it."""
    bo = make_contact(name="Bo Example", email="bo@example.org")
    number = save_entry(store, name="Harbour Trust", contacts=(bo,))
    return number, open_link(store, number, SECRET)


def test_a_used_link_opens_nothing_and_a_kept_answer_is_not_taken_twice(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    kept = answers_to(newcomer, token)
    newcomer.send(f"/entry/{token}", kept[""])
    before = state_of(store, number)

    assert statuses(newcomer, token, kept) == [410] * 6
    assert state_of(store, number) == before


@pytest.mark.parametrize("part", PAGES)
def test_an_answer_that_is_sent_twice_at_once_is_kept_once(
    newcomer: Reader, site: Flask, store: Store, token: str, part: str
) -> None:
    fields, both = answers_to(newcomer, token)[part], Barrier(2)
    clients = [site.test_client() for _ in range(2)]
    for client in clients:
        copy_session(newcomer, client)

    def send(client: Any) -> int:
        both.wait(30)
        return int(client.post(f"/entry/{token}{part}", data=fields).status_code)

    with ThreadPoolExecutor(2) as people:
        codes = sorted(people.map(send, clients))

    assert codes == [302, 410]
    with store.reading() as session:
        assert [each.answer is not None for each in list_requests(session)] == [True]


def test_the_form_of_one_entry_sent_to_the_link_of_another_changes_neither(
    newcomer: Reader, store: Store, token: str, number: int, other: tuple[int, str]
) -> None:
    kept, before = answers_to(newcomer, token), state_of(store, number, other[0])
    newcomer.send(f"/entry/{other[1]}", kept[""])
    newcomer.post(f"/entry/{other[1]}/change", kept["/change"])

    assert state_of(store, number, other[0]) == before
    with store.reading() as session:
        assert [each.answer for each in list_requests(session)] == [None, None]


def test_parts_of_two_links_make_none(newcomer: Reader, token: str, other: tuple[int, str]) -> None:
    ours, theirs = token.split("."), other[1].split(".")
    mixed = [[theirs[0], *ours[1:]], [ours[0], theirs[1], ours[2]], [*ours[:2], theirs[2]]]

    # Two links of the same second have the same moment: then the second is the whole first.
    for word in {".".join(parts) for parts in mixed} - {token, other[1]}:
        assert statuses(newcomer, word, answers_to(newcomer, token)) == [404] * 6


@pytest.mark.parametrize(
    "alter",
    [
        lambda word: flipped(word, 0),
        lambda word: flipped(word, word.index(".") + 1),
        lambda word: flipped(word, word.rindex(".") + 1),
        lambda word: word[:-4],
        lambda word: word + "AAAA",
        lambda word: word.replace(".", "..", 1),
        lambda word: word.upper(),
        lambda word: word.rpartition(".")[0],
        lambda word: f"{word}%00",
        lambda word: f"%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E{word}",
    ],
)
def test_an_altered_link_opens_nothing(
    newcomer: Reader, store: Store, token: str, number: int, alter: Callable[[str], str]
) -> None:
    before = state_of(store, number)

    assert statuses(newcomer, alter(token), answers_to(newcomer, token)) == [404] * 6
    assert state_of(store, number) == before


def test_a_link_whose_days_are_over_opens_nothing(
    newcomer: Reader, store: Store, number: int
) -> None:
    kept = answers_to(newcomer, open_link(store, number, SECRET))
    before = state_of(store, number)

    assert statuses(newcomer, open_link(store, number, SECRET, days=-1), kept) == [410] * 6
    assert state_of(store, number) == before


def test_a_link_that_was_signed_too_long_ago_opens_nothing(
    newcomer: Reader, store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = int(datetime.now(UTC).timestamp()) - 61 * 86_400
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: long_ago)
        old = open_link(store, number, SECRET, days=400)
    kept = answers_to(newcomer, open_link(store, number, SECRET))

    assert statuses(newcomer, old, kept) == [404] * 6


@pytest.mark.parametrize("choice", [Answer.WITHDREW_NAME, Answer.WITHDREW_ENTRY])
def test_a_link_opens_nothing_after_a_withdrawal(
    newcomer: Reader, store: Store, token: str, number: int, choice: Answer
) -> None:
    kept = answers_to(newcomer, token)
    newcomer.send(f"/entry/{token}/withdraw", {**kept["/withdraw"], "choice": choice.value})
    before = state_of(store, number)

    assert statuses(newcomer, token, kept) == [410] * 6
    assert state_of(store, number) == before


def test_the_link_of_a_merged_entry_opens_nothing_once_the_whole_is_taken_out(
    newcomer: Reader, store: Store, token: str, number: int, other: tuple[int, str]
) -> None:
    kept = answers_to(newcomer, other[1])
    with store.writing() as session:
        merge(session, number, other[0], by="ann@example.org")
    fields = answers_to(newcomer, token)["/withdraw"]
    newcomer.send(f"/entry/{token}/withdraw", {**fields, "choice": Answer.WITHDREW_ENTRY.value})

    assert statuses(newcomer, other[1], kept) == [410] * 6


def test_an_entry_that_is_changed_just_before_an_answer_is_kept_is_looked_at_again(
    site: Flask, store: Store, token: str, number: int
) -> None:
    before, done = state_of(store, number), (Answer.STILL_RIGHT, LawfulBasis.CONSENT)
    today = datetime.now(UTC).date()
    with site.test_request_context(), pytest.raises(SeenTooLongAgoError):
        answer(token, done, lambda s, asked: confirm_entry(s, asked, today, ""), seen="before that")

    assert state_of(store, number) == before
    with store.reading() as session:
        assert list_requests(session)[0].answered_at is None


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_link_is_only_opened_and_answered(newcomer: Reader, token: str, method: str) -> None:
    for page in PAGES:
        assert getattr(newcomer.client, method)(f"/entry/{token}{page}").status_code in (400, 405)


def answers_to(reader: Reader, token: str) -> dict[str, dict[str, Any]]:
    """What the forms of a link that opens would send, by page."""
    found = {page: reader.get(f"/entry/{token}{page}").fields() for page in PAGES}
    found["/change"] |= {"name": "Stolen Name", "step": "save"}
    found["/withdraw"] |= {"choice": Answer.WITHDREW_NAME.value}
    return found


def statuses(reader: Reader, token: str, answers: dict[str, dict[str, Any]]) -> list[int]:
    """Open and answer every page of a link that is none, and see that nothing is told."""
    codes = []
    for page in PAGES:
        path = f"/entry/{token}{page}"
        for response in (reader.client.get(path), reader.client.post(path, data=answers[page])):
            text = response.get_data(as_text=True)
            assert not [words for words in HELD if words in text]
            assert "<script>alert(1)" not in text
            assert "This link does not open anything" in text or "Page not found" in text
            codes.append(response.status_code)
    return codes


def state_of(store: Store, *numbers: int) -> list[str]:
    """Everything of some entries that an answer could change."""
    with store.reading() as session:
        return [repr(entry(session, number)) for number in numbers]


def flipped(word: str, at: int) -> str:
    """A word with another sign at one place."""
    return f"{word[:at]}{'A' if word[at] != 'A' else 'B'}{word[at + 1 :]}"


def copy_session(reader: Reader, client: Any) -> None:
    """Let another client be the same browser."""
    cookie = reader.client.get_cookie("mapper_session")
    assert cookie is not None
    client.set_cookie("mapper_session", cookie.value)
