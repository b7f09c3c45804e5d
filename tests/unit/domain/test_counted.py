"""Counts in words."""

import pytest

from mapper.domain.counted import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 areas"), (1, "1 area"), (2, "2 areas"), (1204, "1,204 areas")]
)
def test_a_count_agrees_with_its_noun(count: int, words: str) -> None:
    assert counted(count, "area") == words


@pytest.mark.parametrize(("count", "words"), [(0, "0 men were"), (1, "1 man was")])
def test_a_verb_agrees_too(count: int, words: str) -> None:
    assert counted(count, "man was", "men were") == words
