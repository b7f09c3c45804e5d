"""The search for duplicates, on cases worked by hand and by its laws."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.matching import MatchField, MatchRecord
from mapper.domain.organisation import Identifier, OrganisationKind
from mapper.errors import NotReadyError
from mapper.ingest.matching.lookup import Lookup
from mapper.ingest.matching.scoring import leaves_nothing_over
from mapper.ingest.matching.search import compared, find_matches, with_second_opinion

NUMBER = (Identifier("GB-CHC", "1234567"),)
OTHERS = [
    MatchRecord(id=100 + at, name=name, group=100 + at, postcode=f"SO1{at} 4AA")
    for at, name in enumerate(
        ["Solent Chess Circle", "Ryde Allotments", "Fareham Repair Shed", "Harbour Choir",
         "Gosport Drama Society", "Totton Angling Club", "Alton Bell Ringers", "Hook Bee Keepers"]
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kitewing Youth Trust", "KITEWING YOTH TRUST"),
        ("Kitewing Community Centre", "Kitewing Comm. Ctr"),
        ("Kitewing Church of England Primary School", "Kitewing CE Primary"),
        ("The Kitewing Society Limited", "Kitewing Society"),
        ("Kite Wing Youth Trust", "Kitewing Youth Trust"),
    ],
)
def test_a_name_spelt_otherwise_is_a_candidate(name: str, other: str) -> None:
    assert _pairs(_record(1, name), _record(2, other)) == {(1, 2)}


def test_initials_at_the_same_postcode_are_a_candidate() -> None:
    first = _record(1, "John Raymond Kitewing Charitable Trust", postcode="PO1 3AX")
    assert _pairs(first, _record(2, "JRKCT", postcode="po13ax")) == {(1, 2)}


@pytest.mark.parametrize(
    "shared",
    [
        {"postcode": "PO1 3AX"},
        {"website": "www.kitewing.example.org"},
        {"phones": ("023 9212 3456",)},
        {"identifiers": NUMBER},
    ],
)
def test_a_new_name_is_a_candidate_by_what_else_is_shared(shared: dict[str, Any]) -> None:
    first, second = _record(1, "Kitewing Youth Trust", **shared), _record(2, "Emberlark", **shared)
    assert _pairs(first, second) == {(1, 2)}


def test_strangers_are_no_candidates() -> None:
    assert find_matches(OTHERS) == []


def test_nothing_is_found_among_nobody() -> None:
    assert find_matches([]) == []


def test_records_of_one_group_are_not_paired() -> None:
    first = _record(1, "Kitewing Youth Trust")
    assert _pairs(first, _record(2, "Kitewing Youth Trust", group=1)) == set()


def test_against_a_register_only_pairs_with_it_are_found() -> None:
    listed = [_record(1, "Kitewing Trust"), _record(2, "Kitewing Trust")]
    register = [_record(3, "Kitewing Trust"), *OTHERS]
    found = {match.pair for match in find_matches(listed, against=register)}
    assert found == {(1, 3), (2, 3)}


def test_the_same_name_and_number_are_certain() -> None:
    (match,) = _found(
        _record(1, "Kitewing Youth Trust", identifiers=NUMBER),
        _record(2, "KITEWING YOUTH TRUST LTD", identifiers=NUMBER),
    )
    assert match.is_certain


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("Kitewing Youth Trust", {"identifiers": ()}),
        ("Kitewing Youth Trust Shop", {}),
        ("2nd Kitewing Youth Trust", {}),
        ("Kitewing Youth Trust North", {}),
        ("Emberlark", {}),
        ("Kitewing Youth Trust", {"kind": OrganisationKind.LIBRARY}),
        ("Kitewing Youth Trust", {"identifiers": (*NUMBER, Identifier("GB-CHC", "7654321"))}),
    ],
)
def test_less_than_that_is_for_a_person(name: str, choices: dict[str, Any]) -> None:
    given_first = {"identifiers": NUMBER, "kind": OrganisationKind.SCHOOL}
    first = _record(1, "Kitewing Youth Trust", **given_first)
    matches = _found(first, _record(2, name, **given_first | choices))
    assert not any(match.is_certain for match in matches)


def test_different_numbers_of_one_register_speak_against() -> None:
    other = (Identifier("GB-CHC", "7654321"),)
    (match,) = compared(
        _record(1, "Kitewing Trust", identifiers=NUMBER),
        [_record(2, "Kitewing Trust", identifiers=other)],
    )
    weights = {each.field: each.weight_bits for each in match.evidence}
    assert weights[MatchField.IDENTIFIER] < 0


def test_numbers_of_two_registers_do_not_speak_against() -> None:
    company = (Identifier("GB-COH", "01234567"),)
    (match,) = compared(
        _record(1, "Kitewing Trust", identifiers=NUMBER),
        [_record(2, "Kitewing Trust", identifiers=company)],
    )
    assert MatchField.IDENTIFIER not in {each.field for each in match.evidence}


def test_what_many_share_weighs_less() -> None:
    def weight(sharers: int) -> float:
        crowd = [_record(at, f"N{at}", phones=("023 9212 3456",)) for at in range(3, 3 + sharers)]
        first, second = (_record(at, "Kite", phones=("023 9212 3456",)) for at in (1, 2))
        found = {match.pair: match for match in find_matches([first, second, *crowd])}
        return next(
            each.weight_bits for each in found[1, 2].evidence if each.field is MatchField.PHONE
        )

    assert weight(10) < weight(0)


_WORDS = st.sampled_from(["kitewing", "emberlark", "youth", "trust", "club", "ryde", "2nd"])
_RECORDS = st.lists(
    st.builds(
        lambda words, postcode, number: {
            "name": " ".join(words),
            "postcode": postcode,
            "identifiers": NUMBER if number else (),
        },
        st.lists(_WORDS, min_size=1, max_size=4),
        st.sampled_from(["", "PO1 3AX", "SO14 7LW"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(_RECORDS)
def test_no_record_has_more_than_three_candidates(choices: list[dict[str, Any]]) -> None:
    matches = find_matches([_record(at, **one) for at, one in enumerate(choices, 1)])
    asked = Counter(at for match in matches if not match.is_certain for at in match.pair)
    assert max(asked.values(), default=0) <= 3


@given(_RECORDS)
def test_the_order_of_records_does_not_change_a_score(choices: list[dict[str, Any]]) -> None:
    records = [_record(at, **one) for at, one in enumerate(choices, 1)]
    forth = {match.pair: match.score for match in find_matches(records, most=99)}
    back = {match.pair: match.score for match in find_matches(records[::-1], most=99)}
    assert forth.keys() == back.keys()
    assert all(back[pair] == pytest.approx(score) for pair, score in forth.items())


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("mill trust", "mil trust", True),
        ("playground association", "play ground association", True),
        ("brendon foundation", "brendon found", True),
        ("mill trust", "mill trust shop", False),
        ("mill trust", "dell trust", False),
    ],
)
def test_a_name_with_a_word_left_over_is_another(first: str, second: str, answer: bool) -> None:
    assert leaves_nothing_over(first, second) is answer


def test_somebody_is_found_at_registration_by_a_misspelt_name() -> None:
    lookup = Lookup([_record(1, "Kitewing Youth Trust"), *OTHERS])
    found = lookup.candidates(MatchRecord(id=0, name="kitewing yuth trust"))
    assert [match.second_id for match in found] == [1]


def test_a_merged_organisation_is_found_under_the_one_that_stands() -> None:
    lookup = Lookup([_record(1, "Emberlark"), _record(2, "Kitewing Youth Trust", group=1), *OTHERS])
    found = lookup.candidates(MatchRecord(id=0, name="Kitewing Youth Trust"))
    assert [match.second_id for match in found] == [1]


def test_nobody_is_found_in_an_empty_directory() -> None:
    assert Lookup([]).candidates(MatchRecord(id=0, name="Kitewing")) == []


@pytest.mark.slow
def test_splink_takes_no_candidate_away() -> None:
    words = ("Kitewing", "Emberlark", "Ryde", "Harbour", "Copperwren", "Tidewhistle")
    names = [f"{word} {sort}" for word in words for sort in ("Trust", "Trst", "Club", "Trust")]
    records = [_record(at, name, postcode=f"PO{at % 9} 3AX") for at, name in enumerate(names, 1)]
    ours = {match.pair for match in find_matches(records)}
    assert ours <= {match.pair for match in with_second_opinion(records)}


def test_splink_says_when_it_has_too_little_to_learn_from() -> None:
    with pytest.raises(NotReadyError, match="cannot be fitted to these 8 records"):
        with_second_opinion(OTHERS)


def _record(number: int, name: str, **choices: Any) -> MatchRecord:
    return MatchRecord(**{"id": number, "name": name, "group": number} | choices)


def _found(first: MatchRecord, second: MatchRecord) -> list[Any]:
    return find_matches([first, second, *OTHERS])


def _pairs(first: MatchRecord, second: MatchRecord) -> set[tuple[int, int]]:
    return {match.pair for match in _found(first, second)}
