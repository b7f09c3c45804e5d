"""The form to register an activity with. It builds the same record as a file does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Visibility
from mapper.domain.place import Location
from mapper.domain.radius import read_radius
from mapper.domain.vocabulary import Cohort, Theme
from mapper.domain.written_point import WrittenPoint, read_point
from mapper.errors import InvalidValueError
from mapper.reports.authority_wards import WardsOf
from mapper.web.forms.activity_fields import (
    AUTHORITIES,
    CANCELLED_WORDS,
    STATUS_WORDS,
    ActivityFields,
)
from mapper.web.forms.fields import (
    DayField,
    LineField,
    LinesField,
    SomeOfField,
)

_MOST_PARTNERS = 20

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


class ActivityForm(ActivityFields):
    """What a partner says of one activity.

    `kept` holds fields of the record that stay as they are, whatever stands in the boxes.
    """

    wards_offered: Sequence[WardsOf] = ()
    kept: Mapping[str, Any] = MappingProxyType({})

    def offer_others(self, record: Activity, names: Mapping[str, str]) -> None:
        """Offer what only an activity that is there already can say.

        Parameters
        ----------
        record : as it stands.
        names : code to name of areas that it serves, those offered in any case among them.
        """
        wards = {code for group in self.wards_offered for code, _ in group.wards}
        others = [pair for pair in names.items() if pair[0] not in {*HIPS_LADS, *wards}]
        pairs = [*AUTHORITIES, *sorted(others, key=lambda pair: pair[1])]
        self.areas_served.choices = [SelectChoice(*pair) for pair in pairs]
        if record.status is ActivityStatus.CANCELLED:
            pairs = [*STATUS_WORDS.items(), (ActivityStatus.CANCELLED, CANCELLED_WORDS)]
            self.status.choices = [SelectChoice(*pair) for pair in pairs]

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

    def validate_postcode(self, _field: LineField) -> None:
        """Refuse an activity that could be put nowhere."""
        if not (self._has_venue or self.areas):
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
        if not self._has_venue:
            raise ValidationError("Enter the venue that the distance is about, or leave it empty")
        try:
            read_radius(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from error

    def validate_partners(self, _field: LinesField) -> None:
        """Refuse a list that can only be a slip of the clipboard."""
        if "partners" not in self.kept and len(self.partner_names) > _MOST_PARTNERS:
            raise ValidationError(f"Enter {_MOST_PARTNERS} partners or fewer")

    @property
    def _has_venue(self) -> bool:
        if "location" in self.kept:
            return not self.kept["location"].says_nothing
        return bool(self.postcode.data or self.address.data)

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
            **self.kept,
        }
