"""Corrections of activities by hand, which stand over whatever their source says later."""

from dataclasses import replace

from sqlalchemy.orm import Session

from mapper.domain.activity import Activity, ActivityStatus
from mapper.domain.located import Located
from mapper.errors import ChangedMeanwhileError
from mapper.store.activity_entries import ActivityEntry, activity_entry, as_named
from mapper.store.activity_history import (
    WrittenActivity,
    activity_changed_meanwhile,
    activity_differences,
    add_activity_change,
)
from mapper.store.activity_rows import (
    insert_dependents,
    named_organisations,
    own_values,
    rewrite,
)
from mapper.store.organisation_rows import name_key
from mapper.store.places import save_places


def correct_activity(
    session: Session,
    corrected: Located[Activity],
    written: WrittenActivity,
    *,
    state: str,
    source_id: int,
) -> set[str]:
    """Set the fields of an activity that differ from what it says now.

    Parameters
    ----------
    corrected : the whole activity as it is to be, with its place.
    written : which activity, by whom and how.
    state : of the activity when whoever corrects it looked at it.
    source_id : of the source that adds organisations which the directory does not hold.

    Returns
    -------
    The fields that were changed; empty when nothing was.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it in the meantime.
    NotFoundError
        When there is no activity of that number.
    """
    entry = activity_entry(session, written.activity_id)
    _require_unchanged(session, entry, state)
    own = entry.located
    record = replace(corrected.record, source_key=own.record.source_key)
    corrected = as_named(replace(corrected, record=record, line=own.line), entry)
    changes = activity_differences(own, corrected)
    if not changes:
        return set()
    _write(session, entry, corrected, source_id, hand_fields={*entry.hand_fields, *changes})
    add_activity_change(session, written, changes)
    return set(changes)


def cancel_activity(
    session: Session, written: WrittenActivity, *, state: str, source_id: int
) -> bool:
    """Mark an activity as cancelled: it stays in the register, and counts in no new analysis.

    Parameters
    ----------
    written, state, source_id : as of `correct_activity`.

    Returns
    -------
    False when it was cancelled before.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it in the meantime.
    NotFoundError
        When there is no activity of that number.
    """
    located = activity_entry(session, written.activity_id).located
    cancelled = replace(located, record=replace(located.record, status=ActivityStatus.CANCELLED))
    return bool(correct_activity(session, cancelled, written, state=state, source_id=source_id))


def _require_unchanged(session: Session, entry: ActivityEntry, state: str) -> None:
    if activity_changed_meanwhile(session, entry, state):
        raise ChangedMeanwhileError(
            "The activity was changed in the meantime.",
            expected="The activity as it was when the form was opened.",
            action="Open the form again.",
        )


def _write(
    session: Session,
    entry: ActivityEntry,
    corrected: Located[Activity],
    source_id: int,
    *,
    hand_fields: set[str],
) -> None:
    record = corrected.record
    named = (record.lead, *record.partners)
    others = [name for name in named if name_key(name) not in entry.members]
    found: dict[str, int] = {}
    if others:
        mention = replace(record, lead=others[0], partners=tuple(others[1:]))
        found, _ = named_organisations(session, source_id, [mention])
    # Whoever is named as before stays whom it was, should another have come by the same name.
    names = found | {key: member.id for key, member in entry.members.items()}
    (place_id,) = save_places(session, [corrected.place])
    values = own_values(corrected) | {
        "lead_id": names[name_key(record.lead)],
        "place_id": place_id,
        "hand_fields": sorted(hand_fields),
    }
    rewrite(session, entry.id, values)
    insert_dependents(session, [(entry.id, record)], names)
