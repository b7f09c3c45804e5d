"""Which published analysis a reader sees: chosen on the gap reports, and kept from page to page."""

import csv
import io

import pytest

from mapper.domain.period import Month, Period
from mapper.reports.choices import AnalysisChoices
from mapper.store.session import Store
from tests.integration.web.reader import Page, Reader, text_of
from tests.published import analyse_and_publish

MARCH = "March 2025"


@pytest.fixture
def two_runs(store: Store) -> Store:
    """A site whose second published run is of the last month alone."""
    period = Period(Month(2025, 3), Month(2025, 4))
    analyse_and_publish(store, AnalysisChoices(period=period, draws=20))
    return store


def choices(page: Page) -> dict[str, str]:
    options = page.all("select[@id='run']/option")
    return {each.get("value", ""): text_of(each) for each in options}


def chosen(page: Page) -> str:
    (option,) = page.all("select[@id='run']/option[@selected]")
    return text_of(option)


def test_where_one_run_is_published_there_is_nothing_to_choose(newcomer: Reader) -> None:
    for address in ("/gaps", "/gaps/E06000044"):
        page = newcomer.get(address)
        assert page.all("select[@id='run']") == []
        assert "Q1 2025: January 2025 to March 2025" in page.text


@pytest.mark.usefixtures("two_runs")
@pytest.mark.parametrize("address", ["/gaps", "/gaps/E06000044"])
def test_the_latest_is_shown_until_another_is_chosen(newcomer: Reader, address: str) -> None:
    latest = newcomer.get(address)
    earlier = "Q1 2025 (January 2025 to March 2025)"
    assert choices(latest) == {"": f"{MARCH}, the latest", "1": earlier}
    assert MARCH in text_of(latest.one("title"))
    assert "You are looking at" not in latest.text
    other = newcomer.get(f"{address}?run=1")
    assert chosen(other) == earlier
    assert "Q1 2025" in text_of(other.one("title"))
    assert f"You are looking at an earlier analysis, {earlier}." in other.text
    back = next(link for link in other.all("a") if "See the latest" in text_of(link))
    assert back.get("href") == address


@pytest.mark.usefixtures("two_runs")
def test_every_choice_is_kept_when_another_is_made(newcomer: Reader) -> None:
    asked = "/gaps?work=knife+crime&run=1&sort=activities&order=up"
    page = newcomer.get(asked)
    assert chosen(page) == "Q1 2025 (January 2025 to March 2025)"
    assert page.one("input[@name='order']").get("value") == "up"
    assert page.one("select[@id='sort']/option[@selected]").get("value") == "activities"
    assert page.one("select[@id='work']//option[@selected]").get("value") == "knife crime"
    sorts = [each.get("href", "") for each in page.all("thead//a")]
    assert all(link.startswith("/gaps?work=knife+crime&run=1&sort=") for link in sorts)
    reports = [each.get("href", "") for each in page.all("tbody//th/a")]
    assert all(link.endswith("?run=1") for link in reports)


@pytest.mark.usefixtures("two_runs")
@pytest.mark.parametrize(
    "path", ["/gaps/all", "/gaps/E06000044", "/gaps/E06000044/themes", "/gaps/E06000044/working"]
)
def test_files_are_of_the_run_that_was_chosen_and_name_it(newcomer: Reader, path: str) -> None:
    for asked, run in (("", MARCH), ("?run=1", "Q1 2025")):
        told = newcomer.fetch(f"{path}.csv{asked}")
        rows = list(csv.DictReader(io.StringIO(told.get_data(as_text=True))))
        assert {row["run_name"] for row in rows} == {run}
        assert f"-{run.lower().replace(' ', '-')}.csv" in told.headers["Content-Disposition"]
        plain = newcomer.fetch(f"{path}.json{asked}").get_json()
        assert plain["provenance"]["run_name"] == run


def test_a_file_has_the_rows_in_the_order_of_the_page(visitor: Reader) -> None:
    asked = "?sort=population&order=up"
    rows = visitor.fetch(f"/gaps/all.json{asked}").get_json()["rows"]
    page = visitor.get(f"/gaps{asked}")
    names = [text_of(each) for each in page.all("table[@id='authorities']/tbody/tr/th")]
    assert [row["area_name"] for row in rows] == names
    links = [each.get("href", "") for each in page.all("p[@class='downloads']/a")]
    assert all("sort=population&order=up" in link for link in links)


@pytest.mark.usefixtures("two_runs")
def test_a_partner_may_choose_any_published_run_and_no_other(writer: Reader) -> None:
    assert "Q1 2025" in writer.get("/gaps?run=1").text
    writer.get("/gaps?run=3", 404)
