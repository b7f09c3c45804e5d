"""The directory of organisations: what sources say of them, kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mapper.domain.entry_change import ChangeHow
from mapper.domain.freshness import VerifiedHow
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.pipeline import PipelineStatus, StatusChange
from mapper.store.bulk import batches, insert_rows, next_ids
from mapper.store.counts import SaveCounts
from mapper.store.digest import with_digest
from mapper.store.entries import entries, with_hand_fields
from mapper.store.entry_history import Written, add_change, add_statuses, differences
from mapper.store.models import OrganisationRow, SourceRow
from mapper.store.models.base import now
from mapper.store.organisation_rows import (
    Placed,
    Values,
    name_key,
    own_values,
    remove_dependents,
    write_dependents,
)
from mapper.store.places import PlaceBook
from mapper.store.sources import replace_editions
from mapper.store.survivors import standing_id
from mapper.store.text_index import indexed_together

_AT_ONCE = 500

Present = dict[str, tuple[int, str]]
"""Of each key of a source, the id and digest of the organisation that is there."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record on its way in."""

    placed: Placed
    digest: str
    id: int | None

    @property
    def record(self) -> Organisation:
        """What the source says."""
        return self.placed.located.record


def save_organisations(
    session: Session, source_id: int, records: Iterable[Located[Organisation]]
) -> SaveCounts:
    """Keep the organisations of one source, replacing what an earlier edition said of them.

    An entry that a later edition lists again is thereby confirmed. What a person has set by
    hand stays, and the history says what the source says instead.

    Parameters
    ----------
    source_id : of the source the records come from.
    records : with distinct source keys; no more than a batch of them is held at a time.
    """
    source = session.get_one(SourceRow, source_id)
    present = _present(session, source.name)
    places = PlaceBook(session)
    counts = SaveCounts()
    for batch in batches(records):
        counts += _save_batch(session, source, present, _with_places(places, batch))
    places.assign()
    replace_editions(session, source_id)
    return counts


def _save_batch(
    session: Session, source: SourceRow, present: Present, batch: Sequence[Placed]
) -> SaveCounts:
    new: list[_Candidate] = []
    changed: list[_Candidate] = []
    unchanged: list[int] = []
    for placed in batch:
        located = placed.located
        digest = with_digest(located).digest
        known_id, known_digest = present.get(located.record.source_key, (None, ""))
        candidate = _Candidate(placed, digest, known_id)
        if known_id is None:
            new.append(candidate)
        elif known_digest != digest:
            changed.append(candidate)
        else:
            unchanged.append(known_id)
    _insert(session, source, new)
    _rewrite(session, source, changed)
    _confirm(session, [*unchanged, *(each.id for each in changed if each.id is not None)])
    return SaveCounts(len(new), len(changed), len(unchanged))


def _with_places(book: PlaceBook, records: Sequence[Located[Organisation]]) -> list[Placed]:
    """Keep every place of the records, and give the records with the ids of theirs."""
    places = [located.place for located in records]
    further = [place for located in records for place in located.further_places]
    ids = book.ids([*places, *further])
    own, of_sites = ids[: len(places)], iter(ids[len(places) :])
    return [
        Placed(located, place_id, tuple(next(of_sites) for _ in located.further_places))
        for located, place_id in zip(records, own, strict=True)
    ]


def _present(session: Session, source_name: str) -> Present:
    query = select(OrganisationRow.source_key, OrganisationRow.id, OrganisationRow.digest)
    rows = session.execute(query.where(OrganisationRow.source_name == source_name))
    return {key: (known_id, digest) for key, known_id, digest in rows}


def _insert(session: Session, source: SourceRow, candidates: Sequence[_Candidate]) -> None:
    ids = next_ids(session, OrganisationRow, len(candidates))
    owned = list(zip(ids, candidates, strict=True))
    rows = [_values(source, each) | _at_first(each.record) | {"id": at} for at, each in owned]
    with indexed_together(session, len(rows)):
        insert_rows(session, OrganisationRow, rows)
    write_dependents(session, [(owner, each.placed) for owner, each in owned])
    stated = [(owner, each.record.status) for owner, each in owned if each.record.status]
    add_statuses(session, [(owner, _step(source, status)) for owner, status in stated])


def _values(source: SourceRow, candidate: _Candidate) -> Values:
    return own_values(candidate.placed) | {
        "source_id": source.id,
        "source_name": source.name,
        "digest": candidate.digest,
    }


def _at_first(record: Organisation) -> Values:
    """Give the columns that later editions leave as they are."""
    return {
        "recorded_at": now(),
        "status": record.status or PipelineStatus.IDENTIFIED,
        "verified_on": record.verified_on,
        "verified_by": "",
        "verified_how": VerifiedHow.SOURCE if record.verified_on else "",
        "hand_fields": [],
    }


def _rewrite(session: Session, source: SourceRow, candidates: Sequence[_Candidate]) -> None:
    known = entries(session, [each.id for each in candidates if each.id is not None])
    for candidate in candidates:
        if candidate.id is None:
            continue
        before, hand_fields = known[candidate.id]
        placed = with_hand_fields(candidate.placed, before, hand_fields)
        row = session.get_one(OrganisationRow, candidate.id)
        for name, value in _values(source, _Candidate(placed, candidate.digest, None)).items():
            setattr(row, name, value)
        remove_dependents(session, row.id)
        write_dependents(session, [(row.id, placed)])
        found = differences(before.located, candidate.placed.located, hand_fields)
        add_change(session, Written(row.id, source.loaded_by, ChangeHow.SOURCE), found)
        _follow_status(session, source, row, candidate.record.status)


def _follow_status(
    session: Session, source: SourceRow, row: OrganisationRow, status: PipelineStatus | None
) -> None:
    if status and status != row.status and "status" not in row.hand_fields:
        add_statuses(session, [(row.id, _step(source, status))])
        row.status = status


def _step(source: SourceRow, status: PipelineStatus) -> StatusChange:
    return StatusChange(
        status=status, since=now().date(), note=f"as {source.name} says", by=source.loaded_by
    )


def _confirm(session: Session, ids: Sequence[int]) -> None:
    """Mark entries as confirmed today by an edition of their source."""
    values = {"verified_on": now().date(), "verified_how": VerifiedHow.EDITION, "verified_by": ""}
    for chosen in batches(ids, _AT_ONCE):
        session.execute(
            update(OrganisationRow).where(OrganisationRow.id.in_(chosen)).values(values)
        )


def confirm(session: Session, organisation_id: int, how: VerifiedHow, *, by: str, on: date) -> None:
    """Mark an entry as confirmed.

    Parameters
    ----------
    organisation_id : of the entry.
    how, by : who confirmed it.
    on : the day.
    """
    row = session.get_one(OrganisationRow, organisation_id)
    row.verified_on, row.verified_how, row.verified_by = on, how, by
    row.updated_at = now()


def organisation_ids_by_name(session: Session) -> dict[str, int]:
    """Map each name, spelt for comparison, to the first active organisation so called.

    The name of a merged organisation leads to the one that stands for it.
    """
    query = select(OrganisationRow.name_key, standing_id()).order_by(
        OrganisationRow.is_active, OrganisationRow.id.desc()
    )
    return dict(session.execute(query).all())


def is_known(session: Session, name: str) -> bool:
    """Tell whether the directory has an organisation so called, active or merged.

    Parameters
    ----------
    name : case, punctuation and 'the' do not matter.
    """
    query = select(OrganisationRow.id).where(OrganisationRow.name_key == name_key(name)).limit(1)
    return session.scalar(query) is not None


def organisation_names(session: Session) -> list[str]:
    """List the names of active organisations, in alphabetical order, each once."""
    query = (
        select(OrganisationRow.name)
        .where(OrganisationRow.is_active, OrganisationRow.merged_into_id.is_(None))
        .distinct()
    )
    return sorted(session.scalars(query), key=str.casefold)


def ids_by_key(session: Session, source_name: str, keys: Iterable[str]) -> dict[str, int]:
    """Find the organisations of a source by their keys in it.

    Parameters
    ----------
    source_name : of the source.
    keys : wanted; those it does not have are not in the answer.
    """
    wanted = set(keys)
    present = _present(session, source_name)
    return {key: known_id for key, (known_id, _) in present.items() if key in wanted}
