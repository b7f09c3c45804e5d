"""Corrections of entries by hand, which stand over whatever their source says later."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mapper.domain.entry_change import FieldChange
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.errors import InvalidValueError
from mapper.store.entries import entry
from mapper.store.entry_history import Written, add_change, differences
from mapper.store.models import ContactRow, OrganisationRow
from mapper.store.models.base import now
from mapper.store.organisation_rows import Placed, own_values, remove_dependents, write_dependents
from mapper.store.places import save_places
from mapper.store.standing_entries import StandingEntry
from mapper.store.survivors import members

_NOT_BY_HAND = frozenset({"source_key", "status", "verified_on"})
"""Fields that say where a record is from, or have functions of their own."""

CORRECTABLE = frozenset(field.name for field in fields(Organisation)) - _NOT_BY_HAND
"""The fields that a person may set."""


def correct(session: Session, corrected: Located[Organisation], written: Written) -> set[str]:
    """Set the fields of an entry that differ from what it says now.

    A merged organisation's values stand below those of the one it was merged into, but a
    contact is a person: where contacts are set, those of every merged organisation go too.

    Parameters
    ----------
    corrected : the whole entry as it is to be, with its places.
    written : whose entry, by whom and how.

    Returns
    -------
    The fields that were changed; empty when nothing was.

    Raises
    ------
    NotFoundError
        When there is no organisation of that number.
    """
    before, hand_fields = entry(session, written.organisation_id)
    kept = {name: getattr(before.located.record, name) for name in _NOT_BY_HAND}
    corrected = replace(
        corrected, record=replace(corrected.record, **kept), line=before.located.line
    )
    changes = differences(before.located, corrected)
    if not changes:
        return set()
    _write(session, written.organisation_id, corrected)
    _mark(session, written.organisation_id, {*hand_fields, *changes})
    if "contacts" in changes:
        forget_contacts_of_merged(session, written.organisation_id)
    add_change(session, written, changes)
    return set(changes)


def correct_standing(
    session: Session, entry: StandingEntry, corrected: Located[Organisation], written: Written
) -> set[str]:
    """Set the fields that differ from what an organisation's records say together.

    What a merged record says and nobody changed stays its own.

    Parameters
    ----------
    entry : as it stands.
    corrected : as it is to be, with its places.
    written : whose entry, by whom and how.

    Returns
    -------
    The fields that were changed; empty when nothing was.
    """
    changed = differences(entry.located, corrected).keys() & CORRECTABLE
    own = entry.own.located
    wanted = by_hand({name: getattr(corrected.record, name) for name in changed}, own)
    if "location" in changed:
        wanted = replace(wanted, place=corrected.place)
    if "further_sites" in changed:
        wanted = replace(wanted, further_places=corrected.further_places)
    return correct(session, wanted, written)


def release(session: Session, written: Written, names: set[str]) -> None:
    """Give fields back to the entry's source, whose next edition sets them again.

    Parameters
    ----------
    written : whose entry, by whom and how.
    names : of the fields.

    Raises
    ------
    InvalidValueError
        When one of them is not set by hand.
    """
    _, hand_fields = entry(session, written.organisation_id)
    others = names - set(hand_fields)
    if others:
        raise InvalidValueError(
            f"Not set by hand: {', '.join(sorted(others))}.",
            expected=f"Some of: {', '.join(sorted(hand_fields)) or 'none is'}.",
        )
    _mark(session, written.organisation_id, set(hand_fields) - names)
    given_back = FieldChange(before=None, after=None, is_taken=False)
    add_change(session, written, dict.fromkeys(sorted(names), given_back))
    # The next edition must not be taken for one that says nothing new.
    row = session.get_one(OrganisationRow, written.organisation_id)
    row.digest = ""


def by_hand(
    corrections: Mapping[str, Any], located: Located[Organisation]
) -> Located[Organisation]:
    """Give an entry with some fields set anew.

    Parameters
    ----------
    corrections : field to value, as the record takes it.
    located : the entry as it stands.

    Raises
    ------
    InvalidValueError
        When a field cannot be set by hand.
    """
    others = corrections.keys() - CORRECTABLE
    if others:
        raise InvalidValueError(
            f"These cannot be set by hand: {', '.join(sorted(others))}.",
            expected=f"Some of: {', '.join(sorted(CORRECTABLE))}.",
        )
    return replace(located, record=replace(located.record, **corrections))


def _write(session: Session, organisation_id: int, corrected: Located[Organisation]) -> None:
    ids = save_places(session, [corrected.place, *corrected.further_places])
    placed = Placed(corrected, ids[0], tuple(ids[1:]))
    row = session.get_one(OrganisationRow, organisation_id)
    for name, value in own_values(placed).items():
        setattr(row, name, value)
    remove_dependents(session, organisation_id)
    write_dependents(session, [(organisation_id, placed)])


def _mark(session: Session, organisation_id: int, names: set[str]) -> None:
    row = session.get_one(OrganisationRow, organisation_id)
    row.hand_fields = sorted(names)
    row.updated_at = now()


def forget_contacts_of_merged(session: Session, organisation_id: int) -> None:
    """Remove the contacts of every organisation merged into one, whatever their sources say.

    Parameters
    ----------
    organisation_id : of the one that goes on.
    """
    for member in members(session, organisation_id)[1:]:
        session.execute(delete(ContactRow).where(ContactRow.organisation_id == member))
        row = session.get_one(OrganisationRow, member)
        _mark(session, member, {*row.hand_fields, "contacts"})
