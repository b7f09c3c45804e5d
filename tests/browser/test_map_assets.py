"""The engagement map in a real browser: local, safe, reachable by keyboard, readable by all."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from mapper.maps.palette import GAP, WIDEST_GAP
from mapper.maps.stand_alone import stand_alone_map
from tests.browser.map_site import served
from tests.unit.maps.invented import HOSTILE, published_map

pytestmark = pytest.mark.browser

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(published_map()) as found:
        yield found


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complains of: errors, breaches of the policy, requests that leave."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            found.append(request.url)
            if urlsplit(request.url).hostname not in (None, "", "127.0.0.1")
            else None
        ),
    )
    return found


@pytest.fixture
def drawn(page: Page, address: str, faults: list[str]) -> Page:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    expect(page.locator(".engagement-map[data-state=ready]")).to_be_visible()
    assert faults == []
    return page


def go_to(page: Page, name: str) -> None:
    page.get_by_label("Go to an area").fill(name)
    page.keyboard.press("Enter")


def test_every_area_is_drawn(drawn: Page) -> None:
    expect(drawn.locator("path.engagement-map__area")).to_have_count(36)


def test_using_every_layer_leaves_no_fault(drawn: Page, faults: list[str]) -> None:
    for layer in ("Need", "Provision", "Gap between need and provision"):
        drawn.get_by_label(layer, exact=True).check()
    drawn.get_by_label("Organisations").check()
    drawn.get_by_label("Activities").check()
    expect(drawn.locator(".engagement-map__status")).to_have_text("30 activities on the map.")
    assert faults == []


def test_data_are_fetched_once_for_all_layers(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(address)
    expect(page.locator(".engagement-map[data-state=ready]")).to_be_visible()
    page.get_by_label("Need", exact=True).check()
    page.get_by_label("Provision", exact=True).check()
    assert asked.count("/areas.json") == 1


def test_choosing_a_layer_changes_the_shades(drawn: Page) -> None:
    fills = "paths => new Set(paths.map(path => path.getAttribute('fill'))).has('%s')"
    areas = drawn.locator("path.engagement-map__area")
    assert areas.evaluate_all(fills % GAP[WIDEST_GAP])
    drawn.get_by_label("Provision", exact=True).check()
    assert not areas.evaluate_all(fills % GAP[WIDEST_GAP])


def test_areas_without_activity_are_dotted_on_the_provision_layer(drawn: Page) -> None:
    drawn.get_by_label("Provision", exact=True).check()
    expect(drawn.locator("path.engagement-map__area[fill='url(#map-dotted)']")).to_have_count(6)


def test_the_key_follows_the_layer(drawn: Page) -> None:
    drawn.get_by_label("Need", exact=True).check()
    expect(drawn.locator("[data-key-of=need]")).to_be_visible()
    expect(drawn.locator("[data-key-of=gap]")).to_be_hidden()


def test_the_keyboard_reaches_any_area_and_its_report(drawn: Page) -> None:
    go_to(drawn, "District 035A")
    expect(drawn.locator(".engagement-map__box h2")).to_be_focused()
    link = drawn.get_by_role("link", name="Read the gap report")
    expect(link).to_have_attribute("href", "/gaps/E07000002#E01000035")


def test_no_area_is_a_stop_of_the_tab_key(drawn: Page) -> None:
    stops = []
    drawn.locator(".engagement-map .leaflet-container").focus()
    for _ in range(4):
        drawn.keyboard.press("Tab")
        stops.append(drawn.evaluate("document.activeElement.tagName.toLowerCase()"))

    assert "path" not in stops
    assert "a" in stops


def test_an_area_opens_when_it_is_clicked(drawn: Page) -> None:
    drawn.locator("path.engagement-map__area").nth(14).click()
    expect(drawn.locator(".engagement-map__box h2")).to_have_text("District 014A")


def test_escape_closes_the_box_and_returns_to_the_map(drawn: Page) -> None:
    go_to(drawn, "District 035A")
    drawn.keyboard.press("Escape")
    expect(drawn.locator(".engagement-map__box")).to_have_count(0)
    expect(drawn.locator(".folium-map")).to_be_focused()


def test_a_withheld_figure_is_shown_as_published(drawn: Page) -> None:
    go_to(drawn, "E01000000")
    expect(drawn.locator(".engagement-map__box")).to_contain_text("fewer than 5")


def test_an_area_nobody_knows_is_answered(drawn: Page) -> None:
    go_to(drawn, "Atlantis")
    expect(drawn.get_by_role("status")).to_contain_text("No area or ward here is called “Atlantis”")


def test_an_area_asked_for_before_the_areas_came_is_shown_once_they_have(
    page: Page, address: str
) -> None:
    held: list[Route] = []
    page.route("**/areas.json", lambda route: held.append(route))  # noqa: PLW0108  (it marks what it is given)
    page.goto(address)
    expect(page.get_by_role("status")).to_have_text("The areas are being loaded.")
    go_to(page, "District 035A")
    held[0].continue_()

    expect(page.locator(".engagement-map__box h2")).to_have_text("District 035A")
    expect(page.get_by_role("status")).to_be_empty()


def test_an_address_can_name_an_area(page: Page, address: str) -> None:
    page.goto(f"{address}#E01000020")
    expect(page.locator(".engagement-map__box h2")).to_have_text("District 020A")


def test_a_hostile_name_of_an_area_is_text(drawn: Page, faults: list[str]) -> None:
    go_to(drawn, "E01000002")
    title = drawn.locator(".engagement-map__box h2")
    assert title.evaluate("title => title.textContent") == HOSTILE
    assert faults == []


def test_a_hostile_name_of_an_organisation_is_text(page: Page, faults: list[str]) -> None:
    with served(published_map(organisations=1)) as address:
        page.goto(address)
        page.get_by_label("Organisations").check()
        page.locator(".engagement-map__place").press("Enter")
        box = page.locator(".engagement-map__box")
        assert box.locator("h2").evaluate("title => title.textContent") == HOSTILE
        assert box.locator("img, b, script").count() == 0
        assert faults == []


def test_markers_are_buttons_with_names(page: Page) -> None:
    with served(published_map(organisations=2)) as address:
        page.goto(address)
        page.get_by_label("Organisations").check()
        expect(page.get_by_role("button", name="Organisations 1")).to_be_visible()


def test_clusters_say_what_they_hold(page: Page) -> None:
    with served(published_map(activities=90)) as address:
        page.goto(address)
        page.get_by_label("Activities").check()
        cluster = page.get_by_role("button", name=re.compile(r"^\d+ activities, show them$"))
        expect(cluster.first).to_be_visible()


def test_the_map_says_when_its_figures_cannot_be_had(page: Page, address: str) -> None:
    page.route("**/areas.json", lambda route: route.fulfill(status=500))
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("The areas could not be loaded")


def test_a_reader_may_enlarge_the_page(drawn: Page) -> None:
    viewport = drawn.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in str(viewport)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(drawn: Page, width: int) -> None:
    drawn.set_viewport_size({"width": width, "height": 844})
    assert drawn.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
def test_the_map_and_its_key_are_on_the_screen_at_once(drawn: Page, size: tuple[int, int]) -> None:
    width, height = size
    drawn.set_viewport_size({"width": width, "height": height})
    canvas = drawn.locator(".engagement-map__canvas").bounding_box()
    key = drawn.locator(".engagement-map__key:visible").bounding_box()
    assert canvas is not None
    assert key is not None
    top, bottom = min(canvas["y"], key["y"]), key["y"] + key["height"]
    assert max(bottom, canvas["y"] + canvas["height"]) - top <= height


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_barrier(drawn: Page, width: int) -> None:
    drawn.set_viewport_size({"width": width, "height": 844})
    drawn.get_by_label("Organisations").check()
    go_to(drawn, "District 035A")
    expect(drawn.locator(".engagement-map__box h2")).to_be_focused()
    drawn.evaluate(AXE.read_text(encoding="utf-8"))
    found = drawn.evaluate("axe.run()")["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_the_map_in_one_file_opens_without_a_server(
    page: Page, faults: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(stand_alone_map(published_map()), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(page.locator(".engagement-map[data-state=ready]")).to_be_visible()
    page.get_by_label("Organisations").check()
    page.get_by_label("Activities").check()
    expect(page.locator(".engagement-map__status")).to_have_text("30 activities on the map.")
    assert [each for each in asked if not each.startswith("data:")] == [file.as_uri()]
    assert faults == []
