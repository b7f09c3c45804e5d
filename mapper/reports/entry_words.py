"""How the fields of an entry, and what stands in them, read in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from mapper.domain.counted import counted
from mapper.domain.disclosure import Visibility
from mapper.reports.wording import date_words

FIELD_WORDS: Final[Mapping[str, str]] = {
    "name": "Name",
    "also_known_as": "Also known as",
    "kind": "Kind",
    "sector": "Sector",
    "is_active": "Open or closed",
    "description": "What it does",
    "website": "Website",
    "identifiers": "Numbers in registers",
    "themes": "Themes",
    "cohorts": "For",
    "prevention_tiers": "Prevention",
    "evaluation": "Evaluation",
    "location": "Main site",
    "visibility": "How exactly the main site is shown",
    "further_sites": "Further sites",
    "areas_served": "Areas served",
    "served_radius_m": "How far it serves",
    "opening": "Opening",
    "accessibility": "Access",
    "referral_route": "How to be referred",
    "funding": "Funding",
    "funding_ends_on": "Funding ends",
    "contacts": "People to contact",
    "status": "Status with the partnership",
    "declared_link": "Declared link",
}
"""What each field of the record is called on pages, in order of reading."""

TELLING: Final = frozenset(
    {"description", "opening", "accessibility", "referral_route", "location", "further_sites"}
)
"""Fields that say, or may say, where a site is."""

_VISIBILITIES: Final[Mapping[str, str]] = {
    Visibility.EXACT: "at its address",
    Visibility.WARD: "in its ward only",
    Visibility.AUTHORITY: "in its local authority only",
    Visibility.HIDDEN: "nowhere",
}
NOTHING: Final = "nothing"
_SPOKEN: Final[Mapping[str, Callable[[Any], str]]] = {
    "contacts": lambda value: counted(int(value or 0), "person", "people"),
    "is_active": lambda value: "open" if value else "closed",
    "visibility": lambda value: _VISIBILITIES.get(value, str(value)),
    "served_radius_m": lambda value: radius_words(value) if value else NOTHING,
    "funding_ends_on": lambda value: date_words(date.fromisoformat(value)) if value else NOTHING,
}


def radius_words(radius_m: float) -> str:
    """Give a distance in words, such as ``8 km``.

    Parameters
    ----------
    radius_m : in metres.
    """
    return f"{radius_m / 1000:g} km"


def field_words(name: str) -> str:
    """Give the name of a field as pages have it.

    Parameters
    ----------
    name : of the field of the record.
    """
    return FIELD_WORDS.get(name, name.replace("_", " ").capitalize())


def value_words(name: str, value: Any, areas: Mapping[str, str]) -> str:  # noqa: ANN401  (a plain value)
    """Give what stands in a field in words.

    Parameters
    ----------
    name : of the field.
    value : plain, as the history keeps it.
    areas : code to name of areas.
    """
    if name in _SPOKEN:
        return _SPOKEN[name](value)
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, list):
        words = [areas.get(str(each), str(each)) for each in value]
        return "; ".join(sorted(words) if name == "areas_served" else words)
    return str(value)
