"""Finding organisations and activities: words, facets, and the same rows in every form."""

import csv
import io
import json

import pytest
from sqlalchemy import text

from mapper.store.merges import merge
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_source
from tests.integration.web.reader import Page, Reader, text_of
from tests.web_site import HIDDEN_ADDRESS


def names(page: Page) -> list[str]:
    return [text_of(cell) for cell in page.all("tbody/tr/th")]


def facet(page: Page, name: str) -> dict[str, str]:
    """Values of a facet with their labels and counts."""
    boxes = page.all(f"input[@name='{name}']")
    words = {label.get("for"): text_of(label) for label in page.all("label")}
    return {box.get("value", ""): words[box.get("id")] for box in boxes}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=librar", ["Southampton Library"]),
        ("q=knife", ["Portsmouth Youth Trust"]),
        ("q=trust+knife", ["Portsmouth Youth Trust"]),
        ("theme=knife+crime", ["Portsmouth Youth Trust"]),
        ("kind=refuge", ["A Refuge"]),
        ("kind=refuge&kind=nonsense", ["A Refuge"]),
        ("q=library&theme=knife+crime", []),
    ],
)
def test_words_and_facets_choose_organisations(
    visitor: Reader, query: str, found: list[str]
) -> None:
    assert names(visitor.get(f"/organisations?{query}")) == found


@pytest.mark.parametrize("query", ["", "q=portsmouth", "authority=E06000044", "kind=refuge"])
def test_list_csv_and_json_have_the_same_rows(visitor: Reader, query: str) -> None:
    listed = names(visitor.get(f"/organisations?{query}"))
    file = visitor.fetch(f"/organisations.csv?{query}").get_data(as_text=True)
    plain = json.loads(visitor.fetch(f"/organisations.json?{query}").get_data(as_text=True))

    assert [row["name"].strip("'") for row in csv.DictReader(io.StringIO(file))] == listed
    assert [row["name"] for row in plain["rows"]] == listed


def test_the_map_draws_the_organisations_of_the_list(visitor: Reader) -> None:
    points = visitor.fetch("/organisations/map.geojson?q=library").get_data(as_text=True)
    drawn = [each["properties"]["name"] for each in json.loads(points)["features"]]

    assert drawn == ["Southampton Library"]


def test_the_map_page_asks_for_the_same_organisations(visitor: Reader) -> None:
    assert (
        "/organisations/map.geojson?q=library" in visitor.get("/organisations/map?q=library").html
    )


def test_a_count_says_how_many_the_other_choices_leave(visitor: Reader) -> None:
    page = visitor.get("/organisations?kind=refuge")

    assert facet(page, "kind")["refuge"] == "Refuge 1"
    assert "other" in facet(page, "kind")
    assert list(facet(page, "authority").values()) == ["Portsmouth 1"]


def test_wards_are_offered_once_an_authority_is_chosen(visitor: Reader) -> None:
    assert facet(visitor.get("/organisations"), "ward") == {}
    assert facet(visitor.get("/organisations?authority=E06000045"), "ward")


def test_a_refuge_is_counted_in_no_ward(visitor: Reader) -> None:
    page = visitor.get("/organisations?authority=E06000044&kind=refuge")

    assert names(page) == ["A Refuge"]
    assert facet(page, "ward") == {}


@pytest.mark.parametrize(
    "words", ["PO1+1AX", HIDDEN_ADDRESS, "Silent+Person", "asked%40example.org"]
)
@pytest.mark.parametrize("who", ["visitor", "partner", "analyst"])
def test_nothing_kept_back_is_found(request: pytest.FixtureRequest, words: str, who: str) -> None:
    reader: Reader = request.getfixturevalue(who)

    assert "A Refuge" not in names(reader.get(f"/organisations?q={words}"))
    assert "Portsmouth Youth Trust" not in names(reader.get(f"/organisations?q={words}"))


def test_what_is_asked_for_can_be_taken_back(visitor: Reader) -> None:
    page = visitor.get("/organisations?q=trust&theme=knife+crime")
    links = [link.get("href") for link in page.all("a[@class='chip']")]

    assert links == ["/organisations?theme=knife+crime", "/organisations?q=trust"]


def test_an_empty_answer_says_what_to_leave_out(visitor: Reader) -> None:
    words = visitor.get("/organisations?q=tarpaulin&theme=knife+crime").text

    assert "use fewer words" in words
    assert "leave out Theme: Knife crime" in words


@pytest.mark.parametrize("words", ["%22", "a+OR+b", "*", "%00", "x" * 3_000, "%F0%9F%92%A9", "'"])
@pytest.mark.parametrize("path", ["/organisations", "/activities", "/organisations.csv"])
def test_anything_may_be_typed(visitor: Reader, path: str, words: str) -> None:
    visitor.fetch(f"{path}?q={words}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=football", ["Football on Thursdays"]),
        ("q=library", ["Football on Thursdays", "Quiet talks"]),
        ("status=planned", 1),
        ("period=2025-1", 4),
        ("authority=E06000045&q=talk", ["Quiet talks"]),
        ("authority=E06000045&q=curtain", []),
    ],
)
def test_words_and_facets_choose_activities(
    visitor: Reader, query: str, found: list[str] | int
) -> None:
    listed = names(visitor.get(f"/activities?{query}"))

    assert (len(listed) if isinstance(found, int) else sorted(listed)) == found


def test_a_merged_organisation_is_found_by_its_other_name(store: Store, newcomer: Reader) -> None:
    with store.writing() as session:
        source_id = add_source(session, make_source(name="another list"))
        save_organisations(session, source_id, [located(make_organisation(name="Old Beacon"))])
        ids = organisation_ids_by_name(session)
        merge(session, ids["southampton library"], ids["old beacon"], by="Pat")

    assert names(newcomer.get("/organisations?q=beacon")) == ["Southampton Library"]


def test_a_ward_can_be_taken_back_without_its_authority(visitor: Reader) -> None:
    (ward, *_) = facet(visitor.get("/organisations?authority=E06000045"), "ward")
    page = visitor.get(f"/organisations?ward={ward}")

    assert [link.get("href") for link in page.all("a[@class='chip']")] == ["/organisations"]


def test_the_public_is_not_told_of_the_partnerships_work_with_an_organisation(
    visitor: Reader, partner: Reader
) -> None:
    path = "/organisations?status=declined"

    assert facet(visitor.get(path), "status") == {}
    assert len(names(visitor.get(path))) > 0
    assert facet(partner.get("/organisations"), "status")
    assert names(partner.get(path)) == []


def test_an_entry_not_confirmed_in_time_is_not_in_the_publics_directory(
    store: Store, newcomer: Reader, writer: Reader
) -> None:
    with store.writing() as session:
        session.execute(
            text(
                "UPDATE organisations SET verified_on = '2020-01-01', "
                "updated_at = '2030-01-01 00:00:00.000000' WHERE name = 'Southampton Library'"
            )
        )

    for path in ("/organisations?q=southampton+library", "/map/organisations.geojson"):
        assert '"Southampton Library"' not in newcomer.fetch(path).text
    assert names(newcomer.get("/organisations?q=southampton+library")) == []
    marked = ["Southampton Library Not confirmed since January 2020"]
    assert names(writer.get("/organisations?q=southampton+library")) == marked


def test_what_is_chosen_of_a_facet_stands_first_in_it(visitor: Reader) -> None:
    offered = [
        str(each.get("value"))
        for each in visitor.get("/organisations").all("input[@type='checkbox'][@name='kind']")
    ]
    page = visitor.get(f"/organisations?kind={offered[-1]}")
    now = [str(each.get("value")) for each in page.all("input[@type='checkbox'][@name='kind']")]

    assert len(offered) > 1
    assert now == [offered[-1], *offered[:-1]]
