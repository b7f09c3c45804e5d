"""A low quantile from the lowest draws alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.tails import Tail


def test_the_quantile_lies_between_two_draws_in_proportion() -> None:
    # Of 5 draws, level 0.3 is at place 1.2: a fifth of the way from 20 to 30.
    tail = Tail(0.3, 5)
    tail.add(np.array([[50.0], [20.0], [40.0], [10.0], [30.0]]))
    assert tail.quantile().tolist() == [22.0]


def test_of_one_draw_every_quantile_is_that_draw() -> None:
    tail = Tail(0.025, 1)
    tail.add(np.array([[3.0, 4.0]]))
    assert tail.quantile().tolist() == [3.0, 4.0]


def test_without_a_draw_there_is_no_quantile() -> None:
    with pytest.raises(ValueError, match="No draw"):
        Tail(0.025, 10).quantile()


@given(
    seed=st.integers(0, 10_000),
    sizes=st.lists(st.integers(1, 30), min_size=1, max_size=5),
    level=st.floats(0.001, 0.9),
)
def test_it_is_the_quantile_of_all_draws_however_they_come(
    seed: int, sizes: list[int], level: float
) -> None:
    draws = np.random.default_rng(seed).integers(-5, 5, (sum(sizes), 3)).astype(float)
    tail = Tail(level, len(draws))
    for block in np.split(draws, np.cumsum(sizes)[:-1]):
        tail.add(block)
    np.testing.assert_allclose(tail.quantile(), np.quantile(draws, level, axis=0), atol=1e-12)
