"""Counts of recorded violence."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mapper.domain.violence import ViolenceCount
from mapper.geography.crs import points_to_national_grid
from mapper.store.counts import SaveCounts
from mapper.store.models import SourceRow, ViolenceRow
from mapper.store.sources import mark_replaced


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
