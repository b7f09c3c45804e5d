"""Tables of grants: dated links from a funder to an organisation."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Code, Key, Line, Word


class GrantRow(Base):
    """What a funder published of one grant."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("source_name", "source_key"),)

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    source_name: Mapped[Line]
    source_key: Mapped[Line]
    line: Mapped[int]
    funder: Mapped[Line]
    funder_scheme: Mapped[Word]
    funder_value: Mapped[Word]
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    awarded_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    currency: Mapped[str] = mapped_column(String(3))
    title: Mapped[str]


class GrantAreaRow(Base):
    """An area that a grant is to benefit."""

    __tablename__ = "grant_areas"

    grant_id: Mapped[int] = mapped_column(
        ForeignKey("grants.id", ondelete="CASCADE"), primary_key=True
    )
    area_code: Mapped[Code] = mapped_column(primary_key=True)
