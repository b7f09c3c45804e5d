"""Read models: the documented frames that network and analysis take.

Every frame of areas is of one LSOA vintage and on the National Grid. What may not be shown
exactly is not counted exactly either: a sheltered venue becomes a service area over its ward
or authority here, so that no figure computed later can point to it.
"""

from collections.abc import Collection, Mapping
from datetime import date

import geopandas as gpd
import pandas as pd
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.activity import ActivityStatus
from mapper.domain.area import AreaType
from mapper.domain.period import Period
from mapper.domain.violence import RecordingSource
from mapper.geography.place_counts import place_counts
from mapper.store.areas import area_frame, latest_vintage, population_set
from mapper.store.authority_code import authority_code
from mapper.store.confirmed import confirmed_on
from mapper.store.lookups import lsoa_changes
from mapper.store.models import (
    ActivityAreaRow,
    ActivityRow,
    OrganisationRow,
    ParticipationRow,
    PlaceAreaRow,
    PlaceRow,
    ResidentRow,
    SourceRow,
    ViolenceRow,
)
from mapper.store.plain_rows import plain_rows
from mapper.store.service_areas import members_of, service_areas
from mapper.store.sheltered import strictest_by_place
from mapper.store.survivors import one_each, standing_id
from mapper.store.violence import POLICE, is_by, is_of_latest_source


def lsoas(session: Session, vintage: str) -> gpd.GeoDataFrame:
    """Read the LSOAs of one vintage with their residents.

    Returns
    -------
    As `mapper.store.areas.area_frame`, with `lad_name` and `population` (usual residents of
    all ages; NaN where the denominator has none).
    """
    areas = area_frame(session, AreaType.LSOA, vintage)
    districts = area_frame(session, AreaType.LAD, latest_vintage(session, AreaType.LAD))
    areas["lad_name"] = areas["lad_code"].map(districts["area_name"]).fillna("")
    areas["population"] = residents(session, vintage).reindex(areas.index)
    return areas


def residents(session: Session, vintage: str) -> pd.Series:
    """Read the usual residents of all ages.

    Returns
    -------
    Float, indexed by `area_code`; empty when no denominator fits the vintage.
    """
    chosen = population_set(session, vintage)
    if chosen is None:
        return pd.Series(dtype=float)
    query = (
        select(ResidentRow.area_code, func.sum(ResidentRow.residents))
        .where(ResidentRow.source_id == chosen.source_id)
        .group_by(ResidentRow.area_code)
    )
    rows = session.execute(query).all()
    return pd.Series({code: float(count) for code, count in rows}, dtype=float)


def violence(
    session: Session,
    areas: gpd.GeoDataFrame,
    period: Period,
    crime_types: Collection[str] = (),
    *,
    recorder: RecordingSource = POLICE,
) -> pd.DataFrame:
    """Read counts of recorded crime placed in the areas of one vintage.

    Sources that tell of the same month are never added up: of those of one recorder, the one
    loaded last is used.

    Parameters
    ----------
    areas : LSOAs, as `lsoas` returns them.
    period : months wanted.
    crime_types : those wanted; all when empty.
    recorder : who recorded them.

    Returns
    -------
    Columns `area_code`, `month` (such as ``2025-01``), `crime_type`, `count` (int), `method`
    (how the rows were placed: the file's own code, the exact-fit look-up, or the point).
    """
    rows = _violence_rows(session, crime_types, is_of_latest_source(period, recorder))
    placed = place_counts(rows, areas, lsoa_changes(session))
    rows = rows.assign(area_code=placed["area_code"], method=placed["method"])
    keys = ["area_code", "month", "crime_type", "method"]
    totals: pd.DataFrame = (
        rows.dropna(subset="area_code").groupby(keys)["count"].sum().reset_index()
    )
    return totals


def _violence_rows(
    session: Session, crime_types: Collection[str], is_wanted: ColumnElement[bool]
) -> pd.DataFrame:
    columns = ("month", "crime_type", "easting_m", "northing_m", "count")
    query = select(
        *(getattr(ViolenceRow, name) for name in columns),
        ViolenceRow.area_code,
        ViolenceRow.area_name,
    ).where(is_wanted)
    if crime_types:
        query = query.where(ViolenceRow.crime_type.in_(list(crime_types)))
    headings = [*columns, "lsoa_code", "lsoa_name"]
    frame = pd.DataFrame(plain_rows(session, query), columns=headings)
    return frame.astype({"easting_m": float, "northing_m": float, "count": int})


def violence_months(session: Session, recorder: RecordingSource = POLICE) -> list[str]:
    """List the months that have counts of one recorder, in order."""
    query = select(ViolenceRow.month).join(SourceRow, SourceRow.id == ViolenceRow.source_id)
    return sorted(session.scalars(query.where(is_by(recorder)).distinct()))


def violence_source_ids(
    session: Session, period: Period, recorder: RecordingSource = POLICE
) -> set[int]:
    """Collect the sources of the counts in a period, those that `violence` uses only."""
    is_used = is_of_latest_source(period, recorder)
    query = select(ViolenceRow.source_id).where(is_used).distinct()
    return set(session.scalars(query))


def organisations(session: Session) -> pd.DataFrame:
    """Read the active organisations, those that were merged once.

    Returns
    -------
    Indexed by `organisation_id`: `name`, `kind`, `sector`, `lad_code` (empty where not
    known), `visibility`, `source_id`, `confirmed_on` (the day the entry was last confirmed,
    else recorded).
    """
    survivor = aliased(OrganisationRow)
    query = (
        select(
            survivor.id,
            OrganisationRow.name,
            OrganisationRow.kind,
            OrganisationRow.sector,
            authority_code(),
            OrganisationRow.visibility,
            OrganisationRow.source_id,
            OrganisationRow.verified_on,
            OrganisationRow.recorded_at,
        )
        .join(survivor, survivor.id == standing_id())
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id, isouter=True)
        .where(survivor.is_active)
        .order_by(survivor.id, OrganisationRow.id != survivor.id, OrganisationRow.id)
    )
    columns = ["organisation_id", "name", "kind", "sector", "lad_code", "visibility", "source_id"]
    days = ["verified_on", "recorded_at"]
    rows = pd.DataFrame(plain_rows(session, query), columns=[*columns, *days])
    rows = rows.set_index("organisation_id")
    each = one_each(rows.drop(columns=days), ("lad_code",)).fillna({"lad_code": ""})
    return each.assign(confirmed_on=confirmed_on(rows))


def activities(  # noqa: PLR0913  (which activities of the period is said three ways)
    session: Session,
    areas: gpd.GeoDataFrame,
    period: Period,
    *,
    statuses: Collection[ActivityStatus] = (ActivityStatus.DELIVERED,),
    also: Collection[int] = (),
    without: Collection[int] = (),
) -> pd.DataFrame:
    """Read the activities of a period, by default those delivered in it.

    An activity that only partly falls in the period counts by the share of its days that do.

    Parameters
    ----------
    areas : LSOAs, as `lsoas` returns them.
    period : months wanted.
    statuses : wanted.
    also : numbers of activities that count as if they took place in the period as a whole.
    without : numbers of activities that are left out.

    Returns
    -------
    Indexed by `activity_id`: `organisation_id` (lead), `type`, `starts_on`, `ends_on`,
    `sessions`, `participants` and `hours_per_session` (NaN where not known), `share` (of its
    days in the period, 0 to 1), `easting_m`, `northing_m` (NaN without a venue that may be
    counted exactly), `area_codes` (tuple of LSOA codes of the area served, by a list or
    a radius; empty for a venue), `source_id`.
    """
    is_wanted = or_(_is_in(period, statuses), ActivityRow.id.in_(list(also)))
    frame = _activity_rows(session, and_(is_wanted, ActivityRow.id.not_in(list(without))))
    frame["share"] = [
        1.0 if number in also else _share_of_days(start, end, period)
        for number, start, end in zip(
            frame.index, frame["starts_on"], frame["ends_on"], strict=True
        )
    ]
    served = _areas_served(session, members_of(areas))
    found = service_areas(frame, areas, served, strictest_by_place(session))
    codes = [() if each is None else each for each in found]
    frame["area_codes"] = pd.Series(codes, index=frame.index, dtype=object)
    has_no_venue = [each is not None for each in found]
    frame.loc[has_no_venue, ["easting_m", "northing_m"]] = float("nan")
    place = ["place_id", "precision", "visibility", "ward_code", "lad_code", "served_radius_m"]
    return frame.drop(columns=place)


def _activity_rows(session: Session, is_wanted: ColumnElement[bool]) -> pd.DataFrame:
    ward = aliased(PlaceAreaRow)
    wards = latest_vintage(session, AreaType.WARD)
    own = (
        *("type", "starts_on", "ends_on", "sessions", "participants"),
        *("hours_per_session", "source_id", "place_id", "visibility", "served_radius_m"),
    )
    place = ("precision", "easting_m", "northing_m")
    query = (
        select(
            ActivityRow.id,
            standing_id(),
            *(getattr(ActivityRow, name) for name in own),
            *(getattr(PlaceRow, name) for name in place),
            authority_code(),
            ward.area_code,
        )
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .join(PlaceRow, PlaceRow.id == ActivityRow.place_id, isouter=True)
        .join(
            ward,
            (ward.place_id == ActivityRow.place_id)
            & (ward.level == AreaType.WARD)
            & (ward.vintage == wards),
            isouter=True,
        )
        .where(is_wanted)
        .order_by(ActivityRow.id)
    )
    columns = ["activity_id", "organisation_id", *own, *place, "lad_code", "ward_code"]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    numbers = ["participants", "hours_per_session", "served_radius_m", "easting_m", "northing_m"]
    frame = frame.astype(dict.fromkeys(numbers, float)).fillna({"ward_code": "", "lad_code": ""})
    return frame.set_index("activity_id")


def _is_in(period: Period, statuses: Collection[ActivityStatus]) -> ColumnElement[bool]:
    return and_(
        ActivityRow.status.in_(statuses),
        ActivityRow.starts_on < period.end.first_day,
        ActivityRow.ends_on >= period.start.first_day,
    )


def _share_of_days(starts_on: date, ends_on: date, period: Period) -> float:
    inside = min(ends_on.toordinal() + 1, period.end.first_day.toordinal()) - max(
        starts_on.toordinal(), period.start.first_day.toordinal()
    )
    return inside / (ends_on.toordinal() + 1 - starts_on.toordinal())


def _areas_served(session: Session, members: Mapping[str, list[str]]) -> dict[int, tuple[str, ...]]:
    served: dict[int, set[str]] = {}
    for activity_id, code in session.execute(
        select(ActivityAreaRow.activity_id, ActivityAreaRow.area_code)
    ):
        served.setdefault(activity_id, set()).update(members.get(code, ()))
    return {activity_id: tuple(sorted(codes)) for activity_id, codes in served.items()}


def participations(session: Session, activity_ids: Collection[int]) -> pd.DataFrame:
    """Read which organisations took part in some activities, those that were merged once.

    Returns
    -------
    Columns `activity_id`, `organisation_id`.
    """
    query = (
        select(ParticipationRow.activity_id, standing_id())
        .join(OrganisationRow, OrganisationRow.id == ParticipationRow.organisation_id)
        .distinct()
        .order_by(ParticipationRow.activity_id, standing_id())
    )
    columns = ["activity_id", "organisation_id"]
    rows = pd.DataFrame(session.execute(query).all(), columns=columns)
    return rows[rows["activity_id"].isin(list(activity_ids))].reset_index(drop=True)
