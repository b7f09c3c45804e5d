"""The register of activities, as far as an audience may see it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.activity import ActivityStatus
from mapper.domain.disclosure import Audience, Sensitivity, Visibility
from mapper.domain.period import Period
from mapper.errors import NotFoundError
from mapper.reports.authority_wards import area_words
from mapper.reports.places import Shown, read_grounds, shown_places
from mapper.reports.provenance import register_provenance
from mapper.reports.published import (
    Cell,
    Column,
    PublishedPlace,
    PublishedPlaces,
    PublishedTable,
)
from mapper.reports.rows import Rows
from mapper.reports.wording import (
    count_cell,
    date_cell,
    date_words,
    naming_cell,
    number_cell,
    stated_cell,
    text_cell,
)
from mapper.store.areas import area_names
from mapper.store.listings import activity_rows
from mapper.store.organisation_activities import activity_ids

Record = Mapping[Any, Any]
_KINDS = ("activities",)
_COLUMNS = (
    Column("activity_id", "Reference", "Number of the activity in mapper.", is_number=True),
    Column("title", "Activity"),
    Column("lead", "Led by"),
    Column("partners", "With"),
    Column("type", "Kind"),
    Column("status", "Status"),
    Column("starts_on", "First day"),
    Column("ends_on", "Last day"),
    Column("sessions", "Sessions", "Held, or to be held.", is_number=True),
    Column(
        "participants",
        "People taking part",
        "Over all sessions; small numbers are not shown, others are rounded for the public.",
        is_number=True,
    ),
    Column("place", "Where", "As exactly as it may be shown."),
    Column("exactness", "How exact", "Exact, ward or local authority; empty without a venue."),
    Column("found", "How it was found", "How exactly the place is known, and by what."),
    Column("areas_served", "Areas served"),
    Column("themes", "Themes"),
    Column("cohorts", "For"),
    Column("description", "What happens"),
)
_NOT_STATED = Cell(None, "not stated")


def activity_register(
    session: Session, audience: Audience, lad_code: str = "", period: Period | None = None
) -> PublishedTable:
    """Publish the activities, the latest first; of one authority and period when given.

    An activity belongs to an authority when its venue lies there or it serves an area of it,
    and to a period when any of its days does.
    """
    frame = activity_rows(session)
    if period is not None:
        begins_before = frame["starts_on"] < period.end.first_day
        frame = frame[begins_before & (frame["ends_on"] >= period.start.first_day)]
    if lad_code:
        frame = frame[_touches(session, frame, lad_code)]
    return _table(session, frame, audience)


def published_activity(session: Session, activity_id: int, audience: Audience) -> PublishedTable:
    """Publish one activity: a table of one row.

    Raises
    ------
    NotFoundError
        When there is no activity of that number.
    """
    frame = activity_rows(session)
    if activity_id not in frame.index:
        raise NotFoundError(
            f"There is no activity {activity_id}.",
            expected="The reference of a registered activity.",
            action="Look for it in the register.",
        )
    return _table(session, frame.loc[[activity_id]], audience)


def activities_of(session: Session, organisation_id: int, audience: Audience) -> PublishedTable:
    """Publish the activities that an organisation leads or takes part in, the latest first.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : who is looking.
    """
    frame = activity_rows(session)
    own = frame[frame.index.isin(activity_ids(session, organisation_id))]
    return _table(session, own, audience)


def published_activities(session: Session, audience: Audience) -> PublishedPlaces:
    """Publish the activities with a venue as points for the map, but for those cancelled."""
    frame = activity_rows(session)
    frame = frame[frame["status"] != ActivityStatus.CANCELLED.value]
    shown = shown_places(frame, read_grounds(session))
    places = tuple(
        _place(record, place)
        for record, place in zip(Rows(frame), shown, strict=True)
        if place.is_drawn
    )
    return PublishedPlaces(
        audience=audience,
        title="Activities",
        places=places,
        not_drawn=len(frame) - len(places),
        provenance=register_provenance(session, _KINDS),
    )


def register_table(
    session: Session, rows: Sequence[tuple[Record, Shown]], audience: Audience
) -> PublishedTable:
    """Publish some activities.

    Parameters
    ----------
    rows : of activities, each with its place as it may be shown.
    audience : who is looking.
    """
    served = area_words(session)
    return PublishedTable(
        audience=audience,
        title="Registered activities",
        columns=_COLUMNS,
        rows=tuple(_cells(record, place, audience, served) for record, place in rows),
        provenance=register_provenance(session, _KINDS),
    )


def _table(session: Session, frame: pd.DataFrame, audience: Audience) -> PublishedTable:
    shown = shown_places(frame, read_grounds(session))
    records = Rows(frame.reset_index())
    return register_table(session, list(zip(records, shown, strict=True)), audience)


def _cells(
    record: Record, place: Shown, audience: Audience, served: Mapping[str, str]
) -> tuple[Cell, ...]:
    codes = str(record["areas_served"]).split("; ") if record["areas_served"] else []
    named = [served.get(code, code) for code in codes]
    areas = "; ".join((*named, *_within(record["served_radius_m"])))
    participants: int | None = (
        None if pd.isna(record["participants"]) else int(record["participants"])
    )
    return (
        Cell(int(record["activity_id"]), str(record["activity_id"])),
        text_cell(record["title"]),
        naming_cell(int(record["lead_id"]), record["lead"]),
        _partners(record["partners"], record["partner_links"]),
        text_cell(record["type"]),
        text_cell(record["status"]),
        date_cell(record["starts_on"]),
        date_cell(record["ends_on"]),
        number_cell(record["sessions"]),
        _people(participants, audience),
        stated_cell(place.words, "no venue shown"),
        Cell(place.exactness, place.exactness),
        Cell(place.found, place.found),
        stated_cell(areas, "none besides the venue"),
        stated_cell(record["theme"]),
        stated_cell(record["cohort"]),
        stated_cell(record["description"]),
    )


def _within(radius_m: float) -> tuple[str, ...]:
    return () if pd.isna(radius_m) else (f"within {radius_m / 1000:,.3g} km of the venue",)


def _people(participants: int | None, audience: Audience) -> Cell:
    if participants is None:
        return Cell(None, "not counted")
    return count_cell(participants, Sensitivity.PARTNER, audience)


def _partners(names: str, links: tuple[tuple[int, str], ...]) -> Cell:
    if not names:
        return Cell(None, "no other organisation")
    return Cell(names, names, organisations=links)


def _place(record: Record, place: Shown) -> PublishedPlace:
    days = [date_words(record["starts_on"])]
    if record["ends_on"] != record["starts_on"]:
        days.append(date_words(record["ends_on"]))
    details = {
        "Led by": record["lead"],
        "With": record["partners"],
        "Status": record["status"],
        "When": " to ".join(days),
        "Where": place.words,
        "Found by": place.found,
        "Themes": record["theme"],
        "For": record["cohort"],
    }
    return PublishedPlace(
        longitude=place.longitude,
        latitude=place.latitude,
        name=record["title"],
        kind=record["type"],
        details={heading: text for heading, text in details.items() if text},
        exactness=place.exactness,
    )


def _touches(session: Session, frame: pd.DataFrame, lad_code: str) -> "pd.Series[bool]":
    names = area_names(session)
    inside = {lad_code, *names.loc[names["lad_code"] == lad_code, "area_code"]}
    has_venue = (frame["lad_code"] == lad_code) & (frame["visibility"] != Visibility.HIDDEN)
    serves = [not inside.isdisjoint(str(codes).split("; ")) for codes in frame["areas_served"]]
    return has_venue | pd.Series(serves, index=frame.index)
