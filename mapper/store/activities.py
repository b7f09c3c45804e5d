"""The activity register."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.entry_change import ChangeHow
from mapper.domain.located import Located
from mapper.store.activity_entries import (
    ActivityEntry,
    activity_entries,
    as_named,
    with_hand_fields,
)
from mapper.store.activity_history import WrittenActivity, activity_differences, add_activity_change
from mapper.store.activity_rows import (
    Values,
    insert_dependents,
    named_organisations,
    own_values,
    rewrite,
)
from mapper.store.counts import SaveCounts
from mapper.store.digest import with_digest
from mapper.store.models import ActivityRow, SourceRow
from mapper.store.models.base import now
from mapper.store.organisation_rows import name_key
from mapper.store.places import save_places
from mapper.store.sources import replace_editions

Present = dict[str, tuple[int, str]]
"""Of each key of a source, the id and digest of the activity that is there."""


def save_activities(
    session: Session,
    source_id: int,
    records: Sequence[Located[Activity]],
    *,
    registered_by: str = "",
) -> SaveCounts:
    """Keep the activities of one source, replacing what an earlier edition said of them.

    An organisation that an activity names and the directory does not hold is added to the
    directory by name alone, so that the tie is not lost. What a person has set by hand stays,
    and the history says what the source says instead.

    Parameters
    ----------
    source_id : of the source the records come from.
    records : with distinct source keys.
    registered_by : who filled in the form; empty for a file.
    """
    source = session.get_one(SourceRow, source_id)
    present = _present(session, source.name)
    known = _changed_entries(session, present, records)
    standing = [_standing(each, present, known) for each in records]
    names, unmatched = named_organisations(session, source_id, [each.record for each in standing])
    place_ids = save_places(session, [located.place for located in standing])
    fresh: list[tuple[Values, Activity]] = []
    unchanged = 0
    for said, located, place_id in zip(records, standing, place_ids, strict=True):
        record = located.record
        values = own_values(located) | {
            "source_id": source_id,
            "source_name": source.name,
            "lead_id": names[name_key(record.lead)],
            "place_id": place_id,
            "registered_by": registered_by,
            "digest": with_digest(said).digest,
        }
        known_id, _ = present.get(record.source_key, (None, ""))
        if known_id is None:
            fresh.append((values | {"recorded_at": now(), "hand_fields": []}, record))
        elif known_id in known:
            rewrite(session, known_id, values)
            insert_dependents(session, [(known_id, record)], names)
            _note(session, known[known_id], said, source.loaded_by)
        else:
            unchanged += 1
    _insert(session, source.name, fresh, names)
    replace_editions(session, source_id)
    return SaveCounts(len(fresh), len(known), unchanged, unmatched)


def _insert(
    session: Session,
    source_name: str,
    fresh: Sequence[tuple[Values, Activity]],
    names: Mapping[str, int],
) -> None:
    if fresh:
        session.execute(insert(ActivityRow), [values for values, _ in fresh])
        ids = {key: number for key, (number, _) in _present(session, source_name).items()}
        owned = [(ids[record.source_key], record) for _, record in fresh]
        insert_dependents(session, owned, names)


def _changed_entries(
    session: Session, present: Present, records: Sequence[Located[Activity]]
) -> dict[int, ActivityEntry]:
    """Read those activities that are there and of which the source now says something else."""
    ids = [
        number
        for located in records
        for number, digest in [present.get(located.record.source_key, (None, ""))]
        if number is not None and digest != with_digest(located).digest
    ]
    return activity_entries(session, ids)


def _standing(
    said: Located[Activity], present: Present, known: Mapping[int, ActivityEntry]
) -> Located[Activity]:
    """Put what a person has set by hand in place of what the source says."""
    number, _ = present.get(said.record.source_key, (0, ""))
    return with_hand_fields(said, known[number]) if number in known else said


def _note(session: Session, before: ActivityEntry, said: Located[Activity], by: str) -> None:
    changes = activity_differences(before.located, as_named(said, before), before.hand_fields)
    add_activity_change(session, WrittenActivity(before.id, by, ChangeHow.SOURCE), changes)


def _present(session: Session, source_name: str) -> Present:
    query = select(ActivityRow.source_key, ActivityRow.id, ActivityRow.digest)
    rows = session.execute(query.where(ActivityRow.source_name == source_name))
    return {key: (known_id, digest) for key, known_id, digest in rows}
