"""Runs that somebody asked for on the site, and what became of each, kept for good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.errors import NotFoundError
from mapper.store.models import RunOrderRow
from mapper.store.models.base import in_utc, now

_MOST_LISTED = 100


class OrderStatus(StrEnum):
    """What became of a run that was asked for."""

    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """One run that was asked for.

    Parameters
    ----------
    folder : names the folder of its work while there is one.
    asked_by : who asked for it.
    parameters : as chosen.
    status : what became of it.
    message : why there is no run of it; empty where there is, or may be yet.
    run_id : of the run that came of it; 0 for none.
    id : 0 until kept.
    asked_at, ended_at : UTC; None until kept, and until it has ended.
    """

    folder: str
    asked_by: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    status: OrderStatus = OrderStatus.WORKING
    message: str = ""
    run_id: int = 0
    id: int = 0
    asked_at: datetime | None = None
    ended_at: datetime | None = None


def begin_order(session: Session, order: RunOrder) -> int:
    """Keep that a run was asked for, and return the order's id."""
    row = RunOrderRow(
        folder=order.folder,
        asked_by=order.asked_by,
        asked_at=now(),
        parameters=dict(order.parameters),
        status=OrderStatus.WORKING,
        message="",
    )
    session.add(row)
    session.flush()
    return row.id


def end_order(
    session: Session, order_id: int, status: OrderStatus, *, message: str = "", run_id: int = 0
) -> bool:
    """Keep what became of an order, unless that is kept already; tell whether it was.

    Parameters
    ----------
    order_id : of the order.
    status : what became of it.
    message : why there is no run of it.
    run_id : of the run that came of it; 0 for none.
    """
    row = session.get(RunOrderRow, order_id)
    if row is None or row.status != OrderStatus.WORKING:
        return False
    row.status = status
    row.message = message
    row.run_id = run_id or None
    row.ended_at = now()
    session.flush()
    return True


def get_order(session: Session, order_id: int) -> RunOrder:
    """Read one order.

    Raises
    ------
    NotFoundError
        When there is none of that id.
    """
    row = session.get(RunOrderRow, order_id)
    if row is None:
        raise NotFoundError(f"No run was asked for under the number {order_id}.")
    return _order(row)


def list_orders(session: Session, *, is_working: bool = False) -> list[RunOrder]:
    """List the latest hundred orders, the last first.

    Parameters
    ----------
    is_working : whether only those that have not ended are wanted.
    """
    query = select(RunOrderRow).order_by(RunOrderRow.id.desc())
    if is_working:
        query = query.where(RunOrderRow.status == OrderStatus.WORKING)
    return [_order(row) for row in session.scalars(query.limit(_MOST_LISTED))]


def _order(row: RunOrderRow) -> RunOrder:
    return RunOrder(
        id=row.id,
        folder=row.folder,
        asked_by=row.asked_by,
        asked_at=in_utc(row.asked_at),
        ended_at=in_utc(row.ended_at) if row.ended_at else None,
        parameters=row.parameters,
        status=OrderStatus(row.status),
        message=row.message,
        run_id=row.run_id or 0,
    )
