"""What a form has to know of the register before and after it saves."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mapper.store.models import ActivityRow, OrganisationRow
from mapper.store.organisation_rows import name_key
from mapper.store.survivors import standing_id


def registered_id(session: Session, source_name: str, source_key: str) -> int | None:
    """Find the activity that a source names so, None when it is not there.

    Parameters
    ----------
    source_name : of the form or file.
    source_key : what names the activity in it.
    """
    query = select(ActivityRow.id).where(
        ActivityRow.source_name == source_name, ActivityRow.source_key == source_key
    )
    return session.scalar(query)


def alike(session: Session, title: str, lead: str, starts_on: date) -> list[int]:
    """Find activities of the same lead, first day and title, which may be the same one.

    Parameters
    ----------
    title : case, punctuation and 'the' do not matter.
    lead : the name of the organisation that leads; likewise.
    starts_on : the first day.

    Returns
    -------
    Ids, in order.
    """
    query = (
        select(ActivityRow.id, ActivityRow.title)
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .where(ActivityRow.starts_on == starts_on, standing_id().in_(_called(lead)))
        .order_by(ActivityRow.id)
    )
    wanted = name_key(title)
    return [known for known, other in session.execute(query) if name_key(other) == wanted]


def _called(name: str) -> Select[int]:
    """Whoever stands for the organisations of a name."""
    return select(standing_id()).where(OrganisationRow.name_key == name_key(name))
