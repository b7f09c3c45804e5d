"""Whose an activity is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.models import ActivityRow, OrganisationRow
from mapper.store.own_organisations import organisations_of
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
    return registered_by == person.email or lead_id in organisations_of(session, person)
