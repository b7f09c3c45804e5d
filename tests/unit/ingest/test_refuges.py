"""The quick look for words of refuges passes over nothing that the patterns find."""

from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest import refuges


@given(st.from_regex(refuges._NAME_WORDS) | st.from_regex(refuges._TEXT_WORDS))
def test_whatever_the_patterns_find_has_a_hint(found: str) -> None:
    assert any(hint in found.casefold() for hint in refuges._HINTS)
