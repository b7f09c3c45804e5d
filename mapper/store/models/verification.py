"""The table of questions put to the contacts of entries, and of their answers."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Word


class VerificationRequestRow(Base):
    """One question put to one contact; `nonce` stands in its link.

    It is claimed before its letter is sent, and asked once the mail server has taken it.
    """

    __tablename__ = "verification_requests"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    contact: Mapped[Line]
    email: Mapped[Line]
    nonce: Mapped[str] = mapped_column(String(43), unique=True)
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    asked_by: Mapped[Line]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[Word]
    basis: Mapped[Word]
