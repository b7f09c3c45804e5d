"""Invented people, and what they are said to have agreed to."""

from dataclasses import dataclass
from datetime import date

from tools.demo_data import words
from tools.demo_data.draw import Draw

_CONSENTS = ("", "partners", "public")
_CONSENT_WEIGHTS = (0.35, 0.45, 0.2)


@dataclass(frozen=True, kw_only=True)
class DemoContact:
    """One invented person, as the file words it; all empty for no contact."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    consent: str = ""
    consent_date: str = ""
    consent_audience: str = ""
    shares_practice: str = ""
    practice_note: str = ""


def draw_contact(draw: Draw) -> DemoContact:
    """Invent somebody for seven organisations in ten; a third of them agreed to nothing.

    Telephone numbers are from the range kept for drama, addresses from a domain that cannot be.

    Parameters
    ----------
    draw : of the lots.
    """
    if not draw.chance(0.7):
        return DemoContact()
    first, last = draw.one(words.FIRST_NAMES), draw.one(words.LAST_NAMES)
    audience = draw.one(_CONSENTS, _CONSENT_WEIGHTS)
    shares = draw.chance(0.3)
    return DemoContact(
        name=f"{first} {last}",
        role=draw.one(words.ROLES),
        email=f"{first}.{last}@demo.invalid".lower(),
        phone=f"01632 960{draw.whole(0, 999):03d}",
        consent="yes" if audience else "no",
        consent_date=f"{draw.day(date(2023, 9, 1), date(2025, 11, 30)):%d/%m/%Y}" * bool(audience),
        consent_audience=audience,
        shares_practice="yes" if shares else "no",
        practice_note=draw.one(words.PRACTICE_NOTES) if shares else "",
    )
