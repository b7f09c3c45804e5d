"""Writing many rows at once, as fast as the driver takes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, func, insert, select, text
from sqlalchemy.orm import Session

from mapper.store.models.base import Base

T = TypeVar("T")
Turn = Callable[[Any], Any]

BATCH = 5_000
"""Rows that are worked on together: enough to be quick, few enough to fit in memory."""


def insert_rows(session: Session, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows without the ORM: the statement is made once for all of them.

    Parameters
    ----------
    kind : of the rows.
    rows : each with the same columns, every one that the database has no default for.
    """
    if not rows:
        return
    connection, table = session.connection(), _table(kind)
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    columns = list(compiled.positiontup or rows[0])
    turns = _turns(table, columns, connection.dialect)
    if compiled.positional:
        values = list(map(itemgetter(*columns), rows))
        connection.exec_driver_sql(
            str(compiled), [_turned(row, turns) for row in values] if turns else values
        )
    else:
        connection.exec_driver_sql(
            str(compiled),
            [dict(zip(columns, _turned(row.values(), turns), strict=True)) for row in rows],
        )


def next_ids(session: Session, kind: type[Base], count: int) -> list[int]:
    """Take ids for rows that are about to be inserted, so that others can refer to them.

    The session must hold the write lock on SQLite, as every writing session does.

    Parameters
    ----------
    kind : of the rows; its key is the column `id`.
    count : of them.
    """
    connection, table = session.connection(), _table(kind)
    if connection.dialect.name == "sqlite":
        highest = connection.scalar(select(func.max(table.c.id))) or 0
        return list(range(highest + 1, highest + 1 + count))
    return _from_sequence(connection, table, count)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut what may be too much for memory into lists.

    Parameters
    ----------
    items : in order.
    size : of each list but the last.
    """
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _from_sequence(connection: Connection, table: Table, count: int) -> list[int]:
    query = text(
        "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
    )
    return list(connection.scalars(query, {"name": table.name, "count": count}))


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  (every model here stands for one table)
    return table


def _turns(table: Table, columns: Sequence[str], dialect: Dialect) -> list[tuple[int, Turn]]:
    """Give the columns whose values the driver does not take as they are, and what turns them."""
    found = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    return [(at, turn) for at, turn in enumerate(found) if turn is not None]


def _turned(row: Iterable[Any], turns: Sequence[tuple[int, Turn]]) -> tuple[Any, ...]:
    if not turns:
        return tuple(row)
    values = list(row)
    for at, turn in turns:
        values[at] = turn(values[at])
    return tuple(values)
