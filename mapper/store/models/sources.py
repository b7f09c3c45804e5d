"""Tables of what was loaded: sources, and the counts that came from them."""

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Code, Key, Line, Moment, Word


class SourceRow(Base):
    """A file as it was loaded."""

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_kind_name_checksum", "kind", "name", "checksum"),)

    id: Mapped[Key]
    kind: Mapped[Word]
    name: Mapped[Line]
    file_name: Mapped[Line]
    checksum: Mapped[str] = mapped_column(String(64))
    publisher: Mapped[Line]
    licence: Mapped[Line]
    attribution: Mapped[str]
    period: Mapped[Line]
    sensitivity: Mapped[Word]
    loaded_by: Mapped[Line]
    is_synthetic: Mapped[bool]
    is_current: Mapped[bool] = mapped_column(default=True)
    recorder: Mapped[Word] = mapped_column(default="")
    loaded_at: Mapped[Moment]


class ViolenceRow(Base):
    """A count of incidents at one published point of one area in one month."""

    __tablename__ = "violence_counts"
    __table_args__ = (
        Index("ix_violence_counts_month_crime_type", "month", "crime_type"),
        Index("ix_violence_counts_source_name_month", "source_name", "month"),
    )

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    source_name: Mapped[Line]
    month: Mapped[str] = mapped_column(String(7))
    crime_type: Mapped[Word]
    area_code: Mapped[Code]
    area_name: Mapped[Line]
    easting_m: Mapped[float | None]
    northing_m: Mapped[float | None]
    count: Mapped[int]


class PopulationSetRow(Base):
    """A denominator: one source of residents, with its name and year."""

    __tablename__ = "population_sets"

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    label: Mapped[Line]
    year: Mapped[int]


class ResidentRow(Base):
    """Residents of one area in one age band."""

    __tablename__ = "residents"

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    age_from: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    age_to: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    residents: Mapped[int]
