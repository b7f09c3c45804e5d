"""The table of people who sign in."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class UserRow(Base):
    """A person with an account."""

    __tablename__ = "users"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Line]
    organisation_name: Mapped[Line]
    role: Mapped[Word]
    password_hash: Mapped[Line]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Moment]
