"""Indexing the text of many new rows together, which is far quicker than one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from mapper.store.models import OrganisationRow

_WORTH_IT: Final = 500
"""New rows from which on it pays to put the trigger aside."""

_ASKED: Final = text("SELECT sql FROM sqlite_master WHERE name = 'organisations_text_add'")
_ASIDE: Final = text("DROP TRIGGER organisations_text_add")
_TOGETHER: Final = text(
    "INSERT INTO organisations_text (rowid, name, description) "
    "SELECT id, name, description FROM organisations WHERE id > :last"
)


@contextmanager
def indexed_together(session: Session, count: int) -> Iterator[None]:
    """Index the organisations that are inserted in the block after it, all at once.

    On SQLite the trigger that indexes each new row makes the index write itself to disk row by
    row. It is put aside for the block and put back after it, in the same transaction: whoever
    reads meanwhile, and whatever is left when the process dies, has the index as it was. On
    PostgreSQL the trigger costs nothing of that kind, and stays.

    Parameters
    ----------
    session : of the transaction; new rows have ids above all that are there.
    count : of the rows that the block inserts; a few are left to the trigger.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite" or count < _WORTH_IT:
        yield
        return
    trigger = connection.execute(_ASKED).scalar_one()
    last = _last_id(connection)
    connection.execute(_ASIDE)
    yield
    connection.execute(_TOGETHER, {"last": last})
    connection.exec_driver_sql(trigger)


def _last_id(connection: Connection) -> int:
    return connection.scalar(select(func.max(OrganisationRow.id))) or 0
