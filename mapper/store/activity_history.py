"""What became of activities: every change, by whom and when. Only added to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.entry_change import ChangeHow, EntryChange, FieldChange
from mapper.domain.located import Located
from mapper.store.activity_entries import ActivityEntry
from mapper.store.change_log import (
    Meanwhile,
    add_meanwhile,
    as_changes,
    field_changes,
    kept_values,
    seen_change,
)
from mapper.store.models import ActivityChangeRow
from mapper.store.plain_values import plain_value, where_words

_NOT_KEPT = frozenset({"source_key", "location"})


@dataclass(frozen=True, slots=True)
class WrittenActivity:
    """Which activity was changed, by whom and how."""

    activity_id: int
    by: str
    how: ChangeHow


def activity_differences(
    before: Located[Activity], after: Located[Activity], hand_fields: Collection[str] = ()
) -> dict[str, FieldChange]:
    """Say which fields differ between two states of an activity.

    Parameters
    ----------
    before, after : the states.
    hand_fields : of which a source's word is not taken.
    """
    return field_changes(activity_values(before), activity_values(after), hand_fields)


def activity_values(located: Located[Activity]) -> dict[str, Any]:
    """Give every field of an activity as plain values.

    Parameters
    ----------
    located : the activity, with its place.
    """
    record = located.record
    plain = {
        name: plain_value(getattr(record, name))
        for name in Activity.__dataclass_fields__
        if name not in _NOT_KEPT
    }
    return plain | {"location": where_words(record.location, located.place)}


def add_activity_change(
    session: Session, written: WrittenActivity, changes: Mapping[str, FieldChange]
) -> None:
    """Keep one change; nothing is kept where nothing changed.

    Parameters
    ----------
    written : which activity, by whom and how.
    changes : by field.
    """
    if changes:
        session.add(
            ActivityChangeRow(
                activity_id=written.activity_id,
                **kept_values(written.by, written.how, changes),
            )
        )


def activity_changes(session: Session, activity_id: int) -> list[EntryChange]:
    """List the changes of an activity, the latest first.

    Parameters
    ----------
    activity_id : of the activity.
    """
    query = _changes_of(activity_id).order_by(ActivityChangeRow.id.desc())
    return as_changes(session.scalars(query))


def activity_changed_meanwhile(
    session: Session, entry: ActivityEntry, state: str
) -> dict[str, Meanwhile]:
    """Say what changed in an activity since somebody looked at it, by field.

    Parameters
    ----------
    entry : as it stands now.
    state : of it then.

    Returns
    -------
    Empty where nothing did.
    """
    if state == entry.state:
        return {}
    since = _changes_of(entry.id).where(ActivityChangeRow.id > seen_change(state))
    return add_meanwhile({}, session.scalars(since.order_by(ActivityChangeRow.id)), None)


def _changes_of(activity_id: int) -> Select[ActivityChangeRow]:
    return select(ActivityChangeRow).where(ActivityChangeRow.activity_id == activity_id)
