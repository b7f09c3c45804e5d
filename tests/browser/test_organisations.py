"""An organisation's page and its forms in a real browser, without scripts and on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_site import ANALYST, DESK, PARTNER, PHONE, found_by_axe, is_wide, sign_in


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_entry_is_read_corrected_and_given_back_without_a_serious_barrier(
    page: Page, demo_site: str, complaints: list[str], size: Any
) -> None:
    opening = f"Mondays, and for {size['width']} minutes on Tuesdays"
    page.set_viewport_size(size)
    sign_in(page, demo_site, ANALYST)
    page.goto(f"{demo_site}/organisations/1")
    barriers = look(page, "profile")
    page.get_by_role("button", name="Correct the entry").click()
    barriers += look(page, "form")
    page.get_by_role("button", name="Add another site").click()
    page.get_by_label("When is it open? (optional)").fill(opening)
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what you change")
    barriers += look(page, "check")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("The entry is corrected.")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text(opening).first).to_be_visible()
    barriers += look(page, "history")
    page.go_back()
    page.get_by_role("button", name="Give back to its source").click()
    expect(page.get_by_text("The field is given back.")).to_be_visible()
    page.get_by_role("button", name="Set the status").click()
    barriers += look(page, "status")

    assert barriers == []
    assert complaints == []


@pytest.mark.browser
def test_a_partner_adds_an_organisation_with_two_sites_without_scripts(
    browser: Browser, demo_site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site, PARTNER)
    page.goto(f"{demo_site}/organisations/new")
    page.get_by_label("What is the organisation called?").fill("A Group With an Annexe")
    page.get_by_label("Postcode of the main site").fill("PO1 3AX")
    page.get_by_role("button", name="Add another site").click()
    page.get_by_label("Name of the site (optional)").fill("The annexe")
    page.locator("#sites-0-postcode").fill("SO14 7DU")
    page.get_by_role("button", name="Continue").last.click()
    page.locator("button[value=save]").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A Group With an Annexe")
    expect(page.get_by_text("The annexe")).to_be_visible()
    context.close()


def look(page: Page, name: str) -> list[str]:
    """What is wrong with a page for those who use it otherwise than by eye and mouse."""
    return [*found_by_axe(page), *([f"wide {name}"] if is_wide(page) else [])]
