"""The activity register."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.store.counts import SaveCounts
from mapper.store.digest import with_digest
from mapper.store.models import (
    ActivityAreaRow,
    ActivityRow,
    ActivityTagRow,
    ParticipationRow,
    SourceRow,
)
from mapper.store.models.base import Base, now
from mapper.store.organisation_rows import name_key
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.places import located_by, save_places
from mapper.store.sources import replace_editions

_DEPENDENTS = (ActivityTagRow, ActivityAreaRow, ParticipationRow)


def save_activities(
    session: Session,
    source_id: int,
    records: Sequence[Located[Activity]],
    *,
    registered_by: str = "",
) -> SaveCounts:
    """Keep the activities of one source, replacing what an earlier edition said of them.

    An organisation that an activity names and the directory does not hold is added to the
    directory by name alone, so that the tie is not lost.

    Parameters
    ----------
    source_id : of the source the records come from.
    records : with distinct source keys.
    registered_by : who filled in the form; empty for a file.
    """
    source_name = session.get_one(SourceRow, source_id).name
    names, unmatched = _organisations(session, source_id, [found.record for found in records])
    place_ids = save_places(session, [located.place for located in records])
    present = _present(session, source_name)
    fresh: list[tuple[dict[str, object], Activity]] = []
    changed = unchanged = 0
    for located, place_id in zip(records, place_ids, strict=True):
        record = located.record
        digest = with_digest(located).digest
        values = _values(located, digest) | {
            "source_id": source_id,
            "source_name": source_name,
            "lead_id": names[name_key(record.lead)],
            "place_id": place_id,
            "registered_by": registered_by,
        }
        known_id, known_digest = present.get(record.source_key, (None, ""))
        if known_id is None:
            fresh.append((values, record))
        elif known_digest == digest:
            unchanged += 1
        else:
            _rewrite(session, known_id, values)
            _insert_dependents(session, [(known_id, record)], names)
            changed += 1
    if fresh:
        session.execute(insert(ActivityRow), [values for values, _ in fresh])
        ids = {key: known for key, (known, _) in _present(session, source_name).items()}
        owned = [(ids[record.source_key], record) for _, record in fresh]
        _insert_dependents(session, owned, names)
    replace_editions(session, source_id)
    return SaveCounts(len(fresh), changed, unchanged, unmatched)


def _organisations(
    session: Session, source_id: int, records: Iterable[Activity]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Find every organisation named, adding those that are not in the directory."""
    mentions = [name for record in records for name in (record.lead, *record.partners)]
    named = {name_key(name): name for name in reversed(mentions)}  # the first spelling stands
    known = organisation_ids_by_name(session)
    missing = {key: name for key, name in named.items() if key not in known}
    if missing:
        stubs = [
            Located(Organisation(source_key=f"named:{key}"[:300], name=name))
            for key, name in missing.items()
        ]
        save_organisations(session, source_id, stubs)
        known = organisation_ids_by_name(session)
    return {key: known[key] for key in named}, tuple(sorted(missing.values()))


def _present(session: Session, source_name: str) -> dict[str, tuple[int, str]]:
    query = select(ActivityRow.source_key, ActivityRow.id, ActivityRow.digest)
    rows = session.execute(query.where(ActivityRow.source_name == source_name))
    return {key: (known_id, digest) for key, known_id, digest in rows}


def _values(located: Located[Activity], digest: str) -> dict[str, object]:
    record = located.record
    return {
        "source_key": record.source_key,
        "line": located.line,
        "title": record.title,
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "status": record.status,
        "type": record.type,
        "sessions": record.sessions,
        "participants": record.participants,
        "hours_per_session": record.hours_per_session,
        "address": record.location.address,
        "found_by": located_by(located.place),
        "served_radius_m": record.served_radius_m,
        "visibility": record.visibility,
        "description": record.description,
        "prevention_tier": record.prevention_tier or "",
        "digest": digest,
        "recorded_at": now(),
        "updated_at": now(),
    }


def _rewrite(session: Session, activity_id: int, values: dict[str, object]) -> None:
    row = session.get_one(ActivityRow, activity_id)
    for name, value in values.items():
        if name != "recorded_at":
            setattr(row, name, value)
    for table in _DEPENDENTS:
        session.execute(delete(table).where(table.activity_id == activity_id))
    session.flush()


def _insert_dependents(
    session: Session, owned: Sequence[tuple[int, Activity]], names: dict[str, int]
) -> None:
    rows: dict[type[Base], list[dict[str, object]]] = {table: [] for table in _DEPENDENTS}
    for owner, record in owned:
        mine: dict[str, object] = {"activity_id": owner}
        tags = {"theme": record.themes, "cohort": record.cohorts}
        rows[ActivityTagRow] += [
            mine | {"vocabulary": vocabulary, "term": term.value}
            for vocabulary, terms in tags.items()
            for term in sorted(terms)
        ]
        rows[ActivityAreaRow] += [
            mine | {"area_code": code} for code in sorted(set(record.areas_served))
        ]
        lead = names[name_key(record.lead)]
        members = {names[name_key(partner)] for partner in record.partners} | {lead}
        rows[ParticipationRow] += [
            mine | {"organisation_id": member, "is_lead": member == lead}
            for member in sorted(members)
        ]
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)
