from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import read_date, read_number, read_whole_number, read_yes_no, tidy


@pytest.mark.parametrize(
    "text",
    ["31/01/2025", "31/1/25", "2025-01-31", "2025-01-31T09:30:00", "2025-01-31 00:00:00", "45688",
     "31 January 2025", "31st Jan 2025", "31-Jan-2025", "31.01.2025", "31-01-2025", "2025/01/31",
     "31st of January 2025", "Fri 31 January 2025", "Friday, the 31st Jan 2025"],
)  # fmt: skip
def test_the_last_of_january_is_read_in_every_form(text: str) -> None:
    assert read_date(text) == date(2025, 1, 31)


@pytest.mark.parametrize("text", ["31/02/2025", "01/31/2025", "soon", "2025", "12", "1/1/1066"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a date"):
        read_date(text)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_date_written_day_first_or_iso_reads_back(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}") == read_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["about 20", "20+", "20-30", "many", "1,20", "nan", "1e3"])
def test_a_number_with_words_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a number"):
        read_number(text)


@pytest.mark.parametrize(("text", "number"), [("20", 20), ("1,200", 1200), ("20.0", 20)])
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_whole_number(text) == number


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(InvalidValueError, match="whole number"):
        read_whole_number("2.5")


@pytest.mark.parametrize(("text", "is_yes"), [("Yes", True), ("n", False), ("TRUE", True)])
def test_yes_and_no_are_read(text: str, is_yes: bool) -> None:
    assert read_yes_no(text) is is_yes


def test_perhaps_is_neither_yes_nor_no() -> None:
    with pytest.raises(InvalidValueError, match="neither"):
        read_yes_no("perhaps")


def test_control_characters_are_taken_out() -> None:
    assert tidy("A\x00B\x1b[31m \u200bC\u00a0 D") == "A B [31m C D"
