"""What Open Referral's categories, names and ages mean in our own words."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.domain.vocabulary import Cohort, Theme
from mapper.ingest.files.document import Item, cell, first_cell, item, items

_THEMES: Final = {
    Theme.KNIFE_CRIME: r"knife|knives|weapons?",
    Theme.DOMESTIC_ABUSE: r"domestic (abuse|violence)|coercive control",
    Theme.SEXUAL_VIOLENCE: r"sexual (violence|abuse|assault)|rape",
    Theme.NIGHT_TIME_ECONOMY: r"night[- ]?time (economy|safety)|street pastors?",
    Theme.EXPLOITATION: r"exploitation|county lines|trafficking|modern slavery",
    Theme.SERIOUS_YOUTH_VIOLENCE: r"youth violence|gangs?|youth justice|youth offending",
    Theme.SUBSTANCE_USE: r"drugs?|alcohol|substance (use|misuse)|addictions?",
    Theme.MENTAL_HEALTH: r"mental health|counselling|emotional well-?being|self[- ]harm",
    Theme.EDUCATION: r"education|school exclusions?|alternative provision|tutoring|mentoring",
    Theme.EMPLOYMENT: r"employment|jobs?|apprenticeships?|careers?|training",
    Theme.FAMILY: r"famil(y|ies)|parenting|parents?",
    Theme.POSITIVE_ACTIVITIES: r"youth (clubs?|groups?|work)|sports?|arts|music|holiday activities",
    Theme.COMMUNITY_VOICE: r"youth (council|voice)|community (engagement|voice|forum)",
}
_COHORTS: Final = {
    Cohort.WOMEN_AND_GIRLS: r"women|girls|females?",
    Cohort.MEN_AND_BOYS: r"men|boys|males?",
    Cohort.PARENTS_AND_CARERS: r"parents?|carers?|mothers|fathers|dads|mums",
    Cohort.CARE_EXPERIENCED: r"care (leavers?|experienced)|looked after|in care",
    Cohort.MINORITY_ETHNIC: r"minority ethnic|ethnic minorit(y|ies)|refugees?|asylum seekers?",
    Cohort.LGBTQ: r"lgbt\w*\+?|gay|lesbian|trans|transgender",
    Cohort.DISABLED: r"disab(led|ility|ilities)|autis(m|tic)|send",
    Cohort.IN_JUSTICE_SYSTEM: r"offenders?|ex-offenders?|probation|prison(ers?)?|youth justice",
}
_BANDS: Final = {
    Cohort.UNDER_10: (0, 9),
    Cohort.AGED_10_TO_14: (10, 14),
    Cohort.AGED_15_TO_17: (15, 17),
    Cohort.AGED_18_TO_24: (18, 24),
    Cohort.ADULTS: (25, 200),
}
_OLDEST: Final = 200
_TAG: Final = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Ages:
    """Whom a service is for by age, both included.

    Parameters
    ----------
    youngest, oldest : in years; None where it says neither.
    """

    youngest: int | None = None
    oldest: int | None = None

    @property
    def cohorts(self) -> frozenset[Cohort]:
        """The age cohorts that it reaches into; everyone when it is for all of them."""
        if self.youngest is None and self.oldest is None:
            return frozenset()
        low = 0 if self.youngest is None else self.youngest
        high = _OLDEST if self.oldest is None else self.oldest
        found = {band for band, (a, b) in _BANDS.items() if low <= b and high >= a}
        return frozenset({Cohort.EVERYONE} if len(found) == len(_BANDS) else found)

    @property
    def in_words(self) -> str:
        """Such as ``(ages 11 to 17)``; empty where nothing is said."""
        if self.youngest is None:
            return "" if self.oldest is None else f"(up to age {self.oldest})"
        upper = "and over" if self.oldest is None else f"to {self.oldest}"
        return f"(ages {self.youngest} {upper})"


def ages_of(service: Item) -> Ages:
    """Give the ages a service is for: of version 3, else the widest of version 1.

    Parameters
    ----------
    service : with ages of its own or in its eligibility.
    """
    told = [each for each in (service, *items(service.get("eligibilitys"))) if _says_ages(each)]
    if not told:
        return Ages()
    lows = [_age(each.get("minimum_age")) for each in told]
    highs = [_age(each.get("maximum_age")) for each in told]
    known_lows = [age for age in lows if age is not None]
    known_highs = [age for age in highs if age is not None]
    return Ages(
        min(known_lows) if len(known_lows) == len(told) else None,
        max(known_highs) if len(known_highs) == len(told) else None,
    )


def themes_of(services: Sequence[Item]) -> frozenset[Theme]:
    """Tell themes by the words of services' names and categories, not of their descriptions.

    Parameters
    ----------
    services : of one organisation.
    """
    words = " | ".join(each for service in services for each in _labels(service))
    return frozenset(theme for theme, pattern in _THEMES.items() if _has(pattern, words))


def cohorts_of(services: Sequence[Item]) -> frozenset[Cohort]:
    """Tell cohorts by ages, and by the words of eligibility, names and categories.

    Parameters
    ----------
    services : of one organisation.
    """
    ages = frozenset[Cohort]().union(*(ages_of(service).cohorts for service in services))
    words = " | ".join(
        each for service in services for each in (*_labels(service), *_eligibility(service))
    )
    named = {cohort for cohort, pattern in _COHORTS.items() if _has(pattern, words)}
    return ages | named


def plain_text(text: str) -> str:
    """Take the mark-up out of a description.

    Parameters
    ----------
    text : which may be HTML.
    """
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"\b({pattern})\b", words, re.IGNORECASE) is not None


def _labels(service: Item) -> Iterator[str]:
    yield first_cell(service, "name")
    for each in items(service.get("service_taxonomys")) + items(service.get("attributes")):
        term = item(each.get("taxonomy")) or item(each.get("taxonomy_term"))
        yield first_cell(term, "name")


def _eligibility(service: Item) -> Iterator[str]:
    yield first_cell(service, "eligibility_description")
    for each in items(service.get("eligibilitys")):
        yield first_cell(each, "eligibility")
        for term in items(each.get("taxonomys")):
            yield first_cell(term, "name")


def _says_ages(each: Item) -> bool:
    return _age(each.get("minimum_age")) is not None or _age(each.get("maximum_age")) is not None


def _age(value: object) -> int | None:
    text = cell(value).strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else None  # noqa: PLR2004  (ages have at most three digits)
