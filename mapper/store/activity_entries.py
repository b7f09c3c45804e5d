"""Activities read back as records: what they say now, whoever said it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import NotFoundError
from mapper.store.bulk import batches
from mapper.store.models import (
    ActivityAreaRow,
    ActivityChangeRow,
    ActivityRow,
    ActivityTagRow,
    OrganisationRow,
    ParticipationRow,
)
from mapper.store.organisation_rows import name_key
from mapper.store.places_read import PlaceRows, location_of, place_of, places_by_id
from mapper.store.survivors import standing_id

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that leads an activity or takes part in it.

    Parameters
    ----------
    id : of the organisation that the source named.
    name : of whoever stands for it.
    own_name : of itself.
    """

    id: int
    name: str
    own_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEntry:
    """An activity as it is held.

    Parameters
    ----------
    id : of the activity.
    located : what it says, and where that is.
    hand_fields : of it, set by a person.
    members : the organisations, by each of their names as `name_key` spells it.
    registered_by : who filled in the form; empty for a file.
    state : differs as soon as the activity is changed.
    """

    id: int
    located: Located[Activity]
    hand_fields: tuple[str, ...]
    members: Mapping[str, Member]
    registered_by: str
    state: str


def activity_entry(session: Session, activity_id: int) -> ActivityEntry:
    """Read back one activity.

    Parameters
    ----------
    activity_id : of the activity.

    Raises
    ------
    NotFoundError
        When there is no activity of that number.
    """
    found = activity_entries(session, [activity_id])
    if activity_id not in found:
        raise NotFoundError(
            f"There is no activity {activity_id}.",
            expected="The reference of a registered activity.",
            action="Look for it in the register.",
        )
    return found[activity_id]


def activity_entries(session: Session, ids: Sequence[int]) -> dict[int, ActivityEntry]:
    """Read back many activities.

    Parameters
    ----------
    ids : of the activities; those that are not there are not in the answer.
    """
    found: dict[int, ActivityEntry] = {}
    for chosen in batches(ids, _AT_ONCE):
        found |= _some(session, chosen)
    return found


def with_hand_fields(said: Located[Activity], before: ActivityEntry) -> Located[Activity]:
    """Put in place of what a source says what a person has set by hand.

    Parameters
    ----------
    said : as the source says now.
    before : the activity as it stands.
    """
    own = {field.name for field in fields(Activity)} & set(before.hand_fields)
    kept = {name: getattr(before.located.record, name) for name in own}
    place = before.located.place if "location" in own else said.place
    return replace(said, record=replace(said.record, **kept), place=place, digest="")


def as_named(said: Located[Activity], entry: ActivityEntry) -> Located[Activity]:
    """Spell organisations as an activity has them where another spelling names the same ones.

    Parameters
    ----------
    said : an activity as somebody describes it.
    entry : as it stands.
    """

    def spelt(name: str) -> str:
        member = entry.members.get(name_key(name))
        return name if member is None else member.name

    record = said.record
    partners = dict.fromkeys(map(spelt, record.partners))
    lead = spelt(record.lead)
    others = tuple(sorted(name for name in partners if name != lead))
    return replace(said, record=replace(record, lead=lead, partners=others), digest="")


def _named(members: Sequence[Member]) -> dict[str, Any]:
    """Name who leads, and each other organisation once."""
    lead, *others = [member.name for member in members]
    return {"lead": lead, "partners": tuple(dict.fromkeys(n for n in others if n != lead))}


def _some(session: Session, ids: Sequence[int]) -> dict[int, ActivityEntry]:
    rows = session.scalars(select(ActivityRow).where(ActivityRow.id.in_(ids))).all()
    places = places_by_id(session, {row.place_id for row in rows})
    terms, areas = _terms(session, ids), _areas(session, ids)
    members, latest = _members(session, ids), _latest_changes(session, ids)
    return {
        row.id: ActivityEntry(
            id=row.id,
            located=_located(
                row,
                places,
                areas_served=tuple(sorted(areas[row.id])),
                **_named(members[row.id]),
                themes=frozenset(map(Theme, terms[row.id]["theme"])),
                cohorts=frozenset(map(Cohort, terms[row.id]["cohort"])),
            ),
            hand_fields=tuple(row.hand_fields),
            members={
                name_key(name): member
                for member in members[row.id]
                for name in (member.own_name, member.name)
            },
            registered_by=row.registered_by,
            state=str(latest.get(row.id, 0)),
        )
        for row in rows
    }


def _located(
    row: ActivityRow,
    places: PlaceRows,
    **elsewhere: Any,  # noqa: ANN401  (any field of the record)
) -> Located[Activity]:
    """Give the record of a row, with the fields that other tables hold."""
    record = Activity(
        source_key=row.source_key,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        status=ActivityStatus(row.status),
        type=ActivityType(row.type),
        sessions=row.sessions,
        participants=row.participants,
        hours_per_session=row.hours_per_session,
        location=location_of(row.address, row.place_id, places),
        served_radius_m=row.served_radius_m,
        visibility=Visibility(row.visibility),
        description=row.description,
        prevention_tier=PreventionTier(row.prevention_tier) if row.prevention_tier else None,
        **elsewhere,
    )
    place = place_of(places, row.place_id)
    # The point may have been found in another way for another record.
    own_place = place and replace(place, method=row.found_by or place.method)
    return Located(record, own_place, row.line)


def _terms(session: Session, ids: Sequence[int]) -> dict[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    query = select(ActivityTagRow).where(ActivityTagRow.activity_id.in_(ids))
    for row in session.scalars(query):
        found[row.activity_id][row.vocabulary].add(row.term)
    return found


def _areas(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(ActivityAreaRow).where(ActivityAreaRow.activity_id.in_(ids))
    for row in session.scalars(query):
        found[row.activity_id].append(row.area_code)
    return found


def _members(session: Session, ids: Sequence[int]) -> dict[int, list[Member]]:
    """The organisations of each activity, the lead first, then in order of name."""
    found: dict[int, list[Member]] = defaultdict(list)
    part, standing = ParticipationRow, aliased(OrganisationRow)
    query = (
        select(part.activity_id, OrganisationRow.id, standing.name, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == part.organisation_id)
        .join(standing, standing.id == standing_id())
        .where(part.activity_id.in_(ids))
        .order_by(part.is_lead.desc(), standing.name, OrganisationRow.id)
    )
    for activity_id, number, name, own_name in session.execute(query):
        found[activity_id].append(Member(number, name, own_name))
    return found


def _latest_changes(session: Session, ids: Sequence[int]) -> dict[int, int]:
    table = ActivityChangeRow
    query = select(table.activity_id, func.max(table.id)).where(table.activity_id.in_(ids))
    return dict(session.execute(query.group_by(table.activity_id)).all())
