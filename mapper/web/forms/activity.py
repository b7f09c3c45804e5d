"""The form to register an activity with. It builds the same record as a file does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Visibility
from mapper.domain.place import Location
from mapper.domain.radius import read_radius
from mapper.domain.vocabulary import Cohort, Theme
from mapper.domain.written_point import WrittenPoint, read_point
from mapper.errors import InvalidValueError
from mapper.reports.authority_wards import WardsOf
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
VISIBILITY_WORDS: Final[Mapping[Visibility, str]] = {
    Visibility.EXACT: "At its address",
    Visibility.WARD: "In its ward only",
    Visibility.AUTHORITY: "In its local authority only",
    Visibility.HIDDEN: "Nowhere: count the activity, but do not show where it is",
}
_MOST_PARTNERS = 20
_AUTHORITIES: Final = sorted(HIPS_LADS.items(), key=lambda pair: pair[1])
_TOKEN = r"[0-9a-f]{32}\Z"  # noqa: S105  (the shape of a form's number, not a secret)

# A record that no rule refuses. Each group of fields is tried in it alone, so that every fault
# is found at once, and each is shown at the field that can be corrected.
_FAULTLESS: Final[Mapping[str, Any]] = {
    "source_key": "form",
    "title": "A title",
    "lead": "An organisation",
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2026, 1, 1),
    "areas_served": ("E06000044",),
}
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "lead": ("lead",),
    "ends_on": ("starts_on", "ends_on"),
    "sessions": ("sessions",),
    "participants": ("participants",),
    "hours_per_session": ("hours_per_session",),
    "postcode": ("location", "areas_served"),
}


class ActivityForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What a partner says of one activity."""

    wards_offered: Sequence[WardsOf] = ()
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
    areas_served = SomeOfField(
        "Which authorities does it serve, if there is no fixed venue?",
        _AUTHORITIES,
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

    def offer_wards(self, wards: Sequence[WardsOf]) -> None:
        """Offer the wards of each authority.

        Parameters
        ----------
        wards : of each authority that has any.
        """
        self.wards_offered = wards
        pairs = (pair for group in wards for pair in group.wards)
        self.wards_served.choices = [SelectChoice(*pair) for pair in pairs]

    def validate_wards_served(self, field: SomeOfField) -> None:
        """Refuse a ward of an authority that is served whole: one of the two is a slip."""
        whole = set(self.areas_served.data or ())
        chosen = set(field.data or ())
        for group in self.wards_offered:
            if group.lad_code in whole and not chosen.isdisjoint(code for code, _ in group.wards):
                raise ValidationError(
                    f"You chose all of {group.name} and some of its wards. Choose one or the other"
                )

    def validate_starts_on(self, field: DayField) -> None:
        """Refuse an activity that has happened on a day that has not come."""
        is_to_come = field.data is not None and field.data > datetime.now(UTC).date()
        if is_to_come and self.status.data == ActivityStatus.DELIVERED:
            raise ValidationError(
                "The first day is still to come. Correct it, or choose “No, it is planned”"
            )

    def validate_postcode(self, field: LineField) -> None:
        """Refuse an activity that could be put nowhere."""
        if not (field.data or self.address.data or self.areas):
            raise ValidationError(
                "Enter the postcode or name of the venue, or choose the areas served"
            )
        try:
            self._point()
        except InvalidValueError as error:
            raise ValidationError(str(error)) from error

    def validate_radius(self, field: LineField) -> None:
        """Refuse what is no distance, or is about no venue."""
        if not field.data:
            return
        if not (self.postcode.data or self.address.data):
            raise ValidationError("Enter the venue that the distance is about, or leave it empty")
        try:
            read_radius(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from error

    def validate_partners(self, _field: LinesField) -> None:
        """Refuse a list that can only be a slip of the clipboard."""
        if len(self.partner_names) > _MOST_PARTNERS:
            raise ValidationError(f"Enter {_MOST_PARTNERS} partners or fewer")

    @property
    def location(self) -> Location:
        """Where the venue is, as typed."""
        address, point = self.address.data or "", self._point()
        if point is None:
            return Location(address=address, postcode=self.postcode.data or "")
        return Location(
            address=address,
            easting_m=point.easting_m,
            northing_m=point.northing_m,
            longitude=point.longitude,
            latitude=point.latitude,
            square_m=point.square_m,
        )

    def _point(self) -> WrittenPoint | None:
        return read_point(self.postcode.data or "", is_declared=False)

    @property
    def areas(self) -> tuple[str, ...]:
        """Codes of the authorities and wards that it serves."""
        return (*(self.areas_served.data or ()), *(self.wards_served.data or ()))

    @property
    def partner_names(self) -> tuple[str, ...]:
        """The partners' names, each once, as typed."""
        lines = (" ".join(line.split()) for line in (self.partners.data or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def activity(self, source_key: str) -> Activity:
        """Build the record that the form describes.

        Parameters
        ----------
        source_key : what names the activity among those of this form.

        Raises
        ------
        InvalidValueError
            When the record cannot hold what was typed.
        """
        return Activity(source_key=source_key, **self._said())

    def has_no_faults(self) -> bool:
        """Check every field, and the record that they make; each fault stands at its field."""
        if not self.validate():
            return False
        faults = self._record_faults()
        for name, fault in faults.items():
            self[name].errors = [*self[name].errors, fault]
        return not faults

    def _record_faults(self) -> dict[str, str]:
        """What the record refuses, by the field that can be corrected."""
        said = self._said()
        faults = {}
        for name, group in _GROUPS.items():
            try:
                Activity(**{**_FAULTLESS, **{key: said[key] for key in group}})
            except InvalidValueError as error:
                faults[name] = str(error)
        return faults

    def _said(self) -> dict[str, Any]:
        starts_on = self.starts_on.data
        hours = self.hours_per_session.data
        return {
            "title": self.title.data or "",
            "lead": self.lead.data or "",
            "partners": self.partner_names,
            "type": ActivityType(self.type.data),
            "status": ActivityStatus(self.status.data),
            "starts_on": starts_on,
            "ends_on": self.ends_on.data or starts_on,
            "sessions": self.sessions.data,
            "participants": self.participants.data,
            "hours_per_session": None if hours is None else float(hours),
            "location": self.location,
            "served_radius_m": read_radius(self.radius.data)[0] if self.radius.data else None,
            "areas_served": self.areas,
            "visibility": Visibility(self.visibility.data),
            "themes": frozenset(map(Theme, self.themes.data or ())),
            "cohorts": frozenset(map(Cohort, self.cohorts.data or ())),
            "description": self.description.data or "",
        }
