"""Signing in and out, and who is let in where."""

from collections.abc import Iterator

import pytest
from flask import Flask

from mapper.config import DEFAULT_SECRET, Settings
from mapper.errors import SettingError
from mapper.ingest.demo import DEMO_ACCOUNTS
from mapper.store.session import Store
from mapper.store.users import find_user, save_user
from mapper.web import create_app
from tests.factories import make_user
from tests.integration.web.conftest import SECRET
from tests.integration.web.reader import Reader
from tests.web_site import PASSWORD

PARTNER = "partner@example.org"


@pytest.fixture
def closed(store: Store) -> Iterator[Reader]:
    """Somebody before a site whose public view is closed."""
    with Reader(create_app(Settings(secret_key=SECRET), store)) as reader:
        yield reader


def test_signing_in_leads_home(newcomer: Reader) -> None:
    response = newcomer.sign_in(PARTNER, PASSWORD)

    assert response.location == "/"


def test_an_address_is_found_whatever_its_case(newcomer: Reader) -> None:
    newcomer.sign_in(" Partner@Example.ORG ", PASSWORD)

    assert "Pat Partner" in newcomer.get("/").text


def test_signing_in_leads_to_the_page_that_was_wanted(closed: Reader) -> None:
    sent = closed.fetch("/gaps/E06000044", 302)
    data = {"email": PARTNER, "password": PASSWORD, "csrf_token": closed.token(sent.location)}

    assert closed.send(sent.location, data).location == "/gaps/E06000044"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\e"],
)
def test_signing_in_never_leads_to_another_site(address: str, newcomer: Reader) -> None:
    data = {"email": PARTNER, "password": PASSWORD, "csrf_token": newcomer.token()}
    response = newcomer.client.post("/sign-in", query_string={"next": address}, data=data)

    assert response.location == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [(PARTNER, "wrong"), ("nobody@example.org", PASSWORD), ("nobody@example.org", "wrong")],
)
def test_a_refusal_does_not_say_what_was_wrong(email: str, password: str, newcomer: Reader) -> None:
    data = {"email": email, "password": password, "csrf_token": newcomer.token()}
    page = newcomer.post("/sign-in", data)

    assert "There is a problem Enter a correct email address and password" in page.text
    assert password not in page.html


def test_an_empty_form_says_what_to_enter(newcomer: Reader) -> None:
    page = newcomer.post("/sign-in", {"csrf_token": newcomer.token()})

    assert "Enter your email address Enter your password" in page.text


def test_a_closed_account_may_not_sign_in(newcomer: Reader, store: Store) -> None:
    _close_account(store)
    data = {"email": PARTNER, "password": PASSWORD, "csrf_token": newcomer.token()}

    assert "There is a problem" in newcomer.post("/sign-in", data).text


def test_an_account_that_is_closed_is_signed_out_at_once(writer: Reader, store: Store) -> None:
    _close_account(store)

    assert writer.fetch("/practice", 302).location.startswith("/sign-in")


def test_what_was_in_the_session_before_signing_in_is_gone(newcomer: Reader) -> None:
    with newcomer.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    newcomer.sign_in(PARTNER, PASSWORD)

    with newcomer.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_session(writer: Reader) -> None:
    response = writer.send("/sign-out", {"csrf_token": writer.token("/activities/new")})

    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert writer.fetch("/practice", 302).location.startswith("/sign-in")


def test_a_form_without_its_token_is_refused(newcomer: Reader) -> None:
    page = newcomer.post("/sign-in", {"email": PARTNER, "password": PASSWORD}, 400)

    assert page.heading == "The form had been open too long"


def test_too_many_attempts_are_refused(store: Store) -> None:
    limited = Settings(secret_key=SECRET, public_view=True, sign_in_limit="2 per minute")
    with Reader(create_app(limited, store)) as reader:
        data = {"email": PARTNER, "password": "wrong", "csrf_token": reader.token()}
        for _ in range(2):
            reader.post("/sign-in", data)
        page = reader.post("/sign-in", data | {"password": PASSWORD}, 429)

    assert page.heading == "Too many attempts"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(newcomer: Reader) -> None:
    cookie = newcomer.sign_in(PARTNER, PASSWORD).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_cookie_is_sent_over_https_only_where_there_is_https(store: Store) -> None:
    secure = Settings(secret_key=SECRET, public_view=True, secure_cookies=True)
    client = create_app(secure, store).test_client()
    response = client.get("/sign-in", base_url="https://mapper.example")

    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_a_password_is_kept_only_as_a_slow_hash(store: Store) -> None:
    with store.reading() as session:
        user = find_user(session, PARTNER)

    assert user is not None
    assert user.password_hash.startswith("$argon2id$")


def test_demo_accounts_are_shown_in_the_demo_only(store: Store, newcomer: Reader) -> None:
    with Reader(create_app(Settings(demo=True), store)) as reader:
        assert DEMO_ACCOUNTS[0].password in reader.get("/sign-in").html
    assert DEMO_ACCOUNTS[0].password not in newcomer.get("/sign-in").html


@pytest.mark.parametrize("secret", [DEFAULT_SECRET, "short", "x" * 31])
def test_a_site_with_a_secret_others_could_guess_refuses_to_start(
    secret: str, store: Store
) -> None:
    with pytest.raises(SettingError, match="MAPPER_SECRET_KEY"):
        create_app(Settings(secret_key=secret), store)


def test_the_demo_starts_without_a_secret(store: Store) -> None:
    assert isinstance(create_app(Settings(demo=True), store), Flask)


def test_an_activity_may_not_be_registered_by_a_visitor(newcomer: Reader) -> None:
    token = newcomer.token()
    response = newcomer.send("/activities/new", {"csrf_token": token, "step": "save"})

    assert response.location == "/sign-in"


def _close_account(store: Store) -> None:
    with store.writing() as session:
        user = find_user(session, PARTNER)
        assert user is not None
        save_user(session, make_user(password_hash=user.password_hash, is_active=False))
