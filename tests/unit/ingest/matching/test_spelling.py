"""One spelling for comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest.matching.spelling import (
    compact_postcode,
    distinguishing_words,
    domain_of,
    initials,
    phone_digits,
    plain_words,
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Mill Trust Ltd.", "mill trust"),
        ("St. John's C of E Primary", "st johns church england primary"),
        ("Hants Comm. Ctr & Hall", "hampshire community centre hall"),
        ("Café Society", "cafe society"),
        ("The Company Limited", "the company limited"),
    ],
)
def test_abbreviations_are_written_out_and_empty_words_left_out(name: str, plain: str) -> None:
    assert plain_words(name) == plain


@given(st.text(max_size=60))
def test_a_name_spelt_for_comparison_is_in_its_own_words(name: str) -> None:
    assert plain_words(name) == plain_words(name.upper()) or not name.isascii()


def test_near_namesakes_differ_in_figures_and_in_words_such_as_junior() -> None:
    assert distinguishing_words("2nd ryde junior school") == ("2nd", "junior")


def test_initials_are_of_every_word() -> None:
    assert initials("The John Raymond Tijou Charitable Trust") == "tjrtct"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Example.org.uk/about", "example.org.uk"),
        ("example.org.uk", "example.org.uk"),
        ("info@example.org.uk", "example.org.uk"),
        ("pat@gmail.com", ""),
        ("https://facebook.com/example", ""),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_an_address_has_a_host_unless_it_is_anybodys(address: str, host: str) -> None:
    assert domain_of(address) == host


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+44 (0)23 9212 3456", "02392123456"),
        ("0044 23 9212 3456", "02392123456"),
        ("023 9212 3456", "02392123456"),
        ("ext 12", ""),
    ],
)
def test_a_telephone_number_is_its_digits_from_within_the_country(phone: str, digits: str) -> None:
    assert phone_digits(phone) == digits


def test_a_postcode_is_compared_without_spaces() -> None:
    assert compact_postcode(" po1 3ax") == "PO13AX"
