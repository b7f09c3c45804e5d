"""The review queue: what a search finds is kept, what people decide is respected."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.matching import Evidence, Match, MatchField, MatchRecord, Verdict
from mapper.domain.organisation import Identifier
from mapper.domain.place import Location
from mapper.errors import InvalidValueError, NotAllowedError, NotFoundError
from mapper.ingest.deduplicate import SearchChoices, already_here, find_duplicates
from mapper.reports.matches import published_queue, side_by_side
from mapper.reports.merges import published_merges
from mapper.store.matches import decide, get_proposal, keep_apart, review_queue
from mapper.store.merges import list_merges, merge, undo
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.proposals import SearchCounts, keep_matches
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.survivors import survivors
from tests.factories import located, make_contact, make_organisation, make_place, make_source

NAMES = ("Alpha Trust", "Beta Club", "Gamma Hall", "Delta Group")
NUMBER = (Identifier("GB-CHC", "1234567"),)


@pytest.fixture
def ids(store: Store) -> list[int]:
    """Four organisations."""
    with store.writing() as session:
        _save(session, [{"name": name, "source_key": name} for name in NAMES])
        found = organisation_ids_by_name(session)
    return [found[name.casefold()] for name in NAMES]


def test_what_a_search_finds_is_in_the_queue_the_likeliest_first(
    store: Store, ids: list[int]
) -> None:
    counts = _keep(store, [_match(ids[0], ids[1], 0.3), _match(ids[2], ids[3], 0.9)])
    assert counts == SearchCounts(merged=0, proposed=2, decided_before=0)
    assert _queue(store) == [(ids[2], ids[3]), (ids[0], ids[1])]


def test_the_evidence_is_kept(store: Store, ids: list[int]) -> None:
    match = _match(ids[0], ids[1])
    _keep(store, [match])
    with store.reading() as session:
        assert review_queue(session)[0].match == match


def test_a_new_search_renews_the_queue(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1]), _match(ids[0], ids[2])])
    _keep(store, [_match(ids[0], ids[2])])
    assert _queue(store) == [(ids[0], ids[2])]


def test_a_proposal_found_again_keeps_its_number(store: Store, ids: list[int]) -> None:
    numbers = []
    for score in (0.3, 0.4):
        _keep(store, [_match(ids[0], ids[1], score)])
        with store.reading() as session:
            numbers.append(review_queue(session)[0].id)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("verdict", [Verdict.KEPT_APART, Verdict.NEVER_AGAIN])
def test_who_is_kept_apart_is_not_asked_about_again(
    store: Store, ids: list[int], verdict: Verdict
) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    _decide(store, verdict)
    counts = _keep(store, [_match(ids[0], ids[1])], merges=True)
    assert counts == SearchCounts(merged=0, proposed=0, decided_before=1)


def test_who_decided_and_what_is_kept(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    number = _decide(store, Verdict.KEPT_APART)
    with store.reading() as session:
        proposal = get_proposal(session, number)
    assert (proposal.verdict, proposal.decided_by) == (Verdict.KEPT_APART, "Pat")
    assert proposal.decided_at is not None


@pytest.mark.parametrize(
    ("verdict", "proposed"), [(Verdict.KEPT_APART, 1), (Verdict.NEVER_AGAIN, 0)]
)
def test_a_changed_record_is_asked_about_again_unless_never(
    store: Store, ids: list[int], verdict: Verdict, proposed: int
) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    _decide(store, verdict)
    with store.writing() as session:
        _save(session, [{"name": NAMES[0], "source_key": NAMES[0], "website": "www.new.org"}])
    assert _keep(store, [_match(ids[0], ids[1])]).proposed == proposed


def test_who_was_told_apart_is_told_apart_after_a_merge_with_a_third(
    store: Store, ids: list[int]
) -> None:
    with store.writing() as session:
        keep_apart(session, (ids[1], ids[0]), Verdict.NEVER_AGAIN, by="Pat")
        merge(session, ids[2], ids[0], by="Pat")
    assert _keep(store, [_match(ids[1], ids[2])]).proposed == 0


def test_merging_from_the_queue_keeps_the_one_known_longer(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    _decide(store, Verdict.MERGED)
    with store.reading() as session:
        assert survivors(session) == {ids[1]: ids[0]}
    assert _queue(store) == []


def test_a_person_may_choose_which_goes_on(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    _decide(store, Verdict.MERGED, keep_id=ids[1])
    with store.reading() as session:
        assert survivors(session) == {ids[0]: ids[1]}


def test_only_one_of_the_two_can_go_on(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    with pytest.raises(InvalidValueError, match="not of this pair"):
        _decide(store, Verdict.MERGED, keep_id=ids[2])


def test_a_proposal_comes_back_when_its_merge_is_undone(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    before = _queue(store)
    _decide(store, Verdict.MERGED)
    with store.writing() as session:
        undo(session, list_merges(session)[0].id, by="Una")
    assert _queue(store) == before


def test_certain_pairs_are_merged_only_when_asked(store: Store, ids: list[int]) -> None:
    match = _match(ids[0], ids[1], is_certain=True)
    assert _keep(store, [match]).merged == 0
    assert _keep(store, [match], merges=True) == SearchCounts(1, 0, 0)


def test_a_merge_that_was_undone_is_not_made_again_without_a_person(
    store: Store, ids: list[int]
) -> None:
    match = _match(ids[0], ids[1], is_certain=True)
    _keep(store, [match], merges=True)
    with store.writing() as session:
        undo(session, list_merges(session)[0].id, by="Una")
    assert _keep(store, [match], merges=True) == SearchCounts(0, 1, 0)


def test_certain_pairs_do_not_join_those_told_apart(store: Store, ids: list[int]) -> None:
    with store.writing() as session:
        keep_apart(session, (ids[0], ids[2]), Verdict.NEVER_AGAIN, by="Pat")
    chain = [_match(ids[0], ids[1], 0.99, is_certain=True), _match(ids[1], ids[2], is_certain=True)]
    assert _keep(store, chain, merges=True).merged == 1


def test_two_proposals_for_the_same_two_are_asked_once(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[2]), _match(ids[1], ids[2])])
    with store.writing() as session:
        merge(session, ids[0], ids[1], by="Pat")
    assert _queue(store) == [(ids[0], ids[2])]


def test_those_who_are_one_cannot_be_kept_apart(store: Store, ids: list[int]) -> None:
    with store.writing() as session:
        merge(session, ids[0], ids[1], by="Pat")
        with pytest.raises(InvalidValueError, match="are one"):
            keep_apart(session, (ids[0], ids[1]), Verdict.KEPT_APART, by="Pat")


def test_only_a_proposal_can_be_decided(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no proposal 404"), store.writing() as session:
        decide(session, 404, Verdict.MERGED, by="Pat")


def test_the_directory_is_searched_within_and_between_sources(store: Store) -> None:
    with store.writing() as session:
        both = {"name": "Kitewing Youth Trust", "location": Location(postcode="PO1 3AX")}
        _save(session, [both | {"identifiers": NUMBER}, {"name": "Solent Chess Circle"}])
        _save(session, [both | {"name": "Kitewing Yth Trust Ltd"}], "second list")
        _save(session, [both | {"identifiers": NUMBER}], "third list")
        counts = find_duplicates(session, SearchChoices(merges_certain=True, by="Pat"))
    assert counts == SearchCounts(merged=1, proposed=1, decided_before=0)


def test_a_second_search_merges_nothing_more(store: Store) -> None:
    with store.writing() as session:
        record = {"name": "Kitewing Youth Trust", "identifiers": NUMBER}
        _save(session, [record])
        _save(session, [record], "second list")
        choices = SearchChoices(merges_certain=True)
        counts = [find_duplicates(session, choices) for _ in range(2)]
    assert counts == [SearchCounts(1, 0, 0), SearchCounts(0, 0, 0)]


def test_somebody_who_registers_is_told_who_is_here_already(store: Store) -> None:
    with store.writing() as session:
        _save(session, [{"name": "Kitewing Youth Trust"}, {"name": "Solent Chess Circle"}])
    with store.reading() as session:
        kitewing = organisation_ids_by_name(session)["kitewing youth trust"]
        found = already_here(session, MatchRecord(id=0, name="KITEWING YOUTH TRST"))
    assert [match.second_id for match in found] == [kitewing]


def test_evidence_names_no_contact_and_no_hidden_site(store: Store) -> None:
    hidden = {"visibility": Visibility.WARD, "location": Location(postcode="PO1 0AX")}
    person = make_contact(phone="023 9212 3456", email="pat@kitewing.example.org", consent=None)
    with store.writing() as session:
        for source in ("first list", "second list"):
            record = make_organisation(name="Kitewing Trust", contacts=(person,), **hidden)
            number = add_source(session, make_source(name=source))
            save_organisations(session, number, [located(record, make_place())])
        find_duplicates(session)
        (proposal,) = review_queue(session)
    said = {each.field: each.first for each in proposal.match.evidence}
    assert said[MatchField.PHONE] == "ends 456"
    assert said[MatchField.EMAIL] == "kitewing.example.org"
    assert said[MatchField.POSTCODE] == "known, not shown"


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
def test_only_analysts_see_the_review(store: Store, ids: list[int], audience: Audience) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    with store.reading() as session:
        number = review_queue(session)[0].id
        for ask in (
            lambda: published_queue(session, audience),
            lambda: side_by_side(session, number, audience),
            lambda: published_merges(session, audience),
        ):
            with pytest.raises(NotAllowedError):
                ask()


def test_an_analyst_sees_two_records_side_by_side(store: Store, ids: list[int]) -> None:
    _keep(store, [_match(ids[0], ids[1])])
    with store.reading() as session:
        table = side_by_side(session, review_queue(session)[0].id, Audience.ANALYST)
    texts = [[cell.text for cell in row] for row in table.rows]
    assert texts == [["name", "Alpha Trust", "Beta Club", "for one organisation", "3.0"]]


def _save(session: Session, records: Sequence[dict[str, object]], source: str = "list") -> None:
    made = [located(make_organisation(**record)) for record in records]
    save_organisations(session, add_source(session, make_source(name=source)), made)


def _match(first: int, second: int, score: float = 0.5, *, is_certain: bool = False) -> Match:
    evidence = Evidence(MatchField.NAME, "Alpha Trust", "Beta Club", 3.0)
    return replace(Match(first, second, score, (evidence,)), is_certain=is_certain)


def _keep(store: Store, matches: Sequence[Match], *, merges: bool = False) -> SearchCounts:
    with store.writing() as session:
        return keep_matches(session, matches, by="Pat", merges_certain=merges)


def _queue(store: Store) -> list[tuple[int, int]]:
    with store.reading() as session:
        return [proposal.match.pair for proposal in review_queue(session)]


def _decide(store: Store, verdict: Verdict, keep_id: int | None = None) -> int:
    with store.writing() as session:
        number = review_queue(session)[0].id
        decide(session, number, verdict, by="Pat", keep_id=keep_id)
    return number


def test_whether_a_postcode_is_a_refuges_cannot_be_had_by_guessing(store: Store) -> None:
    refuge = make_organisation(
        source_key="r", name="Kitewing House", visibility=Visibility.HIDDEN, location=Location()
    )
    guess = make_organisation(source_key="g", name="Kitewing House", location=Location())
    with store.writing() as session:
        for source, record in (("its own", refuge), ("a guess", guess)):
            number = add_source(session, make_source(name=source))
            save_organisations(session, number, [located(record, make_place())])
        find_duplicates(session)
        found = review_queue(session)

    assert {each.field for one in found for each in one.match.evidence} == {MatchField.NAME}
