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
    assert book.sheetnames == ["Elements", "Connections"]


def test_a_file_of_no_known_form_is_not_there(visitor: Reader) -> None:
    visitor.fetch("/network/network.pajek", 404)
