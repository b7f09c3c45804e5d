"""How much hangs on an organisation: its numbers in registers, contacts and activities."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.store.models import (
    ContactRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    ParticipationRow,
)
from mapper.store.sheltered import strictest, strictest_by_place
from mapper.store.survivors import members, standing_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """What hangs on one organisation and those merged into it.

    Parameters
    ----------
    identifiers : numbers in registers, such as ``GB-CHC 1234567``.
    contacts : how many people are kept as its contacts.
    activities : how many it leads or takes part in.
    records : name and source of each record that it stands for, its own first.
    """

    identifiers: tuple[str, ...]
    contacts: int
    activities: int
    records: tuple[tuple[str, str], ...]


def involvement(session: Session, organisation_id: int) -> Involvement:
    """Read what hangs on an organisation.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    """
    ids = members(session, organisation_id)
    part = ParticipationRow
    activities = select(func.count(part.activity_id.distinct())).where(
        part.organisation_id.in_(ids)
    )
    contacts = select(func.count(ContactRow.id)).where(ContactRow.organisation_id.in_(ids))
    return Involvement(
        identifiers=_identifiers(session, ids),
        contacts=session.scalar(contacts) or 0,
        activities=session.scalar(activities) or 0,
        records=_records(session, ids),
    )


def shown_exactly(session: Session, ids: Collection[int]) -> set[int]:
    """Choose the organisations whose sites may all be shown exactly, as things stand now.

    Parameters
    ----------
    ids : of organisations that are not merged into another.
    """
    query = select(standing_id(), OrganisationRow.visibility, OrganisationRow.place_id)
    by_place = strictest_by_place(session)
    coarse = {
        owner
        for owner, visibility, place in session.execute(query.where(standing_id().in_(ids)))
        if strictest((visibility, by_place.get(place or 0, Visibility.EXACT))) != Visibility.EXACT
    }
    return set(ids) - coarse


def _identifiers(session: Session, ids: Collection[int]) -> tuple[str, ...]:
    table = OrganisationIdentifierRow
    query = select(table.scheme, table.value).where(table.organisation_id.in_(ids)).distinct()
    rows = session.execute(query.order_by(table.scheme, table.value))
    return tuple(f"{scheme} {value}" for scheme, value in rows)


def _records(session: Session, ids: Collection[int]) -> tuple[tuple[str, str], ...]:
    table = OrganisationRow
    query = select(table.name, table.source_name).where(table.id.in_(ids))
    own_first = query.order_by(table.merged_into_id.is_not(None), table.id)
    return tuple((name, source) for name, source in session.execute(own_first))
