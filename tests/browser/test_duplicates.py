"""The review of duplicates in a real browser, by keyboard, without scripts and on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_site import ANALYST, DESK, PHONE, found_by_axe, is_wide, sign_in

_SEARCH_MS = 60_000


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_review_has_no_serious_barrier_from_the_search_to_the_undoing(
    page: Page, demo_site: str, complaints: list[str], size: Any
) -> None:
    page.set_viewport_size(size)
    sign_in(page, demo_site, ANALYST)
    search(page, demo_site)
    barriers = [*found_by_axe(page), *(["wide queue"] if is_wide(page) else [])]
    page.locator(".pair a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One organisation or two?")
    barriers += [*found_by_axe(page), *(["wide pair"] if is_wide(page) else [])]
    page.get_by_label("They are one organisation").first.check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The two are one organisation now.")).to_be_visible()
    page.goto(f"{demo_site}/duplicates/merged")
    barriers += [*found_by_axe(page), *(["wide merges"] if is_wide(page) else [])]
    page.locator("#merges tbody th a").first.click()
    barriers += found_by_axe(page)
    page.get_by_role("button", name="Undo the merge").click()

    expect(page.get_by_text("The two stand apart as before.")).to_be_visible()
    assert barriers == []
    assert complaints == []


@pytest.mark.browser
def test_a_pair_is_decided_of_without_scripts(browser: Browser, demo_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site, ANALYST)
    search(page, demo_site)
    page.locator(".pair a").last.click()
    page.get_by_label("They are two: keep them apart for now").check()
    page.get_by_role("button", name="Decide").click()

    expect(page.get_by_text("kept apart until either record changes")).to_be_visible()
    context.close()


def search(page: Page, address: str) -> None:
    """Search the directory, and wait on that page until the result is there."""
    page.goto(f"{address}/duplicates")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("The search has ended")).to_be_visible(timeout=_SEARCH_MS)
