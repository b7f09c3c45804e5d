"""Keeping what is said of an activity that is there already, by those whose it is."""

from mapper.domain.activity import Activity
from mapper.domain.entry_change import ChangeHow
from mapper.domain.located import Located
from mapper.domain.role import OWN_ONLY, Permission
from mapper.domain.source import SourceKind
from mapper.store.activity_corrections import cancel_activity, correct_activity
from mapper.store.activity_entries import ActivityEntry
from mapper.store.activity_history import WrittenActivity
from mapper.store.activity_owners import is_activity_of
from mapper.store.sources import form_source
from mapper.store.users import User
from mapper.web.form_sources import partners_form
from mapper.web.people import current_person, is_allowed
from mapper.web.registration import FORM_NAME
from mapper.web.session import reading, writing


def may_change(activity_id: int) -> bool:
    """Tell whether whoever is asking may change an activity.

    Parameters
    ----------
    activity_id : of the activity.
    """
    person = current_person()
    if person is None or not is_allowed(Permission.ACTIVITY_CHANGE):
        return False
    is_own_only = Permission.ACTIVITY_CHANGE in OWN_ONLY[person.role]
    return not is_own_only or is_activity_of(reading(), activity_id, person)


def save_changes(
    entry: ActivityEntry, built: Located[Activity], state: str, person: User
) -> set[str]:
    """Change an activity, and return the fields that were changed.

    Parameters
    ----------
    entry : the activity.
    built : as it is to be.
    state : of the activity when the form was opened.
    person : who changes it.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it in the meantime.
    """
    written = WrittenActivity(entry.id, person.email, ChangeHow.FORM)
    source = partners_form(SourceKind.ACTIVITIES, FORM_NAME)
    with writing() as session:
        source_id = form_source(session, source)
        return correct_activity(session, built, written, state=state, source_id=source_id)


def cancel_it(entry: ActivityEntry, state: str, person: User) -> bool:
    """Cancel an activity; False when it was cancelled before.

    Parameters
    ----------
    entry, state, person : as of `save_changes`.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it in the meantime.
    """
    written = WrittenActivity(entry.id, person.email, ChangeHow.FORM)
    source = partners_form(SourceKind.ACTIVITIES, FORM_NAME)
    with writing() as session:
        source_id = form_source(session, source)
        return cancel_activity(session, written, state=state, source_id=source_id)
