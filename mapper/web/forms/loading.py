"""The forms with which files are uploaded and their columns confirmed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from wtforms import MultipleFileField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Sensitivity
from mapper.domain.source import SourceKind
from mapper.domain.violence import RecordingSource
from mapper.ingest.cells.field_words import field_words
from mapper.ingest.columns.headings import Field
from mapper.ingest.columns.mapping import CERTAIN_ENOUGH
from mapper.ingest.kinds.loadable import Loadable, loadable_kinds
from mapper.web.forms.fields import DayField, LineField, ListField, OneOfField
from mapper.web.uploads import ending_of, shown_name

SENSITIVITY_WORDS = {
    "": "As is usual for what they hold",
    Sensitivity.OPEN.value: "Open: published, or free to be",
    Sensitivity.PARTNER.value: "Partner: for partners and analysts",
    Sensitivity.RESTRICTED.value: "Restricted: for analysts",
}
_LEVELS = (AreaType.LSOA, AreaType.MSOA, AreaType.WARD, AreaType.LAD)
_OTHER_RECORDERS = tuple(each for each in RecordingSource if each is not RecordingSource.POLICE)
_MOST_FILES = 200
_LIKELY = 0.6
_SURE = ((CERTAIN_ENOUGH, "nearly certain"), (_LIKELY, "likely"), (0.0, "a mere guess"))


def _worded(recorder: RecordingSource) -> str:
    return recorder.value[:1].upper() + recorder.value[1:]


class FilesField(MultipleFileField):
    """Files to upload."""

    widget = GovFileInput(multiple=True)


class LoadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What files hold, and how they are to be kept."""

    kind = OneOfField(
        "What do the files hold?", (), validators=[InputRequired("Choose what the files hold")]
    )
    files = FilesField("Files")
    source_name = LineField(
        "Name of the source (optional)",
        validators=[Length(max=300, message="The name must be 300 characters or fewer")],
    )
    sensitivity = OneOfField(
        "How carefully are the figures to be treated?",
        SENSITIVITY_WORDS.items(),
        default="",
        description="As is usual: cohorts are restricted; priority lists, and violence recorded by "
        "others than the police, are for partners; everything else is open. Monthly violence that "
        "a published run counts is seen by all who see the run, with small counts withheld unless "
        "it is open",
        validators=[Optional()],
    )
    recorder = ListField(
        "Who recorded it",
        [("", "The police"), *((each.value, _worded(each)) for each in _OTHER_RECORDERS)],
        validators=[Optional()],
    )
    level = ListField(
        "Which areas, if the file does not tell",
        [("", "As the file says"), *((each.value, each.value.upper()) for each in _LEVELS)],
        validators=[Optional()],
    )
    lead = LineField(
        "Organisation that leads, if the file names none",
        validators=[Length(max=300, message="The name must be 300 characters or fewer")],
    )
    until = DayField(
        "Count what repeats until",
        description="For example, 31 12 2026. Leave empty for a year ahead",
        validators=[Optional()],
    )
    vintage = LineField("Year of the boundaries, if the file does not tell")

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  (Flask-WTF's own)
        super().__init__(*arguments, **options)
        self.kind.choices = [(each.kind.value, each.label) for each in loadable_kinds()]

    @property
    def chosen(self) -> Loadable:
        """The kind that was chosen."""
        return next(each for each in loadable_kinds() if each.kind.value == self.kind.data)

    def validate_files(self, field: FilesField) -> None:
        """Refuse no files, too many, and files of no such kind."""
        field.data = [file for file in field.data or [] if getattr(file, "filename", "")]
        if not field.data:
            raise ValidationError("Choose one file or several")
        if len(field.data) > _MOST_FILES:
            raise ValidationError(f"Choose {_MOST_FILES} files or fewer, or put them into a zip")
        if self.kind.data not in {each.kind.value for each in loadable_kinds()}:
            return
        if self.kind.data == SourceKind.BOUNDARIES and len(field.data) > 1:
            raise ValidationError("Choose one file of boundaries at a time")
        for file in field.data:
            self._refuse_ending(shown_name(file.filename))

    def _refuse_ending(self, name: str) -> None:
        if not ending_of(name, self.chosen.endings):
            is_old = name.lower().endswith(".xls")
            raise ValidationError(
                f"{name} cannot be loaded as {self.chosen.label.lower()}. "
                + ("Open it in Excel and save it as an Excel workbook (.xlsx). " if is_old else "")
                + f"The file must end in {', '.join(self.chosen.endings[:-1])} "
                f"or {self.chosen.endings[-1]}"
            )

    def validate_vintage(self, field: LineField) -> None:
        """Refuse what is no year."""
        if field.data and not re.fullmatch(r"20\d\d", field.data):
            raise ValidationError("The year of the boundaries must be a year, such as 2021")


_TWICE = "{} is chosen for another column too"


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of a file, and what it is taken for.

    Parameters
    ----------
    heading : as the file spells it.
    values : its first ones.
    field : it is taken for; empty for none.
    why : in words; empty where nothing was guessed.
    error : what is wrong with the choice; empty for nothing.
    """

    heading: str
    values: tuple[str, ...]
    field: str
    why: str
    error: str = ""


def proposed_columns(said: Mapping[str, Any], mapping: Mapping[str, str]) -> list[ColumnChoice]:
    """Give each column with what it was confirmed to be, or else is guessed to be.

    Parameters
    ----------
    said : the headings, values and guesses of the file.
    mapping : field to heading, as confirmed now or for the last file; empty for never.
    """
    confirmed = {heading: field for field, heading in mapping.items()}
    guesses = {guess["heading"]: guess for guess in said["guesses"]}
    choices = []
    for heading, values in zip(said["headings"], said["values"], strict=True):
        guess = guesses.get(heading)
        field = confirmed.get(heading, "") if mapping else _proposed(guess)
        why = "as it was confirmed before" if mapping and field else _why(guess)
        choices.append(ColumnChoice(heading, tuple(values), field, why))
    return choices


def _proposed(guess: Mapping[str, Any] | None) -> str:
    # A street that looks like a surname is not to become a person because nobody looked.
    if guess is None or (_is_about_a_person(guess) and guess["confidence"] < _LIKELY):
        return ""
    field: str = guess["field"]
    return field


def _is_about_a_person(guess: Mapping[str, Any]) -> bool:
    return bool(guess["field"].startswith("contact_"))


def _why(guess: Mapping[str, Any] | None) -> str:
    if guess is None:
        return ""
    sure = next(words for least, words in _SURE if guess["confidence"] >= least)
    if not _proposed(guess):
        return f"perhaps {field_words(guess['field'])}, but choose it yourself: {guess['why']}"
    return f"{sure}: {guess['why']}"


def chosen_columns(columns: Sequence[ColumnChoice], chosen: Sequence[str]) -> list[ColumnChoice]:
    """Give each column with what was chosen for it, and a word where one field stands twice.

    Parameters
    ----------
    columns : as proposed.
    chosen : a field, or nothing, for each column in turn.
    """
    padded = [*chosen, *[""] * len(columns)]
    twice = {field for field in chosen if field and chosen.count(field) > 1}
    return [
        ColumnChoice(
            column.heading,
            column.values,
            field,
            column.why if field == column.field else "",
            _TWICE.format(field_words(field).capitalize()) if field in twice else "",
        )
        for column, field in zip(columns, padded, strict=False)
    ]


def missing_fields(columns: Iterable[ColumnChoice], fields: Iterable[Field]) -> list[str]:
    """Name, in words, the fields that are needed and were chosen for no column.

    Parameters
    ----------
    columns : as chosen.
    fields : of the kind.
    """
    found = {column.field for column in columns}
    return [
        field_words(each.name) for each in fields if each.is_required and each.name not in found
    ]
