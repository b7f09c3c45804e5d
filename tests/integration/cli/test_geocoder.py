"""`mapper ingest` with an online geocoder, which is asked only where the settings name one."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from tests.local_server import Answers, Server
from tests.nominatim_server import gazetteer

ROWS = """name,address,kind,show location
Mill,"1 Mill Lane, Southampton",,
Quay,"99 Mill Lane, Southampton",,
Hope House,"5 Dock Road, Southampton",refuge,
"""


@pytest.fixture
def server(serve: Callable[[Answers], Server]) -> Server:
    return serve(gazetteer)


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    path = tmp_path / "groups.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_addresses_are_asked_for_where_a_geocoder_is_set(
    on_new_ground: CommandLine, server: Server, groups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_GEOCODER_URL", server.address)
    monkeypatch.setenv("MAPPER_GEOCODER_PER_SECOND", "100")
    told = on_new_ground("ingest", "organisations", groups)
    assert "records new 2" in told.out
    assert len(server.asked) == 2
    with sqlite3.connect(on_new_ground.url.removeprefix("sqlite:///")) as database:
        rows = database.execute(
            "SELECT o.name, o.found_by, p.precision FROM organisations o "
            "JOIN places p ON p.id = o.place_id ORDER BY o.name"
        ).fetchall()
    database.close()
    how = "online geocoder (127.0.0.1)"
    assert rows == [("Mill", how, "coordinates"), ("Quay", how, "street")]


def test_no_address_leaves_where_none_is_set(
    on_new_ground: CommandLine, server: Server, groups: Path
) -> None:
    assert (
        "No row of groups.csv could be saved"
        in on_new_ground("ingest", "organisations", groups).err
    )
    assert server.asked == []


def test_an_entry_that_the_directory_shelters_is_not_asked_for_whatever_a_file_says(
    on_new_ground: CommandLine, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_GEOCODER_URL", server.address)
    first = tmp_path / "first.csv"
    first.write_text("name,postcode,show location\nMill,SO14 7LW,hidden\n", encoding="utf-8")
    assert on_new_ground("ingest", "organisations", first).status == 0
    second = tmp_path / "second.csv"
    second.write_text('name,address\nMILL,"1 Mill Lane, Southampton"\n', encoding="utf-8")
    on_new_ground("ingest", "organisations", second)
    assert server.asked == []


def test_without_geopy_the_file_is_refused_saying_what_to_install(
    on_new_ground: CommandLine, server: Server, groups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_GEOCODER_URL", server.address)
    monkeypatch.setitem(sys.modules, "mapper.ingest.places.nominatim", None)
    told = on_new_ground("ingest", "organisations", groups)
    assert told.status != 0
    assert "pip install 'mapper[geocoder]'" in told.err


def test_an_address_that_would_not_be_safe_to_ask_stops_every_command(
    on_new_ground: CommandLine, groups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_GEOCODER_URL", "http://geocoder.example.org")
    told = on_new_ground("ingest", "organisations", groups)
    assert told.status != 0
    assert "MAPPER_GEOCODER_URL" in told.err
