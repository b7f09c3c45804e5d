"""Tables of the ground: areas, and places with the areas that hold them."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Code, Key, Line, Moment, Word

_NATIONAL_GRID = 27700


def _geometry(kind: str, *, is_indexed: bool) -> Geometry:
    return Geometry(kind, srid=_NATIONAL_GRID, spatial_index=is_indexed)


class AreaRow(Base):
    """An area of one level and vintage."""

    __tablename__ = "areas"
    __table_args__ = (
        UniqueConstraint("code", "level", "vintage"),
        Index("ix_areas_level_vintage", "level", "vintage"),
    )

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    code: Mapped[Code]
    level: Mapped[str] = mapped_column(String(8))
    vintage: Mapped[str] = mapped_column(String(8))
    name: Mapped[Line]
    lad_code: Mapped[str] = mapped_column(String(9), index=True)
    msoa_code: Mapped[Code]
    ward_code: Mapped[Code]
    is_urban: Mapped[bool]
    is_approximate: Mapped[bool]
    centre_easting_m: Mapped[float]
    centre_northing_m: Mapped[float]
    geometry: Mapped[WKBElement] = mapped_column(_geometry("MULTIPOLYGON", is_indexed=True))


class PlaceRow(Base):
    """A point, and how it was found."""

    __tablename__ = "places"
    __table_args__ = (UniqueConstraint("postcode", "easting_m", "northing_m", "precision"),)

    id: Mapped[Key]
    postcode: Mapped[str] = mapped_column(String(8), index=True)
    easting_m: Mapped[float]
    northing_m: Mapped[float]
    precision: Mapped[Word]
    method: Mapped[Word]
    lad_code: Mapped[Code]
    ward_code: Mapped[Code]
    lsoa11_code: Mapped[Code]
    is_terminated: Mapped[bool]
    located_at: Mapped[Moment]
    # No question is asked of the points on the ground in the database, and keeping an index of
    # them costs more than keeping them.
    geometry: Mapped[WKBElement] = mapped_column(_geometry("POINT", is_indexed=False))


class PlaceAreaRow(Base):
    """The area of one level and vintage that holds a place."""

    __tablename__ = "place_areas"
    __table_args__ = (Index("ix_place_areas_area_code_level", "area_code", "level"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(8), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(8), primary_key=True)
    area_code: Mapped[Code]
    method: Mapped[Word]
