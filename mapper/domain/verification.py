"""Asking the contact of an entry whether it is still right, and what they answer."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Answer(StrEnum):
    """What a contact can answer."""

    STILL_RIGHT = "still right"
    CHANGED = "changed"
    WITHDREW_NAME = "took their name out"
    WITHDREW_ENTRY = "took the entry out"


class LawfulBasis(StrEnum):
    """Why something about a person may be held or shown (UK GDPR, article 6)."""

    CONSENT = "consent"
    PUBLIC_TASK = "public task"
    LEGITIMATE_INTERESTS = "legitimate interests"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """An entry that has to be confirmed.

    Parameters
    ----------
    organisation_id : of the entry.
    name : of the organisation.
    confirmed_on : when it was last confirmed, else recorded.
    contact : name of the person to ask; empty where there is nobody.
    email : to ask at; empty where the entry has none.
    asked_at : when somebody was last asked, UTC; None when nobody ever was.
    """

    organisation_id: int
    name: str
    confirmed_on: date
    contact: str = ""
    email: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRequest:
    """One question put to one contact.

    Parameters
    ----------
    id : of the request.
    organisation_id : of the entry.
    contact, email : of the person asked; empty once they have taken their name out.
    asked_at : UTC; None while the mail has not been accepted by the mail server.
    asked_by : who had it sent.
    expires_at : when its link ends, UTC.
    answered_at : UTC; None while there is no answer.
    answer : None while there is none.
    basis : on which what was answered is held and shown; None while there is no answer.
    """

    id: int
    organisation_id: int
    contact: str
    email: str
    asked_at: datetime | None
    asked_by: str
    expires_at: datetime
    answered_at: datetime | None = None
    answer: Answer | None = None
    basis: LawfulBasis | None = None
