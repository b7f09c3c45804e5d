"""The form in which other activities are thought of."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from wtforms import FileField
from wtforms.validators import Length, Optional, ValidationError

from mapper.web.forms.fields import LineField, ListField
from mapper.web.uploads import ending_of, shown_name

ROWS: Final = 3
"""Planned activities that the form itself has room for; a file holds any number."""

BOXES: Final = {
    "title": ("Title", "What is it called?"),
    "lead": ("Lead organisation", "Which organisation leads it?"),
    "postcode": ("Postcode", "Postcode of the venue"),
    "served": ("Areas served", "Or the areas it serves"),
    "sessions": ("Sessions", "Sessions in the period"),
    "participants": ("Participants", "People taking part (optional)"),
}
"""Box to the heading of the template that it stands for, and its label."""

PLAN_ENDINGS: Final = (".csv", ".xlsx", ".ics")
"""What a file of planned activities may end in."""

_NUMBERS = re.compile(r"\s*\d{1,9}(\s*[,;\s]\s*\d{1,9})*\s*")


class PlanFileField(FileField):
    """One file to upload."""

    widget = GovFileInput()


class ScenarioForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Activities that are added, and others that are left out."""

    run = ListField("Compare with", ())
    file = PlanFileField("File of planned activities")
    file_lead = LineField(
        "Organisation that leads, if the file names none",
        validators=[
            Optional(),
            Length(max=300, message="The name must be 300 characters or fewer"),
        ],
    )
    planned = LineField("Numbers of activities to count as if they took place")
    withdrawn = LineField("Numbers of activities to leave out")

    def validate_file(self, field: PlanFileField) -> None:
        """Refuse a file of another kind, and a file beside boxes that are filled in."""
        name = shown_name(getattr(field.data, "filename", ""))
        if not self.has_file:
            return
        if not ending_of(name, PLAN_ENDINGS):
            raise ValidationError(
                f"{name} cannot be read. The file must end in {', '.join(PLAN_ENDINGS)}"
            )
        if self.rows():
            raise ValidationError("Give a file or fill in the boxes, not both")

    def validate_planned(self, field: LineField) -> None:
        """Refuse what is no list of numbers."""
        _require_numbers(field.data or "")

    def validate_withdrawn(self, field: LineField) -> None:
        """Refuse what is no list of numbers, and a plan that changes nothing."""
        _require_numbers(field.data or "")
        if not (field.data or self.planned.data or self.has_file or self.rows()):
            raise ValidationError("Give a file, fill in an activity, or name one to leave out")

    @property
    def has_file(self) -> bool:
        """Whether a file was sent."""
        return bool(getattr(self.file.data, "filename", ""))

    def numbers(self, name: str) -> list[int]:
        """The numbers in a box.

        Parameters
        ----------
        name : of the field.
        """
        return [int(number) for number in re.findall(r"\d+", self[name].data or "")]

    def rows(self) -> list[dict[str, str]]:
        """The activities that were filled in, by the names of the boxes."""
        filled = (
            {box: self[f"{box}_{at}"].data or "" for box in BOXES} for at in range(1, ROWS + 1)
        )
        return [row for row in filled if any(row.values())]


for _at in range(1, ROWS + 1):
    for _box, (_heading, _label) in BOXES.items():
        setattr(ScenarioForm, f"{_box}_{_at}", LineField(_label, validators=[Optional()]))


def _require_numbers(text: str) -> None:
    if text and not _NUMBERS.fullmatch(text):
        raise ValidationError("Give numbers of activities with commas between them, such as 12, 48")


def rows_as_csv(rows: Iterable[dict[str, str]]) -> str:
    """Write activities of the form as a file of activities, to be read as any such file is.

    Parameters
    ----------
    rows : by the names of the boxes.
    """
    out = io.StringIO()
    headings = [heading for heading, _ in BOXES.values()]
    writer = csv.writer(out)
    writer.writerow([*headings, "First date"])
    day = f"{datetime.now(UTC):%d/%m/%Y}"
    for row in rows:
        writer.writerow([*(row[box] for box in BOXES), day])
    return out.getvalue()
