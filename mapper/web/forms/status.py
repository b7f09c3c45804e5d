"""The form of one step of an organisation through the pipeline."""

from datetime import UTC, datetime

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, ValidationError

from mapper.domain.pipeline import PipelineStatus, StatusChange
from mapper.web.forms.fields import DayField, LinesField, OneOfField, choices_of


class StatusForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Where an organisation stands with the partnership, since when, and why."""

    status = OneOfField(
        "Where does it stand with the partnership?",
        choices_of(PipelineStatus),
        validators=[InputRequired("Choose where it stands with the partnership")],
    )
    since = DayField(
        "Since when?",
        description="For example, 27 3 2026",
        validators=[InputRequired("Enter the day since when it is so")],
    )
    note = LinesField(
        "Why? (optional)",
        description="In a few words, for analysts. Do not name people",
        validators=[Length(max=500, message="The note must be 500 characters or fewer")],
    )

    def validate_since(self, field: DayField) -> None:
        """Refuse a day that has not come."""
        if field.data is not None and field.data > datetime.now(UTC).date():
            raise ValidationError("The day is still to come. Say it when it has happened")

    def step(self, by: str) -> StatusChange:
        """Build the step that the form describes; without faults only.

        Parameters
        ----------
        by : who says so.
        """
        return StatusChange(
            status=PipelineStatus(self.status.data),
            since=self.since.data or datetime.now(UTC).date(),
            note=self.note.data or "",
            by=by,
        )
