"""From a messy file to a clean directory, on a phone and by keyboard: no command line anywhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_site import ANALYST, PHONE, found_by_axe, is_wide, sign_in

A_WHILE_MS = 120_000
LIST = """Who,What sort,Spot,Reach,Wobsite
Kittiwake Row Boxing Club,sport,PO1 3AX,Portsmouth,https://kittiwake.example.org
Kittiwake Row Boxing Club Ltd,club,PO1 3AX,Portsmouth; Southampton,https://kittiwake.example.org
Kittiwake Row Pantry,food bank,ZZ9 9ZZ,,
"""
SOURCE = "Walked list"


@pytest.mark.browser
def test_the_walk_from_a_messy_file_to_one_organisation_on_its_page(
    page: Page, demo_site: str, complaints: list[str], tmp_path: Path
) -> None:
    barriers: list[str] = []

    def look(name: str) -> None:
        barriers.extend(f"{name}: {each}" for each in found_by_axe(page))
        barriers.extend([f"{name} is wide"] if is_wide(page) else [])

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    sign_in(page, demo_site, ANALYST)
    (tmp_path / "walked.csv").write_text(LIST, encoding="utf-8")
    go(page, "Load data", "Load data")
    look("upload")
    page.get_by_label("Organisations", exact=True).press("Space")
    page.get_by_label("Files").set_input_files(tmp_path / "walked.csv")
    page.get_by_label("Name of the source").fill(SOURCE)
    enter(page.get_by_role("button", name="Upload"))

    heading(page, "What the columns hold")
    look("columns")
    page.get_by_label("Who holds").select_option(label="Name (needed)")
    page.get_by_label("What sort holds").select_option(label="Kind")
    page.get_by_label("Spot holds").select_option(label="Postcode")
    page.get_by_label("Reach holds").select_option(label="Areas served")
    page.get_by_label("Wobsite holds").select_option(label="Website")
    enter(page.get_by_role("button", name="Continue"))

    heading(page, "Check before loading")
    look("preview")
    expect(page.get_by_text("does not say for certain what kind it is").first).to_be_visible()
    expect(page.get_by_text("line 4").first).to_be_visible()
    enter(page.get_by_role("button", name="Load it"))
    expect(page.get_by_text("Load another file")).to_be_visible(timeout=A_WHILE_MS)
    look("result")

    go(page, "Duplicates", "Organisations that may be in the directory twice")
    look("duplicates before the search")
    enter(page.get_by_role("button", name="Search"))
    expect(page.get_by_role("alert")).to_contain_text("The search has ended", timeout=A_WHILE_MS)
    look("duplicates")
    page.get_by_label("Source").select_option(SOURCE)
    enter(page.get_by_role("button", name="Show"))
    enter(page.get_by_role("link", name="Kittiwake Row Boxing Club").first)
    heading(page, "One organisation or two?")
    look("pair")
    page.get_by_label("“Kittiwake Row Boxing Club” (").press("Space")
    enter(page.get_by_role("button", name="Decide"))
    expect(page.get_by_text("The two are one organisation now.")).to_be_visible()

    go(page, "Organisations", "Organisations")
    page.get_by_role("main").get_by_role("searchbox").fill("kittiwake")
    page.keyboard.press("Enter")
    enter(page.get_by_role("main").get_by_role("link", name="Kittiwake Row Boxing Club"))
    heading(page, "Kittiwake Row Boxing Club")
    look("profile")
    for words in ("Sports club", "Portsmouth; Southampton", "Kittiwake Row Boxing Club Ltd"):
        expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()
    assert barriers == []
    assert complaints == []


def go(page: Page, place: str, words: str) -> None:
    """Open a place of the menu, which is folded away on a phone, and wait for its heading."""
    enter(page.get_by_role("button", name="Menu"))
    enter(page.get_by_role("navigation").get_by_role("link", name=place, exact=True))
    heading(page, words)


def enter(what: Locator) -> None:
    """Press what has the focus, as who has no mouse does."""
    what.focus()
    expect(what).to_be_focused()
    what.page.keyboard.press("Enter")


def heading(page: Page, words: str) -> None:
    """Wait until a page is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=A_WHILE_MS)
