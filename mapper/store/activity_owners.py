"""Whose an activity is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.models import ActivityRow, OrganisationRow
from mapper.store.organisation_rows import name_key
from mapper.store.survivors import standing_id
from mapper.store.users import User


def is_activity_of(session: Session, activity_id: int, person: User) -> bool:
    """Tell whether an activity is a person's own.

    It is when their organisation leads it, or one that was merged with theirs does, or when
    they registered it themselves.

    Parameters
    ----------
    activity_id : of the activity.
    person : who asks.
    """
    query = (
        select(ActivityRow.registered_by, standing_id())
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .where(ActivityRow.id == activity_id)
    )
    found = session.execute(query).first()
    if found is None:
        return False
    registered_by, lead_id = found
    return registered_by == person.email or lead_id in _organisations_of(session, person)


def _organisations_of(session: Session, person: User) -> set[int]:
    """Whoever stands for the organisations of the name that a person's account has."""
    key = name_key(person.organisation_name)
    if not key:
        return set()
    query = select(standing_id()).where(OrganisationRow.name_key == key)
    return set(session.scalars(query))
