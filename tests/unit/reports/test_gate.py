"""What passes the gate of a run."""

from typing import Any

import pytest

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.reports.columns import area_figures
from mapper.reports.gate import Gate
from mapper.reports.published import Cell

FIGURES = area_figures(AreaType.LSOA, "sessions")
NAMES = [figure.column.name for figure in FIGURES]
SAID = {
    "rank": 1,
    "area_name": "Portsmouth 001A",
    "population": 1500.0,
    "crude_rate_per_1000": 61.234,
    "rate_lower": 50.1,
    "rate_upper": 70.2,
    "eb_rate_per_1000": 58.0,
    "rules": "top decile of the EB rate",
    "gap_class": "high need, low provision",
    "share_gap_class": "under-engaged",
    "stability": 0.75,
    "need_percentile": 99.0,
    "gap_score": 80.0,
    "dose": 3.25,
    "coverage_per_1000": 2.0,
    "activities": 4,
    "last_month": "2025-03",
}


def lsoa(count: float, lad: str = "P", ward: str = "V", **choices: Any) -> dict[str, Any]:
    """A stored row of one small area."""
    return SAID | {"count": count, "lad_code": lad, "ward_code": ward, "msoa_code": "M"} | choices


ROWS = {"a": lsoa(2), "b": lsoa(6), "c": lsoa(40), "d": lsoa(50, "S", "W")}


def passed(
    code: str, sensitivity: Sensitivity, audience: Audience, rows: dict[str, Any] | None = None
) -> dict[str, Cell]:
    """The row of one small area as it passes."""
    known = rows or ROWS
    gate = Gate.over(known, AreaType.LSOA, sensitivity, audience)
    return dict(zip(NAMES, gate.cells(code, known[code], FIGURES), strict=True))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
@pytest.mark.parametrize("code", ["a", "b"])
def test_nothing_in_a_withheld_row_tells_of_violence(code: str, audience: Audience) -> None:
    row = passed(code, Sensitivity.RESTRICTED, audience)
    telling = [figure.column.name for figure in FIGURES if figure.tells_count]
    assert [name for name in telling if not row[name].is_withheld] == []
    assert [name for name in telling if row[name].value is not None] == []


def test_a_withheld_row_still_says_what_reaches_the_area() -> None:
    row = passed("a", Sensitivity.RESTRICTED, Audience.PUBLIC)
    assert (row["activities"].value, row["coverage_per_1000"].value) == (4, 2.0)


def test_small_and_protecting_rows_read_alike() -> None:
    small = passed("a", Sensitivity.PARTNER, Audience.PUBLIC)
    protecting = passed("b", Sensitivity.PARTNER, Audience.PUBLIC)
    assert small["violence_count"] == protecting["violence_count"]
    assert small["violence_count"].text == "not shown"


def test_where_all_that_is_withheld_is_small_it_reads_fewer_than_five() -> None:
    rows = {"a": lsoa(2), "b": lsoa(3), "c": lsoa(1), "d": lsoa(2), "e": lsoa(40), "f": lsoa(41)}
    row = passed("a", Sensitivity.PARTNER, Audience.PUBLIC, rows)
    assert row["violence_count"].text == "fewer than 5"


def test_an_area_that_is_not_withheld_passes() -> None:
    row = passed("c", Sensitivity.RESTRICTED, Audience.PARTNER)
    assert (row["violence_count"].value, row["crude_rate_per_1000"].text) == (40, "61.2")


def test_an_analyst_sees_every_count() -> None:
    row = passed("a", Sensitivity.RESTRICTED, Audience.ANALYST)
    assert (row["violence_count"].value, row["rank"].value) == (2, 1)


def test_open_counts_pass_whatever_their_size() -> None:
    assert passed("a", Sensitivity.OPEN, Audience.PUBLIC)["violence_count"].text == "2"


def test_of_two_layers_that_cross_only_one_passes() -> None:
    gate = Gate.over(ROWS, AreaType.MSOA, Sensitivity.PARTNER, Audience.PUBLIC)
    assert gate.withheld == {"M"}


@pytest.mark.parametrize(
    ("level", "withheld"),
    [(AreaType.LAD, set()), (AreaType.WARD, set()), (AreaType.LSOA, {"a", "b"})],
)
def test_levels_are_settled_from_the_same_small_areas(level: AreaType, withheld: set[str]) -> None:
    assert Gate.over(ROWS, level, Sensitivity.PARTNER, Audience.PUBLIC).withheld == withheld


def test_a_ward_of_which_one_part_is_withheld_is_withheld() -> None:
    rows = {
        "a": lsoa(2, "P", "V"), "b": lsoa(30, "P", "W"), "c": lsoa(40, "P", "X"),
        "d": lsoa(50, "S", "V"),
    }  # fmt: skip
    gate = Gate.over(rows, AreaType.WARD, Sensitivity.PARTNER, Audience.PUBLIC)
    assert gate.withheld == {"V", "W"}
    assert gate.hidden_text == "not shown"


def test_no_registered_activity_is_said_in_words_and_not_as_nought_alone() -> None:
    rows = {"a": lsoa(9, activities=0, coverage_per_1000=0.0, last_month=None)}
    row = passed("a", Sensitivity.OPEN, Audience.PUBLIC, rows)
    assert row["coverage_per_1000"] == Cell(0.0, "no activity registered")
    assert row["last_month"].text == "no activity registered"


def test_an_area_that_no_rule_marks_reads_no() -> None:
    row = passed("a", Sensitivity.OPEN, Audience.PUBLIC, {"a": lsoa(9, rules="")})
    assert row["affected_rule"] == Cell("", "no")


def test_a_share_of_draws_reads_as_one_of_a_hundred() -> None:
    assert passed("a", Sensitivity.OPEN, Audience.PUBLIC)["stability_percent"].value == 75
