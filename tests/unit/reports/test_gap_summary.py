"""A gap report in a few sentences."""

import pytest

from mapper.reports.gap_summary import summary_sentences
from mapper.reports.published import Cell
from tests.unit.reports.tables import cell, hidden, make_table

GAP = "high need, low provision"


def authority(**choices: Cell) -> dict[str, Cell]:
    """Portsmouth among the authorities."""
    given = {
        "area_code": cell("E06000044"),
        "violence_count": cell(2100, "2,100"),
        "crude_rate_per_1000": cell(10.3),
        "eb_rate_per_1000": cell(10.2),
        "areas_affected": cell(14),
        "activities": cell(30),
        "coverage_per_1000": cell(2.5),
    }
    return given | choices


def area(
    name: str = "Portsmouth 001A", gap: Cell | None = None, share: str = ""
) -> dict[str, Cell]:
    """A small area."""
    return {
        "area_name": cell(name),
        "gap_class": gap or cell("low need, high provision"),
        "share_gap_class": cell(share),
    }


def said(own: dict[str, Cell], areas: list[dict[str, Cell]]) -> str:
    """The summary as one text, beside an authority with more need."""
    beside = authority(area_code=cell("E06000045"), eb_rate_per_1000=cell(12.0))
    sentences = summary_sentences("Portsmouth", own, make_table(areas), make_table([own, beside]))
    return " ".join(sentences)


def test_need_is_given_with_its_place_among_the_authorities() -> None:
    text = said(authority(), [area()])
    assert "2,100 incidents of violence were recorded in Portsmouth" in text
    assert "number 2 of 2 authorities" in text


def test_one_small_area_is_singular() -> None:
    assert "1 small area is marked" in said(authority(areas_affected=cell(1)), [area()])


def test_a_withheld_count_is_said_to_be_so_without_any_number() -> None:
    own = authority(
        violence_count=hidden(), crude_rate_per_1000=hidden(), eb_rate_per_1000=hidden()
    )
    assert summary_sentences("Portsmouth", own, make_table([area()]), make_table([own]))[0] == (
        "Recorded violence in Portsmouth is not shown, because the numbers are small."
    )


def test_no_registered_activity_is_not_called_no_work() -> None:
    text = said(authority(activities=cell(0)), [area()])
    assert "That is not the same as nobody working there." in text


def test_the_widest_gaps_are_named_in_order_and_at_most_three() -> None:
    areas = [area(name, cell(GAP)) for name in ("A", "B", "C", "D")]
    text = said(authority(), [*areas, area("E")])
    assert "4 small areas of 5 in Portsmouth are in" in text
    assert "The widest gaps are in A, B and C." in text


def test_a_single_gap_is_named_alone() -> None:
    text = said(authority(), [area("A", cell(GAP)), area("B")])
    assert "1 small area of 2 in Portsmouth is in" in text
    assert "It is A." in text


def test_no_gap_is_said_too() -> None:
    assert "None of the 1 small areas" in said(authority(), [area()])


@pytest.mark.parametrize(("count", "words"), [(1, "1 small area has"), (2, "2 small areas have")])
def test_how_sure_the_gap_is_counts_those_beyond_chance(count: int, words: str) -> None:
    areas = [area(share="under-engaged")] * count + [area(share="no clear gap")]
    assert words in said(authority(), areas)


def test_areas_not_shown_are_counted_and_left_out_of_what_follows() -> None:
    text = said(authority(), [area("A", cell(GAP)), area("B", hidden())])
    assert "The figures of 1 small area are not shown" in text
    assert "1 small area of 1" in text


def test_nothing_is_said_of_gaps_when_no_area_is_shown() -> None:
    assert "None of the" not in said(authority(), [area("B", hidden())])


def test_a_small_area_is_named_with_its_ward() -> None:
    gap = area(gap=cell(GAP)) | {"ward_name": cell("Paulsgrove")}
    assert "Portsmouth 001A (Paulsgrove)" in said(authority(), [gap])
