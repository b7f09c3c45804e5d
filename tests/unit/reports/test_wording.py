"""How published values read."""

from collections.abc import Callable
from datetime import date

import pytest

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, Sensitivity
from mapper.reports.published import Cell
from mapper.reports.wording import (
    count_cell,
    date_cell,
    listed,
    month_cell,
    number_cell,
    text_cell,
    withheld_cell,
)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 areas"), (1, "1 area"), (2, "2 areas"), (1204, "1,204 areas")]
)
def test_one_is_singular_and_all_else_is_plural(count: int, words: str) -> None:
    assert counted(count, "area") == words


def test_an_odd_plural_is_taken_as_given() -> None:
    assert counted(2, "authority", "authorities") == "2 authorities"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_a_sentence_lists_them(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_a_number_has_a_value_for_machines_and_separators_for_people() -> None:
    assert number_cell(1234.56, 1) == Cell(1234.6, "1,234.6")


def test_nothing_has_no_sign() -> None:
    assert number_cell(-0.0).text == "0"
    assert number_cell(-0.04, 1).text == "0.0"


def test_a_number_without_decimals_is_whole() -> None:
    assert number_cell(12.0) == Cell(12, "12")


@pytest.mark.parametrize("made", [number_cell, text_cell])
def test_what_is_not_known_is_said_not_to_be(made: Callable[[None], Cell]) -> None:
    assert made(None) == Cell(None, "not known")


def test_empty_words_are_not_known() -> None:
    assert text_cell("") == Cell(None, "not known")


def test_a_date_is_iso_for_machines_and_words_for_people() -> None:
    assert date_cell(date(2025, 3, 3)) == Cell("2025-03-03", "3 March 2025")


def test_no_last_month_reads_as_nothing_registered() -> None:
    assert month_cell(None) == Cell(None, "no activity registered")


def test_a_month_is_named() -> None:
    assert month_cell("2025-03") == Cell("2025-03", "March 2025")


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_small_count_that_is_not_open_reads_fewer_than_five(
    count: int, audience: Audience
) -> None:
    shown = count_cell(count, Sensitivity.RESTRICTED, audience)
    assert shown == Cell(None, "fewer than 5", is_withheld=True)


def test_an_analyst_sees_a_small_count() -> None:
    assert count_cell(2, Sensitivity.RESTRICTED, Audience.ANALYST) == Cell(2, "2")


def test_an_open_count_is_shown_whatever_its_size() -> None:
    assert count_cell(0, Sensitivity.OPEN, Audience.PUBLIC) == Cell(0, "0")


def test_the_public_sees_a_count_that_is_not_open_rounded_to_five() -> None:
    assert count_cell(13, Sensitivity.PARTNER, Audience.PUBLIC) == Cell(15, "15")


def test_a_partner_sees_it_as_it_is() -> None:
    assert count_cell(13, Sensitivity.PARTNER, Audience.PARTNER) == Cell(13, "13")


def test_a_withheld_figure_has_no_value() -> None:
    assert withheld_cell() == Cell(None, "not shown", is_withheld=True)
