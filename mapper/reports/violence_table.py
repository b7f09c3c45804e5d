"""Recorded crime by area, type and month, as it was loaded."""

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Sensitivity
from mapper.domain.period import Month, Period
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.suppression import withheld_areas
from mapper.reports.wording import FEWER, WITHHELD, count_cell, text_cell
from mapper.store import frames
from mapper.store.areas import analysis_vintage, area_names
from mapper.store.sources import list_sources

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
    """
    counts = _counts(session, by, period, lad_code)
    has_month = "month" in by
    sensitivity = _strictest(session)
    withheld = _withheld(counts, sensitivity, audience)
    cells = []
    for position, row in enumerate(counts.to_dict("records")):
        count = count_cell(int(row["count"]), sensitivity, audience)
        if str(position) in withheld:
            text = FEWER if count.is_withheld else WITHHELD
            count = Cell(None, text, is_withheld=True)
        month = (text_cell(row["month"]),) if has_month else ()
        named = (text_cell(row[key]) for key in ("area_code", "area_name", "crime_type"))
        cells.append((*named, *month, count))
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
    session: Session, by: frozenset[str], period: Period | None, lad_code: str
) -> pd.DataFrame:
    wanted = period or _all_months(session)
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


def _strictest(session: Session) -> Sensitivity:
    """The strictest sensitivity of any violence source in use."""
    used = [s.source for s in list_sources(session) if s.source.kind == "violence" and s.is_current]
    ranks = list(Sensitivity)
    return max((s.sensitivity for s in used), key=ranks.index, default=Sensitivity.OPEN)


def _withheld(counts: pd.DataFrame, sensitivity: Sensitivity, audience: Audience) -> frozenset[str]:
    """Rows to withhold: small ones, and one more of the same type where only one is small."""
    if counts.empty or sensitivity is Sensitivity.OPEN:
        return frozenset()
    by_position = {str(i): float(c) for i, c in enumerate(counts["count"])}
    types = {str(i): str(kind) for i, kind in enumerate(counts["crime_type"])}
    areas = {str(i): str(code) for i, code in enumerate(counts["area_code"])}
    return withheld_areas(by_position, [types, areas], sensitivity, audience)
