"""Figures made anew from the counts that are shown."""

from typing import Any

import pytest

from mapper.analysis.affected import AffectedRule
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.reports.gate import Gate
from mapper.reports.shown import counted_again, from_shown, with_thirds

LISTED = "on the needs assessment's priority list (list)"


def row(count: float, **choices: Any) -> dict[str, Any]:
    """A stored row, its rank and rate those among all areas."""
    return {
        "count": count,
        "population": 1_000.0,
        "dose": 1.0,
        "lad_code": "P",
        "ward_code": "W",
        "msoa_code": "M",
        "rank": 7,
        "eb_rate_per_1000": 99.0,
        "crude_rate_per_1000": 99.0,
        "stability": 0.5,
        "rules": "",
        "provision_class": "high",
        "activities": 3,
    } | choices


ROWS = {"a": row(2), "b": row(9), "c": row(33), "d": row(61)}


def made(audience: Audience, rows: dict[str, Any] = ROWS, months: int = 12) -> dict[str, Any]:
    gate = Gate.over(rows, AreaType.LSOA, Sensitivity.RESTRICTED, audience)
    return from_shown(rows, gate, months)


def test_ranks_are_among_those_shown() -> None:
    assert [made(Audience.PARTNER)[code].get("rank") for code in "abcd"] == [None, None, 2, 1]


def test_a_rate_is_that_of_the_rounded_count_for_the_public() -> None:
    rates = [made(each)["c"]["crude_rate_per_1000"] for each in (Audience.PUBLIC, Audience.PARTNER)]
    assert rates == [35.0, 33.0]


def test_rates_are_for_a_year() -> None:
    assert made(Audience.PARTNER, months=3)["c"]["crude_rate_per_1000"] == 132.0


def test_of_a_withheld_area_only_what_holds_no_count_is_kept() -> None:
    kept = {key for key, value in made(Audience.PARTNER)["a"].items() if value is not None}
    names = {"lad_code", "ward_code", "msoa_code"}
    assert kept == names | {"population", "dose", "provision_class", "activities"}


def test_what_rests_on_draws_is_left_out() -> None:
    assert "stability" not in made(Audience.PARTNER)["d"]


def test_the_words_of_a_list_are_kept_and_those_of_all_counts_are_not() -> None:
    said = f"{LISTED}; {AffectedRule.TOP_TENTH}; {AffectedRule.HOT_SPOT}"
    rows = ROWS | {"c": row(33, rules=said)}
    assert made(Audience.PARTNER, rows)["c"]["rules"] == LISTED


def test_the_top_tenth_is_of_those_shown() -> None:
    rows = {f"{number:02d}": row(20 + number) for number in range(20)}
    found = made(Audience.PARTNER, rows | {"x": row(500), "y": row(1)})
    flagged = [code for code, each in found.items() if each.get("rules")]
    assert flagged == ["18", "19"]


def test_where_all_is_withheld_there_is_nothing_to_make() -> None:
    found = made(Audience.PUBLIC, {"a": row(2), "b": row(1)})
    assert {each.get("rank") for each in found.values()} == {None}


def test_small_areas_are_counted_among_those_shown() -> None:
    lsoas = {
        "a": {"ward_code": "V", "rules": "x", "gap_class": "high need, low provision"},
        "b": {"ward_code": "V", "rules": "", "gap_class": "low need, low provision"},
        "c": {"ward_code": "V"},
    }
    wards = counted_again({"V": {"lsoas_affected": 9}, "W": {}}, lsoas, "ward_code")
    assert wards == {
        "V": {"lsoas_affected": 1, "lsoas_high_need_low_provision": 1},
        "W": {"lsoas_affected": 0, "lsoas_high_need_low_provision": 0},
    }


@pytest.mark.parametrize("gap_class", [None, ""])
def test_without_a_class_there_are_no_thirds(gap_class: str | None) -> None:
    assert with_thirds({"gap_class": gap_class}) == {"gap_class": gap_class}
