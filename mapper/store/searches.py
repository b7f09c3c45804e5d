"""Searches for duplicates that run beside the site: one at a time, and what came of the last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.errors import ChangedMeanwhileError
from mapper.store.models import DuplicateSearchRow
from mapper.store.models.base import in_utc, now
from mapper.store.proposals import SearchCounts

LONGEST: Final = timedelta(minutes=30)
"""After this long a search that has not ended was interrupted, as when the machine stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search, over or not.

    Parameters
    ----------
    id : of the search.
    started_by, started_at : who asked for it and when, UTC.
    merges_certain : whether it merges the certain pairs.
    ended_at : when it ended, UTC; None while it runs, or when it was interrupted.
    counts : what came of it; zeros until it has ended.
    failure : why it found nothing; empty when it did not fail.
    """

    id: int
    started_by: str
    started_at: datetime
    merges_certain: bool
    ended_at: datetime | None
    counts: SearchCounts
    failure: str

    def is_running(self, moment: datetime) -> bool:
        """Whether it may still be running at a moment.

        Parameters
        ----------
        moment : UTC.
        """
        return self.ended_at is None and moment - self.started_at < LONGEST


def begin_search(session: Session, *, by: str, merges_certain: bool) -> int:
    """Note that a search begins, and return its number.

    Parameters
    ----------
    by : who asks for it.
    merges_certain : whether it is to merge the certain pairs.

    Raises
    ------
    ChangedMeanwhileError
        While another one runs.
    """
    last = last_search(session)
    if last is not None and last.is_running(now()):
        raise ChangedMeanwhileError(
            f"A search that {last.started_by or 'somebody'} asked for is under way.",
            expected="One search at a time.",
            action="Wait until it has ended.",
        )
    row = DuplicateSearchRow(
        started_by=by,
        merges_certain=merges_certain,
        **dict.fromkeys(("merged", "proposed", "decided_before"), 0),
        failure="",
    )
    session.add(row)
    session.flush()
    return row.id


def end_search(
    session: Session, search_id: int, counts: SearchCounts | None, *, failure: str = ""
) -> None:
    """Note what came of a search.

    Parameters
    ----------
    search_id : its number.
    counts : what came of it; None when it failed.
    failure : why it failed.
    """
    row = session.get_one(DuplicateSearchRow, search_id)
    row.ended_at, row.failure = now(), failure
    if counts is not None:
        row.merged, row.proposed = counts.merged, counts.proposed
        row.decided_before = counts.decided_before


def end_unless_ended(session: Session, search_id: int, *, failure: str) -> None:
    """Note that a search failed, unless its end is known already.

    Parameters
    ----------
    search_id : its number.
    failure : why it failed.
    """
    if session.get_one(DuplicateSearchRow, search_id).ended_at is None:
        end_search(session, search_id, None, failure=failure)


def last_search(session: Session) -> Search | None:
    """Read the search that was asked for last, None when there was none."""
    query = select(DuplicateSearchRow).order_by(DuplicateSearchRow.id.desc()).limit(1)
    row = session.scalar(query)
    if row is None:
        return None
    return Search(
        id=row.id,
        started_by=row.started_by,
        started_at=in_utc(row.started_at),
        merges_certain=row.merges_certain,
        ended_at=row.ended_at and in_utc(row.ended_at),
        counts=SearchCounts(row.merged, row.proposed, row.decided_before),
        failure=row.failure,
    )
