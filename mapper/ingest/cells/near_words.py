"""The word that a misspelt one is nearest to, so that a fault can say what was meant."""

from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

_REMEMBERED: Final = 1_024
_NEAR: Final = 80.0


@lru_cache(maxsize=_REMEMBERED)
def nearest(text: str, words: tuple[str, ...]) -> str:
    """Find the word that a text is nearest to.

    It is a suggestion for whoever mends the text, and never taken for what was meant.

    Parameters
    ----------
    text : as a person typed it.
    words : that are known.

    Returns
    -------
    Empty where none is near: four letters in five the same, in the same order.
    """
    found = process.extractOne(
        text, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR
    )
    return found[0] if found else ""


def meant(text: str, words: tuple[str, ...]) -> str:
    """Ask whether the nearest word is meant, as a message does before it lists what is known.

    Parameters
    ----------
    text, words : as of `nearest`.

    Returns
    -------
    A sentence with a space after it; empty where no word is near.
    """
    near = nearest(text, words)
    return f"Did you mean {near!r}? " if near else ""
