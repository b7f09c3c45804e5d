"""Links that organisations declared: referrals, memberships, sharing of information."""

from datetime import date

import pandas as pd
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.tie import DeclaredLink, Layer
from mapper.errors import NotFoundError
from mapper.store.models import DeclaredLinkRow, OrganisationRow
from mapper.store.models.base import now
from mapper.store.survivors import standing_id


def save_declared_link(session: Session, link: DeclaredLink, registered_by: str) -> None:
    """Store a link; one of the same layer, from and to the same, is replaced by it.

    Parameters
    ----------
    link : to be stored.
    registered_by : who wrote it down.

    Raises
    ------
    NotFoundError
        When one of the organisations is not in the directory.
    """
    for number in (link.from_id, link.to_id):
        if session.get(OrganisationRow, number) is None:
            raise NotFoundError(
                f"There is no organisation {number}.",
                expected="The number of an organisation in the directory.",
                action="`mapper list organisations` lists them.",
            )
    row = DeclaredLinkRow
    session.execute(
        delete(row).where(
            row.layer == link.layer, row.from_id == link.from_id, row.to_id == link.to_id
        )
    )
    values = {name: getattr(link, name) for name in _OWN}
    session.execute(
        insert(row).values(
            layer=link.layer.value, registered_by=registered_by, recorded_at=now(), **values
        )
    )


def declared_links(session: Session, first: date, last: date) -> pd.DataFrame:
    """Read the links that held on any day of some, merged organisations as who stands for them.

    Parameters
    ----------
    first, last : days.

    Returns
    -------
    Columns `layer`, `first_id` (from), `second_id` (to), `starts_on`, `ends_on` (missing while
    it holds), `is_confirmed`; a link of an organisation to itself, after a merge, is left out.
    """
    row = DeclaredLinkRow
    one, other = aliased(OrganisationRow), aliased(OrganisationRow)
    query = (
        select(
            row.layer,
            standing_id(one),
            standing_id(other),
            row.declared_on,
            row.ended_on,
            row.confirmed_on.is_not(None),
        )
        .join(one, one.id == row.from_id)
        .join(other, other.id == row.to_id)
        .where(row.declared_on <= last, (row.ended_on.is_(None)) | (row.ended_on >= first))
        .where(standing_id(one) != standing_id(other))
        .order_by(row.layer, row.from_id, row.to_id)
    )
    columns = ["layer", "first_id", "second_id", "starts_on", "ends_on", "is_confirmed"]
    return pd.DataFrame(session.execute(query).all(), columns=columns, dtype=object)


def list_declared_links(session: Session) -> list[DeclaredLink]:
    """List every link as it was declared, in order of layer and organisations."""
    row = DeclaredLinkRow
    query = select(row).order_by(row.layer, row.from_id, row.to_id)
    return [
        DeclaredLink(layer=Layer(one.layer), **{name: getattr(one, name) for name in _OWN})
        for one in session.scalars(query)
    ]


_OWN = ("from_id", "to_id", "declared_by_id", "declared_on", "confirmed_on", "ended_on")
