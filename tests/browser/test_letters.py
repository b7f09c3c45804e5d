"""From an entry that is due to one its contact has changed, in a real browser."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.ingest.demo import DemoAccount
from mapper.mail.sender import Security
from mapper.store.models import VerificationRequestRow
from mapper.store.schema import upgrade
from mapper.store.session import open_store
from tests.browser.conftest import free_port, wait_for
from tests.browser.test_site import DESK, PHONE, found_by_axe, is_wide, sign_in
from tests.factories import make_place, make_user
from tests.letters import save_entry
from tests.mail_server import SENDER, Kept, mail_server
from tests.web_site import PASSWORD, fill_site

ANALYST = DemoAccount(
    email=f"{Role.ANALYST.value}@example.org",
    password=PASSWORD,
    name=make_user().name,
    organisation_name="",
    role=Role.ANALYST,
)


@dataclass(frozen=True)
class LetterSite:
    """A site that sends letters, and the server that takes them."""

    address: str
    mail: Kept
    log: Path
    database: str

    def link(self) -> str:
        """The link in the latest letter."""
        words = self.mail.letters[-1].get_content().split()
        return str(next(word for word in words if "/entry/" in word))

    def let_days_pass(self, days: int) -> None:
        """Have every letter been sent some days earlier."""
        store = open_store(self.database)
        earlier = datetime.now(UTC) - timedelta(days=days)
        with store.writing() as session:
            session.execute(update(VerificationRequestRow).values(asked_at=earlier))
        store.dispose()


@pytest.fixture
def letter_site(tmp_path: Path) -> Iterator[LetterSite]:
    """A site with one entry that is due."""
    url = f"sqlite:///{tmp_path / 'letters.sqlite'}"
    _fill(url)
    port = free_port()
    address, log = f"http://127.0.0.1:{port}", tmp_path / "log"
    with mail_server() as mail, log.open("w") as written:
        settings = {
            "DATABASE_URL": url,
            "SECRET_KEY": "a secret of at least thirty-two characters",
            "PUBLIC_VIEW": "true",
            "SITE_URL": address,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(mail.port),
            "SMTP_SECURITY": Security.NONE.value,
            "SMTP_FROM": SENDER,
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "mapper", "serve", "--port", str(port)],
            env=os.environ | {f"MAPPER_{name}": value for name, value in settings.items()},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(address, server, log)
            yield LetterSite(address, mail, log, url)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _fill(url: str) -> None:
    store = open_store(url)
    upgrade(store)
    fill_site(url)
    save_entry(
        store,
        name="Kitewing Youth",
        description="Boxing and homework club for 11 to 17 year olds",
        opening="Mondays and Thursdays, 17:00 to 20:00",
        website="https://www.example.org",
        location=Location(postcode="PO1 3AX", address="1 High Street"),
        place=make_place(2, postcode="PO1 3AX"),
    )
    store.dispose()


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_analyst_asks_and_the_contact_changes_the_entry(
    page: Page, browser: Browser, letter_site: LetterSite, complaints: list[str], size: Any
) -> None:
    page.set_viewport_size(size)
    sign_in(page, letter_site.address, ANALYST)
    page.goto(f"{letter_site.address}/freshness")
    barriers = looked_at(page, "due")
    page.get_by_role("button", name="Send 1 request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send 1 request?")
    barriers += looked_at(page, "send")
    page.get_by_role("button", name="Send 1 request").click()
    expect(page.get_by_text("1 letter sent.")).to_be_visible()

    context = browser.new_context(viewport=size)
    own = context.new_page()
    own.goto(letter_site.link())
    expect(own.get_by_role("heading", level=1)).to_have_text("Is this entry still right?")
    barriers += looked_at(own, "entry")
    own.get_by_role("button", name="Change something").click()
    own.get_by_label("What is the organisation called?").fill("Kitewing Trust")
    own.get_by_label("Everybody, the public too").check()
    barriers += looked_at(own, "change")
    own.get_by_role("button", name="Continue").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Check your changes")
    barriers += looked_at(own, "check")
    own.get_by_role("button", name="Save").click()
    expect(own.get_by_text("Your changes are saved")).to_be_visible()
    barriers += looked_at(own, "thanks")
    own.goto(f"{letter_site.address}/organisations?q=Kitewing")
    expect(own.get_by_role("main").get_by_text("Kitewing Trust")).to_be_visible()
    own.goto(letter_site.link())
    expect(own.get_by_role("heading", level=1)).to_have_text("This link does not open anything")
    context.close()

    page.goto(f"{letter_site.address}/freshness/asked")
    expect(page.locator("#asked tbody")).to_contain_text("changed")
    barriers += looked_at(page, "asked")
    assert letter_site.link().rpartition("/")[2] not in letter_site.log.read_text()
    assert barriers == []
    assert complaints == []


@pytest.mark.browser
def test_a_contact_takes_the_entry_out_without_scripts(
    browser: Browser, letter_site: LetterSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, letter_site.address, ANALYST)
    page.goto(f"{letter_site.address}/freshness/send")
    page.get_by_role("button", name="Send 1 request").click()
    page.goto(letter_site.link())
    page.get_by_role("button", name="Take out my name or the entry").click()
    page.get_by_label("Take out the whole entry").check()
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("The entry is taken out")).to_be_visible()
    page.goto(f"{letter_site.address}/organisations")

    expect(page.get_by_text("Kitewing")).to_have_count(0)
    context.close()


@pytest.mark.browser
def test_a_contact_whose_link_was_used_gets_another_without_scripts(
    browser: Browser, letter_site: LetterSite
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, letter_site.address, ANALYST)
    page.goto(f"{letter_site.address}/freshness/send")
    page.get_by_role("button", name="Send 1 request").click()
    used = letter_site.link()
    page.goto(used)
    page.get_by_role("button", name="Everything is still right").click()
    expect(page.get_by_text("counts as confirmed today")).to_be_visible()
    letter_site.let_days_pass(2)

    page.goto(used)
    assert not is_wide(page)
    page.get_by_role("button", name="Send me a new link").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")
    assert not is_wide(page)
    wait_until(lambda: len(letter_site.mail.letters) == 2)
    assert letter_site.link() != used
    page.goto(letter_site.link())
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this entry still right?")
    context.close()


def wait_until(has_come: Callable[[], bool]) -> None:
    """Wait for what is done beside the pages."""
    end = time.monotonic() + 30
    while not has_come():
        assert time.monotonic() < end
        time.sleep(0.1)


def looked_at(page: Page, name: str) -> list[str]:
    """What keeps somebody out of the page that is open."""
    return [*found_by_axe(page), *([f"wide {name}"] if is_wide(page) else [])]
