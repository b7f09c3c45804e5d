"""The columns of a source as somebody confirmed them, by kind and name of the source."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from mapper.domain.source import Source, SourceKind
from mapper.store.models import SourceMappingRow
from mapper.store.models.base import now


def kept_mapping(session: Session, kind: SourceKind, source_name: str) -> dict[str, str]:
    """Give field to heading as last confirmed for a source; empty where nobody ever did.

    Parameters
    ----------
    kind, source_name : of the source.
    """
    row = session.get(SourceMappingRow, (kind.value, source_name))
    return {} if row is None else dict(row.mapping)


def keep_mapping(session: Session, source: Source, mapping: Mapping[str, str]) -> None:
    """Keep what was confirmed, in place of what was confirmed before.

    Parameters
    ----------
    source : of whose files the columns are; `loaded_by` confirmed them.
    mapping : field to heading.
    """
    key = (source.kind.value, source.name)
    row = session.get(SourceMappingRow, key) or SourceMappingRow(kind=key[0], source_name=key[1])
    row.mapping = dict(mapping)
    row.confirmed_by = source.loaded_by
    row.confirmed_at = now()
    session.add(row)
