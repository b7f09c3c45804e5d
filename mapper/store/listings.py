"""Rows of the directory, the register and the contacts, for `reports.publish` to pass on.

Nothing here is fit to be shown: places are exact and contacts stand whatever they consented
to. Only `mapper.reports` may read these frames.
"""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.store.areas import latest_vintage
from mapper.store.models import (
    ActivityAreaRow,
    ActivityRow,
    ActivityTagRow,
    ContactRow,
    OrganisationRow,
    OrganisationTagRow,
    ParticipationRow,
    PlaceAreaRow,
    PlaceRow,
    RunRow,
    SourceRow,
)
from mapper.store.sheltered import strictest, strictest_by_place

_PLACE = ("postcode", "easting_m", "northing_m", "precision", "lad_code")


def organisation_rows(session: Session) -> pd.DataFrame:
    """Read every active organisation with its site.

    Returns
    -------
    Indexed by `organisation_id`: `name`, `kind`, `sector`, `website`, `description`,
    `address`, `visibility` (the strictest of any organisation at the same place), `postcode`,
    `easting_m`, `northing_m`, `precision`, `lad_code`, `ward_code`, `theme`, `cohort` and
    `tier` (terms joined by "; "), `source_name`. Missing where not known.
    """
    own = (
        *("name", "kind", "sector", "website", "description", "address", "visibility"),
        *("place_id", "source_name"),
    )
    query = (
        select(
            OrganisationRow.id,
            *(getattr(OrganisationRow, name) for name in own),
            *(getattr(PlaceRow, name) for name in _PLACE),
        )
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id, isouter=True)
        .where(OrganisationRow.is_active)
        .order_by(OrganisationRow.name, OrganisationRow.id)
    )
    columns = ["organisation_id", *own, *_PLACE]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    frame = frame.set_index("organisation_id")
    tags = select(
        OrganisationTagRow.organisation_id, OrganisationTagRow.vocabulary, OrganisationTagRow.term
    )
    frame = _with_terms(frame, pd.DataFrame(session.execute(tags).all(), columns=_TAG_COLUMNS))
    return _sheltered(session, frame)


def activity_rows(session: Session) -> pd.DataFrame:
    """Read every activity with its venue.

    Returns
    -------
    Indexed by `activity_id`, the latest first: `title`, `lead_id`, `lead`, `partners` (names
    joined by "; "), `type`, `status`, `starts_on`, `ends_on`, `sessions`, `participants`,
    `hours_per_session`, `description`, `address`, `visibility` (the strictest of the
    activity's own and of any organisation at the same place), place columns as
    `organisation_rows`, `theme`, `cohort`, `areas_served` (codes joined by "; "),
    `registered_by`, `source_name`, `is_synthetic`.
    """
    own = (
        *("title", "lead_id", "type", "status", "starts_on", "ends_on", "sessions"),
        *("participants", "hours_per_session", "description", "address", "visibility"),
        *("place_id", "registered_by", "source_name"),
    )
    query = (
        select(
            ActivityRow.id,
            *(getattr(ActivityRow, name) for name in own),
            OrganisationRow.name,
            SourceRow.is_synthetic,
            *(getattr(PlaceRow, name) for name in _PLACE),
        )
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .join(SourceRow, SourceRow.id == ActivityRow.source_id)
        .join(PlaceRow, PlaceRow.id == ActivityRow.place_id, isouter=True)
        .order_by(ActivityRow.starts_on.desc(), ActivityRow.id.desc())
    )
    columns = ["activity_id", *own, "lead", "is_synthetic", *_PLACE]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns).set_index("activity_id")
    tags = select(ActivityTagRow.activity_id, ActivityTagRow.vocabulary, ActivityTagRow.term)
    frame = _with_terms(frame, pd.DataFrame(session.execute(tags).all(), columns=_TAG_COLUMNS))
    frame["partners"] = _partners(session).reindex(frame.index).fillna("")
    served = select(ActivityAreaRow.activity_id, ActivityAreaRow.area_code)
    frame["areas_served"] = _joined(session.execute(served).all()).reindex(frame.index).fillna("")
    return _sheltered(session, frame)


def contact_rows(session: Session) -> pd.DataFrame:
    """Read every contact of an active organisation, whatever they consented to.

    Returns
    -------
    `organisation`, `organisation_id`, `name`, `role`, `email`, `phone`, `shares_practice`,
    `practice_note`, `consent_audience` (missing without consent), `consent_given_on`,
    `consent_basis`, `themes` of the organisation, `lad_code` of its site (empty when not
    known).
    """
    own = (
        *("name", "role", "email", "phone", "shares_practice", "practice_note"),
        *("consent_audience", "consent_given_on", "consent_basis"),
    )
    query = (
        select(
            OrganisationRow.name,
            OrganisationRow.id,
            OrganisationRow.visibility,
            *(getattr(ContactRow, name) for name in own),
            PlaceRow.lad_code,
        )
        .join(OrganisationRow, OrganisationRow.id == ContactRow.organisation_id)
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id, isouter=True)
        .where(OrganisationRow.is_active)
        .order_by(OrganisationRow.name, ContactRow.name)
    )
    columns = ["organisation", "organisation_id", "visibility", *own, "lad_code"]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    themes = select(OrganisationTagRow.organisation_id, OrganisationTagRow.term).where(
        OrganisationTagRow.vocabulary == "theme"
    )
    terms = _joined(session.execute(themes).all())
    frame["themes"] = frame["organisation_id"].map(terms).fillna("")
    return frame.fillna({"lad_code": ""})


def register_version(session: Session) -> tuple[object, ...]:
    """Values that differ whenever anything published could: runs, sources and edits."""
    queries = (
        select(func.max(RunRow.id)),
        select(func.max(SourceRow.id)),
        select(func.count(ActivityRow.id)),
        select(func.max(ActivityRow.updated_at)),
        select(func.count(OrganisationRow.id)),
        select(func.max(OrganisationRow.updated_at)),
    )
    return tuple(session.scalar(query) for query in queries)


_TAG_COLUMNS = ["owner", "vocabulary", "term"]


def _with_terms(frame: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    for vocabulary in ("theme", "cohort", "tier"):
        rows = tags[tags["vocabulary"] == vocabulary]
        joined = rows.sort_values("term").groupby("owner")["term"].agg("; ".join)
        frame[vocabulary] = joined.reindex(frame.index).fillna("")
    return frame


def _joined(rows: Sequence[Row[int, str]]) -> "pd.Series[str]":
    pairs = pd.DataFrame(rows, columns=["owner", "value"])
    joined: pd.Series[str] = pairs.sort_values("value").groupby("owner")["value"].agg("; ".join)
    return joined


def _partners(session: Session) -> "pd.Series[str]":
    query = (
        select(ParticipationRow.activity_id, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == ParticipationRow.organisation_id)
        .where(~ParticipationRow.is_lead)
    )
    return _joined(session.execute(query).all())


def _sheltered(session: Session, frame: pd.DataFrame) -> pd.DataFrame:
    """Give everything at a place the strictest visibility of any organisation there."""
    at_place = frame["place_id"].map(strictest_by_place(session)).fillna(Visibility.EXACT.value)
    pairs = zip(frame["visibility"], at_place, strict=True)
    frame["visibility"] = [strictest(pair) for pair in pairs]
    wards = select(PlaceAreaRow.place_id, PlaceAreaRow.area_code).where(
        PlaceAreaRow.level == AreaType.WARD,
        PlaceAreaRow.vintage == latest_vintage(session, AreaType.WARD),
    )
    by_place = dict(session.execute(wards).all())
    frame["ward_code"] = frame["place_id"].map(by_place).fillna("")
    numbers = {"easting_m": float, "northing_m": float}
    texts = dict.fromkeys(("postcode", "precision", "lad_code"), "")
    return frame.drop(columns="place_id").astype(numbers).fillna(texts)
