"""What the demo planted to be kept is in nothing that the public is shown."""

import csv
import json
import re
from pathlib import Path

import pytest

from mapper.config import ROOT
from mapper.domain.disclosure import Audience
from mapper.geography.crs import points_to_wgs84
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.reports.best_practice import practice_contacts
from mapper.reports.export import to_json
from mapper.store.session import open_store
from tests.command_line import CommandLine

pytestmark = pytest.mark.slow
DEMO = ROOT / "data" / "demo"
REFUGE = json.loads((DEMO / "planted.json").read_text("utf-8"))["refuge"]
LADS = [f"E060000{number}" for number in (44, 45, 46)]
LADS += [f"E070000{number}" for number in range(84, 95)]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything the public is shown of the demo, by name."""
    folder = tmp_path_factory.mktemp("demo")
    mapper = CommandLine(f"sqlite:///{folder / 'demo.sqlite'}")
    assert mapper("demo", "--no-serve").status == 0
    for lad in LADS:
        for form in ("html", "json", "csv"):
            assert mapper("report", lad, "--format", form, "--out", folder).status == 0
    assert mapper("map", "--out", folder / "map.html").status == 0
    assert mapper("network", "export", "--out", folder / "network.graphml").status == 0
    wanted = (".html", ".json", ".csv", ".graphml")
    files = sorted(path for path in folder.iterdir() if path.suffix in wanted)
    found = {path.name: path.read_text("utf-8") for path in files}
    for listing in ("organisations", "activities"):
        for form in ("--json", "--csv"):
            found[f"{listing} {form}"] = mapper("list", listing, form).out
    return found | {"practice": _practice(mapper.url)}


def _practice(url: str) -> str:
    store = open_store(url)
    with store.reading() as session:
        told = to_json(practice_contacts(session, Audience.PUBLIC))
    store.dispose()
    return told


def _contacts() -> list[dict[str, str]]:
    with (DEMO / "organisations.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["Contact name"]]


def _is_public(contact: dict[str, str]) -> bool:
    return contact["Consent given"] == "yes" and contact["Consent shown to"] == "public"


def _kept(column: str) -> set[str]:
    """What is known only of people who did not agree to be shown to the public."""
    contacts = _contacts()
    public = {contact[column] for contact in contacts if _is_public(contact)}
    return {contact[column] for contact in contacts if contact[column]} - public


def test_everything_was_fetched(shown: dict[str, str]) -> None:
    assert len(shown) == 3 * len(LADS) + 7
    assert REFUGE["name"] in shown["organisations --json"]


def test_the_refuges_postcode_and_address_are_nowhere(shown: dict[str, str]) -> None:
    told = (REFUGE["postcode"], REFUGE["postcode"].replace(" ", ""), REFUGE["address"])
    assert [(name, text) for name, page in shown.items() for text in told if text in page] == []


def test_the_refuges_coordinates_are_nowhere(shown: dict[str, str]) -> None:
    place = PostcodeDirectory.load().find(REFUGE["postcode"])
    [longitude], [latitude] = points_to_wgs84([place.easting_m], [place.northing_m])
    degrees = f"{longitude:.6f}"[:-2], f"{latitude:.6f}"[:-2]
    metres = f"{place.easting_m:.0f}"[:-1], f"{place.northing_m:.0f}"[:-1]
    near = re.compile(
        "|".join(
            rf"(?<![\d.]){re.escape(first)}\d*[^\d]{{1,20}}{re.escape(second)}\d"
            for first, second in (degrees, degrees[::-1], metres, metres[::-1])
        )
    )
    assert [name for name, page in shown.items() if near.search(page)] == []


def test_the_map_draws_the_refuge_in_the_middle_of_its_authority(shown: dict[str, str]) -> None:
    drawn = f'"name":"{REFUGE["name"]}","kind":"refuge","exactness":"local authority"'
    assert drawn in shown["map.html"]


@pytest.mark.parametrize("column", ["Contact name", "Contact email", "Contact phone"])
def test_people_who_did_not_agree_are_nowhere(shown: dict[str, str], column: str) -> None:
    kept = _kept(column)
    assert len(kept) > 50
    assert [(name, text) for name, page in shown.items() for text in kept if text in page] == []


def test_every_page_says_that_it_is_synthetic(shown: dict[str, str]) -> None:
    pages = {name: page for name, page in shown.items() if Path(name).suffix == ".html"}
    assert [name for name, page in pages.items() if "SYNTHETIC" not in page] == []
