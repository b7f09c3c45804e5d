"""The site in a real browser: the whole walk, by mouse, by keyboard and without scripts."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mapper.ingest.demo import DEMO_ACCOUNTS, DemoAccount

PARTNER, ANALYST = DEMO_ACCOUNTS
AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))
SERIOUS = {"serious", "critical"}
PAGES = (
    "/",
    "/map",
    "/areas?authority=E06000044",
    "/gaps",
    "/gaps/E06000044",
    "/activities",
    "/activities/1",
    "/activities/new",
    "/organisations",
    "/organisations?q=youth&authority=E06000044",
    "/organisations?q=nothing+is+called+so",
    "/network",
    "/network/between?then=2025-03-31&now=2025-09-30",
    "/network/declared",
    "/organisations/2/working",
    "/enough-heard",
    "/practice",
    "/about",
    "/no-such-page",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def sign_in(page: Page, address: str, account: DemoAccount = PARTNER) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill(account.email)
    page.get_by_label("Password", exact=True).fill(account.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(account.name)).to_be_visible()


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("What is the activity called?").fill(title)
    page.get_by_label("What kind of activity is it?").select_option(label="Sport or arts session")
    page.get_by_label("No, it is planned").check()
    page.get_by_label("Which organisation leads it?").fill("A Group of the Test's Own")
    first_day = page.get_by_role("group", name="First day")
    first_day.get_by_label("Day").fill("3")
    first_day.get_by_label("Month").fill("June")
    first_day.get_by_label("Year").fill("2027")
    page.get_by_label("Postcode or grid reference of the venue").fill("po1 3ax")


@pytest.mark.browser
def test_the_walk_from_the_map_to_an_activity_in_the_register(
    page: Page, demo_site: str, complaints: list[str]
) -> None:
    page.goto(demo_site)
    page.get_by_role("link", name="See it on the map").click()
    expect(page.locator(".engagement-map[data-state=ready]")).to_be_visible()
    for layer in ("Need", "Provision", "Gap between need and provision"):
        page.get_by_label(layer, exact=True).check()
    page.get_by_label("Go to an area").fill("Portsmouth 016B")
    page.keyboard.press("Enter")
    # By keyboard: the map may still be moving under a pointer.
    page.get_by_role("link", name="Read the gap report").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gap report: Portsmouth")
    expect(page.locator("tbody:target")).to_contain_text("Portsmouth 016B")
    page.locator("tbody:target summary").click()
    expect(page.locator("tbody:target .working__figures")).to_be_visible()

    sign_in(page, demo_site)
    page.get_by_role("link", name="Activities", exact=True).click()
    page.get_by_role("button", name="Register an activity").click()
    fill_in(page, "Walked through by a test")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("PO1 3AX")).to_be_visible()
    page.get_by_role("button", name="Register this activity").click()
    expect(page.get_by_text("The activity is registered.")).to_be_visible()

    page.goto(f"{demo_site}/activities?authority=E06000044")
    page.get_by_role("link", name="Walked through by a test").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Walked through by a test")
    features = page.request.get(f"{demo_site}/map/activities.geojson").text()
    assert "Walked through by a test" in features
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_serious_barrier_a_fault_or_a_request_that_leaves(
    page: Page, demo_site: str, complaints: list[str], size: Any
) -> None:
    page.set_viewport_size(size)
    sign_in(page, demo_site)
    barriers: dict[str, list[str]] = {}
    for path in PAGES:
        page.goto(f"{demo_site}{path}")
        if path == "/map":
            expect(page.locator(".engagement-map[data-state=ready]")).to_be_visible()
        barriers[path] = found_by_axe(page) + (["wider than the screen"] if is_wide(page) else [])

    assert {path: found for path, found in barriers.items() if found} == {}
    # A browser says of every page that is not found that it was not.
    assert [line for line in complaints if "404" not in line] == []


@pytest.mark.browser
def test_a_form_with_faults_has_no_serious_barrier(page: Page, demo_site: str) -> None:
    sign_in(page, demo_site)
    page.goto(f"{demo_site}/activities/new")
    page.get_by_role("button", name="Continue").click()

    assert found_by_axe(page) == []
    assert page.title().startswith("Error: ")


@pytest.mark.browser
def test_a_fault_leads_to_its_field(page: Page, demo_site: str) -> None:
    sign_in(page, demo_site)
    page.goto(f"{demo_site}/activities/new")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the first day").click()

    expect(page.get_by_role("group", name="First day").get_by_label("Day")).to_be_focused()


@pytest.mark.browser
def test_an_activity_is_registered_with_the_keyboard_alone(page: Page, demo_site: str) -> None:
    page.goto(f"{demo_site}/sign-in?next=/activities/new")
    to(page, "email")
    page.keyboard.type(PARTNER.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PARTNER.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Register an activity")
    to(page, "title")
    page.keyboard.type("Typed by a test")
    to(page, "type")
    page.keyboard.type("work")
    to(page, "status")
    page.keyboard.press("Space")
    to(page, "starts_on-day")
    for part in ("4", "3", "2025"):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    to(page, "postcode")
    page.keyboard.type("SO14 7DU")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.value") == "save":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The activity is registered.")).to_be_visible()


@pytest.mark.browser
def test_an_activity_is_registered_without_scripts(browser: Browser, demo_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site)
    page.goto(f"{demo_site}/activities/new")
    fill_in(page, "Registered without scripts")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Register this activity").click()

    expect(page.get_by_text("The activity is registered.")).to_be_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["scripts", "no-scripts"]
)
def test_a_link_to_an_area_that_is_folded_away_opens_the_fold(
    browser: Browser, demo_site: str, options: Any
) -> None:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{demo_site}/gaps/E06000044")
    last = page.locator("#areas-others tbody").last
    expect(last).to_be_hidden()
    code = last.get_attribute("id")
    page.goto(f"{demo_site}/about")
    page.goto(f"{demo_site}/gaps/E06000044#{code}")

    expect(page.locator(f"#{code}")).to_be_in_viewport()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/areas", "/gaps", "/gaps/E06000044", "/activities", "/organisations", "/network"]
)
def test_every_figure_of_a_row_is_on_a_phone_screen(page: Page, demo_site: str, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  (a size of one's own)
    page.goto(f"{demo_site}{path}")
    cells = page.locator("table.figures tbody tr").first.locator("th, td")
    boxes = [cell.bounding_box() for cell in cells.all()]

    assert boxes
    assert all(box and box["width"] and box["x"] + box["width"] <= 390 for box in boxes)


@pytest.mark.browser
def test_the_menu_opens_on_a_phone(page: Page, demo_site: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  (a size of one's own)
    page.goto(demo_site)
    link = page.get_by_role("link", name="Gap reports", exact=True)
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()

    expect(link).to_be_visible()


@pytest.mark.browser
def test_the_first_key_leads_past_the_menu(page: Page, demo_site: str) -> None:
    page.goto(demo_site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert re.search("#main-content$", page.url)


def to(page: Page, identifier: str) -> None:
    """Press Tab until a box has the focus."""
    for _ in range(80):
        if page.evaluate("document.activeElement.id") == identifier:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not reach {identifier}.")


def found_by_axe(page: Page) -> list[str]:
    """What axe finds that keeps somebody out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then((results) => results.violations)")
    return [
        f"{fault['id']}: {node['target']}"
        for fault in violations
        for node in fault["nodes"]
        if fault["impact"] in SERIOUS
    ]


def is_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return int(width) > 0
