import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest.cells.naming import plain_name, sensible_case, stable_key


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("THE SOCIETY OF ST JAMES", "The Society of St James"),
        ("YMCA FAIRTHORNE GROUP", "YMCA Fairthorne Group"),
        ("KING EDWARD VI SCHOOL", "King Edward VI School"),
        ("WOMEN'S AID PRE-SCHOOL", "Women's Aid Pre-School"),
        ("Ellen MacArthur Foundation", "Ellen MacArthur Foundation"),
        ("ODIHAM DISTRICT U3A", "Odiham District U3A"),
        ("YMCA", "YMCA"),
    ],
)
def test_a_name_in_capitals_is_made_readable(name: str, readable: str) -> None:
    assert sensible_case(name) == readable


@given(name=st.text(min_size=1, max_size=60))
def test_a_readable_name_keeps_its_words(name: str) -> None:
    assert sensible_case(name).casefold() == name.casefold()


def test_a_key_does_not_change_with_case_spacing_or_the() -> None:
    assert stable_key("The  Mill & Co.", "PO1 3AX") == stable_key("mill AND co", "po1 3ax")


def test_names_that_differ_in_a_word_stay_apart() -> None:
    assert plain_name("Mill Youth") != plain_name("Mill House")
