"""Months that do not look like the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from mapper.analysis.anomalies import AnomalyRule, anomalous_months
from mapper.errors import MapperError

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = [f"2025-{number:02d}" for number in range(1, 10)]
LOOKUP = "lookups/lsoa21_wd24_lad24_bestfit_hips.csv"
VIOLENT = ["Violence and sexual offences", "Robbery", "Possession of weapons"]


def monthly(counts: list[int]) -> pd.DataFrame:
    """One area's counts by month."""
    return pd.DataFrame(
        {
            "area_code": "E01000001",
            "month": MONTHS[: len(counts)],
            "offence_group": "violence",
            "count": counts,
        }
    )


def flagged(violence: pd.DataFrame, rule: AnomalyRule | None = None) -> list[str]:
    """The months flagged."""
    found = anomalous_months(violence, pd.Series({"E01000001": "E07000001"}), rule)
    return found.loc[found["is_anomalous"], "month"].tolist()


def test_the_figures_are_as_worked_by_hand() -> None:
    found = anomalous_months(
        monthly([100, 110, 90, 130, 300]), pd.Series({"E01000001": "E07000001"})
    ).iloc[-1]
    # Others 90, 100, 110, 130: median 105, deviations 15, 5, 5, 25, of which the median is 10;
    # 1.4826 x 10 is more than the square root of 105.
    assert found["usual_count"] == 105
    assert found["ratio"] == pytest.approx(300 / 105)
    assert found["robust_z"] == pytest.approx(195 / 14.826)


def test_a_month_that_doubles_is_flagged_and_the_others_are_not() -> None:
    assert flagged(monthly([100, 104, 97, 110, 95, 103, 99, 210, 101])) == ["2025-08"]


def test_a_month_that_vanishes_is_flagged() -> None:
    assert flagged(monthly([100, 104, 97, 110, 95, 103, 99, 0, 101])) == ["2025-08"]


def test_a_month_without_a_row_for_the_place_counts_as_zero() -> None:
    here = monthly([100, 104, 97, 110, 95, 103, 99, 0, 101]).query("count > 0")
    elsewhere = monthly([1] * 9).assign(area_code="E01000002")
    places = pd.Series({"E01000001": "E07000001", "E01000002": "E07000002"})
    found = anomalous_months(pd.concat([here, elsewhere]), places)
    assert found.loc[found["is_anomalous"], ["place", "month"]].to_numpy().tolist() == [
        ["E07000001", "2025-08"]
    ]


@pytest.mark.parametrize(
    "counts",
    [
        [100, 100, 100, 100, 100, 100, 118, 100, 100],  # steady: chance alone gives this
        [2, 3, 1, 2, 4, 2, 3, 12, 2],  # few: a difference of less than twenty
        [0, 0, 0, 0, 0, 0, 0, 0, 0],
        [100, 100, 300],  # three months cannot say which is odd
        [100],
    ],
)
def test_a_month_within_chance_is_not_flagged(counts: list[int]) -> None:
    assert flagged(monthly(counts)) == []


def test_a_burst_where_nothing_is_usual_is_flagged_without_a_ratio() -> None:
    assert flagged(monthly([0, 0, 0, 0, 0, 0, 0, 60, 0])) == ["2025-08"]


def test_a_stricter_rule_flags_less() -> None:
    counts = monthly([100, 104, 97, 110, 95, 103, 99, 210, 101])
    assert flagged(counts, AnomalyRule(ratio=2.5)) == []


def test_rows_of_areas_without_a_place_are_left_out() -> None:
    assert anomalous_months(monthly([1, 2]), pd.Series(dtype=object)).empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MapperError, match="month"):
        anomalous_months(monthly([1]).drop(columns="month"), pd.Series(dtype=object))


@pytest.mark.real_data
def test_august_2025_is_flagged_in_the_thirteen_districts_it_distorts_and_no_other_month_is(
    real_data: Path,
) -> None:
    crimes = pd.concat(
        pd.read_csv(path, usecols=["LSOA code", "Month", "Crime type"], dtype=str)
        for path in sorted(real_data.glob("police/2025-*-hampshire-street.csv.gz"))
    )
    names = ["area_code", "month", "crime_type"]
    counts = crimes.set_axis(["month", "area_code", "crime_type"], axis=1).value_counts(names)
    violence = counts.rename("count").reset_index().query("crime_type in @VIOLENT")
    lads = pd.read_csv(real_data / LOOKUP, index_col="LSOA21CD")["LAD24NM"]
    together = violence.assign(crime_type="violence")
    for frame in (violence, together):
        found = anomalous_months(frame, lads).query("is_anomalous")
        assert set(found["month"]) == {"2025-08"}
        assert set(found["place"]) == set(lads) - {"Isle of Wight"}
