"""Rates: hand-worked, against esda, and by law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mapper.analysis.rates import (
    annualised,
    crude_rate_per_1000,
    empirical_bayes_rate_per_1000,
    poisson_interval,
    rate_notes,
    resident_rate_misleads,
)
from mapper.errors import MapperError

MAPS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5_000)), min_size=1, max_size=30).map(
    lambda rows: pd.DataFrame(rows, columns=["count", "population"])
)


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=[f"E0100000{n}" for n in range(len(values))], dtype=float)


def test_a_crude_rate_is_events_for_every_thousand_residents() -> None:
    assert crude_rate_per_1000(series(5, 3), series(1000, 1500)).tolist() == [5.0, 2.0]


def test_there_is_no_rate_where_nobody_lives_or_it_is_not_known() -> None:
    assert crude_rate_per_1000(series(5, 0), series(0, np.nan)).isna().all()


def test_a_negative_count_is_refused_by_its_area() -> None:
    with pytest.raises(MapperError, match="E01000001"):
        crude_rate_per_1000(series(1, -1), series(10, 10))


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(MapperError, match="population"):
        crude_rate_per_1000(series(1), series(-10))


def test_counts_and_population_of_different_areas_are_refused() -> None:
    with pytest.raises(MapperError, match="indexes"):
        crude_rate_per_1000(series(1, 2), series(10, 10).iloc[::-1])


def test_the_poisson_interval_is_the_tabulated_exact_one() -> None:
    # Garwood's limits for 0, 1 and 10 events, as in every table of them.
    interval = poisson_interval(series(0, 1, 10), series(1000, 1000, 1000))
    assert interval["lower"].round(4).tolist() == [0.0, 0.0253, 4.7954]
    assert interval["upper"].round(4).tolist() == [3.6889, 5.5716, 18.3904]


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(MapperError, match="level"):
        poisson_interval(series(1), series(10), level)


@given(events=st.integers(1, 3_000), level=st.floats(0.5, 0.999))
def test_each_limit_leaves_its_tail_of_the_poisson_distribution(events: int, level: float) -> None:
    interval = poisson_interval(series(events), series(1000), level).iloc[0]
    tail = (1 - level) / 2
    assert stats.poisson.sf(events - 1, interval["lower"]) == pytest.approx(tail, rel=1e-6)
    assert stats.poisson.cdf(events, interval["upper"]) == pytest.approx(tail, rel=1e-6)


def test_the_empirical_bayes_rate_is_as_worked_by_hand() -> None:
    # Common rate 0.02; spread (0.01² + 0.01²) / 2 = 1e-4; prior 1e-4 - 0.02 / 1000 = 8e-5;
    # trust 8e-5 / (8e-5 + 2e-5) = 0.8; so 20 ± 0.8 x 10.
    rates = empirical_bayes_rate_per_1000(series(10, 30), series(1000, 1000))
    assert rates.tolist() == pytest.approx([12.0, 28.0])


def test_equal_risk_gives_every_area_the_common_rate() -> None:
    # The spread is less than chance alone would give, so the prior variance is floored.
    rates = empirical_bayes_rate_per_1000(series(10, 11, 9), series(1000, 1000, 1000))
    assert rates.tolist() == pytest.approx([10.0, 10.0, 10.0])


def test_no_events_anywhere_give_a_rate_of_zero() -> None:
    assert empirical_bayes_rate_per_1000(series(0, 0), series(10, 20)).tolist() == [0.0, 0.0]


def test_a_single_area_keeps_its_crude_rate() -> None:
    assert empirical_bayes_rate_per_1000(series(3), series(1000)).tolist() == [3.0]


def test_an_area_where_nobody_lives_leaves_the_others_as_they_were() -> None:
    without = empirical_bayes_rate_per_1000(series(10, 30), series(1000, 1000))
    with_it = empirical_bayes_rate_per_1000(series(10, 30, 500), series(1000, 1000, 0))
    assert with_it.isna().tolist() == [False, False, True]
    assert with_it.tolist()[:2] == without.tolist()


def test_there_is_no_smoothed_rate_when_nobody_lives_anywhere() -> None:
    assert empirical_bayes_rate_per_1000(series(1, 2), series(0, np.nan)).isna().all()


def test_the_smoothed_rate_is_that_of_esda_where_its_prior_variance_is_positive() -> None:
    smoothing = pytest.importorskip("esda.smoothing")
    generator = np.random.default_rng(2)
    people = generator.integers(500, 3_000, 40).astype(float)
    events = generator.poisson(people * generator.gamma(4, 0.005, 40)).astype(float)
    # esda hands its result on as a column.
    theirs = np.asarray(smoothing.Empirical_Bayes(events, people).r).ravel() * 1000
    ours = empirical_bayes_rate_per_1000(pd.Series(events), pd.Series(people))
    assert ours.to_numpy() == pytest.approx(theirs, rel=1e-12)


@given(MAPS)
def test_a_smoothed_rate_lies_between_the_crude_and_the_common_rate(areas: pd.DataFrame) -> None:
    crude = crude_rate_per_1000(areas["count"], areas["population"])
    smooth = empirical_bayes_rate_per_1000(areas["count"], areas["population"])
    common = areas["count"].sum() / areas["population"].sum() * 1000
    slack = 1e-9 * (1 + common)
    assert (smooth >= np.minimum(crude, common) - slack).all()
    assert (smooth <= np.maximum(crude, common) + slack).all()


@given(MAPS, st.integers(2, 50))
def test_multiplying_every_population_by_one_number_divides_every_rate_by_it(
    areas: pd.DataFrame, times: int
) -> None:
    once = empirical_bayes_rate_per_1000(areas["count"], areas["population"])
    scaled = empirical_bayes_rate_per_1000(areas["count"], areas["population"] * times)
    assert (scaled * times).tolist() == pytest.approx(once.tolist(), rel=1e-6, abs=1e-9)


def test_the_smoothed_rate_tends_to_the_crude_rate_as_populations_grow() -> None:
    crude = crude_rate_per_1000(series(10, 30), series(1000, 1000))
    smooth = empirical_bayes_rate_per_1000(series(10, 30) * 1e6, series(1000, 1000) * 1e6)
    assert smooth.tolist() == pytest.approx(crude.tolist(), rel=1e-4)


def test_nine_months_are_scaled_to_twelve() -> None:
    assert annualised(series(9, 18), 9).tolist() == [12.0, 24.0]


def test_a_year_cannot_be_made_of_no_month() -> None:
    with pytest.raises(MapperError, match="0 months"):
        annualised(series(1), 0)


def test_the_rate_misleads_where_much_happens_and_few_live() -> None:
    codes = [f"E{place:08d}" for place in range(80)]
    people = pd.Series([2_000.0] * 70 + [300.0] * 5 + [0.0] * 4 + [np.nan], index=codes)
    counts = pd.Series([20.0] * 80, index=codes)
    counts.iloc[[70, 0, 76, 79]] = 400.0
    found = resident_rate_misleads(counts, people)
    # Not the busy one of many residents, nor those where nobody is known to live.
    assert found[found].index.tolist() == [codes[70]]
    assert rate_notes(pd.DataFrame({"count": counts, "population": people})).iloc[70] != ""


def test_no_rate_misleads_where_all_areas_are_alike() -> None:
    alike = pd.Series([5.0] * 8)
    assert not resident_rate_misleads(alike, alike * 100).any()
