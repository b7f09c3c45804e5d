"""Runs and scenarios by keyboard in a real browser: made, watched, published, compared, tried."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_site import ANALYST, DESK, PHONE, found_by_axe, is_wide, sign_in
from tests.browser.test_walk import A_WHILE_MS, enter, heading

PLAN = """Title,Lead organisation,Status,First date,Last date,Sessions,Postcode
Boxing at dusk,A Club of the Test's Own,planned,06/01/2026,27/03/2026,200,PO1 3AX
Chess at dawn,A Club of the Test's Own,planned,31/02/2026,27/03/2026,10,PO1 3AX
"""


class Looker:
    """Looks at a page at both widths, and keeps what would stand in somebody's way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.barriers: list[str] = []

    def look(self, name: str) -> None:
        """Look at the page as it is, and leave it at the width of a desk."""
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            self.barriers += [f"{name}: {each}" for each in found_by_axe(self.page)]
            self.barriers += [f"{name} is wide"] if is_wide(self.page) else []


@pytest.fixture
def looker(page: Page) -> Looker:
    """Somebody who looks at every page on the way."""
    return Looker(page)


@pytest.mark.browser
def test_a_run_is_made_watched_published_and_compared_by_keyboard(
    page: Page, demo_site: str, complaints: list[str], looker: Looker
) -> None:
    sign_in(page, demo_site, ANALYST)
    enter(page.get_by_role("navigation").get_by_role("link", name="Runs", exact=True))
    heading(page, "Runs")
    looker.look("runs")
    enter(page.get_by_role("button", name="Run the analysis"))

    heading(page, "Run the analysis")
    write(page.get_by_label("First month"), "2025-04")
    write(page.get_by_label("Last month"), "2025-03")
    looker.look("form")
    enter(page.get_by_role("button", name="Start"))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    looker.look("form with an error")
    enter(summary.get_by_role("link").first)
    expect(page.get_by_label("Last month")).to_be_focused()
    write(page.get_by_label("Last month"), "2025-06")
    enter(page.locator("summary", has_text="How chance is drawn"))
    write(page.get_by_label("Draws"), "20")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Running the analysis")
    expect(page.get_by_text("April 2025 to June 2025").first).to_be_visible()
    # The page looks again by itself until there is a run.
    heading(page, "April 2025 to June 2025")
    expect(page.get_by_text("Not yet: only analysts see it.")).to_be_visible()
    looker.look("run")

    write(page.get_by_label("Name"), "Spring of the test")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Partners and the public see this run now.")).to_be_visible()
    looker.look("published run")
    page.get_by_label("Earlier run").select_option("1")
    enter(page.get_by_role("button", name="Compare"))
    heading(page, "Compare two runs")
    expect(page.get_by_role("main").get_by_role("table").first).to_contain_text("Portsmouth")
    looker.look("comparison")

    # What everybody sees is the new run; the one before can be chosen, and shown again.
    page.goto(f"{demo_site}/gaps")
    expect(page.get_by_role("main")).to_contain_text("Spring of the test")
    page.get_by_label("Analysis").select_option("1")
    enter(page.get_by_role("button", name="Show"))
    expect(page.get_by_text("You are looking at an earlier analysis")).to_be_visible()
    looker.look("gaps of another run")
    page.goto(f"{demo_site}/runs/1")
    enter(page.get_by_role("button", name="Publish this run"))
    expect(page.get_by_text("Partners and the public see this run now.")).to_be_visible()
    assert looker.barriers == []
    assert complaints == []


@pytest.mark.browser
def test_a_scenario_stands_beside_today_and_nothing_is_saved_unless_asked(
    page: Page, demo_site: str, complaints: list[str], looker: Looker, tmp_path: Path
) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    sign_in(page, demo_site, ANALYST)
    page.goto(f"{demo_site}/runs")
    before = page.get_by_text("Scenario", exact=True).count()
    enter(page.get_by_role("link", name="Try a scenario"))
    heading(page, "Try a scenario")
    looker.look("form")
    enter(page.get_by_role("button", name="Work it out"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    looker.look("form with an error")
    page.get_by_label("File of planned activities").set_input_files(tmp_path / "plan.csv")
    enter(page.get_by_role("button", name="Work it out"))

    heading(page, "Scenario")
    expect(page.get_by_text("31/02/2026").first).to_be_visible()
    looker.look("result")
    row = page.locator("#authorities tbody tr", has_text="Portsmouth")
    today, then = (cells_of(row, name) for name in ("provision-before", "provision-after"))
    assert then > today
    page.goto(f"{demo_site}/runs")
    assert page.get_by_text("Scenario", exact=True).count() == before
    page.goto(f"{demo_site}/activities?q=dusk")
    expect(page.get_by_text("Boxing at dusk")).to_have_count(0)

    page.go_back()
    page.go_back()
    heading(page, "Scenario")
    enter(page.get_by_role("button", name="Keep it as a run"))
    expect(page.get_by_text("It is kept as run")).to_be_visible(timeout=A_WHILE_MS)
    looker.look("kept")
    page.goto(f"{demo_site}/runs")
    assert page.get_by_text("Scenario", exact=True).count() == before + 1
    assert looker.barriers == []
    assert complaints == []


def write(box: Locator, words: str) -> None:
    """Put words in the place of what a box holds, key by key."""
    box.focus()
    box.page.keyboard.press("Control+A")
    box.page.keyboard.type(words)


def cells_of(row: Locator, name: str) -> float:
    """The number in a cell of a row, by the name of its column."""
    return float(row.locator(f".figures__cell--{name}").inner_text())
