"""Words that somebody looks for, as text is compared: without case, accents and signs."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_LONGEST_TEXT: Final = 200
_MOST_WORDS: Final = 12
_LONGEST_WORD: Final = 40
_ASCII_SIGNS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SearchWord:
    """One word to look for.

    Parameters
    ----------
    text : letters and figures only, in lower case and without accents.
    is_begun : whether words that only begin so are meant too, as for the last one typed.
    """

    text: str
    is_begun: bool = False


def folded(text: str) -> str:
    """Spell text for comparison: lower case, no accents, nothing but letters, figures and spaces.

    Parameters
    ----------
    text : as written.
    """
    if text.isascii():
        return " ".join(_ASCII_SIGNS.sub(" ", text.lower()).split())
    # Taken apart before the case is dropped too: the large letters of mathematics have none.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (c for c in parts if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def search_words(text: str) -> tuple[SearchWord, ...]:
    """Take what somebody typed apart into the words to look for.

    Quotes, operators and other signs mean nothing; what is beyond 12 words or 200 characters
    is left out. The last word may be unfinished, unless it is of one letter.

    Parameters
    ----------
    text : as typed.
    """
    words = list(dict.fromkeys(folded(text[:_LONGEST_TEXT]).split()))[:_MOST_WORDS]
    cut = [word[:_LONGEST_WORD] for word in words]
    return tuple(
        SearchWord(word, is_begun=at == len(cut) - 1 and len(word) > 1)
        for at, word in enumerate(cut)
    )
