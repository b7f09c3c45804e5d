"""Where what is told of an organisation comes from: its records, and who set what by hand.

For analysts only. Values are not repeated: they stand on the page as far as they may be shown.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.analysts import analysts_table, require_analyst
from mapper.reports.entry_words import FIELD_WORDS, field_words
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import date_words, listed, text_cell
from mapper.store.merges import Merge, list_merges
from mapper.store.standing_entries import EntryRecord, StandingEntry, standing_entry

_ORIGINS = (Column("field", "Field"), Column("origin", "From"))
_RECORDS = (
    Column("name", "Record"),
    Column("source", "Source"),
    Column("line", "Line", "In its source; none for a form.", is_number=True),
    Column("recorded", "Recorded"),
    Column("confirmed", "Confirmed"),
    Column("merge", "Merge", "Number to undo it by."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationOrigins:
    """Where what is told of an organisation comes from.

    Parameters
    ----------
    origins : field by field.
    records : that it stands on, its own first.
    by_hand : names and words of the fields that a person set.
    merges : the number of each merge with the name that became part of it.
    """

    origins: PublishedTable
    records: PublishedTable
    by_hand: tuple[tuple[str, str], ...]
    merges: tuple[tuple[int, str], ...]


def organisation_origins(
    session: Session, organisation_id: int, audience: Audience
) -> OrganisationOrigins:
    """Publish where what is told of an organisation comes from.

    Parameters
    ----------
    organisation_id : of one that is not merged into another; it may be closed.
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    NotFoundError
        When there is no such organisation.
    """
    require_analyst(audience)
    entry = standing_entry(session, organisation_id)
    ids = {record.id for record in entry.records}
    merges = [one for one in list_merges(session) if one.merged_id in ids]
    origins: list[tuple[Cell, ...]] = [
        (text_cell(words), text_cell(_origin(entry, name)))
        for name, words in FIELD_WORDS.items()
        if entry.origins.get(name)
    ]
    records = [_record_cells(record, merges) for record in entry.records]
    return OrganisationOrigins(
        origins=analysts_table(session, "Where each value comes from", _ORIGINS, origins),
        records=analysts_table(session, "The records it stands on", _RECORDS, records),
        by_hand=tuple((name, field_words(name)) for name in entry.own.hand_fields),
        merges=tuple((one.id, one.merged_name) for one in merges),
    )


def _origin(entry: StandingEntry, name: str) -> str:
    if name in entry.own.hand_fields:
        return "set by hand"
    return listed(list(dict.fromkeys(one.source_name for one in entry.origins[name])))


def _record_cells(record: EntryRecord, merges: list[Merge]) -> tuple[Cell, ...]:
    merge = next((one.id for one in merges if one.merged_id == record.id), None)
    verified = record.verified_on
    confirmed = (
        f"{date_words(verified)}, by {record.verified_by or record.verified_how or 'somebody'}"
        if verified
        else "not confirmed"
    )
    return (
        text_cell(record.located.record.name),
        text_cell(record.source_name),
        Cell(record.line or None, str(record.line) if record.line else "form"),
        text_cell(date_words(record.recorded_at.date())),
        text_cell(confirmed),
        Cell(merge, str(merge)) if merge else Cell(None, "its own record"),
    )
