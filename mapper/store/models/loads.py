"""Tables of what somebody loaded, and of the columns that somebody confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class LoadRow(Base):
    """One loading: what was loaded, by whom, and what became of it. Kept for good."""

    __tablename__ = "loads"

    id: Mapped[Key]
    upload: Mapped[str] = mapped_column(String(32))
    kind: Mapped[Word]
    source_name: Mapped[Line]
    file_name: Mapped[Line]
    checksum: Mapped[str] = mapped_column(String(64))
    loaded_by: Mapped[Line] = mapped_column(index=True)
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON)
    status: Mapped[Word]
    message: Mapped[str]
    rows_read: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    as_before: Mapped[int]
    errors: Mapped[int]
    warnings: Mapped[int]
    notes: Mapped[int]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    issues: Mapped[bytes] = mapped_column(LargeBinary)


class SourceMappingRow(Base):
    """Which column of a source holds what, as somebody confirmed it."""

    __tablename__ = "source_mappings"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    source_name: Mapped[str] = mapped_column(String(300), primary_key=True)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON)
    confirmed_by: Mapped[Line]
    confirmed_at: Mapped[Moment]
