"""Areas affected by violence, and the rule that says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.analysis.affected import AffectedRule, affected

LISTED = "in Baffins ward, on the needs assessment's priority list (2024)"


def test_the_top_tenth_is_flagged_by_that_rule() -> None:
    rates = pd.Series(range(20), index=[f"E{n:08d}" for n in range(20)], dtype=float)
    found = affected(rates)
    assert found.index[found["is_violence_affected"]].tolist() == ["E00000018", "E00000019"]
    assert set(found.loc[found["is_violence_affected"], "rules"]) == {AffectedRule.TOP_TENTH}


def test_every_rule_that_flags_an_area_is_kept() -> None:
    rates = pd.Series(range(10), index=list("abcdefghij"), dtype=float)
    found = affected(rates, priority_areas={"j": LISTED, "a": LISTED}, hot_spots={"b"})
    assert found.loc[["a", "b", "c", "j"], "rules"].tolist() == [
        LISTED,
        AffectedRule.HOT_SPOT,
        "",
        f"{LISTED}; {AffectedRule.TOP_TENTH}",
    ]


def test_areas_that_are_all_alike_are_not_affected() -> None:
    assert not affected(pd.Series([4.0] * 30))["is_violence_affected"].any()


def test_a_single_area_and_a_missing_rate_are_not_affected() -> None:
    assert not affected(pd.Series([4.0]))["is_violence_affected"].any()
    assert not affected(pd.Series([np.nan] * 12))["is_violence_affected"].any()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_no_more_than_a_tenth_is_flagged(rates: list[float]) -> None:
    assert affected(pd.Series(rates))["is_violence_affected"].sum() <= len(rates) / 10
