"""Feature services, against a server on this machine that speaks as ArcGIS does."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.domain.area import AreaType
from mapper.errors import BoundaryError, MapperError, SourceError
from mapper.ingest.fetching.feature_service import Layer, download_layer
from mapper.ingest.fetching.one_answer import Asking
from tests.feature_service import LAYER, FeatureService, Query, said, square, squares
from tests.local_server import Answer, Answers, Server, serving

QUICK = Asking(tries=3, silence_s=0.4, answer_s=0.8, pause_s=0, wait_s=0.01, proxies={})
BOUNDS = (400_000.0, 80_000.0, 490_000.0, 165_000.0)
Serve = Callable[[Answers], Server]


def _layer(server: Server, **changes: Any) -> Layer:
    layer = Layer(
        address=server.address + LAYER, level=AreaType.LSOA, vintage="2021", bounds_m=BOUNDS
    )
    return replace(layer, **changes)


def _codes(content: bytes) -> list[str]:
    return [each["properties"]["LSOA21CD"] for each in json.loads(content)["features"]]


def _refused(server: Server, asking: Asking = QUICK, **changes: Any) -> MapperError:
    with pytest.raises((SourceError, BoundaryError)) as refusal:
        download_layer(_layer(server, **changes), asking)
    assert "boundaries import" in refusal.value.action
    return refusal.value


def _questions(server: Server) -> list[Query]:
    return [parse_qs(urlsplit(path).query) for path in server.asked if "resultOffset" in path]


def _first_page(replaced: Callable[[], Answer], times: int = 1_000) -> Answers:
    """A service that answers its first page otherwise, so many times."""
    service, left = FeatureService(), [times]

    def answers(path: str, query: Query, number: int) -> Answer:
        if query.get("resultOffset") == ["0"] and left[0]:
            left[0] -= 1
            return replaced()
        return service(path, query, number)

    return answers


def test_every_page_is_asked_for_until_the_count_is_reached(serve: Serve) -> None:
    server = serve(FeatureService())
    content = download_layer(_layer(server), QUICK)
    assert _codes(content) == [f"E0199{n:04}" for n in range(5)]
    assert [each["resultOffset"] for each in _questions(server)] == [["0"], ["2"], ["4"]]


def test_the_same_areas_give_the_same_bytes_whatever_their_order(serve: Serve) -> None:
    first = download_layer(_layer(serve(FeatureService())), QUICK)
    backwards = FeatureService(squares(5)[::-1], page_size=3)
    assert download_layer(_layer(serve(backwards)), QUICK) == first


def test_a_layer_that_names_authorities_is_asked_for_those_of_hips(serve: Serve) -> None:
    features = [
        {**each, "properties": each["properties"] | {"LAD22CD": "E06000044"}} for each in squares(2)
    ]
    server = serve(FeatureService(features, fields=("LSOA21CD", "LSOA21NM", "LAD22CD")))
    download_layer(_layer(server), QUICK)
    asked = _questions(server)[0]
    assert asked["where"][0].startswith("LAD22CD IN ('E06000044','E06000045'")
    assert "geometry" not in asked


def test_a_layer_without_authorities_is_asked_for_what_lies_about_hips(serve: Serve) -> None:
    server = serve(FeatureService())
    download_layer(_layer(server), QUICK)
    asked = _questions(server)[0]
    assert (asked["geometry"], asked["inSR"]) == (["400000,80000,490000,165000"], ["27700"])
    assert asked["outSR"] == ["4326"]


def test_a_layer_of_another_year_is_refused(serve: Serve) -> None:
    refusal = _refused(serve(FeatureService()), vintage="2011")
    assert "areas of 2021" in refusal.found


def test_a_layer_of_another_level_is_refused(serve: Serve) -> None:
    assert "No column holds ward codes" in _refused(
        serve(FeatureService()), level=AreaType.WARD, vintage="").found  # fmt: skip


def test_a_year_that_is_not_asked_for_is_the_layers_own(serve: Serve) -> None:
    assert len(_codes(download_layer(_layer(serve(FeatureService()), vintage=""), QUICK))) == 5


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(serve: Serve, status: int) -> None:
    server = serve(_first_page(lambda: Answer(status=status), times=1))
    assert len(_codes(download_layer(_layer(server), QUICK))) == 5


def test_a_server_that_says_when_to_come_back_is_left_alone_so_long(serve: Serve) -> None:
    server = serve(_first_page(lambda: Answer(status=429, headers={"Retry-After": "1"}), times=1))
    begun = monotonic()
    download_layer(_layer(server), QUICK)
    assert monotonic() - begun >= 1


def test_a_moment_to_come_back_at_is_understood_too(serve: Serve) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server = serve(
        _first_page(lambda: Answer(status=503, headers={"Retry-After": moment}), times=1)
    )
    begun = monotonic()
    download_layer(_layer(server), QUICK)
    assert monotonic() - begun >= 0.9


def test_an_error_of_a_busy_service_that_comes_as_200_is_asked_again(serve: Serve) -> None:
    busy = said({"error": {"code": 429, "message": "Too many requests"}})
    server = serve(_first_page(lambda: busy, times=1))
    assert len(_codes(download_layer(_layer(server), QUICK))) == 5


def test_any_other_error_that_comes_as_200_ends_it_at_once(serve: Serve) -> None:
    server = serve(_first_page(lambda: said({"error": {"code": 400, "message": "Bad field"}})))
    assert "400 Bad field" in _refused(server).found
    assert len(_questions(server)) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"<!doctype html><title>Sign in</title>"), "not JSON"),
        (Answer(b'{"type": "FeatureCollection", "features": [{"type"'), "not JSON"),
        (Answer(status=500), "it answered 500"),
        (Answer(wait_s=0.6), "did not answer in time"),
        (Answer(b'{"type": "Feature" ' + b" " * 50, drip_s=0.05), "too long"),
    ],
    ids=["html", "cut short", "broken", "silent", "dripping"],
)
def test_a_server_that_fails_to_the_last_is_given_up(
    serve: Serve, answer: Answer, why: str
) -> None:
    server = serve(_first_page(lambda: answer))
    refusal = _refused(server)
    assert why in refusal.found
    assert "after 3 tries" in refusal.found


def test_json_that_is_no_geojson_is_refused(serve: Serve) -> None:
    assert "not GeoJSON" in _refused(serve(_first_page(lambda: said({"features": []})))).found


def test_coordinates_said_to_be_in_another_system_are_refused(serve: Serve) -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:27700"}}
    page = FeatureService().some(squares(2), is_cut=True, crs=crs)
    assert "not in degrees" in _refused(serve(_first_page(lambda: page))).found


def test_a_page_that_is_missing_is_missed(serve: Serve) -> None:
    nothing = FeatureService().some([], is_cut=True)
    refusal = _refused(serve(_first_page(lambda: nothing)))
    assert "counts 5 areas, gave 0" in refusal.found


def test_fewer_areas_than_were_counted_are_refused(serve: Serve) -> None:
    class Short(FeatureService):
        def count(self) -> Answer:
            return said({"count": 7})

    assert "counts 7 areas, gave 5" in _refused(serve(Short())).found


def test_the_same_area_on_two_pages_does_not_hide_a_missing_one(serve: Serve) -> None:
    repeated = FeatureService(squares(4) + squares(4)[:1] + squares(3))
    assert "counts 8 areas, gave 4" in _refused(serve(repeated)).found


def test_one_area_in_two_shapes_is_refused(serve: Serve) -> None:
    twice = FeatureService([square("E01990000"), square("E01990000", -1.05)])
    assert "E01990000 twice" in _refused(serve(twice)).found


def test_pages_without_end_are_left(serve: Serve) -> None:
    class Endless(FeatureService):
        def page(self, query: Query) -> Answer:
            start = int(query["resultOffset"][0])
            return self.some([square(f"E0199{start + n:04}") for n in (0, 1)], is_cut=True)

    server = serve(Endless(squares(4)))
    assert "gave 6 and says that there are more" in _refused(server).found
    assert len(_questions(server)) == 3


def test_the_same_page_again_and_again_is_left(serve: Serve) -> None:
    class Stuck(FeatureService):
        def page(self, query: Query) -> Answer:  # noqa: ARG002  (the same, whatever is asked)
            return self.some(squares(2), is_cut=True)

    server = serve(Stuck())
    assert "says that there are more" in _refused(server).found
    assert len(_questions(server)) == 2


def test_a_server_that_says_more_after_the_last_page_is_asked_once_more(serve: Serve) -> None:
    class Hesitant(FeatureService):
        def page(self, query: Query) -> Answer:
            start = int(query["resultOffset"][0])
            return self.some(self.features[start : start + 2], is_cut=True)

    server = serve(Hesitant(squares(4)))
    assert len(_codes(download_layer(_layer(server), QUICK))) == 4
    assert len(_questions(server)) == 3


def test_pages_that_are_too_large_together_are_not_taken_in(serve: Serve) -> None:
    server = serve(FeatureService(squares(40), page_size=10))
    with pytest.raises(SourceError, match="more than"):
        download_layer(_layer(server), QUICK, most_bytes=8_000)
    assert len(_questions(server)) > 1


@pytest.mark.parametrize("count", [0, -1, "many", None, 5_000_000])
def test_a_count_that_cannot_be_is_refused(serve: Serve, count: object) -> None:
    class Odd(FeatureService):
        def count(self) -> Answer:
            return said({"count": count})

    assert "it counts" in _refused(serve(Odd())).found


def test_a_redirect_to_another_server_is_refused(serve: Serve) -> None:
    other = serve(FeatureService())
    server = serve(lambda *_: Answer(status=302, headers={"Location": other.address + LAYER}))
    assert "another server" in _refused(server).found
    assert other.asked == []


def test_a_redirect_on_the_same_server_is_followed(serve: Serve) -> None:
    service = FeatureService()

    def answers(path: str, query: Query, number: int) -> Answer:
        if number == 1:
            return Answer(status=302, headers={"Location": f"{LAYER}/moved?f=json"})
        return service(path, query, number)

    assert len(_codes(download_layer(_layer(serve(answers)), QUICK))) == 5


@pytest.mark.parametrize(
    "address",
    [
        "http://services.example.org/FeatureServer/0",
        "file:///etc/passwd",
        "ftp://example.org/0",
        "https:///FeatureServer/0",
        "FeatureServer/0",
        "",
    ],
)
def test_an_address_that_is_not_https_is_not_asked(address: str) -> None:
    layer = Layer(address=address, level=AreaType.LSOA, vintage="2021", bounds_m=BOUNDS)
    with pytest.raises(SourceError, match="not an address"):
        download_layer(layer, QUICK)


def test_a_machine_that_is_offline_is_told_how_to_load_the_file_by_hand() -> None:
    with serving() as start:
        gone = start(FeatureService())
    refusal = _refused(gone)
    assert "the connection failed" in refusal.found
    assert "mapper boundaries import FILE" in refusal.action
