"""Small parts of `python -m bench.truth`, each a promise of docs/methods.md."""

from pathlib import Path

import pandas as pd
import pytest

from bench.truth import access, disclosure, equal_risk, months, planted
from bench.truth.__main__ import BEGIN, END, METHODS, written
from bench.truth.findings import Finding


def missed(findings: list[Finding]) -> list[str]:
    return [f"{each.claim}: {each.found}" for each in findings if each.is_met is False]


def test_where_all_risks_are_equal_nothing_is_found() -> None:
    assert missed(equal_risk.measure(worlds=5)) == []


def test_planted_gaps_are_found_oftener_than_by_counting_or_by_shares() -> None:
    assert missed(planted.measure(worlds=10)) == []


def test_engagement_is_neither_lost_nor_endless_and_agrees_with_pysal() -> None:
    assert missed(access.measure(worlds=1)) == []


@pytest.mark.slow
def test_nothing_published_tells_a_restricted_count() -> None:
    assert missed(disclosure.measure(most_asked=40)) == []


@pytest.mark.real_data
def test_the_odd_month_of_the_real_files_is_flagged_where_it_is_odd(real_data: Path) -> None:
    found = months.measure(real_data / "police")
    assert [each.is_met for each in found] == [True, True, True]


def test_without_the_real_files_it_says_so(tmp_path: Path) -> None:
    [only] = months.measure(tmp_path)
    assert "not here" in only.found
    assert only.is_met is None


def test_an_authority_is_distorted_when_its_other_crime_falls_away() -> None:
    sizes = {"2025-07": {"A": 40, "B": 40}, "2025-08": {"A": 10, "B": 38}}
    sizes["2025-09"] = sizes["2025-07"]
    crimes = pd.DataFrame(
        [
            (place, month, "Burglary")
            for month, each in sizes.items()
            for place, size in each.items()
            for _ in range(size)
        ],
        columns=["place", "month", "crime_type"],
    )
    assert months.distorted_places(crimes) == {"A"}


def test_the_table_is_written_between_its_marks_alone() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    made = written(page, [Finding("claim", "target", "found", is_met=True)])
    assert made.startswith(f"before\n{BEGIN}\n| claim")
    assert made.endswith(f"| yes |\n{END}\nafter\n")
    assert "old" not in made


def test_the_page_of_methods_has_a_place_for_the_table() -> None:
    page = METHODS.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
