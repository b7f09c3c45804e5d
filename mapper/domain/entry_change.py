"""What became of an entry of the directory, and by whose hand."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class ChangeHow(StrEnum):
    """By what way an entry was changed."""

    SOURCE = "new edition of its source"
    FORM = "form"
    ADDED = "added by form"
    CONTACT = "answer of its contact"
    WITHDRAWAL = "withdrawn by its contact"
    RELEASE = "given back to its source"
    LINK = "declared link"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What changed in one field.

    Parameters
    ----------
    before, after : plain values (text, number, list or None); for contacts only whether there
        are any, since names and addresses of people are not copied into the history.
    is_taken : False where the source says otherwise and a correction by hand stands over it.
    """

    before: Any
    after: Any
    is_taken: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One change of an entry.

    Parameters
    ----------
    at : UTC.
    by : who; empty for a file loaded without a name.
    how : by what way.
    fields : what changed, by field of `mapper.domain.organisation.Organisation`.
    """

    at: datetime
    by: str
    how: ChangeHow
    fields: dict[str, FieldChange]
