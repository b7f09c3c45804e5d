"""Text to words: lists of them, and those of a vocabulary."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, TypeVar

from mapper.errors import InvalidValueError
from mapper.ingest.cells.near_words import meant
from mapper.ingest.cells.values import tidy
from mapper.ingest.faults.issues import shown

Term = TypeVar("Term", bound=StrEnum)

_REMEMBERED: Final = 4_096
"""Different texts whose reading is remembered: in a long list they repeat row after row."""


def split_list(text: str) -> tuple[str, ...]:
    """Split a list at its semicolons and line breaks, each member once and tidy.

    Commas do not split: names have commas in them.

    Parameters
    ----------
    text : such as ``Wessex Youth; Solent Mind``.
    """
    parts = (tidy(part) for part in re.split(r"[;|\n\r]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def split_terms(text: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Split a list at semicolons; at commas where it has no semicolon and is not a term.

    Parameters
    ----------
    text : such as ``knife crime, drugs and alcohol``.
    vocabulary : terms, those with commas of their own among them, which are not split.
    """
    parts = split_list(text)
    if len(parts) == 1 and "," in text and tidy(text).casefold() not in _folded(vocabulary):
        return split_list(text.replace(",", ";"))
    return parts


def _folded(words: Iterable[str]) -> set[str]:
    return {each.casefold() for each in words}


@lru_cache(maxsize=_REMEMBERED)
def read_terms(vocabulary: type[Term], text: str) -> tuple[frozenset[Term], tuple[str, ...]]:
    """Read a list of words of a vocabulary.

    Parameters
    ----------
    vocabulary : the words allowed.
    text : as `split_terms` takes it.

    Returns
    -------
    The words, and what is wrong with each that is not among them.
    """
    found: set[Term] = set()
    faults: list[str] = []
    for part in split_terms(text, vocabulary):
        try:
            found.add(match_term(vocabulary, part))
        except InvalidValueError as error:
            faults.append(str(error))
    return frozenset(found), tuple(faults)


def match_term(
    vocabulary: type[Term], text: str, synonyms: Mapping[str, Term] | None = None
) -> Term:
    """Find a word of a vocabulary, case and punctuation forgiven.

    Parameters
    ----------
    vocabulary : the words allowed.
    text : as the source writes it.
    synonyms : other ways to write some of them, plain and in lower case.

    Raises
    ------
    InvalidValueError
        When it is not among them; the message lists them.
    """
    wanted = _plain(text)
    if wanted in _terms(vocabulary):
        return vocabulary(_terms(vocabulary)[wanted])
    for synonym, term in (synonyms or {}).items():
        if wanted == _plain(synonym):
            return term
    words = tuple(term.value for term in vocabulary)
    raise InvalidValueError(
        f"{shown(text)!r} is not one of the words for this.",
        expected=f"{meant(text, words)}One of: {', '.join(words)}.",
        action="Choose one of them.",
    )


@cache
def _terms(vocabulary: type[StrEnum]) -> dict[str, str]:
    """Index a vocabulary by the plain form of its words and names."""
    return {_plain(each): term.value for term in vocabulary for each in (term.value, term.name)}


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.replace("&", "and")).casefold()
