"""Rows of a query as plain tuples, for frames of many thousands."""

from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session


def plain_rows(session: Session, query: Executable) -> list[tuple[Any, ...]]:
    """Read columns straight from the connection, what the session has not yet written included.

    The session's own way makes objects of every row, which takes several times as long.

    Parameters
    ----------
    query : of columns, not of whole records.
    """
    session.flush()
    return [tuple(row) for row in session.connection().execute(query)]
