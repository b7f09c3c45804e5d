"""Shares with score intervals: published, against scipy, and by law."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mapper.analysis.proportions import normal_quantile, wilson_interval
from mapper.errors import MapperError

PAIRS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def interval(counted: float, whole: float, level: float = 0.95) -> pd.Series:
    return wilson_interval(pd.Series([counted]), pd.Series([whole]), level).iloc[0]


def test_it_is_the_published_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263, method 3.
    row = interval(81, 263)
    assert (round(row["lower"], 4), round(row["upper"], 4)) == (0.2553, 0.3662)


@given(PAIRS, st.sampled_from([0.8, 0.95, 0.99]))
def test_it_is_what_scipy_gives(pair: tuple[int, int], level: float) -> None:
    row = interval(*pair, level)
    other = stats.binomtest(*pair).proportion_ci(level, method="wilson")
    assert row["lower"] == pytest.approx(other.low, abs=1e-12)
    assert row["upper"] == pytest.approx(other.high, abs=1e-12)


@given(PAIRS)
def test_the_share_lies_in_its_interval_and_that_between_nought_and_one(
    pair: tuple[int, int],
) -> None:
    row = interval(*pair)
    assert 0 <= row["lower"] <= row["share"] <= row["upper"] <= 1


def test_out_of_none_there_is_no_share() -> None:
    assert interval(0, 0).isna().all()


def test_more_than_there_are_is_refused() -> None:
    with pytest.raises(MapperError, match="3 of 2"):
        interval(3, 2)


def test_a_level_that_is_no_share_is_refused() -> None:
    with pytest.raises(MapperError, match="level"):
        normal_quantile(95)
