"""Rows of the directory as the search for duplicates takes them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.matching import MatchRecord
from mapper.domain.organisation import Identifier, OrganisationKind
from mapper.domain.place import Precision
from mapper.store.models import (
    ContactRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    PlaceRow,
)
from mapper.store.survivors import standing_id
from mapper.store.taken_out import is_taken_out

# Whether a refuge agrees with a postcode that somebody guessed would tell where it is.
_NOWHERE: Final = (Visibility.AUTHORITY, Visibility.HIDDEN)
_ROUGH: Final = [each.value for each in Precision if each.finest_level is not None]


def match_records(session: Session, ids: Collection[int] | None = None) -> list[MatchRecord]:
    """Read every active organisation, merged ones in the group of the one that stands for them.

    Parameters
    ----------
    ids : of those wanted, active or not; all the active when None, less those merged into one
        that was taken out.
    """
    query = _rows()
    if ids is None:
        query = query.where(OrganisationRow.is_active, ~is_taken_out())
    else:
        query = query.where(OrganisationRow.id.in_(list(ids)))
    identifiers = _identifiers(session, ids)
    emails, phones = _reached(session, ids)
    return [
        MatchRecord(
            id=row.id,
            name=row.name,
            group=row.standing,
            source_name=row.source_name,
            kind=OrganisationKind(row.kind),
            shows_place=row.visibility == Visibility.EXACT,
            **({} if row.visibility in _NOWHERE else _place(row)),
            identifiers=tuple(identifiers.get(row.id, ())),
            website=row.website,
            emails=tuple(emails.get(row.id, ())),
            phones=tuple(phones.get(row.id, ())),
        )
        for row in session.execute(query)
    ]


def _place(row: Any) -> dict[str, Any]:  # noqa: ANN401  (a row of the query)
    return {
        "postcode": row.postcode or "",
        "easting_m": row.easting_m,
        "northing_m": row.northing_m,
    }


def _rows() -> Any:  # noqa: ANN401  (a query of ten columns)
    return (
        select(
            OrganisationRow.id,
            OrganisationRow.name,
            standing_id().label("standing"),
            OrganisationRow.source_name,
            OrganisationRow.kind,
            OrganisationRow.website,
            OrganisationRow.visibility,
            PlaceRow.postcode,
            PlaceRow.easting_m,
            PlaceRow.northing_m,
        )
        # Two that are known by one sector or district have no place in common.
        .join(
            PlaceRow,
            (PlaceRow.id == OrganisationRow.place_id) & PlaceRow.precision.not_in(_ROUGH),
            isouter=True,
        )
        .order_by(OrganisationRow.id)
    )


def _identifiers(session: Session, ids: Collection[int] | None) -> dict[int, list[Identifier]]:
    found: dict[int, list[Identifier]] = defaultdict(list)
    table = OrganisationIdentifierRow
    query = select(table.organisation_id, table.scheme, table.value)
    if ids is not None:
        query = query.where(table.organisation_id.in_(list(ids)))
    for owner, scheme, value in session.execute(query.order_by(table.scheme, table.value)):
        found[owner].append(Identifier(scheme, value))
    return found


def _reached(
    session: Session, ids: Collection[int] | None
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """E-mail addresses and telephone numbers of the contacts, by organisation."""
    emails: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    query = select(ContactRow.organisation_id, ContactRow.email, ContactRow.phone)
    if ids is not None:
        query = query.where(ContactRow.organisation_id.in_(list(ids)))
    for owner, email, phone in session.execute(query.order_by(ContactRow.id)):
        if email:
            emails[owner].append(email)
        if phone:
            phones[owner].append(phone)
    return emails, phones
