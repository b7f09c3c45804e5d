"""The form of an organisation's entry. It builds the same record as a file does."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Identifier, OrganisationKind, Sector
from mapper.domain.pipeline import Evaluation
from mapper.domain.radius import read_radius
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError
from mapper.web.forms.entry_parts import VISIBILITY_WORDS, ContactForm, SiteForm
from mapper.web.forms.fields import (
    DayField,
    LineField,
    LinesField,
    ListField,
    OneOfField,
    SomeOfField,
    choices_of,
)

MOST_PARTS: Final = 30
_TOKEN = r"[0-9a-f]{32}\Z"  # noqa: S105  (the shape of a form's number, not a secret)
_REGISTERS: Final = {"charity": "GB-CHC", "company": "GB-COH"}
_NUMBER: Final = re.compile(
    r"(?P<scheme>[A-Za-z]{2}-[A-Za-z0-9]+)-(?P<value>\S+)|(?P<register>\S+)\s(?P<number>\S*\d\S*)"
)
_AUTHORITIES: Final = sorted(HIPS_LADS.items(), key=lambda pair: pair[1])
_SPLIT: Final = re.compile(r"[\n;]")


def _text(label: str, longest: int, **options: Any) -> LinesField:  # noqa: ANN401  (WTForms' own)
    too_long = f"{label.partition(' (')[0]} must be {longest:,} characters or fewer"
    return LinesField(label, validators=[Length(max=longest, message=too_long)], **options)


class OrganisationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Everything that a person may say of one organisation."""

    token = HiddenField(validators=[Regexp(_TOKEN, message="Load the page again")])
    state = HiddenField(validators=[Length(max=2_000)])
    name = LineField(
        "What is the organisation called?",
        validators=[
            InputRequired("Enter what the organisation is called"),
            Length(max=300, message="The name must be 300 characters or fewer"),
        ],
    )
    also_known_as = _text(
        "Other names it goes by (optional)", 2_000, description="One name on each line"
    )
    kind = ListField(
        "What kind of organisation is it?",
        choices_of(OrganisationKind),
        default=OrganisationKind.OTHER.value,
        description="A refuge is never shown more exactly than its local authority, whatever is "
        "chosen below",
    )
    sector = ListField(
        "Which sector is it in?",
        [("", "Not known"), *(pair for pair in choices_of(Sector) if pair[0] != Sector.UNKNOWN)],
    )
    is_active = OneOfField(
        "Is it still there?",
        [("open", "Yes"), ("closed", "No, it has closed")],
        default="open",
        description="A closed organisation is kept, but not counted or listed",
    )
    description = _text(
        "What does it do? (optional)",
        2_000,
        description="Do not name people or describe anybody who could be recognised",
    )
    website = LineField(
        "Website (optional)",
        validators=[Length(max=500, message="The website must be 500 characters or fewer")],
    )
    identifiers = _text(
        "Numbers in registers (optional)",
        2_000,
        description="One on each line, such as charity 1234567 or company 01234567",
    )
    themes = SomeOfField("What is it about? (optional)", choices_of(Theme))
    cohorts = SomeOfField("Whom is it for? (optional)", choices_of(Cohort))
    prevention_tiers = SomeOfField(
        "Which prevention does it do? (optional)",
        choices_of(PreventionTier),
        description="Primary is for everyone, secondary for those at risk, tertiary for those "
        "already involved",
    )
    evaluation = OneOfField(
        "Has anybody found out whether its work does what it is meant to?",
        choices_of(Evaluation),
        default=Evaluation.UNKNOWN.value,
    )
    postcode = LineField(
        "Postcode of the main site",
        validators=[Length(max=20, message="Enter a full postcode, such as PO1 3AX")],
    )
    address = LineField(
        "First line of the address (optional)",
        validators=[Length(max=300, message="The address must be 300 characters or fewer")],
    )
    visibility = OneOfField(
        "How exactly may the main site be shown?",
        VISIBILITY_WORDS.items(),
        default=Visibility.EXACT.value,
        description="To everybody who may see the directory",
    )
    forget_place = BooleanField("Remove the main site")
    sites = FieldList(FormField(SiteForm), max_entries=MOST_PARTS)
    areas_served = SomeOfField(
        "Which areas does it serve? (optional)",
        _AUTHORITIES,
        description="An organisation has a site, an area served, or both",
    )
    radius = LineField(
        "How far round its main site does it serve? (optional)",
        description="Such as 2 miles or 3 km",
        validators=[Length(max=40, message="The distance must be 40 characters or fewer")],
    )
    opening = _text("When is it open? (optional)", 1_000)
    accessibility = _text("How accessible is it? (optional)", 1_000)
    referral_route = _text("How are people referred to it? (optional)", 1_000)
    funding = _text("Who pays for it? (optional)", 1_000)
    funding_ends_on = DayField(
        "When does its funding end? (optional)",
        description="For example, 27 3 2026",
        validators=[Optional()],
    )
    contacts = FieldList(FormField(ContactForm), max_entries=MOST_PARTS)

    def offer_areas(self, names: Mapping[str, str]) -> None:
        """Offer areas beside the fourteen authorities: those that an entry serves already.

        Parameters
        ----------
        names : code to name.
        """
        others = [pair for pair in names.items() if pair[0] not in HIPS_LADS]
        self.areas_served.choices = [*_AUTHORITIES, *sorted(others, key=lambda pair: pair[1])]

    def validate_website(self, field: LineField) -> None:
        """Take an address without its beginning, and refuse what is none."""
        text = field.data or ""
        if text and "://" not in text:
            text = field.data = f"https://{text}"
        if text and not re.fullmatch(r"https?://[^\s<>\"]+\.[^\s<>\"]+", text):
            raise ValidationError("Enter a website such as https://www.example.org")

    def validate_radius(self, field: LineField) -> None:
        """Refuse what is no distance."""
        try:
            _radius(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from error

    def validate_identifiers(self, _field: LinesField) -> None:
        """Refuse a line that names no register and number."""
        for line in _lines(self.identifiers.data):
            if not _NUMBER.fullmatch(line):
                raise ValidationError(
                    f"“{line[:60]}” is not a register and a number, such as charity 1234567"
                )

    def has_no_faults(self) -> bool:
        """Check every field, and every person; each fault stands at its field."""
        is_right = bool(self.validate())
        for part in self.contacts:
            if not part.form.removed.data and not part.form.is_empty:
                part.form.check()
        return is_right and not any(field.errors for field in self.boxes())

    def boxes(self) -> Iterator[Field]:
        """Every field, those of sites and people among the others, in order."""
        for field in self:
            if isinstance(field, FieldList):
                for part in field:
                    yield from part.form
            else:
                yield field

    @property
    def said(self) -> dict[str, Any]:
        """The fields of the record that need nothing but what was typed."""
        return {
            "name": self.name.data or "",
            "also_known_as": tuple(dict.fromkeys(_lines(self.also_known_as.data))),
            "kind": OrganisationKind(self.kind.data),
            "sector": Sector(self.sector.data or Sector.UNKNOWN),
            "is_active": self.is_active.data != "closed",
            "website": self.website.data or "",
            "identifiers": tuple(map(_identifier, _lines(self.identifiers.data))),
            "themes": frozenset(map(Theme, self.themes.data or ())),
            "cohorts": frozenset(map(Cohort, self.cohorts.data or ())),
            "prevention_tiers": frozenset(map(PreventionTier, self.prevention_tiers.data or ())),
            "evaluation": Evaluation(self.evaluation.data),
            "visibility": Visibility(self.visibility.data),
            "areas_served": tuple(sorted(self.areas_served.data or ())),
            "served_radius_m": _radius(self.radius.data),
            "funding": self.funding.data or "",
            "funding_ends_on": self.funding_ends_on.data,
            **{
                name: self[name].data or ""
                for name in ("description", "opening", "accessibility", "referral_route")
            },
        }


def _radius(text: str | None) -> float | None:
    return read_radius(text)[0] if text else None


def _lines(text: str | None) -> list[str]:
    tidied = (" ".join(line.split()) for line in _SPLIT.split(text or ""))
    return [line for line in tidied if line]


def _identifier(line: str) -> Identifier:
    match = _NUMBER.fullmatch(line)
    if match is None:
        return Identifier("", line)
    scheme = match["scheme"] or match["register"]
    return Identifier(_REGISTERS.get(scheme.casefold(), scheme), match["value"] or match["number"])
