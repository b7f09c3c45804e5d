"""Merging organisations that are one, and undoing it.

A merge is one row: who went into whom, by whom, when. Which organisation stands for which
follows from the merges that are not undone, and `merged_into_id` only keeps the answer at
hand; so an undone merge leaves everything as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from mapper.errors import InvalidValueError, NotFoundError
from mapper.store.models import OrganisationMergeRow, OrganisationRow
from mapper.store.models.base import now
from mapper.store.survivors import survivors

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge, undone or not.

    Parameters
    ----------
    id : of the merge.
    kept_id, merged_id : of the organisations.
    kept_name, merged_name : as they are called now.
    is_automatic : whether no person looked at it.
    merged_by, merged_at : who and when, UTC.
    undone_by, undone_at : empty and None while it stands.
    """

    id: int
    kept_id: int
    merged_id: int
    kept_name: str
    merged_name: str
    is_automatic: bool
    merged_by: str
    merged_at: datetime
    undone_by: str
    undone_at: datetime | None


def merge(session: Session, kept_id: int, merged_id: int, *, by: str) -> int:
    """Merge one organisation into another, and return the number of the merge.

    Where one of them was merged before, whoever stands for it is meant. Its activities,
    participations, contacts, identifiers and values are read under the other from then on;
    none is lost or changed.

    Parameters
    ----------
    kept_id : of the organisation that goes on.
    merged_id : of the one that becomes part of it.
    by : who decides.

    Raises
    ------
    NotFoundError
        When there is no organisation of that number.
    InvalidValueError
        When the two are one already.
    """
    kept, merged = (standing_of(session, number) for number in (kept_id, merged_id))
    if kept == merged:
        raise InvalidValueError(
            f"Organisations {kept_id} and {merged_id} are one already.",
            expected="Two organisations that stand apart.",
            action="`mapper duplicates list` shows what is left to decide.",
        )
    row = OrganisationMergeRow(**_values((kept, merged), by, is_automatic=False))
    session.add(row)
    session.flush()
    _keep_at_hand(session)
    return row.id


def merge_all(session: Session, pairs: Sequence[tuple[int, int]], *, by: str) -> None:
    """Merge many organisations at once, without a person.

    Parameters
    ----------
    pairs : (who goes on, who becomes part of it), neither merged by then.
    by : who searched.
    """
    if pairs:
        rows = [_values(pair, by, is_automatic=True) for pair in pairs]
        session.execute(insert(OrganisationMergeRow), rows)
        _keep_at_hand(session)


def undo(session: Session, merge_id: int, *, by: str) -> None:
    """Undo a merge: everything stands as if it had never been made.

    Merges made before and after it stay. The two are not merged again without a person.

    Parameters
    ----------
    merge_id : number of the merge.
    by : who decides.

    Raises
    ------
    NotFoundError
        When there is no merge of that number.
    InvalidValueError
        When it is undone already.
    """
    row = _row(session, merge_id)
    if row.undone_at is not None:
        raise InvalidValueError(
            f"Merge {merge_id} was undone by {row.undone_by or 'somebody'} already.",
            expected="A merge that stands.",
        )
    row.undone_at, row.undone_by = now(), by
    session.flush()
    _keep_at_hand(session)


def list_merges(session: Session, *, with_undone: bool = False) -> list[Merge]:
    """List the merges, the latest first.

    Parameters
    ----------
    with_undone : whether to list those that were undone too.
    """
    query = select(OrganisationMergeRow).order_by(OrganisationMergeRow.id.desc())
    if not with_undone:
        query = query.where(OrganisationMergeRow.undone_at.is_(None))
    rows = list(session.scalars(query))
    ids = {number for row in rows for number in (row.kept_id, row.merged_id)}
    names = organisation_names_by_id(session, ids)
    return [_merge(row, names) for row in rows]


def get_merge(session: Session, merge_id: int) -> Merge:
    """Read one merge, undone or not.

    Parameters
    ----------
    merge_id : number of the merge.

    Raises
    ------
    NotFoundError
        When there is no merge of that number.
    """
    row = _row(session, merge_id)
    return _merge(row, organisation_names_by_id(session, (row.kept_id, row.merged_id)))


def organisation_names_by_id(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Map ids to the names of organisations, merged and closed ones too.

    Parameters
    ----------
    ids : wanted.
    """
    wanted = sorted(set(ids))
    query = select(OrganisationRow.id, OrganisationRow.name)
    found: dict[int, str] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = query.where(OrganisationRow.id.in_(wanted[at : at + _AT_ONCE]))
        found |= dict(session.execute(some).all())
    return found


def undone_pairs(session: Session) -> set[frozenset[int]]:
    """Collect the pairs whose merge was undone: a person decides of them from then on."""
    query = select(OrganisationMergeRow.kept_id, OrganisationMergeRow.merged_id).where(
        OrganisationMergeRow.undone_at.is_not(None)
    )
    return {frozenset(pair) for pair in session.execute(query).all()}


def standing_of(session: Session, organisation_id: int) -> int:
    """Find who stands for an organisation.

    Parameters
    ----------
    organisation_id : merged or not.

    Raises
    ------
    NotFoundError
        When there is no organisation of that number.
    """
    row = session.get(OrganisationRow, organisation_id)
    if row is None:
        raise NotFoundError(
            f"There is no organisation {organisation_id}.",
            expected="The number of an organisation in the directory.",
            action="`mapper list organisations` lists them.",
        )
    return row.merged_into_id or row.id


def _row(session: Session, merge_id: int) -> OrganisationMergeRow:
    row = session.get(OrganisationMergeRow, merge_id)
    if row is None:
        raise NotFoundError(
            f"There is no merge {merge_id}.",
            expected="The number of a merge.",
            action="`mapper duplicates list --merged` lists them.",
        )
    return row


def _keep_at_hand(session: Session) -> None:
    """Write who stands for whom, where the merges say otherwise than the rows."""
    query = select(OrganisationMergeRow.merged_id, OrganisationMergeRow.kept_id).where(
        OrganisationMergeRow.undone_at.is_(None)
    )
    into = dict(session.execute(query).all())
    wanted = {merged: _end_of(merged, into) for merged in into}
    present = survivors(session)
    changed = [
        {"id": number, "merged_into_id": wanted.get(number)}
        for number in sorted(wanted.keys() | present.keys())
        if wanted.get(number) != present.get(number)
    ]
    if changed:
        session.execute(update(OrganisationRow), changed)
        session.expire_all()  # rows in memory do not notice


def _values(pair: tuple[int, int], by: str, *, is_automatic: bool) -> dict[str, object]:
    return {
        "kept_id": pair[0],
        "merged_id": pair[1],
        "is_automatic": is_automatic,
        "merged_by": by,
        "merged_at": now(),
        "undone_by": "",
    }


def _end_of(number: int, into: Mapping[int, int]) -> int:
    while number in into:
        number = into[number]
    return number


def _merge(row: OrganisationMergeRow, names: Mapping[int, str]) -> Merge:
    return Merge(
        id=row.id,
        kept_id=row.kept_id,
        merged_id=row.merged_id,
        kept_name=names[row.kept_id],
        merged_name=names[row.merged_id],
        is_automatic=row.is_automatic,
        merged_by=row.merged_by,
        merged_at=row.merged_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )
