"""What is alike in the histories of entries and of activities: changes compared, kept and read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mapper.domain.entry_change import ChangeHow, EntryChange, FieldChange
from mapper.store.models.base import now
from mapper.store.models.history import ChangeColumns


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else changed in a field.

    Parameters
    ----------
    before, after : plain values, as the history keeps them.
    by : who changed it last; empty where nobody is named.
    """

    before: Any
    after: Any
    by: str


def field_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], hand_fields: Collection[str]
) -> dict[str, FieldChange]:
    """Say which fields differ between two states.

    Parameters
    ----------
    old, new : plain values by field, of the same fields.
    hand_fields : of which a source's word is not taken.
    """
    return {
        name: FieldChange(before=old[name], after=new[name], is_taken=name not in hand_fields)
        for name in old
        if old[name] != new[name]
    }


def kept_values(by: str, how: ChangeHow, changes: Mapping[str, FieldChange]) -> dict[str, Any]:
    """Give the columns of one change that is kept now.

    Parameters
    ----------
    by, how : by whom and by what way.
    changes : by field.
    """
    fields = {name: asdict(change) for name, change in changes.items()}
    return {"at": now(), "by": by, "how": how, "fields": fields}


def as_changes(rows: Iterable[ChangeColumns]) -> list[EntryChange]:
    """Read changes as they were kept, in the order of the rows."""
    return [
        EntryChange(
            at=row.at,
            by=row.by,
            how=ChangeHow(row.how),
            fields={name: FieldChange(**values) for name, values in row.fields.items()},
        )
        for row in rows
    ]


def seen_change(state: str) -> int:
    """Give the number of the last change that a state was read after; 0 for none."""
    return int(state) if state.isdecimal() else 0


def add_meanwhile(
    found: Mapping[str, Meanwhile], rows: Iterable[ChangeColumns], names: Collection[str] | None
) -> dict[str, Meanwhile]:
    """Add what changes say to what is known to have changed, by field.

    Parameters
    ----------
    found : what is known.
    rows : of changes, the earliest first; what was not taken is passed over.
    names : of the fields that count; all when None.
    """
    told = dict(found)
    for row in rows:
        for name, change in row.fields.items():
            if change["is_taken"] and (names is None or name in names):
                before = told[name].before if name in told else change["before"]
                told[name] = Meanwhile(before, change["after"], row.by)
    return told
