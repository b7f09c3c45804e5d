"""Links that organisations declare on the site: by partners of their own, by analysts of any."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from mapper.domain.role import Role
from mapper.domain.tie import DeclaredLink, Layer
from mapper.store.declared_links import kept_links, list_declared_links
from mapper.store.session import Store
from mapper.store.users import save_user
from mapper.web.people import hash_password
from tests.factories import make_user
from tests.integration.web.reader import Page, Reader, text_of
from tests.web_site import HIDDEN_ADDRESS, PASSWORD

ADDRESS = "/network/declared"
TRUST, LIBRARY = "Portsmouth Youth Trust", "Southampton Library"
ANSWERS = {
    "kind": "referral",
    "way": "out",
    "other": LIBRARY,
    "since": ["3", "2", "2025"],
}


@pytest.fixture
def trusted(writer: Reader) -> Reader:
    """A partner of the trust, who has signed in."""
    return writer


@pytest.fixture
def stranger(site: Flask, store: Store) -> Reader:
    """A partner of an organisation that is not in the directory, who has signed in."""
    with store.writing() as session:
        save_user(
            session,
            make_user(
                email="stranger@example.org",
                role=Role.PARTNER,
                organisation_name="Nobody Knows Us",
                password_hash=hash_password(PASSWORD),
            ),
        )
    reader = Reader(site)
    reader.sign_in("stranger@example.org", PASSWORD)
    return reader


def declare(reader: Reader, **changes: Any) -> None:
    reader.send(ADDRESS, {"csrf_token": reader.token(ADDRESS)} | ANSWERS | changes)


def refused(reader: Reader, **changes: Any) -> Page:
    return reader.post(ADDRESS, {"csrf_token": reader.token(ADDRESS)} | ANSWERS | changes)


def links(store: Store) -> list[DeclaredLink]:
    with store.reading() as session:
        return list_declared_links(session)


def press(reader: Reader, what: str, status: int = 302) -> None:
    token = {"csrf_token": reader.token(ADDRESS)}
    if status == 302:
        reader.send(f"{ADDRESS}/1/{what}", token)
    else:
        reader.post(f"{ADDRESS}/1/{what}", token, status)


def test_a_partner_writes_down_a_link_of_their_own_organisation(
    trusted: Reader, store: Store
) -> None:
    declare(trusted)
    (link,) = links(store)
    day = datetime(2025, 2, 3, tzinfo=UTC).date()
    assert link == DeclaredLink(
        layer=Layer.REFERRAL, from_id=1, to_id=2, declared_by_id=1, declared_on=day
    )
    row = text_of(trusted.get(ADDRESS).one("table[@id='links']/tbody/tr"))
    assert f"{TRUST} {LIBRARY} referral {TRUST} Since 3 February 2025" in row
    with store.reading() as session:
        assert [each.registered_by for each in kept_links(session)] == ["partner@example.org"]


def test_a_partner_cannot_speak_for_another_organisation(trusted: Reader, store: Store) -> None:
    declare(trusted, says=LIBRARY, way="in")
    (link,) = links(store)
    assert (link.from_id, link.to_id, link.declared_by_id) == (2, 1, 1)


def test_an_analyst_writes_down_and_ends_a_link_of_any(loader: Reader, store: Store) -> None:
    declare(loader, says=LIBRARY, other=TRUST, kind="membership")
    press(loader, "end")
    (link,) = links(store)
    assert (link.layer, link.declared_by_id) == (Layer.MEMBERSHIP, 2)
    assert link.ended_on == datetime.now(UTC).date()
    assert "Nothing: it has ended" in loader.get(ADDRESS).text
    history = loader.get("/organisations/1/history").text
    assert "Declared link" in history
    assert "a link that was declared" in history
    assert "ended on" in history


def test_the_other_side_confirms_a_link_and_nobody_else_may_touch_it(
    trusted: Reader, loader: Reader, stranger: Reader, store: Store
) -> None:
    declare(loader, says=LIBRARY, other=TRUST)
    for what in ("confirm", "end"):
        press(stranger, what, 403)
    assert links(store)[0].confirmed_on is None
    assert LIBRARY not in text_of(stranger.get(ADDRESS).one("main")).partition("Write a link")[0]
    press(trusted, "confirm")
    assert links(store)[0].confirmed_on == datetime.now(UTC).date()
    assert "confirmed on" in trusted.get(ADDRESS).text


def test_who_declared_a_link_does_not_confirm_it(trusted: Reader, store: Store) -> None:
    declare(trusted)
    assert "Confirm:" not in trusted.get(ADDRESS).text
    press(trusted, "confirm", 403)
    assert links(store)[0].confirmed_on is None


@pytest.mark.parametrize(
    ("changes", "box", "told"),
    [
        ({"other": "Southhampton Libary"}, "other", "is called"),
        ({"other": TRUST}, "other", "must be another"),
        ({"other": ""}, "other", "Enter the name"),
        ({"kind": ""}, "kind", "Choose what ties"),
        ({"kind": "joint-activity"}, "kind", "valid choice"),
        ({"way": ""}, "way", "Choose which way"),
        ({"since": ["31", "2", "2025"]}, "since", "real date"),
        ({"since": ["1", "1", "2099"]}, "since", "still to come"),
    ],
)
def test_what_is_no_link_is_said_at_its_box_and_nothing_is_kept(
    trusted: Reader, store: Store, changes: dict[str, Any], box: str, told: str
) -> None:
    page = refused(trusted, **changes)
    assert told.casefold() in text_of(page.one(f"*[@id='{box}-error']")).casefold()
    assert text_of(page.one("title")).startswith("Error:")
    assert links(store) == []


def test_a_link_that_holds_is_not_written_down_twice(trusted: Reader, store: Store) -> None:
    declare(trusted)
    assert "written down already" in refused(trusted, since=["4", "2", "2025"]).text
    press(trusted, "end")
    declare(trusted, since=["4", "2", "2025"])
    assert [link.ended_on for link in links(store)] == [None]


def test_a_partner_of_no_known_organisation_is_told_whom_to_ask(stranger: Reader) -> None:
    page = stranger.get(ADDRESS)
    assert "Ask an analyst" in page.text
    assert page.all("input[@name='other']") == []
    assert HIDDEN_ADDRESS not in page.text


def test_a_visitor_may_write_nothing_down(newcomer: Reader) -> None:
    assert newcomer.fetch(ADDRESS, 302).location.startswith("/sign-in")
    assert newcomer.get("/network").all(f"a[@href='{ADDRESS}']") == []
