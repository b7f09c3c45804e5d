"""What the words of an event say: title, lead, place and vocabulary, and nobody's address."""

import html
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from mapper.domain.activity import ActivityType
from mapper.domain.postcode import Postcode
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import MapperError
from mapper.ingest.cells.record import LONGEST_TEXT
from mapper.ingest.cells.terms import match_term, split_list
from mapper.ingest.cells.values import tidy
from mapper.ingest.columns.column_values import LOOKS
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.formats.calendar_events import Event

_TERMS: Final[Mapping[str, type[StrEnum]]] = {
    "themes": Theme,
    "cohorts": Cohort,
    "type": ActivityType,
    "prevention_tier": PreventionTier,
}
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_LINK: Final = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL: Final = re.compile(r"(?:mailto:)?[^\s@<>()]{1,64}@[^\s@<>()]{1,255}", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+44|0)(?:[\s()-]{0,2}\d){9,10}(?!\d)")
_INITIALS: Final = re.compile(r"\b(?:[A-Z]{3,}|[A-Za-z]+\d+)\b")
_LEFT_OUT: Final = (_LINK, _EMAIL, _PHONE)
_LONGEST_READ: Final = 4 * LONGEST_TEXT


def event_words(event: Event, log: IssueLog) -> tuple[str, str]:
    """Give the title and description of an event.

    E-mail addresses, telephone numbers and links, which may let anybody into a meeting, are
    taken out of both.

    Parameters
    ----------
    event : of the calendar.
    log : told when something was taken out.
    """
    title, description = event.text("SUMMARY"), _plain(event.text("DESCRIPTION"))
    clean_title, clean_description = _without_contacts(title), _without_contacts(description)
    if (clean_title, clean_description) != (tidy(title), tidy(description)):
        log.add(
            event.line,
            "E-mail addresses, telephone numbers and links were taken out of its text.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    return clean_title, clean_description


def event_place(event: Event) -> dict[str, str]:
    """Give the cells that say where an event is.

    Parameters
    ----------
    event : of the calendar; a postcode may stand anywhere in its location.
    """
    address = _without_contacts(event.text("LOCATION"))
    cells = {"address": address.strip(" ,;"), "postcode": _postcode_in(address)}
    geo = event.component.get("GEO")
    latitude, longitude = getattr(geo, "latitude", None), getattr(geo, "longitude", None)
    if latitude is not None and longitude is not None and (latitude or longitude):
        cells |= {"latitude": f"{latitude:.7f}", "longitude": f"{longitude:.7f}"}
    return cells


def event_terms(event: Event, log: IssueLog) -> dict[str, str]:
    """Sort the categories of an event into themes, cohorts, type and tier.

    Parameters
    ----------
    event : of the calendar.
    log : told of those that are in no vocabulary.
    """
    found: dict[str, list[str]] = {field: [] for field in _TERMS}
    unknown: list[str] = []
    for category in _categories(event):
        matches = list(_matches(category))
        for field, term in matches:
            found[field].append(term)
        if not matches:
            unknown.append(shown(category))
    if unknown:
        log.add(
            event.line,
            f"Categories that are in no vocabulary were left out: {', '.join(unknown[:10])}.",
            column="CATEGORIES",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.ANALYST,
            kind="categories",
        )
    single = {field: found[field][0] for field in ("type", "prevention_tier") if found[field]}
    return {field: "; ".join(found[field]) for field in ("themes", "cohorts")} | single


def organiser(event: Event) -> str:
    """Give the organiser of an event where it is an organisation; empty for a person.

    Parameters
    ----------
    event : of the calendar. An e-mail address is no name.
    """
    value: Any = event.component.get("ORGANIZER")
    value = value[0] if isinstance(value, list) and value else value
    return _organisation(str(getattr(value, "params", {}).get("CN", "")))


def calendar_lead(named: Mapping[str, str]) -> str:
    """Give the name of a calendar where it is an organisation; empty for a person.

    Parameters
    ----------
    named : properties of the calendar, by name.
    """
    text = named.get("X-WR-CALNAME") or named.get("NAME", "")
    return _organisation(re.sub(r"\\([,;\\])", r"\1", text))


def _organisation(name: str) -> str:
    """Keep what is surely an organisation: a person taken for one would stand in the directory."""
    text = tidy(name).strip(" '\"")
    is_one = LOOKS["name"][1](text) or _INITIALS.search(text) is not None
    return text if is_one and "@" not in text else ""


def _plain(text: str) -> str:
    """Take the mark-up out of a description: some programs write one as a web page."""
    cut = text[:_LONGEST_READ]
    return html.unescape(_TAG.sub(" ", cut)) if "<" in cut else cut


def _without_contacts(text: str) -> str:
    kept = text[:_LONGEST_READ]
    for each in _LEFT_OUT:
        kept = each.sub(" ", kept)
    return tidy(kept)


def _postcode_in(text: str) -> str:
    for found in reversed(_POSTCODE.findall(text)):
        try:
            return str(Postcode.parse(found))
        except MapperError:
            continue
    return ""


def _categories(event: Event) -> list[str]:
    value = event.component.get("CATEGORIES", [])
    several = value if isinstance(value, list) else [value]
    texts = (str(each) for group in several for each in getattr(group, "cats", ()))
    return [part for text in texts for part in split_list(text)]


def _matches(category: str) -> Iterator[tuple[str, str]]:
    for field, vocabulary in _TERMS.items():
        try:
            yield field, match_term(vocabulary, category).value
        except MapperError:
            continue
