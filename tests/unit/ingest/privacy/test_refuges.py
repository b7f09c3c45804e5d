"""A refuge is told by its words, and the quick look for them passes over none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest.privacy import refuges


@given(st.from_regex(refuges._NAME_WORDS) | st.from_regex(refuges._TEXT_WORDS))
def test_whatever_the_patterns_find_has_a_hint(found: str) -> None:
    assert any(hint in found.casefold() for hint in refuges._HINTS)


@pytest.mark.parametrize(
    "dot", ["\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{LATIN SMALL LETTER DOTLESS I}"]
)
def test_an_i_of_another_alphabet_hides_no_refuge(dot: str) -> None:
    assert refuges.runs_a_refuge("Domestic abuse hostel".replace("i", dot))
    assert refuges.runs_a_refuge("Example", "Safe accommodation".replace("i", dot))
    assert refuges.runs_a_refuge("Example", "Accommodation for survivors".replace("i", dot))


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Southsea Women's Refuge", ""),
        ("HAVANT WOMENS AID", ""),
        ("Example Women’s Aid", ""),  # noqa: RUF001
        ("Stop Domestic Abuse Accommodation Service", ""),
        ("Example Crisis Centre", "Established to provide accommodation for women and children"),
        ("Example Trust", "PROVISION OF TEMPORARY ACCOMODATION FOR WOMEN"),
        ("Example Trust", "Runs a refuge for those who flee violence at home"),
        ("Example Trust", "Safe accommodation and support"),
        ("Example Trust", "Shelter for survivors of domestic violence"),
    ],
)
def test_a_refuge_is_told_by_its_words(name: str, description: str) -> None:
    assert refuges.runs_a_refuge(name, description)


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Example Wildlife Refuge", ""),
        ("Example Donkey Refuge", "A refuge for donkeys and children who visit"),
        ("Example Refugee Council", "Support for refugees and their children"),
        ("Example Youth Trust", "Workshops on domestic abuse in schools"),
        ("Example Housing", "Accommodation for older people"),
    ],
)
def test_what_is_no_refuge_is_not_taken_for_one(name: str, description: str) -> None:
    assert not refuges.runs_a_refuge(name, description)
