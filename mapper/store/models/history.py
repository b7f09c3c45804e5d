"""Tables of what became of organisations and activities. Their rows are never changed."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class ChangeColumns:
    """The columns of any table of changes."""

    id: Mapped[Key]
    at: Mapped[Moment]
    by: Mapped[Line]
    how: Mapped[Word]
    fields: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)


class OrganisationChangeRow(ChangeColumns, Base):
    """One change of an entry: field to its value before and after."""

    __tablename__ = "organisation_changes"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )


class OrganisationStatusRow(Base):
    """One step of an organisation through the violence-reduction pipeline."""

    __tablename__ = "organisation_statuses"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[Word]
    since: Mapped[date]
    note: Mapped[str]
    by: Mapped[Line]
    recorded_at: Mapped[Moment]


class ActivityChangeRow(ChangeColumns, Base):
    """One change of an activity: field to its value before and after."""

    __tablename__ = "activity_changes"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), index=True
    )
