"""What somebody who means harm would try on the site."""

import pytest
from flask import Flask

from mapper.config import DEFAULT_SECRET, Settings
from mapper.store.session import Store
from mapper.store.users import save_user
from mapper.web import create_app
from mapper.web.people import hash_password
from tests.factories import make_user
from tests.integration.web.conftest import SECRET
from tests.integration.web.reader import Reader
from tests.web_site import PASSWORD

PARTNER = "partner@example.org"


@pytest.mark.parametrize("name", ["_method", "_external", "_scheme", "_anchor", "endpoint"])
def test_a_page_number_keeps_every_name_in_the_address_as_a_plain_name(
    visitor: Reader, name: str
) -> None:
    page = visitor.client.get("/activities", query_string={name: "POST", "page": "1"})
    assert page.status_code == 200


@pytest.mark.parametrize("number", [2**31, 2**63, 10**20])
@pytest.mark.parametrize(
    "path",
    ["/organisations/{}", "/activities/{}", "/loads/{}", "/duplicates/{}", "/duplicates/merged/{}"],
)
def test_a_number_that_no_record_can_have_leads_nowhere(
    analyst: Reader, path: str, number: int
) -> None:
    assert analyst.client.get(path.format(number)).status_code == 404


def test_a_line_break_in_where_to_go_next_leads_home(newcomer: Reader) -> None:
    newcomer.sign_in(PARTNER, PASSWORD)
    response = newcomer.client.get("/sign-in?next=/%0d%0aSet-Cookie:%20a=b")
    assert response.location == "/"


def test_a_new_password_ends_every_session(site: Flask, store: Store) -> None:
    with Reader(site) as reader:
        reader.sign_in(PARTNER, PASSWORD)
    assert reader.client.get("/practice").status_code == 200
    with store.writing() as writing:
        save_user(writing, make_user(email=PARTNER, password_hash=hash_password("quite another")))
    assert reader.client.get("/practice").status_code == 302


def test_pages_of_those_who_sign_in_are_kept_nowhere(partner: Reader) -> None:
    for path in ("/", "/practice", "/activities/1"):
        assert partner.fetch(path).headers["Cache-Control"] == "private, no-store"


def test_a_demo_without_a_key_signs_with_one_that_nobody_knows(store: Store) -> None:
    app = create_app(Settings(demo=True), store)
    assert app.config["SECRET_KEY"] != DEFAULT_SECRET


def _last_answer(store: Store, proxies: int) -> int:
    """The status of a second try to sign in, which comes from another person, as a proxy says."""
    limited = Settings(secret_key=SECRET, sign_in_limit="1 per minute", trusted_proxies=proxies)
    with Reader(create_app(limited, store)) as reader:
        data = {"email": PARTNER, "password": "wrong", "csrf_token": reader.token()}
        for person in ("192.0.2.1", "192.0.2.2"):
            told = {"X-Forwarded-For": f"198.51.100.{person[-1]}, {person}"}
            status = reader.client.post("/sign-in", data=data, headers=told).status_code
    return status


def test_people_behind_a_trusted_proxy_are_counted_each(store: Store) -> None:
    assert _last_answer(store, proxies=1) == 200


def test_nobody_passes_for_another_without_a_trusted_proxy(store: Store) -> None:
    assert _last_answer(store, proxies=0) == 429
