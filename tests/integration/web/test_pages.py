"""Every page opens, is sound, and says what it is."""

import json

import pytest
from flask import Flask, render_template

from mapper.config import Settings
from mapper.store.session import Store
from mapper.web import create_app
from mapper.web.headlines import Headlines
from tests.integration.web.reader import Reader, text_of
from tests.web_site import HIDDEN_ADDRESS, HOSTILE

PAGES = (
    "/",
    "/map",
    "/areas",
    "/areas?authority=E06000044",
    "/gaps",
    "/gaps?work=knife+crime&sort=share_gap",
    "/gaps?work=aged+15+to+17",
    "/gaps?work=%3Cscript%3E&sort=nothing",
    "/gaps/E06000044",
    "/activities",
    "/activities?authority=E06000044",
    "/activities/1",
    "/activities/4",
    "/organisations",
    "/organisations/map?q=library",
    "/organisations/1",
    "/organisations/4",
    "/network",
    "/network?layer=shared-venue&authority=E06000044",
    "/network?quarter=2025-1&loss=1",
    "/network?layer=none&sector=%3Cscript%3E&quarter=1&authority=x&loss=y",
    "/about",
)
FILES = (
    "/areas.csv",
    "/areas.json",
    "/gaps/E06000044.csv",
    "/gaps/E06000044.json",
    "/gaps/all.csv?work=knife+crime",
    "/gaps/all.json",
    "/gaps/E06000044/themes.csv",
    "/gaps/E06000044/report.json",
    "/gaps/E06000044/working.json",
    "/gaps/E06000044/presence.json",
    "/gaps/E06000044/map.svg",
    "/map/areas.geojson",
    "/map/outlines.geojson",
    "/map/organisations.geojson",
    "/map/activities.geojson",
    "/activities.csv",
    "/activities.json",
    "/organisations.csv",
    "/organisations/map.geojson?q=library",
    "/organisations.json",
    "/network/organisations.csv",
    "/network/links.json",
    "/network/introductions.csv",
    "/network/network.graphml",
    "/network/network.gexf",
    "/network/network.nodes.csv",
    "/network/network.edges.csv",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["visitor", "partner", "analyst"])
def test_a_page_opens_and_is_sound(path: str, who: str, request: pytest.FixtureRequest) -> None:
    reader: Reader = request.getfixturevalue(who)

    assert reader.get(path).heading


@pytest.mark.parametrize("path", ["/activities/new", "/practice"])
@pytest.mark.parametrize("who", ["partner", "analyst"])
def test_a_page_for_partners_opens_and_is_sound(
    path: str, who: str, request: pytest.FixtureRequest
) -> None:
    reader: Reader = request.getfixturevalue(who)

    assert reader.get(path).heading


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_served_with_its_type(path: str, visitor: Reader) -> None:
    response = visitor.fetch(path)

    assert response.mimetype in {
        "text/csv",
        "application/json",
        "application/geo+json",
        "image/svg+xml",
        "application/xml",
    }


def test_the_titles_of_pages_are_all_different(partner: Reader) -> None:
    paths = [path for path in PAGES if "?" not in path and path != "/activities/4"]
    titles = [text_of(partner.get(path).one("title")) for path in paths]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", [*PAGES, *FILES])
@pytest.mark.parametrize("who", ["visitor", "partner", "analyst"])
def test_the_address_of_a_refuge_is_in_no_response(
    path: str, who: str, request: pytest.FixtureRequest
) -> None:
    reader: Reader = request.getfixturevalue(who)

    assert HIDDEN_ADDRESS not in reader.fetch(path).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/activities", "/activities/4", "/organisations", "/network"])
def test_a_name_is_never_taken_for_markup(path: str, visitor: Reader) -> None:
    page = visitor.get(path)

    assert HOSTILE in page.text
    assert "<script>alert" not in page.html


def test_the_table_holds_the_rows_of_the_map(visitor: Reader) -> None:
    features = json.loads(visitor.fetch("/map/areas.geojson").get_data())["features"]
    codes = [
        text_of(cell) for cell in visitor.get("/areas").all("table[@id='areas']/tbody/tr/td[2]")
    ]

    assert codes == [feature["id"] for feature in features][:50]


def test_a_report_page_holds_the_rows_of_its_file_in_the_same_order(visitor: Reader) -> None:
    rows = json.loads(visitor.fetch("/gaps/E06000044.json").get_data())["rows"]
    page = visitor.get("/gaps/E06000044")
    bodies = [*page.all("table[@id='areas']/tbody"), *page.all("table[@id='areas-others']/tbody")]

    assert [body.get("id") for body in bodies] == [row["area_code"] for row in rows]


def test_a_small_area_has_its_ward_beside_its_name(visitor: Reader) -> None:
    row = json.loads(visitor.fetch("/gaps/E06000044.json").get_data())["rows"][0]
    name = visitor.get("/gaps/E06000044").all("table[@id='areas']/tbody/tr/th")[0]

    assert f"{row['area_name']} ·\u00a0{row['ward_name']}" in "".join(name.itertext())


@pytest.mark.parametrize("path", ["/", "/map", "/areas", "/gaps/E06000044", "/about"])
def test_no_command_is_shown_to_the_public(path: str, visitor: Reader) -> None:
    assert "mapper boundaries" not in visitor.get(path).text


def test_an_area_without_activity_reads_so_and_not_zero(visitor: Reader) -> None:
    assert "no activity registered" in visitor.get("/areas").text.lower()


def test_a_small_number_of_people_reads_fewer_than_5(visitor: Reader) -> None:
    assert "Fewer than 5" in visitor.get("/activities/2").text


def test_an_analyst_reads_a_small_number_as_it_is(analyst: Reader) -> None:
    assert "Fewer than 5" not in analyst.get("/activities/2").text


def test_the_page_where_one_is_is_marked_in_the_menu(visitor: Reader) -> None:
    marked = visitor.get("/gaps").one("a[@aria-current='page']")

    assert text_of(marked) == "Gap reports"


def test_people_to_ask_are_those_who_agreed(partner: Reader) -> None:
    text = partner.get("/practice").text

    assert "Asked Person" in text
    assert "Silent Person" not in text


@pytest.mark.parametrize(
    "path", ["/gaps/E06000099", "/gaps/e06000044", "/activities/999", "/no-page"]
)
def test_what_is_not_there_has_a_plain_page(path: str, visitor: Reader) -> None:
    assert visitor.get(path, 404).heading == "Page not found"


def test_an_unknown_filter_is_not_found(visitor: Reader) -> None:
    assert visitor.get("/activities?authority=E07000999", 404).heading == "Page not found"


def test_a_page_number_that_is_too_high_shows_the_last_page(visitor: Reader) -> None:
    assert visitor.get("/activities?page=400").heading == "Activities registered"


def test_the_server_says_that_it_works(visitor: Reader) -> None:
    assert visitor.fetch("/health").get_json()["status"] == "ok"


def test_invented_figures_say_so_in_the_demo(store: Store) -> None:
    with Reader(create_app(Settings(demo=True), store)) as reader:
        assert "SYNTHETIC" in reader.get("/sign-in").text


def test_one_area_is_said_as_one(site: Flask) -> None:
    words = Headlines(areas_affected="1", areas_without="2", activities="1")
    with site.test_request_context("/"):
        text = " ".join(render_template("home.html", headlines=words).split())

    assert "1</span> area where recorded" in text
    assert "2</span> areas of high need" in text
    assert "1</span> activity registered" in text
