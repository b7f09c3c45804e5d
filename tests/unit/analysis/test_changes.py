"""A change is beyond both intervals only when each figure lies outside that of the other."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.changes import Moved, changes
from mapper.errors import MapperError

NAN = math.nan


def _frame(**rows: tuple[float, float, float]) -> pd.DataFrame:
    columns = ["value", "lower", "upper"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ((10, 8, 12), (20, 15, 25), Moved.RISE),
        ((20, 15, 25), (10, 8, 12), Moved.FALL),
        # The intervals touch, and yet neither holds the other's figure.
        ((10, 8, 16), (20, 14, 25), Moved.RISE),
        # One interval holds the other's figure.
        ((10, 8, 12), (14, 9, 20), Moved.WITHIN),
        ((10, 6, 15), (14, 13, 15), Moved.WITHIN),
        ((10, 8, 12), (12, 10.5, 14), Moved.WITHIN),
        ((10, 10, 10), (10, 10, 10), Moved.WITHIN),
        ((0, 0, 3.7), (8, 3.5, 15.8), Moved.RISE),
        ((NAN, NAN, NAN), (10, 8, 12), Moved.CANNOT_SAY),
        ((10, NAN, NAN), (20, 15, 25), Moved.CANNOT_SAY),
    ],
)
def test_by_hand(
    before: tuple[float, float, float], after: tuple[float, float, float], moved: Moved
) -> None:
    assert changes(_frame(a=before), _frame(a=after)).loc["a", "moved"] == moved


def test_an_area_of_one_side_alone_is_listed_and_nothing_is_said_of_it() -> None:
    found = changes(_frame(a=(1, 0, 2), b=(1, 0, 2)), _frame(b=(4, 3, 5), c=(1, 0, 2)))
    assert found["moved"].to_dict() == {
        "a": Moved.CANNOT_SAY,
        "b": Moved.RISE,
        "c": Moved.CANNOT_SAY,
    }
    assert found["change"].dropna().to_dict() == {"b": 3}


def test_no_areas_give_no_rows() -> None:
    assert changes(_frame(), _frame()).empty


def test_an_area_that_stands_twice_is_refused() -> None:
    twice = pd.concat([_frame(a=(1, 0, 2))] * 2)
    with pytest.raises(MapperError):
        changes(twice, _frame(a=(1, 0, 2)))


@st.composite
def _measured(draw: st.DrawFn) -> tuple[float, float, float]:
    value, below, above = (draw(st.integers(0, 100)) for _ in range(3))
    return (value, value - below, value + above)


@given(_measured(), _measured())
def test_the_other_way_round_a_rise_is_a_fall(
    one: tuple[float, float, float], two: tuple[float, float, float]
) -> None:
    turned = {Moved.RISE: Moved.FALL, Moved.FALL: Moved.RISE}
    there = changes(_frame(a=one), _frame(a=two)).loc["a"]
    back = changes(_frame(a=two), _frame(a=one)).loc["a"]
    assert back["moved"] == turned.get(there["moved"], there["moved"])
    assert back["change"] == -there["change"]


@given(_measured(), _measured())
def test_intervals_that_do_not_touch_are_always_beyond_both(
    one: tuple[float, float, float], two: tuple[float, float, float]
) -> None:
    is_apart = one[2] < two[1] or two[2] < one[1]
    if is_apart:
        moved = changes(_frame(a=one), _frame(a=two)).loc["a", "moved"]
        assert moved in {Moved.RISE, Moved.FALL}
