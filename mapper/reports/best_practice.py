"""People who agreed to be asked about practice."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.reports.places import read_grounds
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.store.listings import contact_rows

_COLUMNS = (
    Column("name", "Person"),
    Column("role", "Role"),
    Column("organisation", "Organisation"),
    Column("lad_name", "Local authority"),
    Column("practice_note", "Ask about"),
    Column("themes", "Themes"),
    Column("email", "E-mail"),
    Column("phone", "Telephone"),
    Column("consent", "Agreed", "When and how the person agreed to be shown, and to whom."),
)
_AUDIENCE_WORDS = {
    Audience.PUBLIC: "everybody",
    Audience.PARTNER: "partners",
    Audience.ANALYST: "analysts",
}


def practice_contacts(session: Session, audience: Audience) -> PublishedTable:
    """Publish the people who share practice and whose consent covers the audience.

    A person whose recorded consent does not cover the audience is not in the table at all.
    """
    rows = contact_rows(session)
    grounds = read_grounds(session)
    shown = []
    for record in rows[rows["shares_practice"].astype(bool)].to_dict("records"):
        contact = _contact(record)
        if contact.may_be_shown_to(audience):
            is_hidden = record["visibility"] == Visibility.HIDDEN
            authority = "" if is_hidden else grounds.lad_name(record["lad_code"])
            shown.append(_cells(contact, record["organisation"], authority, record["themes"]))
    return PublishedTable(
        audience=audience,
        title="People who may be asked about practice",
        columns=_COLUMNS,
        rows=tuple(shown),
        provenance=register_provenance(session, ("organisations",)),
    )


def _contact(record: Mapping[Any, Any]) -> Contact:
    audience = record["consent_audience"]
    is_agreed = not pd.isna(audience)
    return Contact(
        name=record["name"],
        role=record["role"],
        email=record["email"],
        phone=record["phone"],
        shares_practice=bool(record["shares_practice"]),
        practice_note=record["practice_note"],
        consent=Consent(
            Audience(int(audience)), record["consent_given_on"], record["consent_basis"]
        )
        if is_agreed
        else None,
    )


def _cells(contact: Contact, organisation: str, authority: str, themes: str) -> tuple[Cell, ...]:
    texts = (
        contact.name,
        contact.role,
        organisation,
        authority,
        contact.practice_note,
        themes,
        contact.email,
        contact.phone,
        _consent_words(contact.consent),
    )
    return tuple(Cell(text or None, text or "not stated") for text in texts)


def _consent_words(consent: Consent | None) -> str:
    if consent is None:
        return ""
    return (
        f"{consent.given_on:%-d %B %Y}, by {consent.basis}, "
        f"to be shown to {_AUDIENCE_WORDS[consent.audience]}"
    )
