"""Recorded crime by area, type and month, as it was loaded."""

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, sees_true_counts
from mapper.domain.period import Month, Period
from mapper.errors import NotAllowedError
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Column, PublishedTable
from mapper.reports.wording import listed, number_cell, text_cell
from mapper.store import frames
from mapper.store.areas import analysis_vintage, area_names
from mapper.store.sources import sources_by_id

HIPS = ("HIPS", "Hampshire, Isle of Wight, Portsmouth and Southampton")
_AREA_COLUMN = {"lad": "lad_code", "ward": "ward_code", "lsoa": "area_code"}


def violence_table(
    session: Session,
    audience: Audience,
    by: frozenset[str],
    *,
    period: Period | None = None,
    lad_code: str = "",
) -> PublishedTable:
    """Publish counts of every type of crime loaded.

    Parameters
    ----------
    audience : who is looking.
    by : any of ``lad``, ``ward``, ``lsoa`` (the finest named is used) and ``month``.
    period : months wanted; all that are loaded when None.
    lad_code : of the authority wanted; all when empty.

    Raises
    ------
    NotAllowedError
        When a source of the counts is not open and the audience may not see true counts. A
        list that everybody may cut as they like cannot be made safe by withholding cells:
        two cuts subtract to one cell.
    """
    wanted = period or _all_months(session)
    if wanted is not None:
        _require_open(session, wanted, audience)
    counts = _counts(session, by, wanted, lad_code)
    has_month = "month" in by
    cells = []
    for row in counts.to_dict("records"):
        month = (text_cell(row["month"]),) if has_month else ()
        named = (text_cell(row[key]) for key in ("area_code", "area_name", "crime_type"))
        cells.append((*named, *month, number_cell(int(row["count"]))))
    return PublishedTable(
        audience=audience,
        title="Recorded crime",
        columns=_columns(has_month=has_month),
        rows=tuple(cells),
        provenance=register_provenance(session, ("violence",)),
    )


def _columns(*, has_month: bool) -> tuple[Column, ...]:
    month = (Column("month", "Month"),) if has_month else ()
    return (
        Column("area_code", "Code"),
        Column("area_name", "Area"),
        Column("crime_type", "Type"),
        *month,
        Column("count", "Count", "Incidents recorded.", is_number=True),
    )


def _counts(
    session: Session, by: frozenset[str], wanted: Period | None, lad_code: str
) -> pd.DataFrame:
    if wanted is None:
        return pd.DataFrame(columns=["area_code", "area_name", "crime_type", "month", "count"])
    areas = frames.lsoas(session, analysis_vintage(session))
    areas_wanted = areas[areas["lad_code"] == lad_code] if lad_code else areas
    rows = frames.violence(session, areas, wanted)
    rows = rows[rows["area_code"].isin(areas_wanted.index)]
    level = next((found for found in ("lsoa", "ward", "lad") if found in by), "")
    codes = rows["area_code"]
    if level in {"lad", "ward"}:
        codes = codes.map(areas[_AREA_COLUMN[level]])
    rows = rows.assign(area_code=codes if level else HIPS[0])
    keys = ["area_code", "crime_type", *(["month"] if "month" in by else [])]
    counted = rows.groupby(keys)["count"].sum().reset_index()
    names = area_names(session).drop_duplicates("area_code", keep="last")
    by_code = names.set_index("area_code")["area_name"]
    counted["area_name"] = counted["area_code"].map(by_code).fillna(HIPS[1] if not level else "")
    return counted


def _all_months(session: Session) -> Period | None:
    months = frames.violence_months(session)
    if not months:
        return None
    return Period(Month.parse(months[0]), Month.parse(months[-1]).plus(1))


def _require_open(session: Session, period: Period, audience: Audience) -> None:
    used = sources_by_id(session, frames.violence_source_ids(session, period))
    closed = [s.source.name for s in used if not sees_true_counts(s.source.sensitivity, audience)]
    if closed:
        raise NotAllowedError(
            f"Counts from {listed(sorted(set(closed)))} are not open, and lists of them could be "
            f"subtracted from one another; they are not listed for {audience.label} eyes.",
            expected="A period with counts from open sources only, or the audience analyst.",
            action="See the gap report, where small counts are withheld.",
        )
