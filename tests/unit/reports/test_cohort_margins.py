"""Cohorts counted by one dimension, from tables divided by several."""

from typing import Any

import pandas as pd
import pytest

from mapper.reports.cohort_margins import counts_by


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of a table of cohorts; what is not named is left open."""
    empty = {"age_from": None, "age_to": None, "sex": "", "ethnicity": "", "count": None}
    return pd.DataFrame([empty | row for row in rows])


def cell(first: int, sex: str, count: float | None) -> dict[str, Any]:
    """People of five years of age and one sex."""
    return {"age_from": first, "age_to": first + 4, "sex": sex, "count": count}


CROSSED = [
    cell(10, "male", 30), cell(10, "female", 10), cell(15, "male", 60), cell(15, "female", 20),
]  # fmt: skip


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("age", {(10, 14): 40.0, (15, 19): 80.0}),
        ("sex", {"male": 90.0, "female": 30.0}),
        ("ethnicity", {}),
    ],
)
def test_a_table_by_age_and_sex_is_added_up_to_either(
    dimension: str, expected: dict[Any, float]
) -> None:
    assert counts_by(table(*CROSSED), dimension) == expected


def test_what_the_source_itself_counts_by_one_dimension_is_taken_as_it_is() -> None:
    own = {"age_from": 10, "age_to": 14, "count": 41}

    assert counts_by(table(own, *CROSSED), "age") == {(10, 14): 41.0}


def test_a_cohort_with_a_withheld_part_is_withheld() -> None:
    rows = [*CROSSED[:3], cell(15, "female", None)]

    assert counts_by(table(*rows), "age") == {(10, 14): 40.0, (15, 19): None}


def test_a_part_that_was_left_out_is_not_taken_for_nobody() -> None:
    assert counts_by(table(*CROSSED[:3]), "age") == {}
