"""The parts of an organisation's form that there may be several of: sites and people."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from wtforms import BooleanField, Form, HiddenField
from wtforms.validators import Length, Optional, Regexp

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.web.forms.fields import DayField, LineField, OneOfField

VISIBILITY_WORDS: Final[Mapping[Visibility, str]] = {
    Visibility.EXACT: "At its address",
    Visibility.WARD: "In its ward only",
    Visibility.AUTHORITY: "In its local authority only",
    Visibility.HIDDEN: "Nowhere",
}
NOBODY: Final = "nobody"
AUDIENCE_WORDS: Final[Mapping[str, str]] = {
    NOBODY: "Nobody: the person has not agreed",
    Audience.ANALYST.label: "Analysts of the partnership only",
    Audience.PARTNER.label: "Partners and analysts",
    Audience.PUBLIC.label: "Everybody, the public too",
}
_AUDIENCES: Final = {audience.label: audience for audience in Audience}
_NUMBER: Final = r"\d{0,3}\Z"


def _line(label: str, longest: int = 300, **options: Any) -> LineField:  # noqa: ANN401  (WTForms' own)
    too_long = f"{label.partition(' (')[0]} must be {longest} characters or fewer"
    return LineField(label, validators=[Length(max=longest, message=too_long)], **options)


class SiteForm(Form):
    """A site beside the main one; `known` is its place among those the entry has."""

    known = HiddenField(validators=[Regexp(_NUMBER, message="Load the page again")])
    name = _line("Name of the site (optional)")
    postcode = _line("Postcode", 20)
    address = _line("First line of the address (optional)")
    visibility = OneOfField(
        "How exactly may it be shown?",
        VISIBILITY_WORDS.items(),
        default=Visibility.EXACT.value,
    )
    removed = BooleanField("Remove this site")

    @property
    def number(self) -> int | None:
        """Its place among the sites that the entry has; None for a new one."""
        return _number(self.known.data)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.name.data or self.postcode.data or self.address.data)


class ContactForm(Form):
    """A person and what they agreed to; `known` is their place among those the entry has."""

    known = HiddenField(validators=[Regexp(_NUMBER, message="Load the page again")])
    name = _line("Name")
    role = _line("Role (optional)")
    email = _line("E-mail address (optional)")
    phone = _line("Telephone (optional)", 60)
    audience = OneOfField("Who may see this person?", AUDIENCE_WORDS.items(), default=NOBODY)
    given_on = DayField(
        "When did the person agree?",
        description="For example, 27 3 2026",
        validators=[Optional()],
    )
    basis = _line(
        "How did the person agree?", description="For example, by e-mail, or at a meeting"
    )
    shares_practice = BooleanField("Agreed to be asked about practice")
    practice_note = _line("What may they be asked about? (optional)")
    removed = BooleanField("Remove this person")

    @property
    def number(self) -> int | None:
        """Their place among the people that the entry has; None for a new one."""
        return _number(self.known.data)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.name, self.role, self.email, self.phone, self.practice_note)
        return not any(field.data for field in typed)

    @property
    def contact(self) -> Contact:
        """The person as the record holds them; without faults only."""
        return Contact(
            name=self.name.data or "",
            role=self.role.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            shares_practice=bool(self.shares_practice.data),
            practice_note=self.practice_note.data or "",
            consent=self._consent,
        )

    @property
    def _consent(self) -> Consent | None:
        audience = _AUDIENCES.get(self.audience.data or "")
        if audience is None or self.given_on.data is None:
            return None
        return Consent(audience, self.given_on.data, self.basis.data or "")

    def check(self) -> None:
        """Put at each field what is missing of a person who is to be kept or shown."""
        if not self.name.data:
            self.name.errors = ["Enter the name of the person, or remove the person"]
        if self.audience.data == NOBODY:
            if self.shares_practice.data:
                self.audience.errors = ["Choose who may see the person who may be asked"]
            return
        if not self.given_on.data and not self.given_on.errors:
            self.given_on.errors = ["Enter the day on which the person agreed to be shown"]
        elif self.given_on.data and self.given_on.data > datetime.now(UTC).date():
            self.given_on.errors = ["The day on which the person agreed is still to come"]
        if not self.basis.data:
            self.basis.errors = ["Enter how the person agreed, such as by e-mail"]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
