"""People at organisations, and what they agreed to, as reports read and tell it."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience

AUDIENCE_WORDS: Final = {
    Audience.PUBLIC: "everybody",
    Audience.PARTNER: "partners",
    Audience.ANALYST: "analysts",
}
"""Whom a person agreed to be shown to, in words."""


def contact_of(record: Mapping[Any, Any]) -> Contact:
    """Build the contact that a row tells of.

    Parameters
    ----------
    record : a row of `mapper.store.listings.contact_rows`.
    """
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


def consent_words(consent: Consent | None) -> str:
    """Say when and how a person agreed to be shown, and to whom; empty where nobody did.

    Parameters
    ----------
    consent : of the person.
    """
    if consent is None:
        return ""
    return (
        f"{consent.given_on:%-d %B %Y}, by {consent.basis}, "
        f"to be shown to {AUDIENCE_WORDS[consent.audience]}"
    )
