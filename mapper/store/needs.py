"""What a strategic needs assessment brings: kept here, and read as frames."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mapper.domain.cohort_count import CohortCount
from mapper.domain.priority import PriorityArea
from mapper.domain.violence import AreaViolenceCount
from mapper.store.counts import SaveCounts
from mapper.store.models import (
    CohortCountRow,
    PriorityAreaRow,
    SourceRow,
    ViolenceAreaRow,
    ViolenceRow,
)
from mapper.store.sources import replace_editions

_Row = type[ViolenceAreaRow] | type[PriorityAreaRow] | type[CohortCountRow]


def save_area_counts(
    session: Session, source_id: int, counts: Sequence[AreaViolenceCount]
) -> SaveCounts:
    """Keep counts by area and period; an earlier edition of the same source goes.

    Parameters
    ----------
    source_id : of the source the counts come from.
    counts : at most one per area, period and offence group.
    """
    rows = [
        {
            "area_code": count.area_code,
            "area_name": count.area_name,
            "level": count.level,
            "vintage": count.vintage,
            "lad_code": count.lad_code,
            "period_start": str(count.period.start),
            "period_end": str(count.period.end),
            "offence_group": count.offence_group,
            "count": count.count,
        }
        for count in counts
    ]
    _drop_months(session, source_id)
    return _replace(session, ViolenceAreaRow, source_id, rows)


def save_priorities(session: Session, source_id: int, areas: Sequence[PriorityArea]) -> SaveCounts:
    """Keep a priority list; an earlier edition of the same source goes.

    Parameters
    ----------
    source_id : of the list.
    areas : each once.
    """
    rows = [
        {
            "area_code": area.area_code,
            "area_name": area.area_name,
            "level": area.level,
            "lad_code": area.lad_code,
            "rank": area.rank,
            "reason": area.reason,
            "theme": area.theme,
            "offence_group": area.offence_group,
        }
        for area in areas
    ]
    return _replace(session, PriorityAreaRow, source_id, rows)


def save_cohorts(session: Session, source_id: int, counts: Sequence[CohortCount]) -> SaveCounts:
    """Keep counts of cohorts; an earlier edition of the same source goes.

    Parameters
    ----------
    source_id : of the source the counts come from.
    counts : at most one per measure, period, authority and cohort.
    """
    rows = [
        {
            "measure": count.measure,
            "lad_code": count.lad_code,
            "period_start": str(count.period.start),
            "period_end": str(count.period.end),
            "age_from": count.age_from,
            "age_to": count.age_to,
            "sex": count.sex or "",
            "ethnicity": count.ethnicity,
            "count": count.count,
        }
        for count in counts
    ]
    return _replace(session, CohortCountRow, source_id, rows)


def drop_area_counts(session: Session, source_id: int) -> None:
    """Remove what earlier editions of a source say by area and period.

    Parameters
    ----------
    source_id : of the edition that is being saved, in another form.
    """
    earlier = _earlier(session, source_id)
    session.execute(delete(ViolenceAreaRow).where(ViolenceAreaRow.source_id.in_(earlier)))


def _drop_months(session: Session, source_id: int) -> None:
    """Remove what earlier editions say by month: an edition with withheld counts is context."""
    earlier = _earlier(session, source_id)
    session.execute(delete(ViolenceRow).where(ViolenceRow.source_id.in_(earlier)))


def _earlier(session: Session, source_id: int) -> list[int]:
    row = session.get_one(SourceRow, source_id)
    query = select(SourceRow.id).where(
        SourceRow.kind == row.kind, SourceRow.name == row.name, SourceRow.id < source_id
    )
    return list(session.scalars(query))


def _replace(
    session: Session, table: _Row, source_id: int, rows: Sequence[dict[str, Any]]
) -> SaveCounts:
    """Put rows in the place of those of earlier editions, and say how many differ."""
    mine = table.source_id.in_(_earlier(session, source_id))
    names = list(rows[0])
    before = {tuple(row) for row in session.execute(_columns(table, names).where(mine))}
    same = sum(tuple(_plain(row[name]) for name in names) in before for row in rows)
    session.execute(delete(table).where(mine))
    session.execute(insert(table), [row | {"source_id": source_id} for row in rows])
    replace_editions(session, source_id)
    changed = len(rows) - same if before else 0
    return SaveCounts(new=len(rows) - same - changed, changed=changed, unchanged=same)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _columns(table: _Row, names: Sequence[str]) -> Any:  # noqa: ANN401  (a query of any columns)
    return select(*(getattr(table, name) for name in names))


def area_counts(session: Session, lad_code: str = "") -> pd.DataFrame:
    """Read counts of violence by area and period, of every source in use.

    They are kept for context: no analysis spreads a count of a larger area over smaller ones.

    Parameters
    ----------
    lad_code : of the authority wanted; all when empty.

    Returns
    -------
    Columns `source_id`, `recorder`, `sensitivity`, `area_code`, `area_name`, `level`,
    `vintage`, `lad_code`, `period_start`, `period_end` (months, half-open), `offence_group`,
    `count` (float; NaN where the publisher withholds it).
    """
    frame = _frame(session, ViolenceAreaRow, ("recorder", "sensitivity"))
    frame = frame.astype({"count": float})
    return frame[frame["lad_code"] == lad_code].reset_index(drop=True) if lad_code else frame


def priority_areas(session: Session) -> pd.DataFrame:
    """Read the areas on every priority list in use.

    Returns
    -------
    Columns `source_id`, `name` (of the list), `sensitivity`, `area_code`, `area_name`,
    `level`, `lad_code`, `rank` (NaN without order), `reason`, `theme`, `offence_group`.
    """
    return _frame(session, PriorityAreaRow, ("name", "sensitivity")).astype({"rank": float})


def cohort_counts(session: Session, lad_code: str = "") -> pd.DataFrame:
    """Read counts of cohorts, of every source in use.

    Parameters
    ----------
    lad_code : of the authority wanted; the whole area's when empty.

    Returns
    -------
    Columns `source_id`, `sensitivity`, `measure`, `lad_code`, `period_start`, `period_end`
    (months, half-open), `age_from`, `age_to` (NaN where open), `sex`, `ethnicity` (empty where
    not divided by), `count` (NaN where the publisher withholds it).
    """
    frame = _frame(session, CohortCountRow, ("sensitivity",))
    frame = frame.astype({"count": float, "age_from": float, "age_to": float})
    return frame[frame["lad_code"] == lad_code].reset_index(drop=True)


def _frame(session: Session, table: _Row, of_source: Sequence[str]) -> pd.DataFrame:
    own = [column.name for column in table.__table__.columns if column.name != "id"]
    query = (
        select(
            *(getattr(table, name) for name in own),
            *(getattr(SourceRow, name) for name in of_source),
        )
        .join(SourceRow, SourceRow.id == table.source_id)
        .order_by(table.id)
    )
    return pd.DataFrame(session.execute(query).all(), columns=[*own, *of_source])
