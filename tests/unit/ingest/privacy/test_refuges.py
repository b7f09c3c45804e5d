"""The quick look for words of refuges passes over nothing that the patterns find."""

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
