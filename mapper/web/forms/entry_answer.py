"""The forms with which the contact of an entry answers: that it is right, changes, withdrawing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.verification import Answer
from mapper.reports.asked_entry import AUDIENCE_WORDS, NOBODY
from mapper.web.forms.fields import LineField, LinesField, OneOfField

BASIS: Final = "answer by e-mail link"
"""How a person agreed who answered by the link in a letter."""

VISIBILITY_WORDS: Final = {
    Visibility.EXACT: "At its address",
    Visibility.WARD: "In its ward only",
    Visibility.AUTHORITY: "In its local authority only",
    Visibility.HIDDEN: "Nowhere",
}
WITHDRAW_WORDS: Final = {
    Answer.WITHDREW_NAME: "Take out my name and how to reach me. The organisation stays",
    Answer.WITHDREW_ENTRY: "Take out the whole entry",
}
_OF_THE_SITE: Final = (
    *("description", "opening", "accessibility", "referral_route"),
    *("postcode", "address", "visibility"),
)
_AUDIENCES: Final = {audience.label: audience for audience in Audience}
_OWN_TOO: Final = frozenset({"csrf_token", "state"})


def _line(label: str, longest: int = 300, **options: Any) -> LineField:  # noqa: ANN401  (WTForms' own)
    too_long = f"{label.partition(' (')[0]} must be {longest} characters or fewer"
    return LineField(label, validators=[Length(max=longest, message=too_long)], **options)


def _text(label: str, longest: int, **options: Any) -> LinesField:  # noqa: ANN401  (WTForms' own)
    too_long = f"{label.partition(' (')[0]} must be {longest:,} characters or fewer"
    return LinesField(label, validators=[Length(max=longest, message=too_long)], **options)


class StateForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """A button, and what was seen when it was pressed."""

    state = HiddenField(validators=[Length(max=100)])


class WithdrawForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What is to be taken out."""

    choice = OneOfField(
        "What do you want to take out?",
        [(answer.value, words) for answer, words in WITHDRAW_WORDS.items()],
        validators=[InputRequired("Choose what to take out")],
    )

    @property
    def answer(self) -> Answer:
        """What was chosen."""
        return Answer(self.choice.data)


class EntryAnswerForm(StateForm):
    """The plain fields of an entry, and those of its contact."""

    name = LineField(
        "What is the organisation called?",
        validators=[
            InputRequired("Enter what the organisation is called"),
            Length(max=300, message="The name must be 300 characters or fewer"),
        ],
    )
    description = _text(
        "What does it do? (optional)",
        2_000,
        description="Do not name people or describe anybody who could be recognised",
    )
    website = _line("Website (optional)", 500)
    opening = _text("When is it open? (optional)", 1_000)
    accessibility = _text("How accessible is it? (optional)", 1_000)
    referral_route = _text("How are people referred to it? (optional)", 1_000)
    postcode = _line("Postcode (optional)", 20)
    address = _line("First line of the address (optional)")
    visibility = OneOfField("How exactly may we show where it is?", VISIBILITY_WORDS.items())
    contact_name = LineField(
        "Your name",
        validators=[
            InputRequired("Enter your name. To take it out, go back and choose “Take out”"),
            Length(max=300, message="Your name must be 300 characters or fewer"),
        ],
    )
    role = _line("Your role (optional)")
    email = LineField(
        "Your e-mail address (optional)",
        description="To be asked again in a year",
        validators=[
            Optional(),
            Length(max=300, message="The e-mail address must be 300 characters or fewer"),
            Regexp(
                r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+$",
                message="Enter an e-mail address such as name@example.org",
            ),
        ],
    )
    phone = _line("Your telephone (optional)", 60)
    audience = OneOfField(
        "Who may see your name, and how to reach you?",
        AUDIENCE_WORDS.items(),
        description="You can say no, and you can change your mind at any time",
        validators=[InputRequired("Choose who may see your name")],
    )
    shares_practice = BooleanField("They may ask me about what works")
    practice_note = _line("What may they ask you about? (optional)")

    @classmethod
    def offered(cls, values: Mapping[str, str], state: str) -> "EntryAnswerForm":
        """Make the form as it is offered, or as it was sent.

        Parameters
        ----------
        values : as the entry stands, by field; what is not among them is not asked.
        state : of what is shown.
        """
        data = {**values, "shares_practice": bool(values["shares_practice"]), "state": state}
        form = cls(data=data)
        for name in _OF_THE_SITE:
            if name not in values:
                del form[name]
        return form

    def validate_website(self, field: LineField) -> None:
        """Take an address without its beginning, and refuse what is none."""
        text = field.data or ""
        if text and "://" not in text:
            text = field.data = f"https://{text}"
        is_one = text.startswith(("https://", "http://")) and "." in text and " " not in text
        if text and not is_one:
            raise ValidationError("Enter a website such as https://www.example.org")

    def validate_audience(self, field: OneOfField) -> None:
        """Refuse a person who may be asked and is shown to nobody."""
        if self.shares_practice.data and field.data == NOBODY:
            raise ValidationError("Choose who may see your name, or untick that they may ask you")

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field.name: _plain(field) for field in self if field.name not in _OWN_TOO}

    def differences(self, values: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Say what differs from the entry as it stands: the question, before, and after.

        Parameters
        ----------
        values : as the entry stands, by field.
        """
        return [
            (field.label.text, _words(field, before), _words(field, after))
            for field, before, after in (
                (self[name], values[name], after) for name, after in self.values.items()
            )
            if before != after
        ]

    def contact(self, today: date) -> Contact:
        """The person as they are to be held, and shown to whom they chose today.

        Parameters
        ----------
        today : the day of the answer.
        """
        audience = _AUDIENCES.get(self.audience.data or "")
        return Contact(
            name=self.contact_name.data or "",
            role=self.role.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            shares_practice=bool(self.shares_practice.data),
            practice_note=self.practice_note.data or "",
            consent=None if audience is None else Consent(audience, today, BASIS),
        )


def _plain(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    return "\n".join((field.data or "").splitlines())


def _words(field: Field, value: str) -> str:
    if isinstance(field, BooleanField):
        return "yes" if value else "no"
    choices = {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
    return str(choices.get(value, value) or "nothing")
