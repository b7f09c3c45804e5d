"""Fields that forms share: days, numbers and choices, with messages in plain words."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovDateInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

_DAY_FORMATS = ["%d %m %Y", "%d %B %Y", "%d %b %Y"]
_PARTS_OF_A_DAY = 3
_FIGURES_OF_A_YEAR = 4
_UNSEEN = frozenset({"Cc", "Cs", "Cn"})
EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)


def choices_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of a vocabulary as values and labels, in their own order."""
    return [(word.value, word.value[:1].upper() + word.value[1:]) for word in words]


def plain_text(text: str) -> str:
    """Leave out what no keyboard types and no page may hold: control characters."""
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in _UNSEEN)


class LineField(StringField):
    """A line of text, spaces tidied."""

    widget = GovTextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the line."""
        if valuelist:
            self.data = " ".join(plain_text(str(valuelist[0])).split())


class LinesField(TextAreaField):
    """Several lines of text."""

    widget = GovTextArea()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the lines."""
        if valuelist:
            self.data = plain_text(str(valuelist[0])).strip()


class ListField(SelectField):
    """One of a vocabulary, chosen from a list that opens."""

    widget = GovSelect()

    def __init__(self, label: str, choices: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, choices=[SelectChoice(*pair) for pair in choices], **options)


class DayField(DateField):
    """A day as three boxes: day, month (a number or a name) and year."""

    widget = GovDateInput()

    def __init__(self, label: str, **options: Any) -> None:  # noqa: ANN401  (WTForms' own)
        super().__init__(label, format=_DAY_FORMATS, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the three boxes, however many were sent."""
        parts = [str(part).strip() for part in valuelist[:_PARTS_OF_A_DAY]]
        parts += [""] * (_PARTS_OF_A_DAY - len(parts))
        self.raw_data = parts
        self.data = None
        if not any(parts):
            return
        if parts[2].isdecimal() and len(parts[2]) != _FIGURES_OF_A_YEAR:
            raise ValueError("Enter all four figures of the year, such as 2026")
        try:
            super().process_formdata(parts)
        except ValueError as error:
            raise ValueError(f"{self.label.text} must be a real date, such as 27 3 2026") from error

    def pre_validate(self, _form: object) -> None:
        """Refuse a year that can only be a slip."""
        if self.data is not None and not EARLIEST <= self.data <= LATEST:
            raise ValidationError(f"{self.label.text} must be between 2000 and 2099")


class CountField(IntegerField):
    """A whole number; `subject` is what a message about it begins with."""

    widget = GovTextInput()

    def __init__(self, label: str, subject: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, **options)
        self.subject = subject

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a number, with or without thousands separators; empty is no number."""
        written = _written(valuelist)
        self.data = None
        if not written:
            return
        try:
            self.data = int(written)
        except ValueError as error:
            raise ValueError(f"{self.subject} must be a whole number, such as 12") from error


class HoursField(DecimalField):
    """A number that may have decimals; `subject` is what a message about it begins with."""

    widget = GovTextInput()

    def __init__(self, label: str, subject: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, **options)
        self.subject = subject

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a number; empty is no number."""
        written = _written(valuelist)
        self.data = None
        if not written:
            return
        fault = f"{self.subject} must be a number, such as 1.5"
        try:
            self.data = Decimal(written)
        except InvalidOperation as error:
            raise ValueError(fault) from error
        if not self.data.is_finite():
            raise ValueError(fault)


def _written(valuelist: list[Any]) -> str:
    return str(valuelist[0]).replace(",", "").strip() if valuelist else ""


class OneOfField(RadioField):
    """One of a vocabulary."""

    widget = GovRadioInput()

    def __init__(self, label: str, choices: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, choices=[SelectChoice(*pair) for pair in choices], **options)


class SomeOfField(SelectMultipleField):
    """Any number of a vocabulary."""

    widget = GovCheckboxesInput()

    def __init__(self, label: str, choices: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        super().__init__(
            label, choices=[SelectChoice(*pair) for pair in choices], default=(), **options
        )
