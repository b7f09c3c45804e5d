"""Rows of engagement activities into records."""

from contextlib import suppress
from datetime import date
from typing import Final

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.disclosure import Visibility
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.naming import stable_key
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.cells.terms import match_term
from mapper.ingest.cells.values import read_date, read_number, read_whole_number
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import WhoCanFix
from mapper.ingest.formats.directory import read_areas, read_visibility
from mapper.ingest.privacy.refuges import runs_a_refuge
from mapper.ingest.records.locations import LOCATION_FIELDS, read_location, read_reach

EXAMPLE: Final = "EXAMPLE"
"""The first word of a row that only shows how to fill in the template."""

FIELDS: Final = (
    Field("reference", ("ref", "id", "activity id", "activity reference")),
    Field("title", ("activity title", "activity", "activity name", "name", "name of activity"),
          is_required=True),
    Field("lead", ("lead organisation", "organisation", "lead organization", "led by",
                   "delivered by", "provider", "lead partner"), is_required=True),
    Field("partners", ("partner organisations", "partner", "delivered with", "with",
                       "other organisations")),
    Field("type", ("activity type", "kind")),
    Field("status", ("activity status",)),
    Field("starts_on", ("first date", "start date", "date", "starts", "start", "from",
                        "date from", "activity date"), is_required=True),
    Field("ends_on", ("last date", "end date", "ends", "end", "to", "date to", "until")),
    Field("sessions", ("number of sessions", "sessions held", "no of sessions")),
    Field("participants", ("number of participants", "people taking part", "attendance",
                           "attendees", "reach", "no of participants")),
    Field("hours_per_session", ("hours", "hours a session", "session length", "hours each")),
    Field("areas_served", ("area served", "areas", "area", "serves", "areas covered",
                           "ward", "district", "local authority")),
    Field("themes", ("theme",)),
    Field("cohorts", ("cohort", "who for", "who it is for", "audience", "age group")),
    Field("prevention_tier", ("tier", "prevention", "level of prevention")),
    Field("description", ("about", "details", "notes", "what happens")),
    Field("visibility", ("show location", "show on map")),
    *LOCATION_FIELDS,
)  # fmt: skip
_TYPES: Final = {
    "session": ActivityType.SESSION,
    "youth session": ActivityType.SESSION,
    "workshop": ActivityType.WORKSHOP,
    "talk": ActivityType.WORKSHOP,
    "mentoring": ActivityType.MENTORING,
    "one to one": ActivityType.MENTORING,
    "outreach": ActivityType.OUTREACH,
    "detached": ActivityType.OUTREACH,
    "detached youth work": ActivityType.OUTREACH,
    "sport": ActivityType.SPORT,
    "arts": ActivityType.SPORT,
    "event": ActivityType.EVENT,
    "drop in": ActivityType.DROP_IN,
    "advice": ActivityType.DROP_IN,
    "survey": ActivityType.CONSULTATION,
    "consultation": ActivityType.CONSULTATION,
}
_STATUSES: Final = {
    "done": ActivityStatus.DELIVERED,
    "complete": ActivityStatus.DELIVERED,
    "completed": ActivityStatus.DELIVERED,
    "under way": ActivityStatus.DELIVERED,
    "ongoing": ActivityStatus.DELIVERED,
    "to come": ActivityStatus.PLANNED,
    "cancelled": ActivityStatus.CANCELLED,
    "canceled": ActivityStatus.CANCELLED,
}
_TITLE_LENGTH: Final = 200


def read_activity(reader: RowReader, ground: Ground, today: date) -> Activity | None:
    """Read one activity.

    Parameters
    ----------
    reader : of the row.
    ground : areas that it may name.
    today : where it has no status and starts later than this, it is planned.

    Returns
    -------
    None for the example of the template, and where the row cannot be saved; the issue is filed.
    """
    if any(reader.text(field).startswith(EXAMPLE) for field in ("reference", "title")):
        reader.note("title", "The example row of the template was passed over.")
        reader.log.leave_out("the example of the template")
        return None
    title = reader.required("title", lambda text: text)
    lead = reader.required("lead", lambda text: text[:300])
    starts_on = reader.required("starts_on", read_date)
    # A last day that cannot be read is not taken for the first: the period would be wrong.
    is_open = not reader.text("ends_on")
    ends_on = starts_on if is_open else reader.required("ends_on", read_date)
    if title is None or lead is None or starts_on is None or ends_on is None:
        # The row is lost, but all that is wrong with it is said, to be mended in one go.
        day = starts_on or ends_on or today
        with suppress(InvalidValueError):
            _record(reader, ground, (title or EXAMPLE, lead or EXAMPLE, day, day), today)
        return None
    try:
        record = _record(reader, ground, (title, lead, starts_on, ends_on), today)
    except InvalidValueError as error:
        reader.refuse(_field_at_fault(error), str(error))
        return None
    return None if reader.is_refused else record


def _record(
    reader: RowReader, ground: Ground, core: tuple[str, str, date, date], today: date
) -> Activity:
    title, lead, starts_on, ends_on = core
    location, radius_m = read_reach(reader, read_location(reader))
    areas_served = read_areas(reader, ground, "areas_served")
    key = stable_key(title, lead, f"{starts_on} {ends_on}", location.postcode or location.address)
    return Activity(
        source_key=reader.text("reference", _TITLE_LENGTH)
        or f"{key}|{','.join(areas_served)}"[:300],
        title=title,
        lead=lead,
        starts_on=starts_on,
        ends_on=ends_on,
        status=_status(reader, starts_on, today),
        type=reader.optional(
            "type", lambda text: match_term(ActivityType, text, _TYPES), ActivityType.OTHER
        ),
        partners=tuple(each for each in reader.parts("partners") if each != lead),
        sessions=reader.optional("sessions", read_whole_number, 1),
        participants=reader.optional("participants", read_whole_number, None),
        hours_per_session=reader.optional("hours_per_session", read_number, None),
        location=location,
        areas_served=areas_served,
        served_radius_m=radius_m,
        visibility=_visibility(reader, f"{title} {location.address}"),
        description=reader.text("description", LONGEST_TEXT),
        themes=reader.terms("themes", Theme),
        cohorts=reader.terms("cohorts", Cohort),
        prevention_tier=reader.optional(
            "prevention_tier", lambda text: match_term(PreventionTier, text), None
        ),
    )


def _visibility(reader: RowReader, words: str) -> Visibility:
    """Show what is held at a refuge no more exactly than its local authority."""
    stated = read_visibility(reader)
    is_exact = stated in {Visibility.EXACT, Visibility.WARD}
    if not is_exact or not runs_a_refuge(words, reader.table.cell(reader.row, "description")):
        return stated
    reader.note(
        "visibility",
        "By its own words it is at a refuge or safe accommodation: its place is shown no more "
        "exactly than its local authority.",
        WhoCanFix.ANALYST,
    )
    return Visibility.AUTHORITY


def _status(reader: RowReader, starts_on: date, today: date) -> ActivityStatus:
    usual = ActivityStatus.PLANNED if starts_on > today else ActivityStatus.DELIVERED
    status = reader.optional(
        "status", lambda text: match_term(ActivityStatus, text, _STATUSES), usual
    )
    if status is ActivityStatus.DELIVERED and starts_on > today:
        reader.warn("status", f"It starts on {starts_on}, after today, and says it was delivered.")
    return status


def _field_at_fault(error: InvalidValueError) -> str:
    """Guess the column from the words of the domain's own message."""
    words = {
        "title": "title",
        "participants": "participants",
        "sessions": "sessions",
        "hours": "hours_per_session",
        "ends on": "ends_on",
        "venue": "postcode",
    }
    return next((field for word, field in words.items() if word in error.found), "")
