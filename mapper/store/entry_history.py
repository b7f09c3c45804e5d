"""What became of entries: every change, and every step through the pipeline. Only added to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mapper.domain.entry_change import ChangeHow, EntryChange, FieldChange
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.pipeline import PipelineStatus, StatusChange
from mapper.errors import InvalidValueError
from mapper.store.change_log import as_changes, field_changes, kept_values
from mapper.store.models import OrganisationChangeRow, OrganisationRow, OrganisationStatusRow
from mapper.store.models.base import now
from mapper.store.plain_values import plain_value, where_words

_NOT_KEPT = frozenset({"source_key", "status", "verified_on"})
_PEOPLE = "contacts"


@dataclass(frozen=True, slots=True)
class Written:
    """Whose entry was changed, by whom and how."""

    organisation_id: int
    by: str
    how: ChangeHow


def differences(
    before: Located[Organisation],
    after: Located[Organisation],
    hand_fields: Collection[str] = (),
) -> dict[str, FieldChange]:
    """Say which fields differ between two states of an entry.

    Of contacts only how many there are is told: the history holds no person.

    Parameters
    ----------
    before, after : the states.
    hand_fields : of which a source's word is not taken.
    """
    old, new = plain_values(before), plain_values(after)
    changes = field_changes(old, new, hand_fields)
    if before.record.contacts != after.record.contacts:
        numbers = len(before.record.contacts), len(after.record.contacts)
        changes[_PEOPLE] = FieldChange(
            before=numbers[0], after=numbers[1], is_taken=_PEOPLE not in hand_fields
        )
    return changes


def add_change(session: Session, written: Written, changes: Mapping[str, FieldChange]) -> None:
    """Keep one change; nothing is kept where nothing changed.

    Parameters
    ----------
    written : whose entry, by whom and how.
    changes : by field.
    """
    if changes:
        session.add(
            OrganisationChangeRow(
                organisation_id=written.organisation_id,
                **kept_values(written.by, written.how, changes),
            )
        )


def entry_changes(session: Session, organisation_ids: Sequence[int]) -> list[EntryChange]:
    """List the changes of an entry, the latest first.

    Parameters
    ----------
    organisation_ids : the organisation and those merged into it.
    """
    query = (
        select(OrganisationChangeRow)
        .where(OrganisationChangeRow.organisation_id.in_(organisation_ids))
        .order_by(OrganisationChangeRow.id.desc())
    )
    return as_changes(session.scalars(query))


def set_status(session: Session, organisation_id: int, change: StatusChange) -> None:
    """Take an organisation a step through the pipeline.

    The status of the entry is that of the latest day; a step told later of an earlier day is
    kept in its place.

    Parameters
    ----------
    organisation_id : of the organisation.
    change : the step.

    Raises
    ------
    InvalidValueError
        When its day is yet to come.
    """
    if change.since > now().date():
        raise InvalidValueError(
            f"{change.since:%-d %B %Y} is yet to come.",
            expected="The day on which it became so.",
            action="Say it when it has happened.",
        )
    add_statuses(session, [(organisation_id, change)])
    latest = status_history(session, [organisation_id])[0]
    row = session.get_one(OrganisationRow, organisation_id)
    row.status = latest.status
    row.updated_at = now()
    if "status" not in row.hand_fields:
        row.hand_fields = [*row.hand_fields, "status"]


def add_statuses(session: Session, steps: Sequence[tuple[int, StatusChange]]) -> None:
    """Keep steps through the pipeline.

    Parameters
    ----------
    steps : organisation ids with their steps.
    """
    if steps:
        rows = [
            {"organisation_id": owner, **asdict(step), "recorded_at": now()}
            for owner, step in steps
        ]
        session.execute(insert(OrganisationStatusRow), rows)


def status_history(session: Session, organisation_ids: Sequence[int]) -> list[StatusChange]:
    """List the steps of an organisation through the pipeline, the latest first.

    Parameters
    ----------
    organisation_ids : the organisation and those merged into it.
    """
    table = OrganisationStatusRow
    query = (
        select(table)
        .where(table.organisation_id.in_(organisation_ids))
        .order_by(table.since.desc(), table.id.desc())
    )
    return [
        StatusChange(status=PipelineStatus(row.status), since=row.since, note=row.note, by=row.by)
        for row in session.scalars(query)
    ]


def plain_values(located: Located[Organisation]) -> dict[str, Any]:
    """Give every field but those of people as plain values.

    Parameters
    ----------
    located : the entry, with its places.
    """
    record = located.record
    plain: dict[str, Any] = {
        name: plain_value(getattr(record, name))
        for name in Organisation.__dataclass_fields__
        if name not in _NOT_KEPT and name not in {_PEOPLE, "location", "further_sites"}
    }
    plain["identifiers"] = sorted(map(str, record.identifiers))
    plain["location"] = where_words(record.location, located.place)
    places = located.further_places or (None,) * len(record.further_sites)
    plain["further_sites"] = [
        ", ".join(
            filter(None, [site.name, where_words(site.location, place), site.visibility.value])
        )
        for site, place in zip(record.further_sites, places, strict=True)
    ]
    return plain
