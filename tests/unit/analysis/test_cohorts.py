"""Cohorts affected beside cohorts engaged: by hand, published, and by law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.cohorts import Representation, cohort_gap, shares_differ
from mapper.errors import MapperError

COUNTS = st.lists(st.integers(0, 300), min_size=2, max_size=8)


def people(**counts: float) -> pd.Series:
    return pd.Series(counts, dtype=float)


def test_a_cohort_half_as_often_engaged_as_affected_has_a_ratio_of_a_half() -> None:
    gap = cohort_gap(people(young=400, old=600), people(young=200, old=800))
    assert gap.loc["young", "representation_ratio"] == pytest.approx(0.5)
    assert gap.loc["young", "representation"] == Representation.UNDER
    assert gap.loc["old", "representation"] == Representation.OVER


def test_the_interval_of_the_difference_is_the_published_one() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, example (a), method 10.
    gap = cohort_gap(people(yes=48, no=32), people(yes=56, no=14)).loc["yes"]
    assert round(gap["difference"], 4) == 0.2
    assert round(gap["difference_lower"], 4) == 0.0524
    assert round(gap["difference_upper"], 4) == 0.3339


def test_a_small_difference_of_few_people_is_not_clear() -> None:
    gap = cohort_gap(people(young=4, old=6), people(young=3, old=7))
    assert gap["representation"].tolist() == [Representation.NOT_CLEAR] * 2


def test_nobody_engaged_cannot_say() -> None:
    gap = cohort_gap(people(young=4, old=6), people(young=0, old=0))
    assert gap["representation"].tolist() == [Representation.UNKNOWN] * 2
    assert gap["representation_ratio"].isna().all()


def test_a_cohort_of_whom_nobody_is_affected_has_no_ratio() -> None:
    gap = cohort_gap(people(young=0, old=50), people(young=10, old=40))
    assert np.isnan(gap.loc["young", "representation_ratio"])
    assert gap.loc["young", "representation"] == Representation.OVER


@given(COUNTS, st.data())
def test_shares_add_up_to_one_and_differences_to_nothing(
    affected: list[int], data: st.DataObject
) -> None:
    engaged = data.draw(
        st.lists(st.integers(0, 300), min_size=len(affected), max_size=len(affected))
    )
    gap = cohort_gap(pd.Series(affected), pd.Series(engaged))
    if sum(affected) and sum(engaged):
        assert gap["share_affected"].sum() == pytest.approx(1)
        assert gap["difference"].sum() == pytest.approx(0, abs=1e-12)
        inside = gap["difference"].between(gap["difference_lower"], gap["difference_upper"])
        assert inside.all()


def test_the_same_shares_do_not_differ() -> None:
    assert shares_differ(people(a=10, b=20), people(a=100, b=200)) == pytest.approx(1)


def test_one_cohort_alone_cannot_differ() -> None:
    assert np.isnan(shares_differ(people(a=10, b=0), people(a=100, b=0)))


def test_nobody_engaged_cannot_differ() -> None:
    assert np.isnan(shares_differ(people(a=10, b=5), people(a=0, b=0)))


def test_cohorts_that_do_not_match_are_refused() -> None:
    with pytest.raises(MapperError, match="indexes"):
        cohort_gap(people(a=1), people(b=1))
