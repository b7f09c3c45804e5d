"""Links that organisations declared: referrals, memberships, sharing of information."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.entry_change import ChangeHow, FieldChange
from mapper.domain.tie import DeclaredLink, Layer
from mapper.errors import NotFoundError
from mapper.store.entry_history import Written, add_change
from mapper.store.models import DeclaredLinkRow, OrganisationRow
from mapper.store.models.base import in_utc, now
from mapper.store.survivors import standing_id


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link as it is kept.

    Parameters
    ----------
    id : of the link.
    link : as it was declared; ids of the organisations as they were then.
    ends : who stands for the two today: from and to.
    registered_by : who wrote it down, or ended or confirmed it last.
    recorded_at : when that was, UTC.
    """

    id: int
    link: DeclaredLink
    ends: tuple[int, int]
    registered_by: str
    recorded_at: datetime


def save_declared_link(session: Session, link: DeclaredLink, registered_by: str) -> None:
    """Store a link; one of the same layer, from and to the same, is replaced by it.

    What became of it is in the history of both organisations.

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
    _keep_history(session, None, link, registered_by)
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


def kept_links(session: Session, among: Collection[int] | None = None) -> list[KeptLink]:
    """List the links of some organisations, those that still hold first.

    Parameters
    ----------
    among : organisations that stand for themselves, of which a link has one; of all when None.
    """
    row = DeclaredLinkRow
    query = _with_ends().order_by(row.ended_on.is_not(None), row.layer, row.from_id, row.to_id)
    found = [_kept(link, (first, second)) for link, first, second in session.execute(query)]
    return [each for each in found if among is None or set(each.ends) & set(among)]


def kept_link(session: Session, link_id: int) -> KeptLink:
    """Read one link.

    Raises
    ------
    NotFoundError
        When there is none of that number.
    """
    found = session.execute(_with_ends().where(DeclaredLinkRow.id == link_id)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no declared link {link_id}.", expected="One that is kept.")
    link, first, second = found
    return _kept(link, (first, second))


def end_declared_link(session: Session, link_id: int, on: date, by: str) -> None:
    """Have a link end: it holds on the day itself, and not afterwards.

    Parameters
    ----------
    link_id : of the link.
    on : its last day.
    by : who says so.

    Raises
    ------
    NotFoundError
        When there is no such link.
    InvalidValueError
        When the day is before it was declared.
    """
    kept = kept_link(session, link_id)
    _change(session, kept, replace(kept.link, ended_on=on), by)


def confirm_declared_link(session: Session, link_id: int, on: date, by: str) -> None:
    """Keep that the other side confirmed a link.

    Parameters
    ----------
    link_id : of the link.
    on : the day.
    by : who says so.

    Raises
    ------
    NotFoundError
        When there is no such link.
    InvalidValueError
        When the day is before it was declared.
    """
    kept = kept_link(session, link_id)
    _change(session, kept, replace(kept.link, confirmed_on=on), by)


def _change(session: Session, kept: KeptLink, link: DeclaredLink, by: str) -> None:
    _keep_history(session, kept.link, link, by)
    row = session.get_one(DeclaredLinkRow, kept.id)
    row.confirmed_on, row.ended_on = link.confirmed_on, link.ended_on
    row.registered_by, row.recorded_at = by, now()


def _keep_history(
    session: Session, before: DeclaredLink | None, after: DeclaredLink, by: str
) -> None:
    """Keep what became of a link with both organisations: numbers and days, and no name."""
    change = FieldChange(before=_words(before) if before else None, after=_words(after))
    for number in (after.from_id, after.to_id):
        add_change(session, Written(number, by, ChangeHow.LINK), {"declared_link": change})


def _words(link: DeclaredLink) -> str:
    said = [
        f"{link.layer} from organisation {link.from_id} to {link.to_id}, as {link.declared_by_id} "
        f"said on {link.declared_on}"
    ]
    said += [f"confirmed on {link.confirmed_on}"] if link.confirmed_on else []
    said += [f"ended on {link.ended_on}"] if link.ended_on else []
    return "; ".join(said)


def _with_ends() -> Select[DeclaredLinkRow, int, int]:
    """Select links with who stands for the two today."""
    one, other = aliased(OrganisationRow), aliased(OrganisationRow)
    return (
        select(DeclaredLinkRow, standing_id(one), standing_id(other))
        .join(one, one.id == DeclaredLinkRow.from_id)
        .join(other, other.id == DeclaredLinkRow.to_id)
    )


def _kept(row: DeclaredLinkRow, ends: tuple[int, int]) -> KeptLink:
    link = DeclaredLink(layer=Layer(row.layer), **{name: getattr(row, name) for name in _OWN})
    return KeptLink(row.id, link, ends, row.registered_by, in_utc(row.recorded_at))


_OWN = ("from_id", "to_id", "declared_by_id", "declared_on", "confirmed_on", "ended_on")
