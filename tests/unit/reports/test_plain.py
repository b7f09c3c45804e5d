"""Figures as plain values."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mapper.reports.plain import plain_rows, plain_value


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.int64(3), 3),
        (np.float64(0.12345678), 0.123457),
        (float("nan"), None),
        (float("inf"), None),
        (np.bool_(True), True),
        (None, None),
        (pd.NA, None),
        ("words", "words"),
        ([np.int64(1), "a"], [1, "a"]),
    ],
)
def test_a_value_is_pythons_own(value: Any, plain: Any) -> None:
    found = plain_value(value)
    assert found == plain
    assert type(found) is type(plain)


def test_rows_keep_whole_numbers_whole_beside_missing_ones() -> None:
    frame = pd.DataFrame({"rank": pd.array([1, None], dtype="Int64")}, index=["a", "b"])
    assert plain_rows(frame) == {"a": {"rank": 1}, "b": {"rank": None}}


def test_rows_can_be_written_as_json() -> None:
    frame = pd.DataFrame({"x": [1.5, np.nan], "is_near": [True, False], "name": ["n", None]})
    assert json.loads(json.dumps(plain_rows(frame)))["1"] == {
        "x": None,
        "is_near": False,
        "name": None,
    }
