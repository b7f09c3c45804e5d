"""Runs: asked for, watched, stopped, killed, published and looked at, and what goes wrong."""

import fcntl
import os
import signal
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from mapper.config import Settings
from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.domain.role import Role
from mapper.ingest.work_folder import WorkFolder
from mapper.reports.choices import AnalysisChoices
from mapper.reports.run import analyse
from mapper.store.run_orders import OrderStatus, list_orders
from mapper.store.runs import list_runs, run_areas
from mapper.store.session import Store
from tests.integration.web.reader import SECONDS_TO_SETTLE, Page, Reader, settled
from tests.web_site import PASSWORD

QUARTER = {"first": "2025-01", "last": "2025-03", "draws": "20", "seed": "1", "dose": "sessions"}


def ask(reader: Reader, **changes: Any) -> str:
    """Ask for a run, and return where that leads."""
    fields = reader.get("/runs/new").fields()
    token = {"csrf_token": fields["csrf_token"]}
    return reader.send("/runs/new", token | QUARTER | changes).location


def refused(reader: Reader, **changes: Any) -> Page:
    """Ask for a run that cannot be, and read why."""
    token = {"csrf_token": reader.get("/runs/new").fields()["csrf_token"]}
    return reader.post("/runs/new", token | QUARTER | changes)


def orders(store: Store) -> list[OrderStatus]:
    with store.reading() as session:
        return [order.status for order in list_orders(session)]


def run_ids(store: Store) -> list[int]:
    with store.reading() as session:
        return [run.id for run in list_runs(session)]


def figures(store: Store, run_id: int) -> dict[str, dict[str, Any]]:
    with store.reading() as session:
        return run_areas(session, run_id, AreaType.LSOA)


def work_of(store: Store, settings: Settings, at: int = 0) -> WorkFolder:
    with store.reading() as session:
        return WorkFolder(settings.upload_dir / list_orders(session)[at].folder)


def test_a_run_is_asked_for_made_and_listed_and_partners_see_nothing_of_it(
    loader: Reader, store: Store, site: Flask
) -> None:
    page = settled(loader, ask(loader, excluded="2025-02", seed="7"))
    assert page.heading == "January 2025 to March 2025"
    assert "February 2025" in page.text
    assert "Not published" in page.text
    listed = loader.get("/runs").text
    assert "Without February 2025" in listed
    assert "analyst@example.org" in listed
    assert orders(store) == [OrderStatus.DONE]
    with Reader(site) as partner:
        partner.sign_in(f"{Role.PARTNER.value}@example.org", PASSWORD)
        assert "run 1" in partner.get("/gaps").text


def test_a_run_of_the_site_has_the_figures_of_one_of_the_command_line(
    loader: Reader, store: Store
) -> None:
    settled(loader, ask(loader, seed="5"))
    period = Period(Month(2025, 1), Month(2025, 4))
    own = analyse(store, AnalysisChoices(period=period, draws=20, seed=5))
    assert figures(store, own - 1) == figures(store, own)


@pytest.mark.parametrize(
    ("changes", "box", "told"),
    [
        ({"first": ""}, "first", "first month is missing"),
        ({"first": "January"}, "first", "such as 2025-01"),
        ({"last": "2024-12"}, "last", "before it begins"),
        ({"last": "2025-04"}, "last", "Months loaded: 2025-01 to 2025-03"),
        ({"first": "2019-01", "last": "2019-02"}, "first", "Months loaded: 2025-01 to 2025-03"),
        ({"excluded": "2025-01,2025-02,2025-03"}, "excluded", "Every month"),
        ({"excluded": "2025-07"}, "excluded", "2025-07 cannot be left out"),
        ({"draws": "0"}, "draws", "from 10 to 10,000"),
        ({"seed": "x"}, "seed", "whole number"),
        ({"recorder": "ambulance"}, "first", "No violence counts (ambulance) are loaded"),
        ({"crime_types": "Witchcraft"}, "crime_types", "Witchcraft cannot be counted"),
    ],
)
def test_what_makes_no_run_is_said_beside_its_field_and_nothing_begins(
    loader: Reader, store: Store, changes: dict[str, str], box: str, told: str
) -> None:
    page = refused(loader, **changes)
    links = [link for link in page.all("a") if link.get("href", "").startswith(f"#{box}")]
    assert links
    assert told in page.text
    assert page.all(f"*[@id='{box}-error']")
    assert orders(store) == []


def test_two_runs_at_once_are_stored_apart_and_one_waits_for_the_other(
    loader: Reader, store: Store
) -> None:
    first, second = ask(loader, seed="11"), ask(loader, seed="22", excluded="2025-03")
    for address in (first, second):
        settled(loader, address)
    ids = run_ids(store)
    assert len(ids) == 3
    with store.reading() as session:
        runs = {run.parameters["seed"]: run.id for run in list_runs(session)}
    period = Period(Month(2025, 1), Month(2025, 4))
    alone = [
        analyse(store, AnalysisChoices(period=period, draws=20, seed=11)),
        analyse(
            store,
            AnalysisChoices(period=period, draws=20, seed=22, excluded=frozenset({Month(2025, 3)})),
        ),
    ]
    assert figures(store, runs[11]) == figures(store, alone[0])
    assert figures(store, runs[22]) == figures(store, alone[1])


def test_a_run_waits_for_its_turn_and_says_so(
    loader: Reader, store: Store, settings: Settings
) -> None:
    settings.upload_dir.mkdir(exist_ok=True)
    with (settings.upload_dir / "analysis.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        address = ask(loader)
        work = work_of(store, settings)
        end = time.monotonic() + SECONDS_TO_SETTLE
        while not work.read("progress.json") and time.monotonic() < end:
            time.sleep(0.05)
        assert "Waiting for another run to end" in loader.get(f"{address}?watch=no").text
        assert orders(store) == [OrderStatus.WORKING]
    settled(loader, address)
    assert orders(store) == [OrderStatus.DONE]


def test_a_run_that_is_killed_leaves_nothing_and_says_so(
    loader: Reader, store: Store, settings: Settings
) -> None:
    address = ask(loader)
    work = work_of(store, settings)
    os.killpg(work.read("process.json")["pid"], signal.SIGKILL)
    while work.is_worked_on():
        time.sleep(0.02)
    page = settled(loader, address)
    assert page.heading == "This run was not made"
    assert "It was interrupted; nothing of it was stored" in page.text
    assert orders(store) == [OrderStatus.INTERRUPTED]
    assert run_ids(store) == [1]
    assert _rows_of_no_run(store) == 0


def test_a_run_is_stopped_by_whoever_asked_for_it(loader: Reader, store: Store) -> None:
    address = ask(loader)
    token = loader.get(f"{address}?watch=no").fields()["csrf_token"]
    page = loader.get(loader.send(f"{address}/stop", {"csrf_token": token}).location)
    assert "It was stopped" in page.text
    assert orders(store) == [OrderStatus.STOPPED]
    assert run_ids(store) == [1]


def test_the_page_of_a_run_looks_again_without_a_script(
    loader: Reader, store: Store, settings: Settings
) -> None:
    address = ask(loader)
    page = loader.client.get(address)
    if page.status_code == 200:
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
        assert "http-equiv" not in loader.fetch(f"{address}?watch=no").text
    settled(loader, address)
    assert work_of(store, settings).read("progress.json")["total"] == 8


def test_the_published_run_is_the_one_that_all_see(loader: Reader, newcomer: Reader) -> None:
    settled(loader, ask(loader, seed="9"))
    page = loader.get("/runs/2")
    assert page.fields()["name"] == ["Q1 2025, run 2"]
    assert "run 1" in newcomer.get("/gaps").text
    loader.send("/runs/2/publish", page.fields() | {"name": "Spring, corrected"})
    assert "Spring, corrected (run 2)" in newcomer.get("/gaps").text
    listed = loader.get("/runs").text
    assert "Published before" in listed
    assert "Spring, corrected" in listed


def test_the_name_of_a_run_can_be_written_until_it_is_published(loader: Reader) -> None:
    settled(loader, ask(loader))
    box = loader.get("/runs/2").one("input[@name='name']")
    assert (box.get("type"), box.get("readonly")) == ("text", None)
    loader.send("/runs/2/publish", loader.get("/runs/2").fields() | {"name": "Spring"})
    loader.send("/runs/1/publish", loader.get("/runs/1").fields())
    page = loader.get("/runs/2")
    assert page.one("input[@name='name']").get("type") == "hidden"
    assert "It keeps its name, Spring." in page.text


def test_a_name_that_another_run_has_is_refused_beside_the_field(loader: Reader) -> None:
    settled(loader, ask(loader))
    page = loader.post("/runs/2/publish", loader.get("/runs/2").fields() | {"name": "q1 2025"})
    assert "Run 1 goes by the name" in page.text
    assert page.all("*[@id='name-error']")


def test_an_analyst_looks_at_any_run_and_nobody_else_can(loader: Reader, newcomer: Reader) -> None:
    settled(loader, ask(loader, seed="9"))
    seen = loader.get("/gaps?run=2")
    assert "You are looking at run 2" in seen.text
    assert "This run is not published" in seen.text
    report = next(
        link.get("href", "") for link in seen.all("a") if "E06000044?" in link.get("href", "")
    )
    assert report.endswith("?run=2")
    assert "(run 2)" in loader.get(report).text
    assert "(run 1)" in loader.get("/gaps").text
    assert "run=2" not in newcomer.get("/gaps?run=2", 404).html
    for address in ("/gaps/all.json?run=2", "/gaps/E06000044?run=2", "/map?run=2", "/gaps?run=99"):
        newcomer.fetch(address, status=404)
    assert loader.fetch("/gaps/all.json?run=2").get_json()["provenance"]["run_id"] == 2
    loader.get("/gaps?run=99", 404)


@pytest.mark.parametrize("asked", ["x", "-1", "0", "99999999999999999999"])
def test_a_number_that_no_run_can_have_is_passed_over(loader: Reader, asked: str) -> None:
    assert "(run 1)" in loader.get(f"/gaps?run={asked}").text


def test_two_runs_are_compared_on_a_page_and_in_files(loader: Reader) -> None:
    settled(loader, ask(loader, excluded="2025-03"))
    page = loader.get("/runs/compare?a=1&b=2&by=lsoa")
    assert page.heading == "Compare two runs"
    assert "within the intervals" in page.text
    rows = loader.fetch("/runs/compare/what-moved.json?a=1&b=2&by=lsoa").get_json()["rows"]
    assert len(rows) == 8
    assert loader.fetch("/runs/compare/what-moved.csv?a=1&b=2").text.startswith("area_name,")


def test_what_two_runs_do_not_have_in_common_is_said_above_the_figures(loader: Reader) -> None:
    settled(loader, ask(loader, last="2025-02"))
    page = loader.get("/runs/compare?a=1&b=2")

    (told,) = page.all("p[@class='govuk-inset-text']")
    assert "no change of it can be told" in str(told.text)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("a=1&b=1", "cannot be compared with itself"), ("a=1&b=7", "no run 7"), ("a=1", "no run 0")],
)
def test_runs_that_cannot_be_compared_are_refused_plainly(
    loader: Reader, asked: str, told: str
) -> None:
    assert told in loader.get(f"/runs/compare?{asked}", 422).text


def test_the_page_that_compares_asks_for_runs_first_and_calls_nothing_wrong(
    loader: Reader,
) -> None:
    assert "There is a problem" not in loader.get("/runs/compare").text


@pytest.mark.parametrize(
    "path", ["/runs", "/runs/new", "/runs/1", "/runs/compare?a=1&b=1", "/runs/asked/1"]
)
def test_runs_are_for_analysts(partner: Reader, visitor: Reader, path: str) -> None:
    partner.get(path, 403)
    visitor.fetch(path, 302)


def _rows_of_no_run(store: Store) -> int:
    tables = ("run_areas", "run_organisations", "run_links", "run_providers", "run_findings")
    with store.reading() as session:
        return sum(
            session.scalar(
                text(f"SELECT count(*) FROM {table} WHERE run_id NOT IN (SELECT id FROM runs)")  # noqa: S608
            )
            for table in tables
        )
