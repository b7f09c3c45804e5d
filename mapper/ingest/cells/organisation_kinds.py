"""What a list calls a kind of organisation, and which of mapper's kinds it means."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mapper.domain.organisation import OrganisationKind as Kind
from mapper.errors import InvalidValueError
from mapper.ingest.cells.near_words import nearest
from mapper.ingest.cells.record import RowReader
from mapper.ingest.cells.terms import match_term
from mapper.ingest.faults.issues import shown

_REMEMBERED: Final = 1_024

SURE: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.POLICE: ("police force", "constabulary"),
    Kind.PROBATION: ("probation service",),
    Kind.YOUTH_JUSTICE: ("yot", "yjs", "youth offending team", "youth justice"),
    Kind.FIRE_AND_RESCUE: ("fire service", "fire and rescue service", "fire"),
    Kind.HEALTH: ("nhs", "nhs trust", "hospital", "gp", "gp surgery", "gp practice",
                  "integrated care board", "icb", "health service"),
    Kind.LOCAL_AUTHORITY: ("council", "local council", "district council", "borough council",
                           "city council", "county council", "unitary authority"),
    Kind.PRISON: ("young offender institution", "yoi"),
    Kind.SCHOOL: ("school", "college", "academy", "primary school", "secondary school",
                  "special school", "infant school", "junior school", "pupil referral unit"),
    Kind.LIBRARY: ("public library", "library service"),
    Kind.CHARITY: ("registered charity",),
    Kind.COMMUNITY_GROUP: ("cic", "community organisation", "voluntary group", "voluntary body",
                           "voluntary organisation", "social enterprise", "food bank",
                           "food pantry", "community pantry", "soup kitchen",
                           "residents association", "tenants association", "support group"),
    Kind.COMMUNITY_CENTRE: ("community hall", "community hub", "village hall", "social centre",
                            "community association"),
    Kind.YOUTH_CLUB: ("youth centre", "youth group", "youth project", "youth organisation",
                      "boys club", "girls club", "scouts", "scout group", "guides", "cadets"),
    Kind.FAITH_GROUP: ("church", "mosque", "temple", "synagogue", "gurdwara", "chapel",
                       "place of worship", "faith organisation", "religious organisation"),
    Kind.SPORTS_CLUB: ("sports", "sport club", "sports centre", "sports hall", "leisure centre",
                       "sports organisation", "sporting club", "football club", "boxing club",
                       "boxing gym", "rugby club", "cricket club", "tennis club",
                       "athletics club", "martial arts club", "swimming club"),
    Kind.REFUGE: ("womens refuge", "domestic abuse refuge", "safe house"),
    Kind.BUSINESS: ("company", "limited company", "private company", "ltd", "shop"),
}  # fmt: skip
"""Kind to what lists call it beside its own name; a plural counts as well."""

_DOUBTFUL: Final[dict[str, tuple[Kind, str]]] = {
    "sport": (Kind.SPORTS_CLUB, "It can be a club, a centre, or a part of what somebody does"),
    "gym": (Kind.SPORTS_CLUB, "It can be a club or a business"),
    "club": (Kind.COMMUNITY_GROUP, "It can be a youth club, a sports club or another"),
    "youth": (Kind.YOUTH_CLUB, "It can be a youth club, a service or a charity for young people"),
    "community": (Kind.COMMUNITY_GROUP, "It can be a group or a centre"),
    "group": (Kind.COMMUNITY_GROUP, "It can be a community, youth or faith group"),
    "association": (Kind.COMMUNITY_GROUP, "It can be a community group, a club or a charity"),
    "voluntary": (Kind.COMMUNITY_GROUP, "It can be a charity or a community group"),
    "voluntary sector": (Kind.COMMUNITY_GROUP, "It can be a charity or a community group"),
    "vcse": (Kind.COMMUNITY_GROUP, "It can be a charity or a community group"),
    "vcs": (Kind.COMMUNITY_GROUP, "It can be a charity or a community group"),
    "centre": (Kind.COMMUNITY_CENTRE, "It can be a community, youth or sports centre"),
    "hall": (Kind.COMMUNITY_CENTRE, "It can be a community centre or a school's"),
    "faith": (Kind.FAITH_GROUP, "It can be a place of worship or a charity"),
    "university": (Kind.SCHOOL, "There is no kind of its own for it"),
}
"""What may be one of several kinds, the likeliest, and which else."""

_SYNONYMS: Final = {word: kind for kind, words in SURE.items() for word in words}
_KNOWN: Final = (*(kind.value for kind in Kind), *_SYNONYMS)
_LIKELIEST: Final = {word: kind for word, (kind, _) in _DOUBTFUL.items()}
KIND_WORDS: Final = (*_SYNONYMS, "sport", "club")
"""Words by which a column is told to hold kinds; the other doubtful ones have other uses too."""

_BETWEEN: Final = re.compile(r"\s*[/;,|]\s*")


@dataclass(frozen=True, slots=True)
class KindRead:
    """What kind a list means.

    Parameters
    ----------
    kind : that it means.
    doubt : why that is not certain, in a sentence; empty where it is.
    """

    kind: Kind
    doubt: str = ""


def read_kind(reader: RowReader) -> Kind:
    """Read what kind of organisation a row is about; a doubt and an unknown word are told.

    Parameters
    ----------
    reader : of the row.
    """
    found = reader.optional("kind", kind_meant, None)
    if found is None:
        return Kind.OTHER
    if found.doubt:
        reader.warn("kind", found.doubt)
    return found.kind


@lru_cache(maxsize=_REMEMBERED)
def kind_meant(text: str) -> KindRead:
    """Tell what kind a word or two mean, case, punctuation and plurals forgiven.

    Where several kinds are named the first that is known counts, unless one of them is a
    refuge: that is the one kind that must never be missed.

    Parameters
    ----------
    text : as a list has it, such as ``Food bank`` or ``Sports``.

    Raises
    ------
    InvalidValueError
        When it means none that is known; the message lists them.
    """
    found = _one(text)
    if found is not None:
        return found
    parts = [part for part in _BETWEEN.split(text) if part]
    kinds = [each for each in map(_one, parts) if each is not None]
    if kinds:
        first = next((each for each in kinds if each.kind is Kind.REFUGE), kinds[0])
        return KindRead(
            first.kind,
            _taken(text, first.kind, "Several kinds are named, or a word that is not known"),
        )
    known = ", ".join(kind.value for kind in Kind)
    near = nearest(text, _KNOWN)
    asked = f"Did you mean {str(_SYNONYMS.get(near, near))!r}? " if near else ""
    raise InvalidValueError(
        f"{shown(text)!r} is not a kind of organisation that mapper knows.",
        expected=f"{asked}One of: {known}.",
        action="Choose one of them.",
    )


def _one(text: str) -> KindRead | None:
    for word in (text, text[:-1] if text[-1:] in {"s", "S"} else text):
        sure = _matched(word, _SYNONYMS)
        if sure is not None:
            return KindRead(sure)
        likeliest = _matched(word, _LIKELIEST)
        if likeliest is not None:
            return KindRead(likeliest, _taken(text, likeliest, _why(word)))
    return None


def _matched(word: str, synonyms: dict[str, Kind]) -> Kind | None:
    try:
        return match_term(Kind, word, synonyms)
    except InvalidValueError:
        return None


def _why(word: str) -> str:
    return next(why for key, (_, why) in _DOUBTFUL.items() if _matched(word, {key: Kind.OTHER}))


def _taken(text: str, kind: Kind, why: str) -> str:
    return (
        f"{shown(text)!r} does not say for certain what kind it is. {why}. It was taken as "
        f"{kind.value}: write another kind where that is wrong."
    )
