"""Keeping what a form says of an organisation."""

from typing import Final

from mapper.domain.entry_change import ChangeHow, FieldChange
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.source import SourceKind
from mapper.errors import ChangedMeanwhileError
from mapper.store.corrections import correct_standing
from mapper.store.entry_history import Written, add_change
from mapper.store.organisations import ids_by_key, save_organisations
from mapper.store.sources import form_source
from mapper.store.standing_entries import changed_meanwhile, standing_entry
from mapper.web.form_sources import partners_form
from mapper.web.session import writing

FORM_NAME: Final = "Add an organisation"
NOTHING_YET: Final = Located(Organisation(source_key="", name="-"))
"""What a new organisation is compared with, to list what was said of it."""


def add(located: Located[Organisation], by: str) -> int:
    """Add an organisation, and return its number; the same form sent twice adds one.

    Parameters
    ----------
    located : without faults; its key names the form.
    by : who adds it.
    """
    key = located.record.source_key
    source = partners_form(SourceKind.ORGANISATIONS, FORM_NAME)
    with writing() as session:
        is_new = key not in ids_by_key(session, FORM_NAME, [key])
        save_organisations(session, form_source(session, source), [located])
        number = ids_by_key(session, FORM_NAME, [key])[key]
        if is_new:
            named = {"name": FieldChange(before=None, after=located.record.name)}
            add_change(session, Written(number, by, ChangeHow.ADDED), named)
    return number


def correct_entry(
    organisation_id: int, corrected: Located[Organisation], state: str, by: str
) -> set[str]:
    """Correct an entry by hand, and return the fields that were changed.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    corrected : as it is to be.
    state : of the entry when the form was opened.
    by : who corrects it.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it in the meantime.
    """
    with writing() as session:
        entry = standing_entry(session, organisation_id)
        if changed_meanwhile(session, entry, state):
            raise ChangedMeanwhileError(
                "The entry was changed in the meantime.",
                expected="The entry as it was when the form was opened.",
                action="Open the form again.",
            )
        written = Written(organisation_id, by, ChangeHow.FORM)
        return correct_standing(session, entry, corrected, written)
