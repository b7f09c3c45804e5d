"""Rows of the directory, the register and the contacts, for `reports.publish` to pass on.

Nothing here is fit to be shown: places are exact and contacts stand whatever they consented
to. Only `mapper.reports` may read these frames.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Visibility
from mapper.store.areas import latest_vintage
from mapper.store.authority_code import authority_code
from mapper.store.confirmed import confirmed_on
from mapper.store.models import (
    ActivityAreaRow,
    ActivityRow,
    ActivityTagRow,
    ContactRow,
    OrganisationMergeRow,
    OrganisationRow,
    ParticipationRow,
    PlaceAreaRow,
    PlaceRow,
    RunPublicationRow,
    RunRow,
    SourceRow,
)
from mapper.store.plain_rows import plain_rows
from mapper.store.sheltered import strictest, strictest_by_place
from mapper.store.survivors import one_each, standing_id, strictest_of_merged
from mapper.store.taken_out import is_taken_out, taken_out, unnamed_activities
from mapper.store.terms import organisation_areas, organisation_tags

_DAYS = ("funding_ends_on", "verified_on")
PLACE: Final = ("postcode", "easting_m", "northing_m", "precision", "lad_code")
"""Columns of the place of a row."""


def place_columns() -> tuple[ColumnElement[Any], ...]:
    """Give the columns of `PLACE`, as SQL expressions."""
    own = [getattr(PlaceRow, name) for name in PLACE[:-1]]
    return (*own, authority_code())


def organisation_rows(session: Session, ids: Collection[int] | None = None) -> pd.DataFrame:
    """Read every active organisation with its site, those that were merged once.

    Parameters
    ----------
    ids : of those wanted, none of them merged into another; all when None.

    Returns
    -------
    Indexed by `organisation_id`: `name`, `kind`, `sector`, `website`, `description`,
    `address`, `visibility` (the strictest of any organisation at the same place), `postcode`,
    `easting_m`, `northing_m`, `precision`, `found_by` (how the place was found, in
    words), `lad_code`, `ward_code`, `theme`, `cohort` and
    `tier` (terms joined by "; "), `areas_served` (codes joined by "; "), `also_known_as`
    (names joined by "; "), `opening`, `accessibility`, `referral_route`, `funding`,
    `funding_ends_on`, `evaluation`, `status`, `verified_on`, `verified_how`, `confirmed_on`
    (the day the entry, or one merged into it, was last confirmed or else recorded),
    `served_radius_m` (of a circle about its site), `source_name`. Missing where not known.
    """
    own = (
        *("name", "kind", "sector", "website", "description", "address", "visibility"),
        *("also_known_as", "opening", "accessibility", "referral_route", "funding"),
        *("funding_ends_on", "evaluation", "status", "verified_on", "verified_how"),
        *("served_radius_m", "place_id", "found_by", "source_name", "recorded_at"),
    )
    survivor = aliased(OrganisationRow)
    query = (
        select(
            survivor.id,
            *(getattr(OrganisationRow, name) for name in own),
            *place_columns(),
        )
        .join(survivor, survivor.id == standing_id())
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id, isouter=True)
        .where(survivor.is_active)
        .order_by(survivor.name, survivor.id, OrganisationRow.id != survivor.id, OrganisationRow.id)
    )
    if ids is not None:
        query = query.where(survivor.id.in_(list(ids)))
    columns = ["organisation_id", *own, *PLACE]
    frame = pd.DataFrame(plain_rows(session, query), columns=columns)
    frame = frame.set_index("organisation_id").astype(dict.fromkeys(_DAYS, object))
    confirmed = confirmed_on(frame)
    frame = one_each(frame, ("place_id", "found_by", "address", *PLACE))
    frame = frame.drop(columns="recorded_at")
    frame["confirmed_on"] = confirmed
    for vocabulary, joined in organisation_tags(session).items():
        frame[vocabulary] = _each(joined, frame.index.tolist(), "")
    frame["areas_served"] = _each(organisation_areas(session), frame.index.tolist(), "")
    return sheltered(session, frame)


def organisation_descriptions(session: Session) -> pd.DataFrame:
    """Read what every organisation is, those that closed or were merged since included.

    A stored run names organisations as they were when it was made; this names them all but
    those whose contacts took their entries out.

    Returns
    -------
    Indexed by `organisation_id`: `name`, `kind`, `sector`.
    """
    columns = ("id", "name", "kind", "sector")
    query = select(*(getattr(OrganisationRow, name) for name in columns))
    query = query.where(~is_taken_out()).order_by(OrganisationRow.id)
    frame = pd.DataFrame(plain_rows(session, query), columns=["organisation_id", *columns[1:]])
    return frame.set_index("organisation_id")


def activity_rows(session: Session) -> pd.DataFrame:
    """Read every activity with its venue.

    Returns
    -------
    Indexed by `activity_id`, the latest first: `title`, `lead_id`, `lead`, `partners` (names
    joined by "; "), `partner_links` (pairs of number and name), `type`, `status`,
    `starts_on`, `ends_on`, `sessions`, `participants`, `hours_per_session`, `description`,
    `address`, `visibility` (the strictest of the activity's own and of any organisation at the
    same place), place columns as
    `organisation_rows`, `theme`, `cohort`, `areas_served` (codes joined by "; "),
    `served_radius_m` (NaN where none), `registered_by`, `source_name`, `is_synthetic`,
    `is_unnamed`. An organisation whose contact took its entry out is not named, in words that
    were typed neither: `is_unnamed` says so, and its number is 0.
    """
    own = (
        *("title", "type", "status", "starts_on", "ends_on", "sessions"),
        *("participants", "hours_per_session", "description", "address", "visibility"),
        *("place_id", "found_by", "served_radius_m", "registered_by", "source_name"),
    )
    lead = aliased(OrganisationRow)
    query = (
        select(
            ActivityRow.id,
            lead.id,
            *(getattr(ActivityRow, name) for name in own),
            lead.name,
            SourceRow.is_synthetic,
            *place_columns(),
        )
        .join(OrganisationRow, OrganisationRow.id == ActivityRow.lead_id)
        .join(lead, lead.id == standing_id())
        .join(SourceRow, SourceRow.id == ActivityRow.source_id)
        .join(PlaceRow, PlaceRow.id == ActivityRow.place_id, isouter=True)
        .order_by(ActivityRow.starts_on.desc(), ActivityRow.id.desc())
    )
    columns = ["activity_id", "lead_id", *own, "lead", "is_synthetic", *PLACE]
    frame = pd.DataFrame(plain_rows(session, query), columns=columns).set_index("activity_id")
    for vocabulary, joined in _activity_tags(session).items():
        frame[vocabulary] = _each(joined, frame.index.tolist(), "")
    partners = _partners(session)
    links = [tuple(partners.get(int(key), ())) for key in frame.index]
    frame["partner_links"] = pd.Series(links, frame.index, dtype=object)
    frame["partners"] = ["; ".join(name for _, name in pairs) for pairs in links]
    served = select(ActivityAreaRow.activity_id, ActivityAreaRow.area_code)
    frame["areas_served"] = _each(_joined(plain_rows(session, served)), frame.index.tolist(), "")
    return sheltered(session, unnamed_activities(frame, taken_out(session)))


def contact_rows(session: Session) -> pd.DataFrame:
    """Read every contact of an active organisation, whatever they consented to.

    Those of a merged organisation stand under the one that stands for it.

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
    survivor = aliased(OrganisationRow)
    query = (
        select(
            survivor.name,
            survivor.id,
            OrganisationRow.visibility,
            *(getattr(ContactRow, name) for name in own),
            PlaceRow.lad_code,
        )
        .join(OrganisationRow, OrganisationRow.id == ContactRow.organisation_id)
        .join(survivor, survivor.id == standing_id())
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id, isouter=True)
        .where(survivor.is_active)
        .order_by(survivor.name, ContactRow.name)
    )
    columns = ["organisation", "organisation_id", "visibility", *own, "lad_code"]
    frame = pd.DataFrame(plain_rows(session, query), columns=columns)
    merged = strictest_of_merged(session)
    rows = zip(frame["organisation_id"], frame["visibility"], strict=True)
    frame["visibility"] = [merged.get(owner, visibility) for owner, visibility in rows]
    frame["themes"] = _each(organisation_tags(session)["theme"], frame["organisation_id"], "")
    return frame.fillna({"lad_code": ""})


def register_version(session: Session) -> tuple[object, ...]:
    """Values that differ whenever anything published could: runs, sources, edits and merges."""
    queries = (
        select(func.max(RunRow.id)),
        select(func.max(RunPublicationRow.id)),
        select(func.max(SourceRow.id)),
        select(func.count(ActivityRow.id)),
        select(func.max(ActivityRow.updated_at)),
        select(func.count(OrganisationRow.id)),
        select(func.max(OrganisationRow.updated_at)),
        select(func.max(OrganisationMergeRow.id)),
        select(func.count(OrganisationMergeRow.undone_at)),
    )
    return tuple(session.scalar(query) for query in queries)


_VOCABULARIES = ("theme", "cohort", "tier")


def _each(values: Mapping[Any, str], keys: Iterable[Any], otherwise: str) -> list[str]:
    """The value of each key, in order; many times quicker than to align frames."""
    return [values.get(key, otherwise) for key in keys]


def _activity_tags(session: Session) -> dict[str, dict[int, str]]:
    """The terms of each activity, by vocabulary."""
    found: dict[str, list[tuple[int, str]]] = {name: [] for name in _VOCABULARIES}
    query = select(ActivityTagRow.activity_id, ActivityTagRow.vocabulary, ActivityTagRow.term)
    for activity_id, vocabulary, term in plain_rows(session, query):
        found[vocabulary].append((activity_id, term))
    return {vocabulary: _joined(pairs) for vocabulary, pairs in found.items()}


def _joined(pairs: Iterable[Any]) -> dict[int, str]:
    """The values of each owner in order, joined by "; ". Faster than groups of a frame."""
    found: dict[int, list[str]] = {}
    for owner, value in pairs:
        found.setdefault(owner, []).append(value)
    return {owner: "; ".join(sorted(values)) for owner, values in found.items()}


def _partners(session: Session) -> dict[int, list[tuple[int, str]]]:
    """Collect the partners of each activity but its lead, in order of name."""
    partner, lead = aliased(OrganisationRow), aliased(OrganisationRow)
    query = (
        select(ParticipationRow.activity_id, partner.id, partner.name)
        .join(OrganisationRow, OrganisationRow.id == ParticipationRow.organisation_id)
        .join(partner, partner.id == standing_id())
        .join(ActivityRow, ActivityRow.id == ParticipationRow.activity_id)
        .join(lead, lead.id == ActivityRow.lead_id)
        .where(partner.id != standing_id(lead))
        .distinct()
        .order_by(partner.name, partner.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for activity_id, number, name in plain_rows(session, query):
        found.setdefault(activity_id, []).append((number, name))
    return found


def sheltered(session: Session, frame: pd.DataFrame) -> pd.DataFrame:
    """Give everything at a place the strictest visibility of any organisation there.

    Parameters
    ----------
    frame : with `visibility`, `place_id` and the columns of `PLACE`.

    Returns
    -------
    The same rows with `ward_code`, without `place_id`.
    """
    exact = Visibility.EXACT.value
    at_place = _each(strictest_by_place(session), frame["place_id"].tolist(), exact)
    frame["visibility"] = [
        own if place == exact else strictest((own, place))
        for own, place in zip(frame["visibility"].tolist(), at_place, strict=True)
    ]
    wards = select(PlaceAreaRow.place_id, PlaceAreaRow.area_code).where(
        PlaceAreaRow.level == AreaType.WARD,
        PlaceAreaRow.vintage == latest_vintage(session, AreaType.WARD),
    )
    ward_of: dict[int, str] = dict(plain_rows(session, wards))
    frame["ward_code"] = _each(ward_of, frame["place_id"].tolist(), "")
    numbers = {"easting_m": float, "northing_m": float}
    texts = dict.fromkeys(("postcode", "precision", "lad_code"), "")
    return frame.drop(columns="place_id").astype(numbers).fillna(texts)
