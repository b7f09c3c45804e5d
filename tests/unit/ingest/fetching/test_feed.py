"""Feeds, against a server on this machine that is slow, busy, broken or endless."""

import json
import time
from collections.abc import Callable

import pytest

from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.fetching.feed import Feed, is_address
from mapper.ingest.fetching.one_answer import Asking
from mapper.ingest.kinds.organisations import read_organisations
from tests.local_server import Answer, Answers, Server

QUICK = Asking(tries=3, silence_s=0.3, answer_s=0.6, pause_s=0.01, wait_s=0.01, proxies={})
PLACE = {"location": {"physical_addresses": [{"postal_code": "PO1 3AX"}]}}


def _service(number: int) -> dict[str, object]:
    own = {"id": f"o{number}", "name": f"Invented {number}"}
    return {"id": f"s{number}", "organization": own, "service_at_locations": [PLACE]}


def _page(number: int, pages: int, items: list[dict[str, object]], key: str = "contents") -> Answer:
    head = {"total_pages": pages, "page_number": number, "last_page": number == pages}
    return Answer(json.dumps(head | {key: items}).encode())


def _open(server: Server, path: str = "/services", asking: Asking = QUICK) -> list[object]:
    found = json.loads(Feed(server.address + path, asking).open().content)
    assert isinstance(found, list)
    return found


def test_every_page_is_asked_for_in_turn(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda _, query, __: _page(int(query["page"][0]), 3,
                                              [_service(int(query["page"][0]))]))  # fmt: skip
    assert len(_open(server)) == 3
    assert [path.split("page=")[-1] for path in server.asked] == ["1", "2", "3"]
    assert server.agents[0].startswith("mapper/")


def test_pages_of_version_1_are_read(serve: Callable[[Answers], Server]) -> None:
    pages = {"totalPages": 2, "last": False}
    server = serve(
        lambda _, query, __: Answer(
            json.dumps(pages | {"content": [_service(int(query["page"][0]))]}).encode()
        )
    )
    assert len(_open(server)) == 2


def test_a_list_in_brief_is_filled_in_one_by_one(serve: Callable[[Answers], Server]) -> None:
    def answers(path: str, _: dict[str, list[str]], __: int) -> Answer:
        if path == "/services":
            return _page(1, 1, [{"id": "s1", "name": "brief"}])
        return Answer(json.dumps(_service(1)).encode())

    server = serve(answers)
    assert _open(server) == [_service(1)]
    assert server.asked[-1] == "/services/s1"


def test_what_a_feed_gives_is_read_as_a_file(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: _page(1, 1, [_service(1)]))
    source = Feed(f"{server.address}/services", QUICK).open()
    parsed = read_organisations(source, Ground(), IssueLog(source.name))
    assert [each.name for _, each in parsed.records] == ["Invented 1"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int, serve: Callable[[Answers], Server]) -> None:
    server = serve(
        lambda _, __, count: Answer(status=status) if count < 3 else _page(1, 1, [_service(1)])
    )
    assert len(_open(server)) == 1
    assert len(server.asked) == 3


def test_a_server_that_says_when_to_come_back_is_believed(
    serve: Callable[[Answers], Server],
) -> None:
    busy = Answer(status=503, headers={"Retry-After": "1"})
    server = serve(lambda _, __, count: busy if count == 1 else _page(1, 1, [_service(1)]))
    began = time.monotonic()
    _open(server)
    assert time.monotonic() - began >= 1


def test_a_page_that_is_no_json_is_asked_for_again(serve: Callable[[Answers], Server]) -> None:
    server = serve(
        lambda _, __, count: Answer(b"<html>busy") if count == 1 else _page(1, 1, [_service(1)])
    )
    assert len(_open(server)) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_believed_at_once(status: int, serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(status=status))
    with pytest.raises(SourceError, match=f"status {status}"):
        _open(server)
    assert len(server.asked) == 1


def test_a_server_that_stays_broken_is_given_up(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(status=500))
    with pytest.raises(SourceError, match=r"it answered 500, after 3 tries"):
        _open(server)
    assert len(server.asked) == 3


def test_a_silent_server_is_given_up(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(wait_s=0.8))
    with pytest.raises(SourceError, match="did not answer in time"):
        _open(server)


def test_a_dripping_server_is_given_up(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(b" " * 60, drip_s=0.05))
    with pytest.raises(SourceError, match="took too long"):
        _open(server, asking=Asking(tries=1, silence_s=0.3, answer_s=0.4, pause_s=0, proxies={}))


def test_an_answer_beyond_the_limit_is_refused(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(b"[" + b" " * 2_000_000))
    with pytest.raises(SourceError, match="more than 1 MB"):
        _open(server, asking=Asking(most_bytes=1024 * 1024, pause_s=0, proxies={}))


def test_no_server_at_all_is_said() -> None:
    with pytest.raises(SourceError, match="could not be asked"):
        Feed("http://127.0.0.1:9/services", QUICK).open()


def test_a_server_that_knows_no_pages_is_asked_twice_and_not_for_ever(
    serve: Callable[[Answers], Server],
) -> None:
    server = serve(lambda *_: Answer(json.dumps({"content": [_service(1)]}).encode()))
    assert len(_open(server)) == 1
    assert len(server.asked) == 2


def test_a_plain_list_is_read_once(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(json.dumps([_service(1), _service(2)]).encode()))
    assert len(_open(server)) == 2
    assert len(server.asked) == 1


def test_a_redirect_to_a_file_is_not_followed(serve: Callable[[Answers], Server]) -> None:
    elsewhere = Answer(status=302, headers={"Location": "file:///etc/hostname"})
    server = serve(lambda *_: elsewhere)
    with pytest.raises(SourceError):
        _open(server)


def test_a_key_in_the_address_is_sent_and_not_shown(serve: Callable[[Answers], Server]) -> None:
    server = serve(lambda *_: Answer(status=403))
    feed = Feed(f"{server.address}/services?key=secret", QUICK)
    with pytest.raises(SourceError) as refusal:
        feed.open()
    assert "key=secret" in server.asked[0]
    assert "secret" not in f"{feed.name} {refusal.value}"


def test_an_address_is_told_from_a_path() -> None:
    assert [is_address(each) for each in ("https://a.example", "a.csv", "httpd.csv")] == [
        True,
        False,
        False,
    ]


def test_an_address_without_a_server_is_refused() -> None:
    with pytest.raises(SourceError, match="no address of a feed"):
        Feed("https://").open()
