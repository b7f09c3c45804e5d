"""Files of engagement activities into records: the template, or headings near it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError, SourceError
from mapper.ingest.formats.directory import read_areas, read_visibility
from mapper.ingest.ground import Ground
from mapper.ingest.headings import Field, choose_table, note_unused
from mapper.ingest.issues import IssueLog
from mapper.ingest.locations import LOCATION_FIELDS, read_location
from mapper.ingest.mapped_table import Confirmed, confirmed_table, unmapped_table
from mapper.ingest.mapping import Guess, guess_mapping
from mapper.ingest.naming import stable_key
from mapper.ingest.parsed import Parsed, without_duplicates
from mapper.ingest.persons import refuse_person_columns
from mapper.ingest.progress import counted
from mapper.ingest.provenance import Provenance
from mapper.ingest.record import LONGEST_TEXT, RowReader
from mapper.ingest.rows import Table
from mapper.ingest.source import SourceFile
from mapper.ingest.table import read_sheets
from mapper.ingest.values import match_term, read_date, read_number, read_whole_number

EXAMPLE: Final = "EXAMPLE"
"""The first word of a row that only shows how to fill in the template."""

PROVENANCE: Final = Provenance("activities")
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


def read_activities(
    source: SourceFile,
    ground: Ground,
    log: IssueLog,
    *,
    today: date | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Parsed[Activity]:
    """Read a file of activities.

    Parameters
    ----------
    source : CSV or XLSX, the template filled in or a table with headings near its own.
    ground : areas that rows may name.
    log : told of each fault.
    today : a row without a status that starts later than this is planned.
    mapping : field to heading, as somebody confirmed it for this table; its headings are then
        not asked what they mean.

    Raises
    ------
    SourceError
        When the file cannot be read or lacks a heading for title, lead or date.
    PersonLevelDataError
        When it has columns about the people who took part.
    """
    sheets = read_sheets(source, log)
    table = (
        confirmed_table(sheets, Confirmed(mapping, FIELDS), source.name, log)
        if mapping
        else choose_table(sheets, FIELDS, source.name, log)
    )
    refuse_person_columns(table.headings, source.name, is_counts_only=False)
    note_unused(table, log)
    found: list[tuple[int, Activity]] = []
    for row in counted(table.rows, "Checking rows", log.tell):
        record = _read(RowReader(table, row, log), ground, today or date.today())  # noqa: DTZ011  (the user's own day)
        if record is not None:
            found.append((row.line, record))
    records = without_duplicates(found, log)
    return Parsed(records, len(table.rows), PROVENANCE, _period(records))


def propose_mapping(source: SourceFile, log: IssueLog) -> tuple[Table, tuple[Guess, ...]]:
    """Guess what the columns of a table of activities hold, to be confirmed before it is read.

    Parameters
    ----------
    source : CSV or XLSX.
    log : told of faults met on the way.

    Returns
    -------
    The table, for its headings and first rows, and the guesses; none for the template and
    tables with headings near its own, which need no confirming.

    Raises
    ------
    SourceError
        When the file cannot be read, or no line in it could be one of headings.
    PersonLevelDataError
        When it has columns about the people who took part.
    """
    sheets = read_sheets(source, log)
    try:
        table, is_known = choose_table(sheets, FIELDS, source.name, log), True
    except SourceError:
        unknown = unmapped_table(sheets, source.name, log)
        if unknown is None:
            raise
        table, is_known = unknown, False
    refuse_person_columns(table.headings, source.name, is_counts_only=False)
    return table, () if is_known else guess_mapping(table, FIELDS)


def _read(reader: RowReader, ground: Ground, today: date) -> Activity | None:
    if any(reader.text(field).startswith(EXAMPLE) for field in ("reference", "title")):
        reader.note("title", "The example row of the template was passed over.")
        return None
    title = reader.required("title", lambda text: text)
    lead = reader.required("lead", lambda text: text[:300])
    starts_on = reader.required("starts_on", read_date)
    # A last day that cannot be read is not taken for the first: the period would be wrong.
    is_open = not reader.text("ends_on")
    ends_on = starts_on if is_open else reader.required("ends_on", read_date)
    if title is None or lead is None or starts_on is None or ends_on is None:
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
    location = read_location(reader)
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
        visibility=read_visibility(reader),
        description=reader.text("description", LONGEST_TEXT),
        themes=reader.terms("themes", Theme),
        cohorts=reader.terms("cohorts", Cohort),
        prevention_tier=reader.optional(
            "prevention_tier", lambda text: match_term(PreventionTier, text), None
        ),
    )


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


def _period(records: tuple[tuple[int, Activity], ...]) -> str:
    if not records:
        return ""
    first = min(record.starts_on for _, record in records)
    last = max(record.ends_on for _, record in records)
    return f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"
