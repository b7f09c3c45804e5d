"""`mapper boundaries download`, against a feature service on this machine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine
from tests.feature_service import LAYER, FeatureService, said, squares
from tests.local_server import Answer, Answers, Server

Serve = Callable[[Answers], Server]


@pytest.fixture(autouse=True)
def _directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine is asked without any proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def _download(mapper: CommandLine, server: Server, *options: str | Path) -> Any:
    return mapper("boundaries", "download", "lsoa", "--address", server.address + LAYER, *options)


def test_what_was_downloaded_is_loaded_as_a_file_would_be(
    on_new_ground: CommandLine, serve: Serve
) -> None:
    told = _download(on_new_ground, serve(FeatureService()))
    assert (told.status, told.err) == (0, "")
    assert "LSOA 2021, 0 areas replaced, 5 added" in told.out
    assert "LSOAs.geojson" in on_new_ground("boundaries", "list").out


def test_the_same_download_again_changes_nothing(on_new_ground: CommandLine, serve: Serve) -> None:
    server = serve(FeatureService())
    _download(on_new_ground, server)
    assert "nothing was changed" in _download(on_new_ground, server).out


def test_areas_outside_hips_are_left_out(on_new_ground: CommandLine, serve: Serve) -> None:
    away = squares(1)[0]
    away["properties"] |= {"LSOA21CD": "E01031000", "LSOA21NM": "Chichester 001A"}
    shape = away["geometry"]["coordinates"][0]
    away["geometry"]["coordinates"] = [[[x + 0.6, y] for x, y in shape]]
    told = _download(on_new_ground, serve(FeatureService([*squares(2), away])))
    assert "2 added" in told.out
    assert "1 area outside HIPS was left out" in told.out


def test_a_copy_is_kept_for_a_machine_that_is_offline(
    on_new_ground: CommandLine, serve: Serve, tmp_path: Path
) -> None:
    copy = tmp_path / "lsoa.geojson"
    _download(on_new_ground, serve(FeatureService()), "--save", copy)
    assert len(json.loads(copy.read_text("utf-8"))["features"]) == 5


def _in_metres() -> list[dict[str, Any]]:
    features = squares(2)
    for each in features:
        shape = each["geometry"]["coordinates"][0]
        each["geometry"]["coordinates"] = [[[460_000 + x, 100_000 + y] for x, y in shape]]
    return features


def _swapped() -> list[dict[str, Any]]:
    features = squares(2)
    for each in features:
        each["geometry"]["coordinates"] = [[pair[::-1] for pair in ring]
                                           for ring in each["geometry"]["coordinates"]]  # fmt: skip
    return features


@pytest.mark.parametrize(
    "service",
    [
        FeatureService(_in_metres()),
        FeatureService(_swapped()),
        lambda *_: said({"error": {"code": 404, "message": "Service not found"}}),
        lambda *_: Answer(status=404),
        FeatureService(fields=("LSOA11CD", "LSOA11NM")),
    ],
    ids=["in metres", "swapped", "error with status 200", "not found", "another year"],
)
def test_a_failure_changes_nothing(
    on_new_ground: CommandLine, serve: Serve, service: Answers
) -> None:
    before = on_new_ground("boundaries", "list").out
    told = _download(on_new_ground, serve(service))
    assert told.status == 2
    assert told.err.startswith("mapper: ")
    assert on_new_ground("boundaries", "list").out == before


def test_a_year_that_no_service_is_known_of_is_said(on_new_ground: CommandLine) -> None:
    told = on_new_ground("boundaries", "download", "msoa", "--vintage", "2011")
    assert told.status == 2
    assert "--address" in told.err
