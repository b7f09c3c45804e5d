"""The gap reports: all fourteen in any order, and the sections of one."""

import csv
import io
import json

from tests.integration.web.reader import Reader, text_of


def names(reader: Reader, address: str) -> list[str]:
    return [
        text_of(each) for each in reader.get(address).all("table[@id='authorities']/tbody/tr/th")
    ]


def test_the_authorities_stand_in_the_order_asked_for(visitor: Reader) -> None:
    rows = json.loads(visitor.fetch("/gaps/all.json").get_data())["rows"]
    by_residents = sorted(rows, key=lambda row: -(row["population"] or 0))
    expected = [row["area_name"] for row in by_residents if row["population"] is not None]
    assert names(visitor, "/gaps?sort=population")[: len(expected)] == expected


def test_every_sort_link_keeps_the_work_that_is_counted(visitor: Reader) -> None:
    page = visitor.get("/gaps?work=knife+crime")
    links = [each.get("href", "") for each in page.all("thead//a")]
    assert links
    assert all(link.startswith("/gaps?work=knife+crime&sort=") for link in links)
    assert page.one("h2[@id='authorities-heading']").text == "Theme: knife crime"


def test_work_that_is_no_theme_or_cohort_is_all_work(visitor: Reader) -> None:
    assert names(visitor, "/gaps?work=anything") == names(visitor, "/gaps")


def test_a_section_says_the_same_on_the_page_and_in_its_files(visitor: Reader) -> None:
    page = visitor.get("/gaps/E06000044")
    rows = json.loads(visitor.fetch("/gaps/E06000044/themes.json").get_data())["rows"]
    told = visitor.fetch("/gaps/E06000044/themes.csv").get_data(as_text=True)
    shown = [text_of(each) for each in page.all("table[@id='themes']/tbody/tr/th")]
    shown += [text_of(each) for each in page.all("table[@id='themes-others']/tbody/tr/th")]
    assert shown == [row["term"] for row in rows]
    assert shown == [row["term"] for row in csv.DictReader(io.StringIO(told))]


def test_every_section_can_be_reached_from_the_list_at_the_head(visitor: Reader) -> None:
    page = visitor.get("/gaps/E06000044")
    targets = [each.get("href", "")[1:] for each in page.all("nav[@class='findings']//a")]
    headings = [each.get("id", "") for each in page.all("section[@class='report-section']/h2")]
    assert targets == headings
    assert {"themes-heading", "where-next-heading", "lapse-heading"} <= set(targets)
    ids = {each.get("id") for each in page.all("*")}
    assert set(targets) <= ids


def test_a_section_without_figures_has_no_file(visitor: Reader) -> None:
    for path in ("/gaps/E06000044/nothing.csv", "/gaps/E06000044/themes.xml"):
        assert visitor.fetch(path, status=404)


def test_the_working_in_a_file_is_that_of_the_page(visitor: Reader) -> None:
    rows = json.loads(visitor.fetch("/gaps/E06000044/working.json").get_data())["rows"]
    first = rows[0]["area_code"]
    words = text_of(visitor.get("/gaps/E06000044").one(f"tbody[@id='{first}']"))
    said = [row["sentence"] for row in rows if row["area_code"] == first]
    assert len(said) > 2
    assert all(sentence in words for sentence in said)


def test_the_whole_report_holds_what_its_page_and_files_hold(visitor: Reader) -> None:
    whole = json.loads(visitor.fetch("/gaps/E06000044/report.json").get_data())
    page = visitor.get("/gaps/E06000044").text
    areas = json.loads(visitor.fetch("/gaps/E06000044.json").get_data())["rows"]
    assert [row["area_code"] for row in whole["areas"]["rows"]] == [
        row["area_code"] for row in areas
    ]
    assert all(sentence in page for sentence in whole["summary"])
    for section in whole["sections"]:
        assert section["heading"] in page
        assert all(sentence in page for sentence in section["sentences"])


def test_the_list_at_the_head_says_what_each_section_found(visitor: Reader) -> None:
    page = visitor.get("/gaps/E06000044")
    told = {text_of(each[0]): text_of(each[1]) for each in page.all("nav[@class='findings']//li")}
    whole = json.loads(visitor.fetch("/gaps/E06000044/report.json").get_data())
    assert told == {each["heading"]: each["finding"] for each in whole["contents"]}
    first = whole["areas"]["rows"][0]["area_name"]
    assert first in told["Areas in order of gap"]
    assert told["Cohort gap"].startswith("Cannot say")
    assert all(sentence.endswith(".") for sentence in told.values())


def test_no_row_of_a_folded_table_is_lost(visitor: Reader) -> None:
    page = visitor.get("/gaps/E06000044")
    whole = json.loads(visitor.fetch("/gaps/E06000044/report.json").get_data())
    counted = {each["name"]: each["table"] for each in whole["sections"] if each["table"]}
    counted |= {name: whole[name] for name in ("areas", "providers", "links", "wards")}
    assert {"presence", "areas"} <= set(counted)
    for name, table in counted.items():
        bodies = [f"table[@id='{each}']/tbody/tr/th" for each in (name, f"{name}-others")]
        seen = [row for body in bodies for row in page.all(body)]
        assert len(seen) == len(table["rows"]), name
