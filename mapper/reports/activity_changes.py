"""What became of an activity, or is about to, in words, as far as it may be told.

Where a venue is that is not shown exactly is told to nobody, before or after, and an
organisation that was taken out of the directory is not named.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Sensitivity, Visibility
from mapper.domain.entry_change import EntryChange, FieldChange
from mapper.reports.authority_wards import area_words
from mapper.reports.entry_words import NOTHING, field_words, value_words
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.published_changes import (
    CHANGES,
    HISTORY,
    HOW,
    MEANWHILE,
    PublishedChange,
    taken_cell,
)
from mapper.reports.wording import count_cell, date_words, moment_words, text_cell, withheld_cell
from mapper.store.activity_history import activity_changes
from mapper.store.change_log import Meanwhile
from mapper.store.listings import activity_rows
from mapper.store.taken_out import taken_out, without_names
from mapper.store.users import User, find_user

_WORDS: Final[Mapping[str, str]] = {
    "title": "Activity",
    "lead": "Led by",
    "partners": "With",
    "type": "Kind",
    "status": "Status",
    "starts_on": "First day",
    "ends_on": "Last day",
    "participants": "People taking part",
    "hours_per_session": "Hours a session",
    "location": "Venue",
    "visibility": "How exactly the venue is shown",
    "description": "What happens there",
}
_DAYS: Final = frozenset({"starts_on", "ends_on"})
_TYPED: Final = frozenset({"title", "lead", "partners", "description", "location"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTelling:
    """What is needed to tell the values of an activity in words.

    Parameters
    ----------
    audience : who is told.
    areas : code to name.
    is_open : whether the venue may be told.
    not_named : names of organisations that were taken out.
    """

    audience: Audience
    areas: Mapping[str, str]
    is_open: bool
    not_named: frozenset[str]

    def cells(self, name: str, before: object, after: object) -> tuple[Cell, Cell, Cell]:
        """Tell one field: what it is called, and what stood and stands in it.

        Parameters
        ----------
        name : of the field of the record.
        before, after : plain values.
        """
        called = text_cell(_WORDS.get(name) or field_words(name))
        if name == "location" and not self.is_open:
            return called, withheld_cell(), withheld_cell()
        return called, self._cell(name, before), self._cell(name, after)

    def _cell(self, name: str, value: Any) -> Cell:  # noqa: ANN401  (a plain value)
        if name == "participants":
            return (
                text_cell("nobody counted")
                if value is None
                else count_cell(value, Sensitivity.PARTNER, self.audience)
            )
        if name in _DAYS:
            return text_cell(date_words(date.fromisoformat(value)) if value else NOTHING)
        words = value_words(name, value, self.areas)
        return text_cell(without_names(words, self.not_named) if name in _TYPED else words)


def activity_telling(session: Session, activity_id: int, audience: Audience) -> ActivityTelling:
    """Read what is needed to tell the values of an activity in words.

    Parameters
    ----------
    activity_id : of the activity.
    audience : who is told.
    """
    visibility = activity_rows(session).at[activity_id, "visibility"]
    return ActivityTelling(
        audience=audience,
        areas=area_words(session),
        is_open=str(visibility) == Visibility.EXACT.value,
        not_named=frozenset[str]().union(*taken_out(session).values()),
    )


def published_activity_changes(
    session: Session, telling: ActivityTelling, changes: Mapping[str, FieldChange]
) -> PublishedTable:
    """Publish what somebody is about to change.

    Parameters
    ----------
    telling : as `activity_telling`.
    changes : by field.
    """
    rows = [telling.cells(name, one.before, one.after) for name, one in changes.items()]
    return _table(session, telling, "What you change", (CHANGES, rows))


def published_activity_meanwhile(
    session: Session, telling: ActivityTelling, found: Mapping[str, Meanwhile], person: User
) -> PublishedTable:
    """Publish what others changed while somebody had the form open.

    Parameters
    ----------
    telling : as `activity_telling`.
    found : by field.
    person : who has the form open.
    """
    rows = [
        (*telling.cells(name, one.before, one.after), text_cell(_by(session, one.by, person)))
        for name, one in found.items()
    ]
    return _table(session, telling, "What changed meanwhile", (MEANWHILE, rows))


def activity_history(
    session: Session, activity_id: int, person: User, audience: Audience
) -> tuple[PublishedChange, ...]:
    """Publish what became of an activity, the latest first.

    Parameters
    ----------
    activity_id : of the activity.
    person : who looks.
    audience : that they belong to.
    """
    found = activity_changes(session, activity_id)
    telling = activity_telling(session, activity_id, audience)
    if _was_sheltered(found):
        telling = replace(telling, is_open=False)
    return tuple(
        PublishedChange(
            moment=moment_words(change.at),
            by=_by(session, change.by, person),
            how=HOW[change.how],
            fields=_table(session, telling, "What changed", (HISTORY, _rows(change, telling))),
        )
        for change in found
    )


def _rows(change: EntryChange, telling: ActivityTelling) -> list[tuple[Cell, ...]]:
    return [
        (
            *telling.cells(name, one.before, one.after),
            taken_cell(one),
        )
        for name, one in change.fields.items()
    ]


def _table(
    session: Session,
    telling: ActivityTelling,
    title: str,
    content: tuple[tuple[Column, ...], Iterable[tuple[Cell, ...]]],
) -> PublishedTable:
    columns, rows = content
    provenance = register_provenance(session, ("activities",))
    return PublishedTable(telling.audience, title, columns, tuple(rows), provenance)


def _by(session: Session, email: str, person: User) -> str:
    """Say who made a change: by name to analysts and oneself, to others by organisation."""
    if not email:
        return "nobody named"
    if email == person.email:
        return "you"
    if person.role.audience is Audience.ANALYST:
        return email
    other = find_user(session, email)
    where = other.organisation_name if other else ""
    return f"somebody at {where}" if where else "somebody else"


def _was_sheltered(changes: Collection[EntryChange]) -> bool:
    """Tell whether the venue was ever not shown exactly."""
    shown = [change.fields["visibility"] for change in changes if "visibility" in change.fields]
    return any({one.before, one.after} != {Visibility.EXACT.value} for one in shown)
