"""Rows that a later file corrects by their key: what is new, changed, as before, or gone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, inspect, select, tuple_, update
from sqlalchemy.orm import Session

from mapper.store.counts import SaveCounts
from mapper.store.models import Base
from mapper.store.sources import mark_replaced

Row = Mapping[str, Any]
Key = tuple[Any, ...]
_SOURCE = "source_id"
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Scope:
    """What a file speaks of.

    Parameters
    ----------
    within : narrows what is read of the table; everything the file could correct is inside.
    is_answered : whether the file speaks of an old row; one it speaks of without giving it
        again is removed.
    """

    within: tuple[ColumnElement[bool], ...] = ()
    is_answered: Callable[[Row], bool] = lambda _: False


def renew_rows(
    session: Session,
    table: type[Base],
    source_id: int,
    rows: Sequence[Row],
    *,
    scope: Scope | None = None,
) -> SaveCounts:
    """Keep rows, each over the one of the same key that was there.

    Parameters
    ----------
    table : with a column `source_id`.
    source_id : of the source that the rows come from.
    rows : every column but `source_id`; at most one a key.
    scope : what the file speaks of; all of the table, and of no row that it does not give.
    """
    chosen = scope or Scope()
    columns = [str(column.key) for column in inspect(table).columns]
    keys = [str(column.key) for column in inspect(table).primary_key]
    query = select(*(getattr(table, name) for name in columns)).where(*chosen.within)
    found = [dict(row) for row in session.execute(query).mappings()]
    old = {_key(row, keys): row for row in found}
    fresh = {_key(row, keys): dict(row) | {_SOURCE: source_id} for row in rows}
    gone = [key for key, row in old.items() if key not in fresh and chosen.is_answered(row)]
    _remove(session, table, keys, gone)
    known = [row for key, row in fresh.items() if key in old]
    if known:
        session.execute(update(table), known)
    if len(known) < len(fresh):
        session.execute(insert(table), [row for key, row in fresh.items() if key not in old])
    touched = {row[_SOURCE] for key, row in old.items() if key in fresh} | {
        old[key][_SOURCE] for key in gone
    }
    _mark_emptied(session, table, touched - {source_id})
    changed = sum(_differs(old[key], row) for key, row in fresh.items() if key in old)
    return SaveCounts(
        new=len(fresh) - len(known), changed=changed + len(gone), unchanged=len(known) - changed
    )


def _key(row: Row, keys: Sequence[str]) -> Key:
    return tuple(row[name] for name in keys)


def _differs(old: Row, new: Row) -> bool:
    return any(old[name] != value for name, value in new.items() if name != _SOURCE)


def _remove(session: Session, table: type[Base], keys: Sequence[str], gone: Sequence[Key]) -> None:
    columns = tuple_(*(getattr(table, name) for name in keys))
    for at in range(0, len(gone), _AT_ONCE):
        session.execute(delete(table).where(columns.in_(gone[at : at + _AT_ONCE])))


def _mark_emptied(session: Session, table: type[Base], touched: set[int]) -> None:
    column: Any = getattr(table, _SOURCE)
    left = set(session.scalars(select(column).where(column.in_(sorted(touched))).distinct()))
    mark_replaced(session, touched - left)
