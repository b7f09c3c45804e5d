"""Keeping the provenance of every file."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Sensitivity
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import RecordingSource
from mapper.store.models import SourceRow

_FORM_CHECKSUM = ""


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A source in the store.

    Parameters
    ----------
    id : of the source.
    source : as it was when loaded.
    loaded_at : UTC.
    is_current : False when a later edition has replaced all of it.
    """

    id: int
    source: Source
    loaded_at: datetime
    is_current: bool


def find_same(session: Session, kind: SourceKind, name: str, checksum: str) -> LoadedSource | None:
    """Find the same content under the same name, unless something replaced it since.

    Parameters
    ----------
    kind, name, checksum : of the file in hand.
    """
    query = (
        select(SourceRow)
        .where(SourceRow.kind == kind, SourceRow.name == name, SourceRow.checksum == checksum)
        .where(SourceRow.is_current)
        .order_by(SourceRow.id.desc())
    )
    row = session.scalars(query).first()
    return None if row is None else _loaded(row)


def add_source(session: Session, source: Source) -> int:
    """Keep a source, and return its id."""
    row = SourceRow(**asdict(source))
    session.add(row)
    session.flush()
    return row.id


def form_source(session: Session, source: Source) -> int:
    """Return the id of the source that stands for a form, adding it the first time."""
    found = find_same(session, source.kind, source.name, _FORM_CHECKSUM)
    return found.id if found else add_source(session, source)


def mark_replaced(session: Session, source_ids: Iterable[int]) -> None:
    """Mark sources of which nothing is used any longer."""
    ids = list(source_ids)
    if ids:
        session.execute(update(SourceRow).where(SourceRow.id.in_(ids)).values(is_current=False))


def replace_editions(session: Session, source_id: int) -> None:
    """Mark earlier editions of the same source as replaced by this one."""
    row = session.get_one(SourceRow, source_id)
    earlier = select(SourceRow.id).where(
        SourceRow.kind == row.kind, SourceRow.name == row.name, SourceRow.id < source_id
    )
    mark_replaced(session, session.scalars(earlier))


def list_sources(session: Session) -> list[LoadedSource]:
    """List every source, the latest first."""
    return [
        _loaded(row) for row in session.scalars(select(SourceRow).order_by(SourceRow.id.desc()))
    ]


def sources_by_id(session: Session, ids: Iterable[int]) -> list[LoadedSource]:
    """List some sources in the order they were loaded."""
    query = select(SourceRow).where(SourceRow.id.in_(list(ids))).order_by(SourceRow.id)
    return [_loaded(row) for row in session.scalars(query)]


def _loaded(row: SourceRow) -> LoadedSource:
    source = Source(
        kind=SourceKind(row.kind),
        name=row.name,
        file_name=row.file_name,
        checksum=row.checksum,
        publisher=row.publisher,
        licence=row.licence,
        attribution=row.attribution,
        period=row.period,
        sensitivity=Sensitivity(row.sensitivity),
        loaded_by=row.loaded_by,
        is_synthetic=row.is_synthetic,
        recorder=RecordingSource(row.recorder) if row.recorder else "",
    )
    return LoadedSource(row.id, source, row.loaded_at, row.is_current)
