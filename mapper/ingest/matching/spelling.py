"""One spelling for comparison: names, web domains, telephone numbers, postcodes."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_SHORT_FOR: Final = {
    "acad": "academy", "assn": "association", "assoc": "association", "cath": "catholic",
    "ch": "church", "cmty": "community", "co": "company", "coll": "college",
    "comm": "community", "ctr": "centre", "center": "centre", "dept": "department",
    "fc": "football club", "fed": "federation", "fdn": "foundation", "govt": "government",
    "grp": "group", "hants": "hampshire", "hosp": "hospital", "inf": "infant",
    "infants": "infant", "int": "international", "iow": "isle of wight", "iw": "isle of wight",
    "jnr": "junior", "jun": "junior", "juniors": "junior", "lib": "library", "mem": "memorial",
    "nurs": "nursery", "pre": "pre", "pri": "primary", "prim": "primary", "rc": "catholic",
    "saint": "st", "sch": "school", "sec": "secondary", "soc": "society", "soton": "southampton",
    "svc": "service", "svcs": "service", "services": "service", "uni": "university",
    "yc": "youth club", "cc": "community centre", "va": "voluntary aided",
    "vc": "voluntary controlled", "ce": "church england", "cofe": "church england",
}  # fmt: skip
"""What shortened words stand for: the usual ones only, since any other is met by its letters."""

_EMPTY: Final = frozenset(
    {"the", "of", "and", "in", "for", "at", "a", "ltd", "limited", "cio", "cic", "plc", "llp",
     "company", "uk", "registered", "charity"}
)  # fmt: skip
_DISTINGUISHING: Final = frozenset(
    {"north", "south", "east", "west", "upper", "lower", "junior", "infant", "primary",
     "secondary", "nursery", "preschool", "boys", "girls", "mens", "womens", "men", "women",
     "friends", "branch", "i", "ii", "iii"}
)  # fmt: skip
_PUBLIC_HOSTS: Final = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk",
     "live.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "msn.com",
     "btinternet.com", "btconnect.com", "sky.com", "talktalk.net", "virginmedia.com",
     "ntlworld.com", "facebook.com", "instagram.com", "twitter.com", "x.com", "linktr.ee",
     "sites.google.com", "wordpress.com", "wixsite.com", "eventbrite.co.uk", "justgiving.com"}
)  # fmt: skip
"""Where anybody may have an address: sharing one says nothing."""

_HOST: Final = re.compile(r"(?:https?:/+)?(?:[^/@\s]*@)?(?:www\d?\.)?([a-z0-9.-]+\.[a-z]{2,})")
_LEAST_DIGITS: Final = 9


def plain_words(name: str) -> str:
    """Spell a name for comparison: its words, shortened ones written out, empty ones left out.

    Parameters
    ----------
    name : as a source spells it.

    Returns
    -------
    Lower-case words; those of the name as they stand when all of them are empty.
    """
    words = _words(name)
    text = " ".join(_SHORT_FOR.get(word, word) for word in words)
    text = text.replace("c of e", "church england").replace("pre school", "preschool")
    told = [word for word in text.split() if word not in _EMPTY]
    return " ".join(told or words)


def distinguishing_words(plain: str) -> tuple[str, ...]:
    """Pick the words by which near namesakes differ: figures, compass points, infant or junior.

    Parameters
    ----------
    plain : as `plain_words` gives it.
    """
    words = plain.split()
    return tuple(
        sorted(word for word in words if word in _DISTINGUISHING or any(map(str.isdigit, word)))
    )


def initials(name: str) -> str:
    """Take the first letter of every word, the empty ones too, as people abbreviate names.

    Parameters
    ----------
    name : as a source spells it.
    """
    return "".join(word[0] for word in _words(name))


def domain_of(address: str) -> str:
    """Take the host of a web or e-mail address; empty where it is not one or is anybody's.

    Parameters
    ----------
    address : as a person writes it.
    """
    match = _HOST.match(address.strip().casefold())
    host = match[1].rstrip(".") if match else ""
    return "" if host in _PUBLIC_HOSTS else host


def phone_digits(phone: str) -> str:
    """Spell a telephone number as its digits from within the country; empty where too short.

    Parameters
    ----------
    phone : as a person writes it.
    """
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    national = re.sub(r"^(00)?44", "0", digits)
    return national if len(national) >= _LEAST_DIGITS else ""


def compact_postcode(postcode: str) -> str:
    """Spell a postcode in capitals without spaces."""
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())


def told(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, in order."""
    return tuple(sorted({value for value in values if value}))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['’.]", "", plain).replace("&", " and ").replace("+", " and ")  # noqa: RUF001  (the apostrophe of word processors)
    return re.sub(r"[\W_]+", " ", plain).split()
