"""Which activities an organisation leads or takes part in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.models import ParticipationRow
from mapper.store.survivors import members


def activity_ids(session: Session, organisation_id: int) -> list[int]:
    """List the activities that an organisation, or one merged into it, leads or is part of.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    """
    part = ParticipationRow
    query = select(part.activity_id).where(
        part.organisation_id.in_(members(session, organisation_id))
    )
    return sorted(set(session.scalars(query)))
