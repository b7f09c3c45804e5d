"""The boxes of the form of an activity, and how its choices read."""

from collections.abc import Mapping
from typing import Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from mapper.domain.activity import ActivityStatus, ActivityType
from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Visibility
from mapper.domain.vocabulary import Cohort, Theme
from mapper.web.forms.fields import (
    CountField,
    DayField,
    HoursField,
    LineField,
    LinesField,
    ListField,
    OneOfField,
    SomeOfField,
    choices_of,
)

STATUS_WORDS: Final[Mapping[ActivityStatus, str]] = {
    ActivityStatus.DELIVERED: "Yes, or it is going on now",
    ActivityStatus.PLANNED: "No, it is planned",
}
CANCELLED_WORDS: Final = "It is cancelled"
VISIBILITY_WORDS: Final[Mapping[Visibility, str]] = {
    Visibility.EXACT: "At its address",
    Visibility.WARD: "In its ward only",
    Visibility.AUTHORITY: "In its local authority only",
    Visibility.HIDDEN: "Nowhere: count the activity, but do not show where it is",
}
AUTHORITIES: Final = sorted(HIPS_LADS.items(), key=lambda pair: pair[1])
"""Code and name of each, in order of name."""

_TOKEN = r"[0-9a-f]{32}\Z"  # noqa: S105  (the shape of a form's number, not a secret)


class ActivityFields(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What can be said of one activity, before any of it is checked against the rest."""

    state = HiddenField(validators=[Length(max=40)])
    token = HiddenField(validators=[Regexp(_TOKEN, message="Load the page again")])
    title = LineField(
        "What is the activity called?",
        description="For example, Thursday night football at the Mountbatten Centre",
        validators=[InputRequired("Enter what the activity is called")],
    )
    lead = LineField(
        "Which organisation leads it?",
        description="Start typing to choose from the directory, or enter a new name",
        validators=[
            InputRequired("Enter the organisation that leads the activity"),
            Length(max=300, message="The name must be 300 characters or fewer"),
        ],
    )
    partners = LinesField(
        "Which organisations deliver it with them? (optional)",
        description="One organisation on each line",
        validators=[
            Optional(),
            Length(max=6_000, message="The partners must be 6,000 characters or fewer"),
        ],
    )
    type = ListField(
        "What kind of activity is it?",
        [("", "Choose one"), *choices_of(ActivityType)],
        validators=[InputRequired("Choose what kind of activity it is")],
    )
    status = OneOfField(
        "Has it happened?",
        STATUS_WORDS.items(),
        validators=[InputRequired("Choose whether the activity has happened")],
    )
    starts_on = DayField(
        "First day",
        description="For example, 27 3 2026",
        validators=[InputRequired("Enter the first day")],
    )
    ends_on = DayField(
        "Last day (if not the same day)",
        description="Leave empty for an activity on one day",
        validators=[Optional()],
    )
    sessions = CountField(
        "How many sessions?",
        "Sessions",
        description="Held so far, or planned. One event is one session",
        default=1,
        validators=[InputRequired("Enter how many sessions, such as 12")],
    )
    participants = CountField(
        "How many people took part? (optional)",
        "People taking part",
        description="Over all sessions. Leave empty if nobody counted",
        validators=[Optional()],
    )
    hours_per_session = HoursField(
        "How many hours does a session last? (optional)",
        "Hours a session",
        description="For example, 1.5",
        validators=[Optional()],
    )
    postcode = LineField(
        "Postcode or grid reference of the venue",
        description="Such as PO1 3AX or SU 421 123. Leave empty if the venue is in the directory, "
        "or if there is none",
        validators=[Length(max=40, message="Enter a full postcode, such as PO1 3AX")],
    )
    address = LineField(
        "Name of the venue or first line of the address (optional)",
        description="A venue that the directory knows is found by its name",
        validators=[Length(max=300, message="The venue must be 300 characters or fewer")],
    )
    radius = LineField(
        "How far round the venue does it serve? (optional)",
        description="Such as 2 miles or 3 km. Leave empty for those who live near by",
        validators=[Length(max=40, message="The distance must be 40 characters or fewer")],
    )
    visibility = OneOfField(
        "How exactly may the venue be shown?",
        VISIBILITY_WORDS.items(),
        default=Visibility.EXACT.value,
        description="To everybody who may see the map",
        validators=[InputRequired("Choose how exactly the venue may be shown")],
    )
    forget_place = BooleanField("Remove the venue")
    areas_served = SomeOfField(
        "Which authorities does it serve, if there is no fixed venue?",
        AUTHORITIES,
        description="Choose all that apply. If it serves only some wards of an authority, leave "
        "the authority empty and choose the wards below",
    )
    wards_served = SomeOfField("Which wards does it serve? (optional)", ())
    themes = SomeOfField(
        "What is it about? (optional)", choices_of(Theme), description="Choose all that apply"
    )
    cohorts = SomeOfField(
        "Whom is it for? (optional)", choices_of(Cohort), description="Choose all that apply"
    )
    description = LinesField(
        "What happens there? (optional)",
        description="Do not name people or describe anybody who could be recognised",
        validators=[Length(max=2_000, message="The description must be 2,000 characters or fewer")],
    )
