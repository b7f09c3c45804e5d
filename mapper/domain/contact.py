"""Named people, and what each of them agreed to."""

from dataclasses import dataclass
from datetime import date

from mapper.domain.disclosure import Audience
from mapper.errors import InvalidValueError


@dataclass(frozen=True, slots=True)
class Consent:
    """An agreement to be shown.

    Parameters
    ----------
    audience : the widest audience the person agreed to.
    given_on : the day it was given.
    basis : how it was given, such as ``e-mail reply`` or ``directory form``.
    """

    audience: Audience
    given_on: date
    basis: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at an organisation.

    Parameters
    ----------
    name : of the person.
    role : at the organisation; may be empty.
    email, phone : may be empty.
    shares_practice : whether the person agreed to be asked about practice.
    practice_note : what to ask about; may be empty.
    consent : None when the person has not agreed to be shown to anybody.

    Raises
    ------
    InvalidValueError
        When there is no name.
    """

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    shares_practice: bool = False
    practice_note: str = ""
    consent: Consent | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError(
                "The contact has no name.", expected="A contact is a named person."
            )

    def may_be_shown_to(self, audience: Audience) -> bool:
        """Tell whether consent covers the audience.

        Consent for the public covers partners and analysts; consent for partners covers
        analysts. Without consent nobody is shown the person, analysts included.
        """
        return self.consent is not None and audience >= self.consent.audience
