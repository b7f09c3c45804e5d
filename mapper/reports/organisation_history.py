"""What became of an organisation's entry: who changed what, and its way through the pipeline.

For analysts only. The history holds where a site was, so of an entry that is, or ever was,
not shown exactly only that something changed is told.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.entry_change import ChangeHow, EntryChange
from mapper.domain.organisation import SHELTERED_KINDS
from mapper.reports.analysts import analysts_table, require_analyst
from mapper.reports.entry_differences import Telling, telling
from mapper.reports.entry_words import field_words
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.published_changes import HISTORY, HOW, PublishedChange, taken_cell
from mapper.reports.wording import date_words, moment_words, text_cell
from mapper.store.entry_history import entry_changes, status_history
from mapper.store.involvement import shown_exactly
from mapper.store.survivors import members

_STATUSES = (
    Column("status", "Status"),
    Column("since", "Since"),
    Column("note", "Note"),
    Column("by", "Said by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationHistory:
    """What became of an entry.

    Parameters
    ----------
    changes : the latest first.
    statuses : steps through the pipeline, the latest first.
    """

    changes: tuple[PublishedChange, ...]
    statuses: PublishedTable


def organisation_history(
    session: Session, organisation_id: int, audience: Audience
) -> OrganisationHistory:
    """Publish what became of an organisation's entry.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    ids = members(session, organisation_id)
    found = entry_changes(session, ids)
    is_open = organisation_id in shown_exactly(session, [organisation_id]) and not any(
        map(_was_sheltered, found)
    )
    words = telling(session, is_open=is_open)
    return OrganisationHistory(
        changes=tuple(
            PublishedChange(
                moment=moment_words(change.at),
                by=change.by or "nobody named",
                how=HOW[change.how],
                fields=_fields(session, change, words),
            )
            for change in found
        ),
        statuses=_statuses(session, ids),
    )


def _fields(session: Session, change: EntryChange, words: Telling) -> PublishedTable:
    rows: list[tuple[Cell, ...]] = [
        _given_back(name)
        if change.how is ChangeHow.RELEASE
        else (
            *words.cells(name, one.before, one.after),
            taken_cell(one),
        )
        for name, one in change.fields.items()
    ]
    return analysts_table(session, "What changed", HISTORY, rows)


def _given_back(name: str) -> tuple[Cell, ...]:
    told = (field_words(name), "set by hand", "as its source says", "with its next edition")
    return tuple(map(text_cell, told))


def _statuses(session: Session, ids: list[int]) -> PublishedTable:
    rows: list[tuple[Cell, ...]] = [
        (
            text_cell(step.status.value),
            text_cell(date_words(step.since)),
            Cell(step.note or None, step.note or "none"),
            text_cell(step.by or "nobody named"),
        )
        for step in status_history(session, ids)
    ]
    return analysts_table(session, "Status with the partnership", _STATUSES, rows)


def _was_sheltered(change: EntryChange) -> bool:
    """Tell whether a change is from or to something that is not shown exactly."""
    kinds, shown = change.fields.get("kind"), change.fields.get("visibility")
    was_kind = kinds is not None and not SHELTERED_KINDS.isdisjoint({kinds.before, kinds.after})
    return was_kind or (
        shown is not None and {shown.before, shown.after} != {Visibility.EXACT.value}
    )
