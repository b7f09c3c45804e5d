"""Matches."""

from mapper.domain.matching import Match


def test_a_match_is_of_a_pair() -> None:
    assert Match(1, 2, 0.5, ()).pair == (1, 2)
