"""Links that lead from one organisation to another: grants, and what was declared."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.period import Period
from mapper.domain.tie import Layer
from mapper.store.declared_links import declared_links
from mapper.store.grants import grants

COLUMNS = ("layer", "first_id", "second_id", "weight", "starts_on", "ends_on", "is_confirmed")


def directed_links(session: Session, period: Period) -> pd.DataFrame:
    """Read the links with a direction that held in a period.

    Parameters
    ----------
    period : grants awarded in it count, and links declared before its end that had not ended
        before its start.

    Returns
    -------
    Columns `layer`, `first_id` (from), `second_id` (to), `weight` (grants; 1 for a declared
    link), `starts_on`, `ends_on` (of grants the first and last day of award; missing for a
    declared link that still holds), `is_confirmed` (missing for grants); object columns.
    """
    first = period.start.first_day
    last = period.end.first_day - timedelta(days=1)
    declared = declared_links(session, first, last).assign(weight=1.0)
    rows = [
        *_awarded(grants(session), (first, last)),
        *_one_each(list(declared[list(COLUMNS)].itertuples(index=False, name=None))),
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return found.where(found.notna(), None)


def _awarded(rows: pd.DataFrame, days: tuple[date, date]) -> list[tuple[object, ...]]:
    """Count the grants of each funder in the directory to each recipient."""
    told = rows[["funder_id", "recipient_id", "awarded_on"]].dropna()
    awards: dict[tuple[int, int], list[date]] = {}
    for funder, recipient, day in told.itertuples(index=False, name=None):
        if funder != recipient and days[0] <= day <= days[1]:
            awards.setdefault((int(funder), int(recipient)), []).append(day)
    return [
        (Layer.FUNDING.value, *pair, float(len(on)), min(on), max(on), None)
        for pair, on in sorted(awards.items())
    ]


def _one_each(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Make one link of those that merged organisations declared alike."""
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        key = row[:3]
        found[key] = _both(found[key], row) if key in found else row
    return list(found.values())


def _both(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Take two declarations of one link as one that holds as long as either."""
    ends = (one[5], other[5])
    until = None if any(pd.isna(end) for end in ends) else max(ends)
    return (*one[:4], min(one[4], other[4]), until, bool(one[6] or other[6]))
