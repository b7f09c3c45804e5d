"""Tables of a strategic needs assessment: counts by area and period, priorities, cohorts."""

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Code, Key, Line, Word


class ViolenceAreaRow(Base):
    """A count of violence in an area of any level over some months; null when withheld."""

    __tablename__ = "violence_area_counts"
    __table_args__ = (Index("ix_violence_area_counts_lad_code_level", "lad_code", "level"),)

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    area_code: Mapped[Code]
    area_name: Mapped[Line]
    level: Mapped[str] = mapped_column(String(8))
    vintage: Mapped[str] = mapped_column(String(8))
    lad_code: Mapped[Code]
    period_start: Mapped[str] = mapped_column(String(7))
    period_end: Mapped[str] = mapped_column(String(7))
    offence_group: Mapped[Line]
    count: Mapped[int | None]


class PriorityAreaRow(Base):
    """An area on the priority list of a needs assessment."""

    __tablename__ = "priority_areas"

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    area_code: Mapped[Code]
    area_name: Mapped[Line]
    level: Mapped[str] = mapped_column(String(8))
    lad_code: Mapped[Code]
    rank: Mapped[int | None]
    reason: Mapped[str]
    theme: Mapped[Line]
    offence_group: Mapped[Line]


class CohortCountRow(Base):
    """A count of people of one cohort over some months; null when withheld."""

    __tablename__ = "cohort_counts"

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    measure: Mapped[Word]
    lad_code: Mapped[Code]
    period_start: Mapped[str] = mapped_column(String(7))
    period_end: Mapped[str] = mapped_column(String(7))
    age_from: Mapped[int | None] = mapped_column(SmallInteger)
    age_to: Mapped[int | None] = mapped_column(SmallInteger)
    sex: Mapped[Word]
    ethnicity: Mapped[Line]
    count: Mapped[int | None]
