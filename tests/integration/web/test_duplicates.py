"""The review of duplicates in the web: the queue, a pair, decisions, and undoing them."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mapper.domain.matching import Evidence, Match, MatchField, Verdict
from mapper.domain.organisation import Identifier, OrganisationKind
from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.store.matches import get_proposal, review_queue
from mapper.store.merges import list_merges
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.proposals import SearchCounts, keep_matches
from mapper.store.searches import begin_search, end_search, last_search
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_place, make_source
from tests.integration.web.reader import Reader, text_of
from tests.web_site import PASSWORD

NUMBER = (Identifier("GB-CHC", "1234567"),)
SECRET_POSTCODE = "PO1 1AX"  # noqa: S105  (of a place that may not be told)


@pytest.fixture
def pairs(store: Store) -> list[int]:
    """The numbers of two pairs to decide: a likely one, and one with a refuge in it."""
    records = [
        located(make_organisation(name="Kitewing Youth", identifiers=NUMBER), make_place(2)),
        located(make_organisation(name="Kitewing Youth Trust", identifiers=NUMBER), make_place(2)),
        located(
            make_organisation(
                name="The Refuge Ltd",
                kind=OrganisationKind.REFUGE,
                location=Location(postcode=SECRET_POSTCODE),
            ),
            make_place(1),
        ),
    ]
    with store.writing() as session:
        source = make_source(SourceKind.ORGANISATIONS, name="a second list")
        save_organisations(session, add_source(session, source), records)
        ids = organisation_ids_by_name(session)
        keep_matches(
            session,
            [
                _match(ids["kitewing youth"], ids["kitewing youth trust"], 0.9),
                _match(ids["a refuge"], ids["refuge ltd"], 0.3),
            ],
        )
        return [one.id for one in review_queue(session)]


@pytest.fixture
def reviewer(site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


def test_the_likeliest_pair_stands_first(reviewer: Reader, pairs: list[int]) -> None:
    links = [link.get("href") for link in reviewer.get("/duplicates").all("h2/a")]

    assert links == [f"/duplicates/{number}" for number in pairs]


@pytest.mark.parametrize(
    ("part", "count"),
    [("authority=E06000045", 0), ("source=a+second+list", 2), ("source=nothing", 0)],
)
def test_the_queue_is_narrowed_down(
    reviewer: Reader, pairs: list[int], part: str, count: int
) -> None:
    assert pairs
    assert len(reviewer.get(f"/duplicates?{part}").all("h2/a")) == count


@pytest.mark.parametrize("path", ["/duplicates", "/duplicates/merged", "/duplicates/apart"])
def test_a_partner_may_not_look(writer: Reader, path: str) -> None:
    writer.get(path, 403)


def test_a_partner_finds_no_way_to_the_queue(writer: Reader) -> None:
    assert "Duplicates" not in writer.get("/organisations").text


def test_two_records_stand_side_by_side_in_words(reviewer: Reader, pairs: list[int]) -> None:
    text = reviewer.get(f"/duplicates/{pairs[0]}").text

    assert "Pair 1 of 2" in text
    assert "for one organisation" in text
    assert "Kitewing Youth Trust (a second list)" in text


def test_a_refuge_is_shown_no_more_exactly_than_anywhere(
    reviewer: Reader, pairs: list[int]
) -> None:
    page = reviewer.get(f"/duplicates/{pairs[1]}")

    assert SECRET_POSTCODE not in page.html
    assert "local authority" in page.text


def test_after_a_decision_the_next_pair_opens(reviewer: Reader, pairs: list[int]) -> None:
    answered = _decide(reviewer, pairs[0], "kept apart")

    assert answered.location == f"/duplicates/{pairs[1]}"
    assert "kept apart until either record changes" in reviewer.get(answered.location).text


def test_the_next_pair_is_of_the_part_worked_through(reviewer: Reader, pairs: list[int]) -> None:
    answered = _decide(reviewer, pairs[0], "kept apart", "?source=a+second+list")

    assert answered.location == f"/duplicates/{pairs[1]}?source=a+second+list"


def test_after_the_last_pair_the_queue_opens(reviewer: Reader, pairs: list[int]) -> None:
    assert _decide(reviewer, pairs[1], "never again").location == "/duplicates"


def test_who_decided_is_kept(reviewer: Reader, store: Store, pairs: list[int]) -> None:
    _decide(reviewer, pairs[0], "never again")

    with store.reading() as session:
        proposal = get_proposal(session, pairs[0])
    assert (proposal.verdict, proposal.decided_by) == (Verdict.NEVER_AGAIN, "analyst@example.org")
    assert "Never ask again analyst@example.org" in reviewer.get("/duplicates/apart").text


def test_the_one_that_was_chosen_goes_on(reviewer: Reader, store: Store, pairs: list[int]) -> None:
    with store.reading() as session:
        second = get_proposal(session, pairs[0]).match.second_id
    _decide(reviewer, pairs[0], f"merge into {second}")

    with store.reading() as session:
        (merge,) = list_merges(session)
    assert (merge.kept_id, merge.merged_by) == (second, "analyst@example.org")


def test_a_merge_is_undone_once_it_is_confirmed(
    reviewer: Reader, store: Store, pairs: list[int]
) -> None:
    merge_id = _merged(reviewer, store, pairs[0])
    reviewer.get("/duplicates/merged")
    page = reviewer.get(f"/duplicates/merged/{merge_id}")
    reviewer.send(f"/duplicates/merged/{merge_id}", page.fields())

    assert f"Merge {merge_id} is undone" in reviewer.get("/duplicates/merged").text
    with store.reading() as session:
        assert list_merges(session) == []


def test_a_merge_that_is_undone_already_is_said_to_be(
    reviewer: Reader, store: Store, pairs: list[int]
) -> None:
    merge_id = _merged(reviewer, store, pairs[0])
    fields = reviewer.get(f"/duplicates/merged/{merge_id}").fields()
    for _ in range(2):
        reviewer.send(f"/duplicates/merged/{merge_id}", fields)

    assert "was undone by analyst@example.org already" in reviewer.get("/duplicates/merged").text


@pytest.mark.parametrize("second", ["kept apart", "never again", "merge"])
def test_a_form_sent_twice_or_too_late_changes_nothing(
    reviewer: Reader, store: Store, pairs: list[int], second: str
) -> None:
    page = reviewer.get(f"/duplicates/{pairs[0]}")
    merge = page.all("input[@name='decision']")[0].get("value")
    path = f"/duplicates/{pairs[0]}"
    reviewer.send(path, page.fields() | {"decision": "kept apart"})
    late = page.fields() | {"decision": merge if second == "merge" else second}
    answered = reviewer.send(path, late)

    assert "decided of meanwhile" in reviewer.get(answered.location).text
    with store.reading() as session:
        assert get_proposal(session, pairs[0]).verdict is Verdict.KEPT_APART
        assert list_merges(session) == []


def test_a_pair_that_is_one_by_now_is_said_to_be(
    reviewer: Reader, store: Store, pairs: list[int]
) -> None:
    _merged(reviewer, store, pairs[0])

    assert "They are one organisation now." in reviewer.get(f"/duplicates/{pairs[0]}").text


@pytest.mark.parametrize("decision", ["", "merge into 999", "merge into x", "proposed"])
def test_an_answer_that_is_none_of_those_offered_changes_nothing(
    reviewer: Reader, store: Store, pairs: list[int], decision: str
) -> None:
    path = f"/duplicates/{pairs[0]}"
    fields = reviewer.get(path).fields() | {"decision": decision}
    response = reviewer.client.post(path, data=fields)

    assert response.status_code in {200, 302}
    with store.reading() as session:
        assert get_proposal(session, pairs[0]).verdict is Verdict.PROPOSED


def test_a_decision_without_an_answer_says_what_to_do(reviewer: Reader, pairs: list[int]) -> None:
    path = f"/duplicates/{pairs[0]}"
    page = reviewer.post(path, reviewer.get(path).fields())

    assert "Choose whether they are one organisation or two" in page.text


def test_a_search_runs_beside_the_site_and_renews_the_queue(
    reviewer: Reader, store: Store, pairs: list[int]
) -> None:
    fields = {"csrf_token": reviewer.token("/duplicates"), "merges_certain": "y"}
    where = reviewer.send("/duplicates/search", fields).location
    running = reviewer.get(where)
    assert "The directory is being searched" in running.text
    assert "No pair waits" not in running.text
    assert running.all("p[@data-watch]")
    assert "http-equiv" in running.html
    _wait_for_search(store)

    ended = reviewer.get(where)
    assert "The search has ended" in ended.text
    assert "http-equiv" not in ended.html
    assert ended.all("p[@data-watch]") == []
    assert "The last search" in reviewer.get("/duplicates").text
    assert "The search has ended" not in reviewer.get("/duplicates").text
    with store.reading() as session:
        found = last_search(session)
    assert found is not None
    assert (found.failure, found.started_by) == ("", "analyst@example.org")
    assert pairs


def test_whoever_looks_while_a_search_runs_can_stop_the_page_from_looking_again(
    reviewer: Reader, store: Store
) -> None:
    with store.writing() as session:
        begin_search(session, by="pat@example.org", merges_certain=False)
    page = reviewer.get("/duplicates?watch=no")

    assert "pat@example.org began it" in page.text
    assert page.all("p[@data-watch]") == []
    assert "http-equiv" not in page.html


@pytest.mark.parametrize(
    ("failure", "words"),
    [("", "0 pairs to decide."), ("No memory was left.", "No memory was left. Search again.")],
)
def test_what_came_of_a_search_is_told_to_whoever_waited_for_it(
    reviewer: Reader, store: Store, failure: str, words: str
) -> None:
    with store.writing() as session:
        number = begin_search(session, by="pat@example.org", merges_certain=False)
        counts = None if failure else SearchCounts(0, 0, 0)
        end_search(session, number, counts, failure=failure)

    banner = reviewer.get(f"/duplicates?searched={number}").one("div[@role='alert']")
    assert words in text_of(banner)


def test_a_directory_that_was_never_searched_says_so(reviewer: Reader) -> None:
    page = reviewer.get("/duplicates")

    assert "The directory has not been searched yet" in page.text
    assert "No pair waits" not in page.text


def test_two_searches_at_once_are_refused(reviewer: Reader, store: Store) -> None:
    token = reviewer.token("/duplicates")
    with store.writing() as session:
        begin_search(session, by="pat@example.org", merges_certain=False)
    reviewer.send("/duplicates/search", {"csrf_token": token})

    assert "pat@example.org asked for is under way" in reviewer.get("/duplicates").text


def _match(first: int, second: int, score: float) -> Match:
    evidence = (
        Evidence(MatchField.NAME, "One", "Another", 3.0),
        Evidence(MatchField.POSTCODE, SECRET_POSTCODE, SECRET_POSTCODE, 2.5),
    )
    return Match(*sorted((first, second)), score, evidence)


def _decide(reviewer: Reader, number: int, decision: str, part: str = "") -> TestResponse:
    path = f"/duplicates/{number}{part}"
    return reviewer.send(path, reviewer.get(path).fields() | {"decision": decision})


def _merged(reviewer: Reader, store: Store, number: int) -> int:
    with store.reading() as session:
        first = get_proposal(session, number).match.first_id
    _decide(reviewer, number, f"merge into {first}")
    with store.reading() as session:
        return list_merges(session)[0].id


def _wait_for_search(store: Store) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with store.reading() as session:
            search = last_search(session)
        if search is not None and not search.is_running(datetime.now(UTC)):
            return
        time.sleep(0.2)
    pytest.fail("The search did not end.")
