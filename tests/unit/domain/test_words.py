"""What somebody typed, taken apart into words."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.words import SearchWord, folded, search_words


def test_case_accents_and_signs_do_not_matter() -> None:
    assert folded("  Café “L'Été”, (Zoë) ") == "cafe l ete zoe"


def test_the_last_word_may_be_unfinished() -> None:
    assert search_words("youth mento") == (SearchWord("youth"), SearchWord("mento", is_begun=True))


def test_one_letter_is_a_word_and_no_beginning() -> None:
    assert search_words("a") == (SearchWord("a"),)


def test_a_word_said_twice_is_looked_for_once() -> None:
    assert [word.text for word in search_words("club Club CLUB")] == ["club"]


@given(st.text(max_size=400))
def test_whatever_is_typed_leaves_few_short_plain_words(typed: str) -> None:
    words = search_words(typed)

    assert len(words) <= 12
    assert all(word.text.isalnum() and len(word.text) <= 40 for word in words)


def test_every_single_letter_there_is_folds_to_its_end() -> None:
    letters = [folded(chr(point)) for point in range(sys.maxunicode + 1)]

    assert [letter for letter in letters if folded(letter) != letter] == []


def test_letters_drawn_for_mathematics_are_letters() -> None:
    assert folded("\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL S}olent") == "solent"


@given(st.text())
def test_folding_twice_changes_nothing_more(written: str) -> None:
    assert folded(folded(written)) == folded(written)
