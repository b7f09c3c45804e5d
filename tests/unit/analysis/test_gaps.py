"""Percentiles, gap scores, classes and roll-ups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.gaps import (
    GapClass,
    bivariate_class,
    gap_table,
    roll_up,
)
from mapper.analysis.ranks import percentile_rank, share_below
from mapper.errors import MapperError

PARTS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 4_000), st.integers(0, 50)),
    min_size=1,
    max_size=25,
).map(lambda rows: parts_of(*rows))


def parts_of(*rows: tuple[float, float, float]) -> pd.DataFrame:
    """Build areas from (count, population, dose)."""
    codes = pd.Index([f"E{number:08d}" for number in range(len(rows))], name="area_code")
    return pd.DataFrame(rows, columns=["count", "population", "dose"], index=codes, dtype=float)


def test_a_percentile_is_the_share_below_and_half_the_ties() -> None:
    assert percentile_rank(pd.Series([5.0, 1.0, 5.0, 9.0])).tolist() == [50.0, 12.5, 50.0, 87.5]


def test_a_single_area_stands_in_the_middle() -> None:
    assert percentile_rank(pd.Series([3.0])).tolist() == [50.0]


def test_a_missing_figure_takes_no_part() -> None:
    ranks = percentile_rank(pd.Series([1.0, np.nan, 2.0]))
    assert ranks.fillna(-1).tolist() == [25.0, -1.0, 75.0]


def test_rounding_does_not_break_a_tie() -> None:
    assert percentile_rank(pd.Series([0.3, 0.1 + 0.2])).tolist() == [50.0, 50.0]


def test_the_gap_is_the_percentile_of_need_less_that_of_provision() -> None:
    # Equal populations: need orders the areas 3, 2, 1 and provision 1, 2, 3.
    table = gap_table(parts_of((300, 1000, 1), (200, 1000, 2), (100, 1000, 3)))
    assert table["gap_score"].tolist() == pytest.approx([200 / 3, 0, -200 / 3])
    assert table["rank"].tolist() == [1, 2, 3]


def test_equal_gaps_are_ranked_by_need_and_then_by_code() -> None:
    table = gap_table(parts_of((10, 1000, 1), (90, 1000, 9), (10, 1000, 1)))
    assert table["rank"].tolist() == [2, 1, 3]


def test_an_area_where_nobody_lives_is_listed_without_a_rank() -> None:
    table = gap_table(parts_of((10, 1000, 1), (5, 0, 3), (7, float("nan"), 0)))
    measures = ["crude_rate_per_1000", "coverage_per_1000", "gap_score", "gap_class", "rank"]
    assert table[measures].isna().all(axis=1).tolist() == [False, True, True]


def test_without_violence_or_provision_every_gap_is_zero() -> None:
    assert gap_table(parts_of((0, 10, 0), (0, 20, 0)))["gap_score"].tolist() == [0.0, 0.0]


def test_an_empty_set_of_areas_gives_an_empty_table() -> None:
    assert gap_table(parts_of()).empty


def test_a_repeated_area_is_refused() -> None:
    parts = parts_of((1, 2, 3))
    with pytest.raises(MapperError, match="more than once"):
        gap_table(pd.concat([parts, parts]))


def test_classes_are_thirds_of_need_against_thirds_of_provision() -> None:
    need, provision = pd.Series([1.0, 2.0, 3.0]), pd.Series([3.0, 2.0, 1.0])
    assert bivariate_class(need, provision).tolist() == [
        GapClass.LOW_NEED_HIGH_PROVISION,
        GapClass.MEDIUM_NEED_MEDIUM_PROVISION,
        GapClass.HIGH_NEED_LOW_PROVISION,
    ]


def test_areas_without_provision_are_all_low_however_many_they_are() -> None:
    classes = bivariate_class(pd.Series([1.0, 2, 3, 4, 5]), pd.Series([0.0, 0, 0, 0, 8]))
    assert [name.split(", ")[1] for name in classes] == ["low provision"] * 4 + ["high provision"]


def test_a_missing_need_or_provision_has_no_class() -> None:
    assert bivariate_class(pd.Series([np.nan, 1.0]), pd.Series([1.0, np.nan])).isna().all()


def test_the_share_below_is_the_same_for_ties() -> None:
    assert share_below(pd.Series([2.0, 1.0, 2.0, 2.0])).tolist() == [0.25, 0, 0.25, 0.25]


def test_a_ward_is_measured_from_its_own_sums() -> None:
    parts = parts_of((10, 1000, 4), (0, 3000, 0), (6, 500, 1))
    wards = roll_up(parts, pd.Series(["w1", "w1", "w2"], index=parts.index, name="ward_code"))
    table = gap_table(wards)
    # 10 of 4,000 residents, where the mean of the two rates would say 5 for 1,000.
    assert table.loc["w1", "crude_rate_per_1000"] == 2.5
    assert table.loc["w1", "coverage_per_1000"] == 1.0


def test_an_area_without_a_ward_is_left_out() -> None:
    parts = parts_of((10, 1000, 4), (5, 10, 1))
    assert roll_up(parts, pd.Series(["w1", None], index=parts.index))["count"].tolist() == [10.0]


def test_a_ward_of_unknown_population_has_no_rate() -> None:
    parts = parts_of((10, float("nan"), 4))
    wards = roll_up(parts, pd.Series(["w1"], index=parts.index))
    assert gap_table(wards)["gap_score"].isna().all()


@given(PARTS)
def test_a_roll_up_keeps_every_total(parts: pd.DataFrame) -> None:
    groups = pd.Series([f"w{number % 3}" for number in range(len(parts))], index=parts.index)
    assert roll_up(parts, groups).sum().to_dict() == parts.sum().to_dict()


@given(PARTS)
def test_a_gap_score_is_from_minus_to_plus_a_hundred_and_ranks_are_all_different(
    parts: pd.DataFrame,
) -> None:
    table = gap_table(parts)
    assert table["gap_score"].between(-100, 100).all()
    assert sorted(table["rank"]) == list(range(1, len(parts) + 1))


@given(PARTS, st.integers(1, 40))
def test_more_provision_never_raises_the_gap_of_an_area(parts: pd.DataFrame, extra: int) -> None:
    more = parts.copy()
    more.iloc[0, 2] += extra
    assert gap_table(more)["gap_score"].iloc[0] <= gap_table(parts)["gap_score"].iloc[0]


@given(PARTS, st.integers(2, 9))
def test_multiplying_every_population_by_one_number_changes_no_ranking(
    parts: pd.DataFrame, times: int
) -> None:
    scaled = parts.assign(population=parts["population"] * times)
    assert gap_table(scaled)["rank"].tolist() == gap_table(parts)["rank"].tolist()


@given(PARTS)
def test_the_order_of_the_areas_changes_no_ranking(parts: pd.DataFrame) -> None:
    turned = gap_table(parts.iloc[::-1])["rank"]
    assert turned.reindex(parts.index).tolist() == gap_table(parts)["rank"].tolist()
