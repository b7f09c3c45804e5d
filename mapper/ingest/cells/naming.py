"""Names: a readable case for those in capitals, and keys that stay the same."""

import re
from typing import Final

_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "by", "de", "for", "from", "in", "into", "of", "on", "or", "the",
     "to", "under", "upon", "with"}
)  # fmt: skip
_ACRONYMS: Final = frozenset(
    {"AIDS", "BAME", "CAB", "CIC", "CIO", "COPD", "HIV", "HMS", "HURC", "IOW", "IW", "LGBT",
     "LGBTQ", "NHS", "NSPCC", "PICU", "PTA", "RAF", "RNLI", "RSPCA", "SANDS", "SEND", "UK",
     "USA", "WI", "WRVS", "YMCA", "YWCA", "EBS", "RNRMC", "UNICEF"}
)  # fmt: skip
_ROMAN: Final = re.compile(r"(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})")
_VOWEL: Final = re.compile(r"[AEIOUY]")
_WITHOUT_VOWEL: Final = frozenset({"ST", "MR", "MRS", "DR", "LTD", "SS"})
_KEY_LENGTH: Final = 200
_TOTAL: Final = re.compile(r"((grand|overall|sub)[ -]?)?totals?\W*", re.IGNORECASE)


def sensible_case(name: str) -> str:
    """Put a name written in capitals into a readable case; leave any other as it is.

    Registers hold many names in capitals. The words are kept; initials that are known, or
    have no vowel, stay in capitals.

    Parameters
    ----------
    name : tidy, as the source spells it.
    """
    if name != name.upper() or " " not in name:
        return name
    words = name.split(" ")
    return " ".join(_cased(word, is_first=i == 0) for i, word in enumerate(words))


def is_total(name: str) -> bool:
    """Tell whether a row is the sum of the others, by what stands where its name should.

    Parameters
    ----------
    name : as the source spells it.
    """
    return _TOTAL.fullmatch(name.strip()) is not None


def _cased(word: str, *, is_first: bool) -> str:
    parts = re.split(r"([^\w'’]+)", word)  # noqa: RUF001  (the apostrophe of word processors)
    cased = [_cased_part(part) for part in parts]
    text = "".join(cased)
    return text.lower() if text.lower() in _SMALL and not is_first else text


def _cased_part(part: str) -> str:
    if part in _ACRONYMS or _ROMAN.fullmatch(part) or any(char.isdigit() for char in part):
        return part
    is_initials = len(part) > 1 and not _VOWEL.search(part) and part not in _WITHOUT_VOWEL
    return part if is_initials else part[:1] + part[1:].lower()


def plain_name(name: str) -> str:
    """Spell a name for comparison: lower case, letters and figures, `&` as and, no `the`.

    Parameters
    ----------
    name : as a source spells it.
    """
    words = re.sub(r"[\W_]+", " ", name.replace("&", " and ").replace("'", "")).casefold().split()
    return " ".join(word for word in words if word != "the")


def stable_key(*parts: str) -> str:
    """Make a key of words that does not change with case, spacing or punctuation.

    Parameters
    ----------
    parts : such as a name and a postcode.
    """
    return "|".join(plain_name(part) for part in parts)[:_KEY_LENGTH]
