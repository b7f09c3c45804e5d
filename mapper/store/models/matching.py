"""Tables of duplicates: what was proposed and decided, and what was merged and undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class OrganisationMatchRow(Base):
    """Two organisations that may be one, and what was decided of them."""

    __tablename__ = "organisation_matches"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="pair_in_order"),
    )

    id: Mapped[Key]
    first_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    score: Mapped[float]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_certain: Mapped[bool]
    verdict: Mapped[Word] = mapped_column(index=True)
    found_at: Mapped[Moment]
    decided_by: Mapped[Line]
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    digests: Mapped[str] = mapped_column(String(129))


class OrganisationMergeRow(Base):
    """A merge of one organisation into another; kept when it is undone."""

    __tablename__ = "organisation_merges"
    __table_args__ = (CheckConstraint("kept_id <> merged_id", name="two_organisations"),)

    id: Mapped[Key]
    kept_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    is_automatic: Mapped[bool]
    merged_by: Mapped[Line]
    merged_at: Mapped[Moment]
    undone_by: Mapped[Line]
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
