"""A link that opens nothing: another is sent to the address on record, and nothing is told."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from mapper.config import Settings
from mapper.domain.verification import Answer
from mapper.store.models import VerificationRequestRow
from mapper.store.session import Store
from mapper.store.verifications import list_requests
from mapper.web import create_app
from mapper.web.new_link import THREAD
from tests.integration.web.conftest import SECRET, sending_settings
from tests.integration.web.reader import Page, Reader
from tests.letters import ADDRESS, open_link, save_entry
from tests.mail_server import Kept, mail_server

UNKNOWN = "WzEsIm4iXQ.aaaa.bbbb"


@pytest.fixture
def server() -> Iterator[Kept]:
    with mail_server() as kept:
        yield kept


@pytest.fixture
def settings(server: Kept) -> Settings:
    """The settings of a site that can send letters."""
    return sending_settings(server.port)


@pytest.fixture
def number(store: Store) -> int:
    """An entry that is due."""
    return save_entry(store, name="Kitewing Youth")


@pytest.fixture
def token(store: Store, number: int) -> str:
    """A link to it that was sent some days ago and opens nothing any longer."""
    word = open_link(store, number, SECRET)
    earlier = datetime.now(UTC) - timedelta(days=3)
    with store.writing() as session:
        session.execute(update(VerificationRequestRow).values(asked_at=earlier, expires_at=earlier))
    return word


def test_a_link_that_opens_nothing_offers_a_new_one(newcomer: Reader, token: str) -> None:
    page = newcomer.get(f"/entry/{token}", 410)

    assert "Send me a new link" in page.text
    assert "Kitewing" not in page.html
    assert ADDRESS not in page.html


def test_a_new_link_is_sent_to_the_address_on_record_and_opens_the_entry(
    newcomer: Reader, store: Store, server: Kept, token: str
) -> None:
    page = ask_again(newcomer, token, email="somebody@else.example")

    assert page.heading == "Look in your mailbox"
    (letter,) = server.letters
    assert letter["To"] == ADDRESS
    assert letter["Subject"] == "A new link to the entry of Kitewing Youth in our directory"
    text = letter.get_content()
    newer = next(word for word in text.split() if "/entry/" in word).rpartition("/")[2]
    assert newcomer.get(f"/entry/{newer}").heading == "Is this entry still right?"
    newcomer.get(f"/entry/{token}", 410)
    with store.reading() as session:
        assert list_requests(session)[0].asked_by == "its contact"


def test_a_link_that_has_been_answered_gets_another(
    newcomer: Reader, store: Store, server: Kept, number: int
) -> None:
    token = open_link(store, number, SECRET)
    newcomer.send(f"/entry/{token}", newcomer.get(f"/entry/{token}").fields())
    with store.writing() as session:
        earlier = datetime.now(UTC) - timedelta(days=2)
        session.execute(update(VerificationRequestRow).values(asked_at=earlier))
    ask_again(newcomer, token)

    assert [letter["To"] for letter in server.letters] == [ADDRESS]


def test_there_is_one_letter_a_day_at_most(newcomer: Reader, server: Kept, token: str) -> None:
    for _ in range(3):
        ask_again(newcomer, token)

    assert len(server.letters) == 1


@pytest.mark.parametrize("choice", [Answer.WITHDREW_NAME, Answer.WITHDREW_ENTRY])
def test_whoever_took_their_name_out_is_sent_nothing(
    newcomer: Reader, store: Store, server: Kept, number: int, choice: Answer
) -> None:
    token = open_link(store, number, SECRET)
    path = f"/entry/{token}/withdraw"
    newcomer.send(path, {**newcomer.get(path).fields(), "choice": choice.value})
    with store.writing() as session:
        earlier = datetime.now(UTC) - timedelta(days=2)
        session.execute(update(VerificationRequestRow).values(asked_at=earlier))
    ask_again(newcomer, token)

    assert server.letters == []


def test_the_answer_is_the_same_whether_the_link_was_ever_one(
    newcomer: Reader, server: Kept, token: str
) -> None:
    words = (token, token, UNKNOWN)
    known, again, never = (without_tokens(ask_again(newcomer, word).html) for word in words)

    assert known == again == never
    ended = newcomer.get(f"/entry/{token}", 410).html.replace(token, "")
    assert without_tokens(ended) == without_tokens(
        newcomer.get(f"/entry/{UNKNOWN}", 404).html.replace(UNKNOWN, "")
    )
    assert len(server.letters) == 1


def test_a_letter_that_is_not_taken_is_told_to_nobody_and_logged_without_the_address(
    newcomer: Reader, server: Kept, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.hangs_up = True
    page = ask_again(newcomer, token)

    assert page.heading == "Look in your mailbox"
    assert "did not take a letter with a new link" in caplog.text
    assert ADDRESS not in caplog.text
    assert token not in caplog.text


def test_a_site_that_sends_no_letters_offers_none(store: Store, token: str) -> None:
    app = create_app(Settings(secret_key=SECRET), store)
    app.testing = True
    with Reader(app) as reader:
        page = reader.get(f"/entry/{token}", 410)
        assert "Send me a new link" not in page.text
        assert "reply to the letter" in page.text
        data = {"csrf_token": reader.token()}
        assert reader.client.post(f"/entry/{token}/again", data=data).status_code == 404


def test_asking_for_new_links_is_limited(settings: Settings, store: Store, token: str) -> None:
    app = create_app(settings.model_copy(update={"new_link_limit": "2 per hour"}), store)
    app.testing = True
    with Reader(app) as reader:
        data = {"csrf_token": reader.token()}
        codes = [
            reader.client.post(f"/entry/{word}/again", data=data).status_code
            for word in (token, UNKNOWN, token)
        ]
    wait_for_letters()

    assert codes == [302, 302, 429]


def test_a_request_without_the_token_of_the_form_sends_nothing(
    newcomer: Reader, server: Kept, token: str
) -> None:
    newcomer.send(f"/entry/{token}/again", {}, 400)
    wait_for_letters()

    assert server.letters == []


def ask_again(reader: Reader, token: str, **more: str) -> Page:
    """Press the button, and wait until what it does has been done."""
    data = {"csrf_token": reader.token(), **more}
    response = reader.send(f"/entry/{token}/again", data)
    wait_for_letters()
    return reader.get(response.location)


def wait_for_letters() -> None:
    """Wait for whatever is being sent."""
    for one in threading.enumerate():
        if one.name == THREAD:
            one.join(30)


def without_tokens(html: str) -> str:
    """A page without what differs with every request."""
    kept = (line for line in html.splitlines() if "csrf_token" not in line and "nonce" not in line)
    return "\n".join(kept)
