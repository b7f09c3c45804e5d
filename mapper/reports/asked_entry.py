"""An entry as its own contact is shown it, by the link in a letter.

A letter can go astray: where a site is that may not be shown exactly is not on the page either,
and neither are the words that could tell it. Nor is anything that the partnership keeps for
itself, nor any other contact.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.contact import Contact
from mapper.domain.disclosure import Audience
from mapper.errors import NotFoundError
from mapper.reports.entry_words import radius_words
from mapper.reports.organisation_sites import served_words
from mapper.reports.places import read_grounds, shown_places
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import date_words
from mapper.store.asked_entries import AskedEntry
from mapper.store.listings import organisation_rows

TEXTS = ("name", "description", "website", "opening", "accessibility", "referral_route")
TELLING = frozenset({"description", "opening", "accessibility", "referral_route"})
"""Words that may say where a site is."""

NOBODY = "nobody"
AUDIENCE_WORDS = {
    NOBODY: "Nobody",
    Audience.ANALYST.label: "Analysts of the partnership only",
    Audience.PARTNER.label: "Partners and analysts who sign in",
    Audience.PUBLIC.label: "Everybody, the public too",
}
_COLUMNS = (
    Column("field", "What"),
    Column("held", "As we hold it"),
)
_HEADINGS = {
    "name": "Organisation",
    "kind": "Kind",
    "sector": "Sector",
    "description": "What it does",
    "website": "Website",
    "opening": "When it is open",
    "accessibility": "How accessible it is",
    "referral_route": "How people are referred",
    "theme": "Themes",
    "cohort": "For",
}
_SERVED = {"areas_served": "Areas served", "served_radius_m": "How far it serves"}
_PERSON = {"name": "Your name", "role": "Your role", "email": "Your e-mail", "phone": "Telephone"}
_EMPTY = "not stated"
_UNTOLD = "held, and not shown on this page"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """An entry as its contact is shown it.

    Parameters
    ----------
    name : of the organisation.
    confirmed : when it was last confirmed, in words.
    entry, person : what is held of the organisation and of the contact.
    entry_seen_by, person_seen_by : who sees them, in words.
    values : what stands in the form that changes it, by field.
    is_open : whether the site and the words about it are shown here.
    state : differs as soon as anything shown differs.
    """

    name: str
    confirmed: str
    entry: PublishedTable
    person: PublishedTable
    entry_seen_by: str
    person_seen_by: str
    values: dict[str, str]
    is_open: bool
    state: str


def published_entry(session: Session, asked: AskedEntry, *, is_public: bool) -> PublishedEntry:
    """Publish an entry to the contact who was asked about it.

    Parameters
    ----------
    asked : the entry and its contact.
    is_public : whether the public may see the directory.

    Raises
    ------
    NotFoundError
        When the entry is in the directory no longer.
    """
    rows = organisation_rows(session, [asked.organisation_id])
    if rows.empty:
        raise NotFoundError("The entry is in the directory no longer.")
    row = {str(name): value for name, value in rows.iloc[0].fillna("").items()}
    where = shown_places(rows, read_grounds(session))[0]
    told = {name: _told(name, row, is_open=asked.is_open) for name in _HEADINGS}
    told |= {"areas_served": served_words(session, row), "served_radius_m": _radius(row)}
    cells = [({**_HEADINGS, **_SERVED}[name], text) for name, text in told.items()]
    cells.insert(3, ("Where it is shown", where.words or "nowhere"))
    values = _values(row, asked)
    return PublishedEntry(
        name=row["name"],
        confirmed=date_words(row["confirmed_on"]),
        entry=_table(session, "The entry", cells),
        person=_table(session, "You, as its contact", _person(asked.contact)),
        entry_seen_by=_audience_words(Audience.PUBLIC if is_public else Audience.PARTNER),
        person_seen_by=_agreed(asked.contact),
        values=values,
        is_open=asked.is_open,
        state=_state(values, told),
    )


def _told(name: str, row: dict[str, Any], *, is_open: bool) -> str:
    text = str(row[name])
    return _UNTOLD if text and name in TELLING and not is_open else text


def _radius(row: dict[str, Any]) -> str:
    radius_m = row["served_radius_m"]
    return f"{radius_words(radius_m)} about it" if radius_m else ""


def _person(contact: Contact) -> list[tuple[str, str]]:
    return [
        *((words, getattr(contact, name)) for name, words in _PERSON.items()),
        ("May be asked about practice", "yes" if contact.shares_practice else "no"),
        *([("About", contact.practice_note)] if contact.practice_note else []),
    ]


def _agreed(contact: Contact) -> str:
    consent = contact.consent
    if consent is None:
        return AUDIENCE_WORDS[NOBODY]
    by = f", by {consent.basis}" if consent.basis else ""
    return f"{_audience_words(consent.audience)}: agreed on {date_words(consent.given_on)}{by}"


def _audience_words(audience: Audience) -> str:
    return AUDIENCE_WORDS[audience.label]


def _values(row: dict[str, Any], asked: AskedEntry) -> dict[str, str]:
    contact, consent = asked.contact, asked.contact.consent
    texts = {name: row[name] for name in TEXTS if asked.is_open or name not in TELLING}
    place = (
        {name: row[name] for name in ("postcode", "address", "visibility")} if asked.is_open else {}
    )
    person = {
        "contact_name": contact.name,
        "role": contact.role,
        "email": contact.email,
        "phone": contact.phone,
        "audience": consent.audience.label if consent else NOBODY,
        "shares_practice": "y" if contact.shares_practice else "",
        "practice_note": contact.practice_note,
    }
    values = {**texts, **place, **person}
    return {name: "\n".join(str(text).splitlines()) for name, text in values.items()}


def _state(values: dict[str, str], told: dict[str, str]) -> str:
    whole = json.dumps([values, told], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _table(session: Session, title: str, rows: list[tuple[str, str]]) -> PublishedTable:
    cells = tuple((Cell(field, field), Cell(held or None, held or _EMPTY)) for field, held in rows)
    provenance = register_provenance(session, ("organisations",))
    return PublishedTable(Audience.PUBLIC, title, _COLUMNS, cells, provenance)
