"""The form that asks what was heard in each session."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, NumberRange

from mapper.web.forms.fields import CountField, HoursField, LinesField


class HeardForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """The themes of each session, and the rule."""

    sessions = LinesField(
        "Themes of each session",
        validators=[
            InputRequired("Write one line for each session, with its themes"),
            Length(max=100_000, message="The sessions must be 100,000 characters or fewer"),
        ],
    )
    base = CountField(
        "Sessions of the base set",
        "The base set",
        default=4,
        validators=[
            InputRequired("Say how many sessions make the base set, such as 4"),
            NumberRange(1, 100, "The base set must be between 1 and 100 sessions"),
        ],
    )
    run = CountField(
        "Sessions looked at together after it",
        "The sessions looked at together",
        default=2,
        validators=[
            InputRequired("Say how many sessions are looked at together, such as 2"),
            NumberRange(1, 100, "It must be between 1 and 100 sessions"),
        ],
    )
    threshold = HoursField(
        "New themes for every 100 of the base set that are nothing much",
        "The share of new themes",
        default=5,
        validators=[
            InputRequired("Give the share of new themes that is nothing much, such as 5"),
            NumberRange(0, 100, "The share of new themes must be between 0 and 100"),
        ],
    )
