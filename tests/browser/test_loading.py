"""Loading a file in a real browser: upload, columns, check, load, and the list of what was."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mapper.domain.role import Role
from mapper.ingest.demo import DEMO_ACCOUNTS
from tests.browser.test_site import AXE, DESK, PHONE, SERIOUS

ANALYST = next(account for account in DEMO_ACCOUNTS if account.role is Role.ANALYST)
A_WHILE_MS = 120_000
ODD = """Wot,Run by,Kick-off,Spot
Rowing in the rain,Invented Rowing Trust,06/01/2026,PO1 3AX
Chess,Pretend Library,31/02/2026,SO14 7LW
Darts,Made-up Darts Club,08/01/2026,PO1 3AX
"""


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill(ANALYST.email)
    page.get_by_label("Password", exact=True).fill(ANALYST.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(ANALYST.name)).to_be_visible()


def require_accessible(page: Page) -> None:
    """Nothing that axe calls serious, and nothing wider than the window, at either width."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        faults = page.evaluate("axe.run().then((results) => results.violations)")
        assert [each["id"] for each in faults if each["impact"] in SERIOUS] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.browser
def test_the_walk_from_a_file_to_what_was_loaded(
    page: Page, demo_site: str, complaints: list[str], tmp_path: Path
) -> None:
    (tmp_path / "winter.csv").write_text(ODD, encoding="utf-8")
    sign_in(page, demo_site)
    page.get_by_role("link", name="Load data").click()
    require_accessible(page)
    page.get_by_label("Activities", exact=True).check()
    page.get_by_label("Files").set_input_files(tmp_path / "winter.csv")
    page.get_by_label("Name of the source").fill("Winter returns")
    page.get_by_role("button", name="Upload").click()

    columns = page.get_by_role("heading", name="What the columns hold")
    expect(columns).to_be_visible(timeout=A_WHILE_MS)
    page.get_by_label("Wot").select_option(label="Title (needed)")
    require_accessible(page)
    page.get_by_role("button", name="Continue").click()

    preview = page.get_by_role("heading", name="Check before loading")
    expect(preview).to_be_visible(timeout=A_WHILE_MS)
    expect(page.get_by_text("line 3: 31/02/2026")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Load it").click()

    expect(page.get_by_text("Load another file")).to_be_visible(timeout=A_WHILE_MS)
    require_accessible(page)
    page.get_by_role("link", name="Load another file").click()
    expect(page.get_by_role("row", name="winter.csv Winter returns Activities")).to_be_visible()
    page.goto(f"{demo_site}/activities")
    assert complaints == []


@pytest.mark.browser
def test_a_file_can_be_loaded_without_scripts(
    browser: Browser, demo_site: str, tmp_path: Path
) -> None:
    (tmp_path / "summer.csv").write_text(
        "Title,Lead organisation,First date,Postcode\n"
        "Kites,Invented Kite Trust,06/07/2026,PO1 3AX\n"
    )
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site)
    page.goto(f"{demo_site}/load")
    page.get_by_label("Activities", exact=True).check()
    page.get_by_label("Files").set_input_files(tmp_path / "summer.csv")
    page.get_by_role("button", name="Upload").press("Enter")
    load_it = page.get_by_role("button", name="Load it")
    expect(load_it).to_be_visible(timeout=A_WHILE_MS)
    load_it.press("Enter")
    expect(page.get_by_text("Load another file")).to_be_visible(timeout=A_WHILE_MS)
    context.close()


@pytest.mark.browser
def test_a_long_name_without_spaces_widens_no_page(
    page: Page, demo_site: str, tmp_path: Path
) -> None:
    name = f"{'a_long_name_' * 9}.csv"
    (tmp_path / name).write_text("Monday,18:00,19:00,The Mill,PO1 3AX\n" * 2, encoding="utf-8")
    sign_in(page, demo_site)
    page.goto(f"{demo_site}/load")
    page.get_by_label("Activities", exact=True).check()
    page.get_by_label("Files").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Upload").click()

    refused = page.get_by_role("heading", name="This cannot be loaded")
    expect(refused).to_be_visible(timeout=A_WHILE_MS)
    require_accessible(page)
