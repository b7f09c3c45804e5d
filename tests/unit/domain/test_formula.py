"""Text that a spreadsheet would run is made harmless, and no other text is touched."""

import pytest

from mapper.domain.formula import neutralised


@pytest.mark.parametrize("start", [*"=+-@\t\r\n\0", *"＝＋－＠"])  # noqa: RUF001  (the wide ones)
@pytest.mark.parametrize("before", ["", "  "])
def test_text_that_begins_as_a_formula_is_given_an_apostrophe(start: str, before: str) -> None:
    assert neutralised(f"{before}{start}1+1") == f"'{before}{start}1+1"


@pytest.mark.parametrize("text", ["", "A Club", "'=1", "1-1", "£5", "“=”"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text
