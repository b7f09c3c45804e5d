"""The page on which analysts see what has to be confirmed, and ask for it."""

from collections.abc import Iterator

import pytest

from mapper.config import Settings
from mapper.domain.role import Role
from mapper.store.session import Store
from mapper.store.verifications import list_requests
from mapper.web import create_app
from tests.factories import make_contact
from tests.integration.web.conftest import SECRET, sending_settings
from tests.integration.web.reader import Reader, text_of
from tests.letters import save_entry
from tests.mail_server import REFUSED, Kept, mail_server
from tests.web_site import PASSWORD


@pytest.fixture
def server() -> Iterator[Kept]:
    with mail_server() as kept:
        yield kept


@pytest.fixture
def settings(server: Kept) -> Settings:
    """The settings of a site that can send letters."""
    return sending_settings(server.port)


@pytest.fixture
def asker(settings: Settings, store: Store) -> Iterator[Reader]:
    """An analyst who has signed in, on a site that can send letters."""
    app = create_app(settings, store)
    app.testing = True
    with Reader(app) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


@pytest.mark.parametrize("path", ["", "/unreachable", "/asked", "/send"])
def test_a_partner_may_not_look(writer: Reader, path: str) -> None:
    writer.get(f"/freshness{path}", 403)


def test_what_is_due_is_listed_the_longest_unconfirmed_first(asker: Reader, store: Store) -> None:
    save_entry(store, 13, name="Thirteen Months")
    save_entry(store, 16, name="Sixteen Months")
    page = asker.get("/freshness")

    names = [text_of(cell) for cell in page.all("tbody//th")]
    assert names == ["Sixteen Months", "Thirteen Months"]
    assert "not shown to the public, and not counted" in page.text


def test_contacts_are_named_on_no_page(asker: Reader, store: Store) -> None:
    save_entry(store, contacts=(make_contact(name="Sam Silent", email="s@x.org", consent=None),))
    pages = [asker.get(f"/freshness{path}").html for path in ("", "/send")]
    asker.send("/freshness/send", asker.get("/freshness/send").fields())
    pages.append(asker.get("/freshness/asked").html)

    assert not any("Sam Silent" in html or "s@x.org" in html for html in pages)


def test_an_entry_without_an_address_is_listed_to_be_phoned(asker: Reader, store: Store) -> None:
    save_entry(store, name="No Address", contacts=())
    save_entry(store, name="With Address")

    text = asker.get("/freshness/unreachable").text
    assert "No Address" in text
    assert "With Address" not in text
    assert "1 entry to be confirmed by telephone" in text


def test_where_everybody_can_be_written_to_nobody_is_counted(asker: Reader, store: Store) -> None:
    save_entry(store, name="With Address")

    text = asker.get("/freshness/unreachable").text
    assert "Every entry that is due has somebody to write to." in text
    assert "0 entries" not in text


def test_letters_are_sent_once_it_has_been_seen_to_whom(
    asker: Reader, store: Store, server: Kept
) -> None:
    save_entry(store, name="Harbour Trust")
    page = asker.get("/freshness/send")
    assert "Harbour Trust" in page.text
    assert server.letters == []
    asker.send("/freshness/send", page.fields())

    assert "1 letter sent." in asker.get("/freshness").text
    (letter,) = server.letters
    assert "Harbour Trust" in letter["Subject"]
    assert "https://mapper.example.org/entry/" in letter.get_content()
    with store.reading() as session:
        assert list_requests(session)[0].asked_by == f"{Role.ANALYST.value}@example.org"


def test_only_what_was_looked_at_is_sent(asker: Reader, store: Store, server: Kept) -> None:
    save_entry(store, name="Harbour Trust")
    page = asker.get("/freshness/send")
    save_entry(store, name="Came Later")
    asker.send("/freshness/send", page.fields())

    assert len(server.letters) == 1


def test_the_same_page_sent_twice_asks_once(asker: Reader, store: Store, server: Kept) -> None:
    save_entry(store)
    page = asker.get("/freshness/send")
    asker.send("/freshness/send", page.fields())
    asker.send("/freshness/send", page.fields())

    assert len(server.letters) == 1
    assert "Nobody was left to ask" in asker.get("/freshness").text


def test_a_letter_that_is_not_taken_is_told_and_the_others_go_on(
    asker: Reader, store: Store, server: Kept
) -> None:
    save_entry(store, name="Gone Away", contacts=(make_contact(email=REFUSED),))
    save_entry(store, name="Harbour Trust")
    asker.send("/freshness/send", asker.get("/freshness/send").fields())

    text = asker.get("/freshness").text
    assert "1 letter sent." in text
    assert "The letter about Gone Away was not taken." in text
    assert len(server.letters) == 1


def test_what_was_asked_is_listed(asker: Reader, store: Store) -> None:
    save_entry(store, name="Harbour Trust")
    asker.send("/freshness/send", asker.get("/freshness/send").fields())

    text = asker.get("/freshness/asked").text
    assert "Harbour Trust" in text
    assert "none yet" in text
    assert "wait for the answer" in asker.get("/freshness").text


def test_a_site_without_a_mail_server_says_so(site_analyst: Reader, store: Store) -> None:
    save_entry(store)
    page = site_analyst.get("/freshness")

    assert "MAPPER_SITE_URL" in page.text
    assert page.all("a[@href='/freshness/send']") == []
    site_analyst.send("/freshness/send", site_analyst.get("/freshness/send").fields())
    assert "Nothing was changed" in site_analyst.get("/freshness").text


@pytest.fixture
def site_analyst(store: Store) -> Iterator[Reader]:
    """An analyst who has signed in, on a site that can send no letters."""
    app = create_app(Settings(secret_key=SECRET), store)
    app.testing = True
    with Reader(app) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader
