"""This period against the one before: by hand, against scipy, and by law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mapper.analysis.trend import Trend, rate_ratio
from mapper.errors import MapperError

COUNTS = st.integers(0, 400)


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=[f"E0100000{n}" for n in range(len(values))], dtype=float)


def test_twice_as_many_in_the_same_time_is_a_ratio_of_two() -> None:
    assert rate_ratio(series(20), series(10))["rate_ratio"].tolist() == [2.0]


def test_twice_as_many_in_twice_the_time_is_no_change() -> None:
    row = rate_ratio(series(200), series(100), exposure=2.0).iloc[0]
    assert row["rate_ratio"] == 1.0
    assert row["trend"] == Trend.NOT_CLEAR


def test_the_interval_is_the_exact_binomial_one() -> None:
    row = rate_ratio(series(17), series(6)).iloc[0]
    exact = stats.binomtest(17, 23).proportion_ci(0.95, method="exact")
    assert row["ratio_lower"] == pytest.approx(exact.low / (1 - exact.low))
    assert row["ratio_upper"] == pytest.approx(exact.high / (1 - exact.high))


def test_a_rise_is_named_only_when_the_whole_interval_is_above_one() -> None:
    table = rate_ratio(series(60, 12, 5), series(20, 10, 40))
    assert table["trend"].tolist() == [Trend.RISE, Trend.NOT_CLEAR, Trend.FALL]


def test_nothing_in_either_period_cannot_say() -> None:
    row = rate_ratio(series(0), series(0)).iloc[0]
    assert row["trend"] == Trend.UNKNOWN
    assert row[["rate_ratio", "ratio_lower", "ratio_upper"]].isna().all()


def test_something_after_nothing_has_no_ratio_but_a_lower_limit() -> None:
    row = rate_ratio(series(10), series(0)).iloc[0]
    assert np.isnan(row["rate_ratio"])
    assert row["ratio_lower"] > 1
    assert np.isinf(row["ratio_upper"])
    assert row["trend"] == Trend.RISE


def test_nothing_after_something_has_an_upper_limit() -> None:
    row = rate_ratio(series(0), series(10)).iloc[0]
    assert row["rate_ratio"] == row["ratio_lower"] == 0
    assert row["ratio_upper"] < 1
    assert row["trend"] == Trend.FALL


@given(COUNTS, COUNTS, st.floats(0.1, 10))
def test_the_other_way_round_is_the_inverse(now: int, before: int, exposure: float) -> None:
    one = rate_ratio(series(now), series(before), exposure).iloc[0]
    other = rate_ratio(series(before), series(now), 1 / exposure).iloc[0]
    if now and before:
        assert one["ratio_lower"] == pytest.approx(1 / other["ratio_upper"])
        assert one["ratio_upper"] == pytest.approx(1 / other["ratio_lower"])


@given(st.integers(1, 400), st.integers(1, 400))
def test_the_ratio_lies_within_its_interval(now: int, before: int) -> None:
    row = rate_ratio(series(now), series(before)).iloc[0]
    assert row["ratio_lower"] < row["rate_ratio"] < row["ratio_upper"]


def test_the_interval_holds_the_truth_at_least_as_often_as_it_says() -> None:
    draws = np.random.default_rng(11)
    index = pd.RangeIndex(4_000)
    now = pd.Series(draws.poisson(30 * 1.5 * 2, 4_000), index=index, dtype=float)
    before = pd.Series(draws.poisson(30, 4_000), index=index, dtype=float)
    table = rate_ratio(now, before, exposure=2.0)
    holds = (table["ratio_lower"] <= 1.5) & (table["ratio_upper"] >= 1.5)
    assert 0.945 <= holds.mean() <= 0.985


@pytest.mark.parametrize("choices", [{"exposure": 0.0}, {"exposure": np.inf}, {"level": 95}])
def test_choices_that_are_no_such_number_are_refused(choices: dict[str, float]) -> None:
    with pytest.raises(MapperError, match="exposure"):
        rate_ratio(series(1), series(1), **choices)


def test_different_areas_are_refused() -> None:
    with pytest.raises(MapperError, match="indexes"):
        rate_ratio(series(1, 2), series(1))
