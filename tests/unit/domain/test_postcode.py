"""A postcode is read however it is spelt, and never guessed at."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.postcode import OutwardCode, Postcode
from mapper.errors import InvalidValueError

postcodes = st.builds(
    Postcode,
    st.from_regex(r"(?:[BEGLMNSW][1-9][0-9]?|[A-PR-UWYZ][A-HK-Y][1-9][0-9]?)", fullmatch=True),
    st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True),
)


@given(postcodes)
def test_a_postcode_read_from_its_own_text_is_itself(postcode: Postcode) -> None:
    assert Postcode.parse(str(postcode)) == postcode


@given(postcodes, st.integers(0, 7), st.sampled_from(["", " ", "  ", "\t", "\u00a0"]))
def test_case_and_spacing_do_not_matter(postcode: Postcode, at: int, space: str) -> None:
    text = postcode.compact[:at] + space + postcode.compact[at:]

    assert Postcode.parse(f" {text.lower()} ") == postcode


@given(st.text(alphabet=string.printable + "\u0131\u017f\uff11\u00e9", max_size=12))
def test_any_text_is_a_postcode_or_an_invalid_value(text: str) -> None:
    try:
        postcode = Postcode.parse(text)
    except InvalidValueError:
        return
    assert Postcode.parse(str(postcode)) == postcode


@given(postcodes)
def test_a_letter_in_the_place_of_the_inward_figure_is_put_right(postcode: Postcode) -> None:
    slipped = postcode.inward.replace("0", "O").replace("1", "I")

    assert Postcode.parse(postcode.outward + slipped) == postcode


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("P01 3AX", "PO1 3AX"),
        ("S014 0AA", "SO14 0AA"),
        ("SOI4 OAA", "SO14 0AA"),
        ("POI 3AX", "PO1 3AX"),
        ("POII 1AA", "PO11 1AA"),
        ("SO1O 4AA", "SO10 4AA"),
        ("0X1 1AA", "OX1 1AA"),
        ("GU512UT ", "GU51 2UT"),
        ("PO1-3AX", "PO1 3AX"),
        ("GIR 0AA", "GIR 0AA"),
        ("W1A 1AA", "W1A 1AA"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("BS0 1AA", "BS0 1AA"),
    ],
)
def test_a_common_slip_is_put_right(slip: str, meant: str) -> None:
    assert str(Postcode.parse(slip)) == meant


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "PO1",
        "3AX",
        "PO1 3A",
        "PO1 3AO",
        "PO1 333AX",
        "Q1 1AA",
        "SO00 1AA",
        "\uff301 3AX",
        "none",
    ],
)
def test_junk_is_refused(junk: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a postcode"):
        Postcode.parse(junk)


def test_a_postcode_cannot_be_made_of_junk_halves() -> None:
    with pytest.raises(InvalidValueError):
        Postcode("PO1", "AX3")


@pytest.mark.parametrize(("text", "meant"), [("po1", "PO1"), (" S014 ", "SO14"), ("SO3I", "SO31")])
def test_a_district_is_read_like_a_postcode(text: str, meant: str) -> None:
    assert str(OutwardCode.parse(text)) == meant


@pytest.mark.parametrize("text", ["PO1 3", "P", "PO1 3AX", "12", ""])
def test_what_is_not_a_district_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a postcode district"):
        OutwardCode.parse(text)
