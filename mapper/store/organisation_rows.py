"""An organisation's record as rows of the tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mapper.domain.contact import Contact
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.store.bulk import insert_rows
from mapper.store.models import (
    ContactRow,
    OrganisationAreaRow,
    OrganisationIdentifierRow,
    OrganisationTagRow,
    SiteRow,
)
from mapper.store.models.base import Base, now
from mapper.store.places import located_by

_SIGNS = re.compile(r"[\W_]+")

BETWEEN = "; "
"""What stands between several names in one text."""

DEPENDENTS: tuple[type[Base], ...] = (
    OrganisationIdentifierRow,
    OrganisationTagRow,
    OrganisationAreaRow,
    ContactRow,
    SiteRow,
)
"""The tables whose rows belong to one organisation and are written anew with it."""

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with the ids of its places.

    Parameters
    ----------
    located : the record and where it is.
    place_id : of the main site; None where it has no place.
    site_place_ids : of the further sites, in their order.
    """

    located: Located[Organisation]
    place_id: int | None
    site_place_ids: tuple[int | None, ...] = ()


def name_key(name: str) -> str:
    """Spell a name for comparison: case, punctuation and 'the' do not matter."""
    words = _SIGNS.sub(" ", name.casefold().replace("'", "")).split()
    return " ".join(word for word in words if word != "the")


def own_values(placed: Placed) -> Values:
    """Give the columns of the organisation's own row that its record decides.

    Parameters
    ----------
    placed : the record.
    """
    record = placed.located.record
    return {
        "source_key": record.source_key,
        "line": placed.located.line,
        "name": record.name,
        "name_key": name_key(record.name),
        "also_known_as": BETWEEN.join(record.also_known_as),
        "kind": record.kind,
        "sector": record.sector,
        "description": record.description,
        "website": record.website,
        "address": record.location.address,
        "place_id": placed.place_id,
        "found_by": located_by(placed.located.place),
        "served_radius_m": record.served_radius_m,
        "visibility": record.visibility,
        "opening": record.opening,
        "accessibility": record.accessibility,
        "referral_route": record.referral_route,
        "funding": record.funding,
        "funding_ends_on": record.funding_ends_on,
        "evaluation": record.evaluation,
        "is_active": record.is_active,
        "updated_at": now(),
    }


def write_dependents(session: Session, owned: Sequence[tuple[int, Placed]]) -> None:
    """Write the rows that belong to organisations which have none yet.

    Parameters
    ----------
    owned : organisation ids with their records.
    """
    rows: dict[type[Base], list[Values]] = {table: [] for table in DEPENDENTS}
    for owner, placed in owned:
        for table, values in dependents(placed):
            rows[table].append({"organisation_id": owner, **values})
    for table, values_of_table in rows.items():
        insert_rows(session, table, values_of_table)


def remove_dependents(session: Session, organisation_id: int) -> None:
    """Take away the rows that belong to an organisation.

    Parameters
    ----------
    organisation_id : of the organisation.
    """
    for table in DEPENDENTS:
        # Every dependent has the column, which the base class does not know.
        owner = table.__table__.c.organisation_id
        session.execute(delete(table).where(owner == organisation_id))
    session.flush()


def dependents(placed: Placed) -> list[tuple[type[Base], Values]]:
    """Give the rows that belong to an organisation, each with its table.

    Parameters
    ----------
    placed : the record.
    """
    record = placed.located.record
    rows: list[tuple[type[Base], Values]] = [
        (OrganisationIdentifierRow, {"scheme": found.scheme, "value": found.value})
        for found in sorted(set(record.identifiers), key=str)
    ]
    rows += [
        (OrganisationTagRow, {"vocabulary": vocabulary, "term": term})
        for vocabulary, term in _tags(record)
    ]
    rows += [
        (OrganisationAreaRow, {"area_code": code}) for code in sorted(set(record.areas_served))
    ]
    rows += [(ContactRow, _contact_values(contact)) for contact in record.contacts]
    places = placed.site_place_ids or (None,) * len(record.further_sites)
    rows += [
        (
            SiteRow,
            {
                "position": position,
                "name": site.name,
                "address": site.location.address,
                "place_id": place_id,
                "visibility": site.visibility,
            },
        )
        for position, (site, place_id) in enumerate(
            zip(record.further_sites, places, strict=True), start=1
        )
    ]
    return rows


def _tags(record: Organisation) -> list[tuple[str, str]]:
    vocabularies = {
        "theme": record.themes,
        "cohort": record.cohorts,
        "tier": record.prevention_tiers,
    }
    return [(name, term.value) for name, terms in vocabularies.items() for term in sorted(terms)]


def _contact_values(contact: Contact) -> Values:
    consent = contact.consent
    return {
        "name": contact.name,
        "role": contact.role,
        "email": contact.email,
        "phone": contact.phone,
        "shares_practice": contact.shares_practice,
        "practice_note": contact.practice_note,
        "consent_audience": consent.audience.value if consent else None,
        "consent_given_on": consent.given_on if consent else None,
        "consent_basis": consent.basis if consent else "",
    }
