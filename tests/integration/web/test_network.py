"""The page of the network: filters, who should meet, and what a loss would part."""

import io
import json

import openpyxl

from tests.integration.web.reader import Page, Reader, text_of

SVG_LINK = "{http://www.w3.org/2000/svg}a"


def addresses(page: Page, path: str) -> list[str]:
    """Where the links that a path finds lead to."""
    return [link.get("href", "") for link in page.all(path)]


def test_the_list_beside_the_picture_leads_to_every_organisation_drawn(visitor: Reader) -> None:
    page = visitor.get("/network")
    drawn = addresses(page, SVG_LINK)
    listed = [one for item in page.all("ol/li") for one in [item.find("a")] if one is not None]
    assert drawn
    assert drawn == [link.get("href") for link in listed]
    names = [link.get("aria-label", "").partition(":")[0] for link in page.all(SVG_LINK)]
    assert names == [text_of(link).strip() for link in listed]


def test_everything_on_the_page_and_its_files_is_of_the_part_that_is_chosen(
    visitor: Reader,
) -> None:
    page = visitor.get("/network?quarter=2025-1&authority=E06000044")
    chosen = [option.get("value") for option in page.all("option[@selected]")]
    assert {"2025-1", "E06000044"} <= set(chosen)
    files = [href for href in addresses(page, "a") if href.startswith("/network/")]
    assert len(files) >= 11
    assert all("quarter=2025-1" in href and "authority=E06000044" in href for href in files)


def test_a_loss_is_told_in_words_and_one_that_is_not_there_is_passed_over(
    visitor: Reader,
) -> None:
    rows = json.loads(visitor.fetch("/network/organisations.json").get_data())["rows"]
    tied = next(row for row in rows if row["degree"])
    said = visitor.get(f"/network?loss={tied['organisation_id']}").text
    assert f"Without {tied['name']}" in " ".join(said.split())
    assert "It is tied to" in said
    assert "It is tied to" not in visitor.get("/network?loss=999999").text


def test_the_workbook_opens(visitor: Reader) -> None:
    response = visitor.fetch("/network/network.kumu.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.get_data()))
    assert book.sheetnames == ["Elements", "Connections", "About"]


def test_a_file_of_no_known_form_is_not_there(visitor: Reader) -> None:
    visitor.fetch("/network/network.pajek", 404)


def test_two_days_are_compared_on_a_page_and_in_files(visitor: Reader) -> None:
    form = visitor.get("/network").one("form[@action='/network/between']")
    boxes = {box.get("name"): box.get("value") for box in form.iter("input")}
    assert boxes == {"then": "2025-01-01", "now": "2025-03-31"}
    asked = "then=2025-01-15&now=2025-03-15&authority=E06000044"
    page = visitor.get(f"/network/between?{asked}")
    assert "From 15 January 2025 to 15 March 2025" in page.text
    assert page.one("select[@id='authority']/option[@selected]").get("value") == "E06000044"
    files = addresses(page, "p[@class='downloads']/a")
    assert len(files) == 6
    for file in files:
        assert visitor.fetch(file).status_code == 200
    whole = json.loads(visitor.fetch(f"/network/between/whole.json?{asked}").get_data())
    shown = [text_of(row) for row in page.all("table[@id='whole']/tbody/tr/th")]
    assert shown == [row["measure"] for row in whole["rows"]]


def test_days_that_cannot_be_compared_are_said_at_the_form(visitor: Reader) -> None:
    for asked, told in (
        ("then=2025-01-15", "The second day is missing."),
        ("then=15+January&now=2025-03-15", "The first day cannot be read."),
        ("then=2025-03-15&now=2025-01-15", "The second day is not after the first."),
        ("then=2019-01-01&now=2025-01-15", "is not in the period of the analysis"),
    ):
        page = visitor.get(f"/network/between?{asked}")
        assert told in page.text
        assert text_of(page.one("title")).startswith("Error:")
        visitor.fetch(f"/network/between/whole.csv?{asked}", status=404)
    visitor.fetch("/network/between/nothing.csv?then=2025-01-15&now=2025-03-15", status=404)


def test_no_two_landmarks_of_the_network_have_one_name(visitor: Reader) -> None:
    page = visitor.get("/network")
    names = [
        text_of(page.one(f"*[@id='{each.get('aria-labelledby')}']"))
        if each.get("aria-labelledby")
        else each.get("aria-label", "")
        for each in page.all("*")
        if each.get("role") == "region"
        or (each.tag == "section" and "aria-labelledby" in each.attrib)
    ]
    assert sorted(names) == sorted(set(names))


def test_every_dot_can_be_hit(visitor: Reader) -> None:
    page = visitor.get("/network")
    narrowest_px, units, least_px = 704, 1000, 24
    for link in page.all(SVG_LINK):
        radii = [float(each.get("r", "0")) for each in link.iter() if each.tag.endswith("circle")]
        assert 2 * max(radii) * narrowest_px / units >= least_px
