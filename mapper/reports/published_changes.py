"""Changes of entries and of activities in words: their columns, and by what way they came."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.entry_change import ChangeHow, FieldChange
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import text_cell

CHANGES: Final = (Column("field", "Field"), Column("before", "Before"), Column("after", "After"))
MEANWHILE: Final = (
    Column("field", "Field"),
    Column("before", "When you opened it"),
    Column("after", "Now"),
    Column("by", "Changed by"),
)
HISTORY: Final = (*CHANGES, Column("taken", "Taken"))
HOW: Final = {
    ChangeHow.SOURCE: "a new edition of its source",
    ChangeHow.FORM: "the form",
    ChangeHow.CONTACT: "the answer of its contact",
    ChangeHow.WITHDRAWAL: "its contact, who withdrew it",
    ChangeHow.ADDED: "the form that added it",
    ChangeHow.RELEASE: "fields given back to its source",
    ChangeHow.LINK: "a link that was declared",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChange:
    """One change of an entry or an activity.

    Parameters
    ----------
    moment, by, how : when, by whom and by what way, in words.
    fields : what changed.
    """

    moment: str
    by: str
    how: str
    fields: PublishedTable


def taken_cell(change: FieldChange) -> Cell:
    """Say whether what a source said was taken.

    Parameters
    ----------
    change : of one field.
    """
    return text_cell("yes" if change.is_taken else "no, set by hand stands over it")
