"""Rows of activities: how a record is written into them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.store.models import ActivityAreaRow, ActivityRow, ActivityTagRow, ParticipationRow
from mapper.store.models.base import Base, now
from mapper.store.organisation_rows import name_key
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.places import located_by

_DEPENDENTS = (ActivityTagRow, ActivityAreaRow, ParticipationRow)
Values = dict[str, object]


def named_organisations(
    session: Session, source_id: int, records: Iterable[Activity]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Find every organisation that activities name, adding those that are not in the directory.

    Parameters
    ----------
    source_id : of the source that names them.
    records : the activities.

    Returns
    -------
    Ids by name as `name_key` spells it, and the names that were added.
    """
    mentions = [name for record in records for name in (record.lead, *record.partners)]
    named = {name_key(name): name for name in reversed(mentions)}  # the first spelling stands
    known = organisation_ids_by_name(session)
    missing = {key: name for key, name in named.items() if key not in known}
    if missing:
        stubs = [
            Located(Organisation(source_key=f"named:{key}"[:300], name=name))
            for key, name in missing.items()
        ]
        save_organisations(session, source_id, stubs)
        known = organisation_ids_by_name(session)
    return {key: known[key] for key in named}, tuple(sorted(missing.values()))


def own_values(located: Located[Activity]) -> Values:
    """Give what an activity's own row says of it.

    Parameters
    ----------
    located : the activity and its place.
    """
    record = located.record
    return {
        "source_key": record.source_key,
        "line": located.line,
        "title": record.title,
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "status": record.status,
        "type": record.type,
        "sessions": record.sessions,
        "participants": record.participants,
        "hours_per_session": record.hours_per_session,
        "address": record.location.address,
        "found_by": located_by(located.place),
        "served_radius_m": record.served_radius_m,
        "visibility": record.visibility,
        "description": record.description,
        "prevention_tier": record.prevention_tier or "",
        "updated_at": now(),
    }


def rewrite(session: Session, activity_id: int, values: Values) -> None:
    """Set columns of an activity, and take its terms, areas and organisations away.

    Parameters
    ----------
    activity_id : of the activity.
    values : by column.
    """
    row = session.get_one(ActivityRow, activity_id)
    for name, value in values.items():
        setattr(row, name, value)
    for table in _DEPENDENTS:
        session.execute(delete(table).where(table.activity_id == activity_id))
    session.flush()


def insert_dependents(
    session: Session, owned: Sequence[tuple[int, Activity]], names: Mapping[str, int]
) -> None:
    """Keep the terms, areas and organisations of activities.

    Parameters
    ----------
    owned : ids with their activities.
    names : ids of organisations, as `named_organisations` gives them.
    """
    rows: dict[type[Base], list[Values]] = {table: [] for table in _DEPENDENTS}
    for owner, record in owned:
        mine: Values = {"activity_id": owner}
        tags = {"theme": record.themes, "cohort": record.cohorts}
        rows[ActivityTagRow] += [
            mine | {"vocabulary": vocabulary, "term": term.value}
            for vocabulary, terms in tags.items()
            for term in sorted(terms)
        ]
        rows[ActivityAreaRow] += [
            mine | {"area_code": code} for code in sorted(set(record.areas_served))
        ]
        lead = names[name_key(record.lead)]
        members = {names[name_key(partner)] for partner in record.partners} | {lead}
        rows[ParticipationRow] += [
            mine | {"organisation_id": member, "is_lead": member == lead}
            for member in sorted(members)
        ]
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)
