"""How many to ask and when to stop: from the textbook, by hand, and by law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.sampling import Precision, SaturationRule, sample_sizes, saturation
from mapper.errors import MapperError


def people(**counts: float) -> pd.Series:
    return pd.Series(counts, dtype=float)


def themes(*sessions: str) -> list[frozenset[str]]:
    """Each letter is a theme."""
    return [frozenset(letters) for letters in sessions]


def test_a_great_many_people_need_385_answers() -> None:
    assert sample_sizes(people(all=10_000_000)).loc["all", "sample_size"] == 385


def test_it_is_the_textbook_size_of_a_finite_population() -> None:
    # Cochran (1977), section 4.4: N = 3,200, half, five points, t = 2 (level 0.9545): 356.
    precision = Precision(level=0.9544997361036416)
    assert sample_sizes(people(all=3_200), precision).loc["all", "sample_size"] == 356


def test_a_small_cohort_is_oversampled_against_its_share() -> None:
    sizes = sample_sizes(people(many=9_000, few=1_000))
    assert sizes["sample_size"].to_dict() == {"many": 369, "few": 278}
    assert sizes.loc["few", "oversampling_factor"] == pytest.approx(278 / 64.7)
    assert sizes.loc["many", "oversampling_factor"] < 1


def test_a_cohort_of_nobody_is_asked_nothing() -> None:
    row = sample_sizes(people(many=500, none=0)).loc["none"]
    assert row["sample_size"] == 0
    assert np.isnan(row["oversampling_factor"])


def test_a_cohort_of_one_is_asked_whole() -> None:
    assert sample_sizes(people(one=1)).loc["one", "sample_size"] == 1


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=6), st.floats(0.01, 0.2))
def test_nobody_is_asked_twice_and_the_sizes_add_up(counts: list[int], margin: float) -> None:
    sizes = sample_sizes(pd.Series(counts), Precision(margin=margin))
    assert (sizes["sample_size"] <= sizes["people"]).all()
    assert sizes["proportionate_size"].sum() == pytest.approx(sizes["sample_size"].sum())


@given(st.integers(1, 100_000), st.floats(0.02, 0.2))
def test_the_size_reaches_the_margin_and_one_fewer_would_not(count: int, margin: float) -> None:
    size = int(sample_sizes(pd.Series([count]), Precision(margin=margin))["sample_size"].iloc[0])

    def reached(answers: int) -> float:
        # The margin of a sample without replacement, by its own variance.
        return 1.959963984540054 * np.sqrt(0.25 / answers * (count - answers) / max(count - 1, 1))

    assert reached(size) <= margin + 1e-6
    assert size == 1 or reached(size - 1) >= margin - 1e-6


@pytest.mark.parametrize("wrong", [{"margin": 5.0}, {"level": 95.0}, {"expected_share": 0.0}])
def test_percentages_in_place_of_shares_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(MapperError, match="Between 0 and 1"):
        Precision(**wrong)


def test_runs_are_counted_over_the_themes_of_the_base() -> None:
    heard = saturation(themes("abcde", "afg", "bh", "aij", "k", "l", "a", "b"))
    assert heard is not None
    assert heard.base_themes == 10
    # Sessions 5 and 6 bring two, 6 and 7 one, 7 and 8 none.
    assert heard.new_shares == (0.2, 0.1, 0.0)
    assert heard.saturated_at == 6


def test_a_share_at_the_threshold_is_enough() -> None:
    base = "abcdefghijklmnopqrst"
    heard = saturation(themes(base, base, base, base, "u", "a"))
    assert heard is not None
    assert heard.new_shares == (0.05,)
    assert heard.saturated_at == 4


def test_new_themes_all_along_are_not_saturated() -> None:
    heard = saturation(themes("a", "b", "c", "d", "e", "f", "g"))
    assert heard is not None
    assert heard.saturated_at is None


@pytest.mark.parametrize("sessions", [themes(), themes("a", "b", "c", "d", "e")])
def test_too_few_sessions_cannot_say(sessions: list[frozenset[str]]) -> None:
    assert saturation(sessions) is None


def test_a_base_without_themes_cannot_say() -> None:
    assert saturation(themes("", "", "", "", "a", "b")) is None


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=6, max_size=20))
def test_the_order_within_the_base_does_not_matter(sessions: list[frozenset[str]]) -> None:
    turned = sessions[:4][::-1] + sessions[4:]
    assert saturation(sessions) == saturation(turned)


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=6, max_size=20))
def test_hearing_the_same_again_saturates(sessions: list[frozenset[str]]) -> None:
    heard = saturation([*sessions, *sessions], SaturationRule())
    assert heard is None or heard.saturated_at is not None
