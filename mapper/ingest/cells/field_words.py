"""What the columns of a list are called, where a person reads of them."""

from typing import Final

_WORDS: Final = {
    "active": "whether it is still active",
    "address2": "second line of the address",
    "address3": "third line of the address",
    "also_known_as": "other names",
    "accessibility": "wheelchair access",
    "consent": "consent to be shown",
    "consent_audience": "who may see the contact",
    "consent_date": "date of the consent",
    "contact_email": "contact: e-mail",
    "contact_name": "contact: name",
    "contact_phone": "contact: telephone",
    "contact_role": "contact: role",
    "ends_on": "last date",
    "evaluation": "whether it was evaluated",
    "funding": "funded by",
    "funding_ends_on": "end of the funding",
    "further_sites": "other sites",
    "hours_per_session": "hours a session",
    "id": "reference",
    "is_active": "active",
    "lad_code": "local authority",
    "lead": "lead organisation",
    "level": "kind of area",
    "opening": "opening hours",
    "participants": "people taking part",
    "practice_note": "what the contact may be asked about",
    "radius": "how far it serves",
    "referral_route": "how to refer",
    "shares_practice": "whether the contact may be asked",
    "starts_on": "first date",
    "tiers": "prevention tier",
    "verified_on": "last checked",
    "visibility": "how exactly shown",
}


def field_words(name: str) -> str:
    """Say what a column holds, as a person would call it.

    Parameters
    ----------
    name : of the field, in code, such as ``starts_on``.
    """
    return _WORDS.get(name, name.replace("_", " "))
