"""Entries of the directory read back as records: what they say now, whoever said it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.domain.pipeline import Evaluation, PipelineStatus
from mapper.domain.site import Site
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import NotFoundError
from mapper.store.bulk import batches
from mapper.store.models import (
    ContactRow,
    OrganisationAreaRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    OrganisationTagRow,
    PlaceRow,
    SiteRow,
)
from mapper.store.models.base import Base
from mapper.store.organisation_rows import BETWEEN, Placed
from mapper.store.places_read import location_of, place_of, places_by_id

_AT_ONCE = 500
Row = TypeVar("Row", bound=Base)
Entry = tuple[Placed, tuple[str, ...]]
"""A record with its places, and the fields of it that a person set by hand."""


def entry(session: Session, organisation_id: int) -> Entry:
    """Read back one entry, as its own row has it: merged ones are not looked through.

    Parameters
    ----------
    organisation_id : of the entry.

    Raises
    ------
    NotFoundError
        When there is no organisation of that number.
    """
    found = entries(session, [organisation_id])
    if organisation_id not in found:
        raise NotFoundError(
            f"There is no organisation {organisation_id}.",
            expected="The number of an organisation in the directory.",
            action="Look for it in the directory.",
        )
    return found[organisation_id]


def entries(session: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """Read back many entries.

    Parameters
    ----------
    ids : of the entries; those that are not there are not in the answer.
    """
    found: dict[int, Entry] = {}
    for chosen in batches(ids, _AT_ONCE):
        found |= _some(session, chosen)
    return found


def with_hand_fields(incoming: Placed, before: Placed, hand_fields: Collection[str]) -> Placed:
    """Put in place of what a source says what a person has set by hand.

    Parameters
    ----------
    incoming : as the source says now.
    before : as the entry stands.
    hand_fields : set by hand.
    """
    own = {field.name for field in fields(Organisation)} & set(hand_fields)
    if not own:
        return incoming
    kept = {name: getattr(before.located.record, name) for name in own}
    located = replace(incoming.located, record=replace(incoming.located.record, **kept))
    if "location" in own:
        located = replace(located, place=before.located.place)
        incoming = replace(incoming, place_id=before.place_id)
    if "further_sites" in own:
        located = replace(located, further_places=before.located.further_places)
        incoming = replace(incoming, site_place_ids=before.site_place_ids)
    return replace(incoming, located=located)


def _some(session: Session, ids: Sequence[int]) -> dict[int, Entry]:
    rows = session.scalars(select(OrganisationRow).where(OrganisationRow.id.in_(ids))).all()
    identifiers = _by_owner(session, OrganisationIdentifierRow, ids)
    tags = _by_owner(session, OrganisationTagRow, ids)
    areas = _by_owner(session, OrganisationAreaRow, ids)
    contacts = _by_owner(session, ContactRow, ids)
    sites = _by_owner(session, SiteRow, ids)
    places = places_by_id(
        session,
        {row.place_id for row in rows}
        | {site.place_id for group in sites.values() for site in group},
    )
    found: dict[int, Entry] = {}
    for row in rows:
        own_sites = sorted(sites[row.id], key=lambda site: site.position)
        record = replace(
            _record(row, places),
            identifiers=tuple(Identifier(each.scheme, each.value) for each in identifiers[row.id]),
            areas_served=tuple(sorted(each.area_code for each in areas[row.id])),
            contacts=tuple(_contact(each) for each in contacts[row.id]),
            further_sites=tuple(_site(each, places) for each in own_sites),
            **_terms(tags[row.id]),
        )
        further_ids = tuple(site.place_id for site in own_sites)
        further = tuple(place_of(places, each) for each in further_ids)
        place = place_of(places, row.place_id)
        # The point may have been found in another way for another record.
        own_place = place and replace(place, method=row.found_by or place.method)
        located = Located(record, own_place, row.line, further)
        found[row.id] = (Placed(located, row.place_id, further_ids), tuple(row.hand_fields))
    return found


def _by_owner(session: Session, table: type[Row], ids: Sequence[int]) -> dict[int, list[Row]]:
    """Group the rows of a dependent table by their organisation."""
    columns = table.__table__.c
    query = select(table).where(columns.organisation_id.in_(ids))
    if "id" in columns:
        query = query.order_by(columns.id)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in session.scalars(query):
        found[getattr(row, "organisation_id")].append(row)  # noqa: B009  (not a column of `Base`)
    return found


def _record(row: OrganisationRow, places: dict[int, PlaceRow]) -> Organisation:
    return Organisation(
        source_key=row.source_key,
        name=row.name,
        also_known_as=tuple(filter(None, row.also_known_as.split(BETWEEN))),
        kind=OrganisationKind(row.kind),
        sector=Sector(row.sector),
        location=location_of(row.address, row.place_id, places),
        served_radius_m=row.served_radius_m,
        visibility=Visibility(row.visibility),
        description=row.description,
        website=row.website,
        is_active=row.is_active,
        opening=row.opening,
        accessibility=row.accessibility,
        referral_route=row.referral_route,
        funding=row.funding,
        funding_ends_on=row.funding_ends_on,
        evaluation=Evaluation(row.evaluation),
        status=PipelineStatus(row.status),
        verified_on=row.verified_on,
    )


def _site(row: SiteRow, places: dict[int, PlaceRow]) -> Site:
    return Site(
        name=row.name,
        location=location_of(row.address, row.place_id, places),
        visibility=Visibility(row.visibility),
    )


def _terms(rows: Sequence[OrganisationTagRow]) -> dict[str, Any]:
    terms = defaultdict(set)
    for row in rows:
        terms[row.vocabulary].add(row.term)
    return {
        "themes": frozenset(map(Theme, terms["theme"])),
        "cohorts": frozenset(map(Cohort, terms["cohort"])),
        "prevention_tiers": frozenset(map(PreventionTier, terms["tier"])),
    }


def _contact(row: ContactRow) -> Contact:
    consent = None
    if row.consent_audience is not None and row.consent_given_on is not None:
        consent = Consent(Audience(row.consent_audience), row.consent_given_on, row.consent_basis)
    return Contact(
        name=row.name,
        role=row.role,
        email=row.email,
        phone=row.phone,
        shares_practice=row.shares_practice,
        practice_note=row.practice_note,
        consent=consent,
    )
