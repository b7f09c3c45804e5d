"""Counts of recorded violence."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import ColumnElement, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from mapper.domain.period import Period
from mapper.domain.violence import RecordingSource, ViolenceCount
from mapper.geography.crs import points_to_national_grid
from mapper.store.counts import SaveCounts
from mapper.store.models import SourceRow, ViolenceRow
from mapper.store.needs import drop_area_counts
from mapper.store.sources import mark_replaced

POLICE = RecordingSource.POLICE


def save_violence(session: Session, source_id: int, counts: Sequence[ViolenceCount]) -> SaveCounts:
    """Keep counts, replacing what the same source said of the same months before.

    Parameters
    ----------
    source_id : of the source the counts come from.
    counts : at most one per month, crime type, area and point.
    """
    source_name = session.get_one(SourceRow, source_id).name
    months = sorted({str(count.month) for count in counts})
    replaced = _remove(session, source_name, months)
    drop_area_counts(session, source_id)
    rows = _rows(counts)
    for row in rows:
        row |= {"source_id": source_id, "source_name": source_name}
    if rows:
        session.execute(insert(ViolenceRow), rows)
    changed = len(rows) if replaced else 0
    return SaveCounts(new=len(rows) - changed, changed=changed)


def _remove(session: Session, source_name: str, months: Sequence[str]) -> int:
    mine = (ViolenceRow.source_name == source_name, ViolenceRow.month.in_(months))
    touched = set(session.scalars(select(ViolenceRow.source_id).where(*mine).distinct()))
    if not touched:
        return 0
    session.execute(delete(ViolenceRow).where(*mine))
    left = set(
        session.scalars(
            select(ViolenceRow.source_id).where(ViolenceRow.source_id.in_(touched)).distinct()
        )
    )
    mark_replaced(session, touched - left)
    return len(touched)


def _rows(counts: Sequence[ViolenceCount]) -> list[dict[str, object]]:
    longitudes = np.array([np.nan if c.longitude is None else c.longitude for c in counts])
    latitudes = np.array([np.nan if c.latitude is None else c.latitude for c in counts])
    eastings, northings = points_to_national_grid(longitudes, latitudes)
    return [
        {
            "month": str(count.month),
            "crime_type": count.crime_type,
            "area_code": count.area_code,
            "area_name": count.area_name,
            "easting_m": _metres(easting),
            "northing_m": _metres(northing),
            "count": count.count,
        }
        for count, easting, northing in zip(counts, eastings, northings, strict=True)
    ]


def _metres(value: float) -> float | None:
    """Round to a decimetre, finer than any published point; None where there is no point."""
    return None if np.isnan(value) else round(float(value), 1)


def is_of_latest_source(period: Period, recorder: RecordingSource) -> ColumnElement[bool]:
    """Whether a count is of the period and of the recorder's source that last told of its month."""
    latest = (
        select(ViolenceRow.month, func.max(ViolenceRow.source_id).label("source_id"))
        .join(SourceRow, SourceRow.id == ViolenceRow.source_id)
        .where(is_by(recorder))
        .where(ViolenceRow.month.in_([str(month) for month in period]))
        .group_by(ViolenceRow.month)
        .subquery()
    )
    names = select(latest.c.month, SourceRow.name).join(
        SourceRow, SourceRow.id == latest.c.source_id
    )
    return tuple_(ViolenceRow.month, ViolenceRow.source_name).in_(names)


def crime_types_loaded(session: Session, recorder: RecordingSource = POLICE) -> list[str]:
    """List the types that have counts of one recorder, in alphabetical order."""
    query = select(ViolenceRow.crime_type).join(SourceRow, SourceRow.id == ViolenceRow.source_id)
    return sorted(session.scalars(query.where(is_by(recorder)).distinct()))


def is_by(recorder: RecordingSource) -> ColumnElement[bool]:
    """Whether a source is of a recorder; one of which nothing is known is the police's."""
    return SourceRow.recorder.in_([recorder, ""] if recorder is POLICE else [recorder])
