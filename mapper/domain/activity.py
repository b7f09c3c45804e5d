"""Engagement activities: something a partner does with people, somewhere, for a time."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mapper.domain.disclosure import Visibility
from mapper.domain.place import Location
from mapper.domain.radius import require_radius
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError

_TITLE_LENGTH = 200
_MOST_SESSIONS = 5_000
_MOST_PARTICIPANTS = 100_000


class ActivityStatus(StrEnum):
    """Whether an activity is to come, has happened, or will not."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class ActivityType(StrEnum):
    """What is done."""

    SESSION = "regular session"
    WORKSHOP = "workshop or talk"
    MENTORING = "mentoring or one-to-one"
    OUTREACH = "outreach or detached work"
    SPORT = "sport or arts session"
    EVENT = "community event"
    DROP_IN = "drop-in or advice"
    CONSULTATION = "consultation or survey"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a source or a form says of one activity.

    Parameters
    ----------
    source_key : what names the activity in its source, stable from one file to the next.
    title : a short name.
    lead : name of the organisation that leads.
    partners : names of organisations that deliver it together with the lead.
    starts_on, ends_on : first and last day, both included.
    sessions : held, or to be held; at least 1.
    participants : people taking part over all sessions; None when nobody counted.
    hours_per_session : None when not known.
    location : the venue; empty for work without one.
    areas_served : GSS codes of areas served without a venue (a declared service area).
    served_radius_m : how far about the venue it serves, in metres; None where it does not say.
    visibility : how exactly the venue may be shown.

    Raises
    ------
    InvalidValueError
        When the title or lead is empty, the dates are in the wrong order, a number is out of
        range, or there is neither a venue nor an area served.
    """

    source_key: str
    title: str
    lead: str
    starts_on: date
    ends_on: date
    status: ActivityStatus = ActivityStatus.DELIVERED
    type: ActivityType = ActivityType.OTHER
    partners: tuple[str, ...] = ()
    sessions: int = 1
    participants: int | None = None
    hours_per_session: float | None = None
    location: Location = field(default_factory=Location)
    areas_served: tuple[str, ...] = ()
    served_radius_m: float | None = None
    visibility: Visibility = Visibility.EXACT
    description: str = ""
    themes: frozenset[Theme] = frozenset()
    cohorts: frozenset[Cohort] = frozenset()
    prevention_tier: PreventionTier | None = None

    def __post_init__(self) -> None:
        for fault in (self._words_fault(), self._dates_fault(), self._numbers_fault()):
            if fault is not None:
                raise fault
        if self.location.says_nothing and not self.areas_served:
            raise InvalidValueError(
                "There is neither a venue nor an area served.",
                expected="An activity has a place, an area it serves, or both.",
                action="Give a postcode, or name the areas.",
            )
        if self.served_radius_m is not None:
            require_radius(self.served_radius_m)

    def _words_fault(self) -> InvalidValueError | None:
        if not self.title.strip():
            return InvalidValueError("The title is empty.", expected="Every activity has a title.")
        if len(self.title) > _TITLE_LENGTH:
            return InvalidValueError(
                f"The title has {len(self.title)} characters.",
                expected=f"A title has at most {_TITLE_LENGTH} characters.",
            )
        if not self.lead.strip():
            return InvalidValueError(
                "The lead organisation is empty.",
                expected="Every activity has a lead organisation.",
            )
        return None

    def _dates_fault(self) -> InvalidValueError | None:
        if self.ends_on < self.starts_on:
            return InvalidValueError(
                f"The activity ends on {self.ends_on:%d/%m/%Y} before it starts on "
                f"{self.starts_on:%d/%m/%Y}.",
                expected="The last day is the first day or later.",
            )
        return None

    def _numbers_fault(self) -> InvalidValueError | None:
        if not 1 <= self.sessions <= _MOST_SESSIONS:
            return InvalidValueError(
                f"The number of sessions is {self.sessions}.",
                expected=f"It is between 1 and {_MOST_SESSIONS:,}.",
            )
        if self.participants is not None and not 0 <= self.participants <= _MOST_PARTICIPANTS:
            return InvalidValueError(
                f"The number of participants is {self.participants}.",
                expected=f"It is between 0 and {_MOST_PARTICIPANTS:,}, or empty if not counted.",
            )
        if self.hours_per_session is not None and not 0 < self.hours_per_session <= 24:  # noqa: PLR2004  (hours in a day)
            return InvalidValueError(
                f"The hours a session are {self.hours_per_session}.",
                expected="They are more than 0 and at most 24.",
            )
        return None
