"""Tables of what publishers say of areas: look-ups, postcodes, deprivation."""

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Code, Line


def _part(length: int) -> Mapped[str]:
    return mapped_column(String(length), primary_key=True)


class AreaLinkRow(Base):
    """What an area of one level and vintage is linked to; its class and name among them."""

    __tablename__ = "area_links"

    from_level: Mapped[str] = _part(8)
    from_vintage: Mapped[str] = _part(8)
    from_code: Mapped[str] = _part(9)
    to_kind: Mapped[str] = _part(8)
    to_vintage: Mapped[str] = _part(8)
    to_code: Mapped[str] = _part(9)
    to_name: Mapped[Line]
    change: Mapped[str] = mapped_column(String(1))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)


class PostcodeRow(Base):
    """A postcode of a look-up that was loaded; it adds to the shipped directory."""

    __tablename__ = "postcodes"

    postcode: Mapped[str] = _part(8)
    easting_m: Mapped[float]
    northing_m: Mapped[float]
    lad_code: Mapped[Code]
    ward_code: Mapped[Code]
    lsoa11_code: Mapped[Code]
    msoa11_code: Mapped[Code]
    is_terminated: Mapped[bool | None]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)


class DeprivationRow(Base):
    """One figure of one LSOA in one edition of the Indices of Deprivation."""

    __tablename__ = "deprivation_figures"
    __table_args__ = (Index("ix_deprivation_figures_kind_measure", "kind", "measure"),)

    edition: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    vintage: Mapped[str] = _part(8)
    area_code: Mapped[str] = _part(9)
    measure: Mapped[str] = _part(120)
    kind: Mapped[str] = _part(10)
    value: Mapped[float]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
