"""The table of links that organisations declared."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class DeclaredLinkRow(Base):
    """A referral, membership or sharing of information that one side declared."""

    __tablename__ = "declared_links"
    __table_args__ = (UniqueConstraint("layer", "from_id", "to_id"),)

    id: Mapped[Key]
    layer: Mapped[Word]
    from_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    declared_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    registered_by: Mapped[Line]
    recorded_at: Mapped[Moment]
