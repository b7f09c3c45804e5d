"""Tables of the activity register."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class ActivityRow(Base):
    """An engagement activity."""

    __tablename__ = "activities"
    __table_args__ = (
        UniqueConstraint("source_name", "source_key"),
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("sessions >= 1", name="sessions_positive"),
    )

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    source_name: Mapped[Line]
    source_key: Mapped[Line]
    line: Mapped[int]
    title: Mapped[Line]
    lead_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[Word]
    type: Mapped[Word]
    sessions: Mapped[int]
    participants: Mapped[int | None]
    hours_per_session: Mapped[float | None]
    address: Mapped[str]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    found_by: Mapped[Word]
    served_radius_m: Mapped[float | None]
    visibility: Mapped[Word]
    description: Mapped[str]
    prevention_tier: Mapped[Word]
    hand_fields: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    registered_by: Mapped[Line]
    recorded_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class ActivityTagRow(Base):
    """A theme or cohort of an activity."""

    __tablename__ = "activity_tags"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    vocabulary: Mapped[str] = mapped_column(String(20), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True)


class ActivityAreaRow(Base):
    """An area that an activity serves."""

    __tablename__ = "activity_areas"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    area_code: Mapped[str] = mapped_column(String(9), primary_key=True)


class ParticipationRow(Base):
    """An organisation's part in an activity."""

    __tablename__ = "participations"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
    is_lead: Mapped[bool]
