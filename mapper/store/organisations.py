"""The directory of organisations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mapper.domain.contact import Contact
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.store.counts import SaveCounts
from mapper.store.digest import digest_of
from mapper.store.models import (
    ContactRow,
    OrganisationAreaRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    OrganisationTagRow,
    SourceRow,
)
from mapper.store.models.base import Base, now
from mapper.store.places import save_places
from mapper.store.sources import replace_editions
from mapper.store.survivors import standing_id

_DEPENDENTS = (OrganisationIdentifierRow, OrganisationTagRow, OrganisationAreaRow, ContactRow)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record on its way in."""

    located: Located[Organisation]
    digest: str
    place_id: int | None
    id: int | None


def name_key(name: str) -> str:
    """Spell a name for comparison: case, punctuation and 'the' do not matter."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold().replace("'", "")).split()
    return " ".join(word for word in words if word != "the")


def save_organisations(
    session: Session, source_id: int, records: Sequence[Located[Organisation]]
) -> SaveCounts:
    """Keep the organisations of one source, replacing what an earlier edition said of them.

    Parameters
    ----------
    source_id : of the source the records come from.
    records : with distinct source keys.
    """
    source_name = session.get_one(SourceRow, source_id).name
    present = _present(session, source_name)
    place_ids = save_places(session, [located.place for located in records])
    new, changed, unchanged = [], [], 0
    for located, place_id in zip(records, place_ids, strict=True):
        digest = digest_of(located.record, located.place)
        known_id, known_digest = present.get(located.record.source_key, (None, ""))
        candidate = _Candidate(located, digest, place_id, known_id)
        if known_id is None:
            new.append(candidate)
        elif known_digest != digest:
            changed.append(candidate)
        else:
            unchanged += 1
    _insert(session, source_id, source_name, new)
    _rewrite(session, source_id, source_name, changed)
    replace_editions(session, source_id)
    return SaveCounts(len(new), len(changed), unchanged)


def _present(session: Session, source_name: str) -> dict[str, tuple[int, str]]:
    query = select(OrganisationRow.source_key, OrganisationRow.id, OrganisationRow.digest)
    rows = session.execute(query.where(OrganisationRow.source_name == source_name))
    return {key: (known_id, digest) for key, known_id, digest in rows}


def _insert(
    session: Session, source_id: int, source_name: str, candidates: Sequence[_Candidate]
) -> None:
    if not candidates:
        return
    rows = [
        _values(candidate) | {"source_id": source_id, "source_name": source_name}
        for candidate in candidates
    ]
    session.execute(insert(OrganisationRow), rows)
    ids = {key: known_id for key, (known_id, _) in _present(session, source_name).items()}
    records = [candidate.located.record for candidate in candidates]
    _insert_dependents(session, [(ids[record.source_key], record) for record in records])


def _rewrite(
    session: Session, source_id: int, source_name: str, candidates: Sequence[_Candidate]
) -> None:
    for candidate in candidates:
        row = session.get_one(OrganisationRow, candidate.id)
        values = _values(candidate) | {"source_id": source_id, "source_name": source_name}
        values.pop("recorded_at")
        for name, value in values.items():
            setattr(row, name, value)
        for table in _DEPENDENTS:
            session.execute(delete(table).where(table.organisation_id == row.id))
        session.flush()
        _insert_dependents(session, [(row.id, candidate.located.record)])


def _values(candidate: _Candidate) -> dict[str, object]:
    record = candidate.located.record
    return {
        "source_key": record.source_key,
        "line": candidate.located.line,
        "name": record.name,
        "name_key": name_key(record.name),
        "kind": record.kind,
        "sector": record.sector,
        "description": record.description,
        "website": record.website,
        "address": record.location.address,
        "place_id": candidate.place_id,
        "visibility": record.visibility,
        "is_active": record.is_active,
        "digest": candidate.digest,
        "recorded_at": now(),
        "updated_at": now(),
    }


def _insert_dependents(session: Session, owned: Sequence[tuple[int, Organisation]]) -> None:
    rows: dict[type[Base], list[dict[str, object]]] = {table: [] for table in _DEPENDENTS}
    for owner, record in owned:
        mine: dict[str, object] = {"organisation_id": owner}
        rows[OrganisationIdentifierRow] += [
            mine | {"scheme": found.scheme, "value": found.value}
            for found in sorted(set(record.identifiers), key=str)
        ]
        rows[OrganisationTagRow] += [
            mine | {"vocabulary": vocabulary, "term": term} for vocabulary, term in _tags(record)
        ]
        rows[OrganisationAreaRow] += [
            mine | {"area_code": code} for code in sorted(set(record.areas_served))
        ]
        rows[ContactRow] += [mine | _contact_values(contact) for contact in record.contacts]
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)


def _tags(record: Organisation) -> list[tuple[str, str]]:
    vocabularies = {
        "theme": record.themes,
        "cohort": record.cohorts,
        "tier": record.prevention_tiers,
    }
    return [(name, term.value) for name, terms in vocabularies.items() for term in sorted(terms)]


def _contact_values(contact: Contact) -> dict[str, object]:
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


def organisation_ids_by_name(session: Session) -> dict[str, int]:
    """Map each name, spelt for comparison, to the first active organisation so called.

    The name of a merged organisation leads to the one that stands for it.
    """
    query = select(OrganisationRow.name_key, standing_id()).order_by(
        OrganisationRow.is_active, OrganisationRow.id.desc()
    )
    return dict(session.execute(query).all())


def is_known(session: Session, name: str) -> bool:
    """Tell whether the directory has an organisation so called, active or merged.

    Parameters
    ----------
    name : case, punctuation and 'the' do not matter.
    """
    query = select(OrganisationRow.id).where(OrganisationRow.name_key == name_key(name)).limit(1)
    return session.scalar(query) is not None


def organisation_names(session: Session) -> list[str]:
    """List the names of active organisations, in alphabetical order, each once."""
    query = (
        select(OrganisationRow.name)
        .where(OrganisationRow.is_active, OrganisationRow.merged_into_id.is_(None))
        .distinct()
    )
    return sorted(session.scalars(query), key=str.casefold)
