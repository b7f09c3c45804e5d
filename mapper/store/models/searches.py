"""The table of searches for duplicates: who asked for each, and what came of it."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment


class DuplicateSearchRow(Base):
    """One search of the whole directory for duplicates."""

    __tablename__ = "duplicate_searches"

    id: Mapped[Key]
    started_by: Mapped[Line]
    started_at: Mapped[Moment]
    merges_certain: Mapped[bool]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    merged: Mapped[int]
    proposed: Mapped[int]
    decided_before: Mapped[int]
    failure: Mapped[str]
