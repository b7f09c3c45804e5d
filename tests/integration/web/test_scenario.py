"""Scenarios in the browser: filled in or as a file, watched, read, kept; and what goes wrong."""

import io
import os
import signal
import time
from typing import Any

import pytest
from flask import Flask

from mapper.config import Settings
from mapper.domain.role import Role
from mapper.ingest.work_folder import WorkFolder
from mapper.store.session import Store
from mapper.store.users import save_user
from mapper.web.people import hash_password
from tests.factories import make_place, make_user
from tests.integration.web.reader import Page, Reader, settled
from tests.integration.web.test_runs import run_ids
from tests.web_site import PASSWORD

HEADINGS = "Title,Lead organisation,First date,Sessions,Easting,Northing"
PLACE = make_place(7)
FILE = f"""{HEADINGS}
Boxing,A New Club,06/01/2031,40,{PLACE.easting_m:.0f},{PLACE.northing_m:.0f}
Chess,A New Club,31/02/2031,40,{PLACE.easting_m:.0f},{PLACE.northing_m:.0f}
"""


def form_of(reader: Reader, **changes: Any) -> dict[str, Any]:
    """The form as it is sent when only something is changed."""
    fields = {key: value for key, value in reader.get("/scenario").fields().items() if any(value)}
    return fields | {"run": "1"} | changes


def tried(reader: Reader, **changes: Any) -> tuple[str, Page]:
    """Try a scenario, and read what came of it."""
    address = reader.send("/scenario", form_of(reader, **changes)).location
    return address, settled(reader, address)


def file_of(text: str = FILE, name: str = "plan.csv") -> tuple[io.BytesIO, str]:
    return (io.BytesIO(text.encode()), name)


def test_a_file_is_tried_its_faults_are_told_and_nothing_is_kept(
    loader: Reader, store: Store
) -> None:
    address, page = tried(loader, file=file_of())
    assert page.heading == "Scenario"
    assert "1 activity is added and 0 are left out" in page.text
    assert "line 3: 31/02/2031" in page.text
    assert "Boxing" not in loader.get("/activities").text
    rows = loader.fetch(f"{address}/areas.json").get_json()["rows"]
    assert len(rows) == 8
    assert max(rows, key=lambda row: row["provision_change"])["area_code"] == "E01000008"
    assert loader.fetch(f"{address}/authorities.csv").text.startswith("area_name,")
    loader.fetch(f"{address}/people.csv", 404)
    assert run_ids(store) == [1]


def test_boxes_are_read_as_a_file_of_the_same_is(loader: Reader) -> None:
    filled = {
        "title_1": "Boxing",
        "lead_1": "A New Club",
        "served_1": "Portsmouth",
        "sessions_1": "40",
    }
    _, page = tried(loader, **filled)
    assert "1 activity is added" in page.text
    served = f"{HEADINGS},Areas served\nBoxing,A New Club,06/01/2031,40,,,Portsmouth\n"
    _, same = tried(loader, file=file_of(served))
    first, second = (each.one("table[@id='areas']").itertext() for each in (page, same))
    assert list(first) == list(second)


def test_a_planned_activity_of_the_register_counts_and_another_is_left_out(
    loader: Reader,
) -> None:
    _, page = tried(loader, planned="4", withdrawn="1")
    assert "1 activity is added and 1 is left out" in page.text


def test_a_scenario_is_kept_when_asked_and_cannot_be_published(
    loader: Reader, store: Store
) -> None:
    address, page = tried(loader, file=file_of())
    loader.send(f"{address}/keep", {"csrf_token": page.fields()["csrf_token"]})
    kept = settled(loader, address)
    assert "It is kept as run 2" in kept.text
    run = loader.get("/runs/2")
    assert "Scenario" in run.text
    assert not run.all("input[@name='name']")
    token = loader.get("/runs/new").fields()["csrf_token"]
    loader.post("/runs/2/publish", {"csrf_token": token, "name": "Dream"}, 403)
    loader.get("/gaps?run=2", 404)
    assert "(run 1)" in loader.get("/gaps").text
    assert "What moved from run 1 to run 2" in loader.get("/runs/compare?a=1&b=2").text
    assert run_ids(store) == [2, 1]


@pytest.mark.parametrize(
    ("changes", "box", "told"),
    [
        ({}, "withdrawn", "Give a file, fill in an activity, or name one to leave out"),
        ({"withdrawn": "all"}, "withdrawn", "numbers of activities with commas"),
        ({"planned": "-4"}, "planned", "numbers of activities with commas"),
        ({"file": ("plan.pdf",)}, "file", "plan.pdf cannot be read"),
        ({"file": ("plan.csv",), "title_1": "Boxing"}, "file", "not both"),
        ({"run": "9", "withdrawn": "1"}, "run", "Not a valid choice"),
    ],
)
def test_what_makes_no_scenario_is_said_beside_its_box(
    loader: Reader, changes: dict[str, Any], box: str, told: str
) -> None:
    if "file" in changes:
        changes = changes | {"file": file_of(name=changes["file"][0])}
    page = loader.post("/scenario", form_of(loader, **changes))
    assert told in page.text
    assert page.all(f"*[@id='{box}-error']")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"withdrawn": "99"}, "Activity 99 cannot be left out"),
        ({"planned": "1"}, "Activity 1 counts already"),
        ({"file": "Colour,Shape\nred,round\n"}, "odd.csv"),
        ({"file": f"{HEADINGS}\nBoxing,A Club,31/02/2031,4,,\n"}, "No row of odd.csv"),
        ({"file": "Surname,Date of birth\nSmith,01/02/2008\n"}, "odd.csv"),
    ],
)
def test_what_cannot_be_worked_out_says_why(
    loader: Reader, changes: dict[str, Any], told: str
) -> None:
    if "file" in changes:
        changes = {"file": file_of(changes["file"], "odd.csv")}
    _, page = tried(loader, **changes)
    assert page.heading == "The scenario could not be worked out"
    assert told in page.text
    assert "Smith" not in page.text


def test_a_scenario_that_is_killed_says_so(loader: Reader, settings: Settings) -> None:
    address = loader.send("/scenario", form_of(loader, withdrawn="1")).location
    work = WorkFolder(settings.upload_dir / address.rpartition("/")[2])
    os.killpg(work.read("process.json")["pid"], signal.SIGKILL)
    while work.is_worked_on():
        time.sleep(0.02)
    assert settled(loader, address).heading == "This scenario was interrupted"


def test_a_scenario_is_stopped_and_thrown_away(loader: Reader) -> None:
    form = form_of(loader, withdrawn="1")
    address = loader.send("/scenario", form).location
    loader.send(f"{address}/stop", {"csrf_token": form["csrf_token"]})
    loader.get(address, 404)


def test_a_scenario_is_seen_by_whoever_asked_for_it_alone(
    loader: Reader, site: Flask, store: Store
) -> None:
    address, _ = tried(loader, withdrawn="1")
    with store.writing() as session:
        other = make_user(
            email="other@example.org", role=Role.ANALYST, password_hash=hash_password(PASSWORD)
        )
        save_user(session, other)
    with Reader(site) as reader:
        reader.sign_in("other@example.org", PASSWORD)
        reader.get(address, 404)
        reader.fetch(f"{address}/areas.csv", 404)


@pytest.mark.parametrize("path", ["/scenario", f"/scenario/{'0' * 32}"])
def test_scenarios_are_for_analysts(partner: Reader, path: str) -> None:
    partner.get(path, 403)


@pytest.mark.parametrize("token", ["0" * 32, "x", "..%2Fsite.sqlite"])
def test_a_scenario_that_is_not_there_is_not_found(loader: Reader, token: str) -> None:
    loader.get(f"/scenario/{token}", 404)
