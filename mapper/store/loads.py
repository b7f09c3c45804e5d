"""What somebody loaded, and what became of it, kept for good."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mapper.domain.source import SourceKind
from mapper.errors import NotFoundError
from mapper.store.models import LoadRow, SourceRow
from mapper.store.models.base import now

_MOST_LISTED = 100


class LoadStatus(StrEnum):
    """What became of a loading."""

    LOADING = "loading"
    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One loading.

    Parameters
    ----------
    upload : names the folder of its files while there is one.
    kind, source_name, file_name, checksum : of what was loaded; a name may be empty.
    loaded_by : who loaded it.
    options, mapping : as chosen and confirmed.
    status : what became of it.
    message : why it was refused, or what there is to say beside the figures.
    counts : ``rows_read``, ``new``, ``changed``, ``as_before``, ``errors``, ``warnings`` and
        ``notes``; a missing one is 0.
    files : what became of each file, as plain values.
    issues : of every file, as plain values; empty in a list of loadings.
    id : 0 until kept.
    started_at, ended_at : UTC; None until kept, and until it has ended.
    """

    upload: str
    kind: SourceKind
    source_name: str
    file_name: str
    checksum: str
    loaded_by: str
    options: Mapping[str, Any] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    status: LoadStatus = LoadStatus.LOADING
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    files: Sequence[Mapping[str, Any]] = ()
    issues: Sequence[Mapping[str, Any]] = ()
    id: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None


_COUNTS = ("rows_read", "new", "changed", "as_before", "errors", "warnings", "notes")


def begin_load(session: Session, load: Load) -> int:
    """Keep that a loading has begun, and return its id."""
    row = LoadRow(
        upload=load.upload,
        kind=load.kind,
        source_name=load.source_name[:300],
        file_name=load.file_name[:300],
        checksum=load.checksum,
        loaded_by=load.loaded_by,
        options=dict(load.options),
        mapping=dict(load.mapping),
        started_at=now(),
        files=[],
    )
    _end(row, load)
    row.ended_at = None
    session.add(row)
    session.flush()
    return row.id


def end_load(session: Session, load_id: int, load: Load) -> bool:
    """Keep what became of a loading, unless that is kept already; tell whether it was.

    Parameters
    ----------
    load_id : of the loading.
    load : its status, message, counts, files and issues; the rest stays as it was.
    """
    row = session.get(LoadRow, load_id)
    if row is None or row.status != LoadStatus.LOADING:
        return False
    _end(row, load)
    return True


def _end(row: LoadRow, load: Load) -> None:
    row.status = load.status
    row.message = load.message
    for name in _COUNTS:
        setattr(row, name, load.counts.get(name, 0))
    row.files = [dict(each) for each in load.files]
    row.issues = zlib.compress(json.dumps([dict(each) for each in load.issues]).encode())
    row.ended_at = now()


def get_load(session: Session, load_id: int) -> Load:
    """Give one loading with its issues.

    Raises
    ------
    NotFoundError
        When there is none of that id.
    """
    row = session.get(LoadRow, load_id)
    if row is None:
        raise NotFoundError(f"There is no loading {load_id}.")
    return _load(row, json.loads(zlib.decompress(row.issues)))


def list_loads(session: Session, *, is_loading: bool = False) -> list[Load]:
    """List the latest hundred loadings, the last first, without their issues.

    Parameters
    ----------
    is_loading : whether only those that have not ended are wanted.
    """
    query = select(LoadRow).options(defer(LoadRow.issues)).order_by(LoadRow.id.desc())
    if is_loading:
        query = query.where(LoadRow.status == LoadStatus.LOADING)
    return [_load(row, []) for row in session.scalars(query.limit(_MOST_LISTED))]


def files_saved_since(session: Session, load: Load) -> list[str]:
    """Name the files that a loading has saved, whether or not it came to its end.

    Parameters
    ----------
    load : as kept.
    """
    query = select(SourceRow.file_name).where(
        SourceRow.kind == load.kind,
        SourceRow.loaded_by == load.loaded_by,
        SourceRow.loaded_at >= load.started_at,
    )
    return sorted(session.scalars(query))


def source_names(session: Session) -> list[str]:
    """Name every source that is in use, in alphabetical order."""
    query = select(SourceRow.name).where(SourceRow.is_current).distinct()
    return sorted(session.scalars(query), key=str.casefold)


def _load(row: LoadRow, issues: list[dict[str, Any]]) -> Load:
    return Load(
        id=row.id,
        upload=row.upload,
        kind=SourceKind(row.kind),
        source_name=row.source_name,
        file_name=row.file_name,
        checksum=row.checksum,
        loaded_by=row.loaded_by,
        options=row.options,
        mapping=row.mapping,
        status=LoadStatus(row.status),
        message=row.message,
        counts={name: getattr(row, name) for name in _COUNTS},
        files=row.files,
        issues=issues,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
