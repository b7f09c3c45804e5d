"""Tables of the directory: organisations and the people who may be asked."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word


class OrganisationRow(Base):
    """An organisation."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("source_name", "source_key"),)

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    source_name: Mapped[Line]
    source_key: Mapped[Line]
    line: Mapped[int]
    name: Mapped[Line]
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    also_known_as: Mapped[str]
    kind: Mapped[Word]
    sector: Mapped[Word]
    description: Mapped[str]
    website: Mapped[str]
    address: Mapped[str]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    found_by: Mapped[Word]
    served_radius_m: Mapped[float | None]
    visibility: Mapped[Word]
    opening: Mapped[str]
    accessibility: Mapped[str]
    referral_route: Mapped[str]
    funding: Mapped[str]
    funding_ends_on: Mapped[date | None]
    evaluation: Mapped[Word]
    status: Mapped[Word]
    verified_on: Mapped[date | None]
    verified_by: Mapped[Line]
    verified_how: Mapped[Word]
    hand_fields: Mapped[list[str]] = mapped_column(JSON)
    is_active: Mapped[bool]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class OrganisationIdentifierRow(Base):
    """A number that a register gives to an organisation."""

    __tablename__ = "organisation_identifiers"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class OrganisationTagRow(Base):
    """A theme, cohort or prevention tier of an organisation."""

    __tablename__ = "organisation_tags"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    vocabulary: Mapped[str] = mapped_column(String(20), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True)


class OrganisationAreaRow(Base):
    """An area that an organisation says it serves."""

    __tablename__ = "organisation_areas"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    area_code: Mapped[str] = mapped_column(String(9), primary_key=True)


class SiteRow(Base):
    """A site that an organisation has beside its main one."""

    __tablename__ = "organisation_sites"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[Line]
    address: Mapped[str]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    visibility: Mapped[Word]


class ContactRow(Base):
    """A person at an organisation, and what they agreed to."""

    __tablename__ = "contacts"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[Line]
    role: Mapped[Line]
    email: Mapped[Line]
    phone: Mapped[Word]
    shares_practice: Mapped[bool]
    practice_note: Mapped[str]
    consent_audience: Mapped[int | None] = mapped_column(SmallInteger)
    consent_given_on: Mapped[date | None]
    consent_basis: Mapped[Line]
