"""Tables of analysis runs. The rows of a run are written once and never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from mapper.store.models.base import Base, Key, Line, Moment, Word

Figures = dict[str, Any]


class RunRow(Base):
    """One analysis run: what was asked, with what, and the figures for the whole."""

    __tablename__ = "runs"

    id: Mapped[Key]
    name: Mapped[Line]
    made_at: Mapped[Moment]
    made_by: Mapped[Line]
    parameters: Mapped[Figures] = mapped_column(JSON)
    inputs: Mapped[Figures] = mapped_column(JSON)
    versions: Mapped[Figures] = mapped_column(JSON)
    summary: Mapped[Figures] = mapped_column(JSON)
    is_synthetic: Mapped[bool]
    is_scenario: Mapped[bool] = mapped_column(server_default=false())


class RunAreaRow(Base):
    """The figures of one area in a run."""

    __tablename__ = "run_areas"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(8), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    lad_code: Mapped[str] = mapped_column(String(9), index=True)
    figures: Mapped[Figures] = mapped_column(JSON)


class RunOrganisationRow(Base):
    """The network figures of one organisation in a run."""

    __tablename__ = "run_organisations"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    figures: Mapped[Figures] = mapped_column(JSON)


class RunLinkRow(Base):
    """A tie between two organisations in one layer of a run.

    Of a layer without direction the smaller id stands first.
    """

    __tablename__ = "run_links"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    layer: Mapped[str] = mapped_column(String(20), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    weight: Mapped[float]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_confirmed: Mapped[bool | None]


class RunMeetingRow(Base):
    """That an organisation took part in something in a run, and when.

    What that is, an activity or a venue, has a number of its own in the layer. Ties are made
    from these for whoever looks, so that nobody's ties depend on whom they may not see.
    """

    __tablename__ = "run_meetings"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    layer: Mapped[str] = mapped_column(String(20), primary_key=True)
    meeting: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class RunNetworkRow(Base):
    """The network of a run as it was measured for those who may see the same organisations.

    `seen` is a digest of these organisations; `measures` are columns of equal length, with
    `organisation_id` among them. An empty `quarter` stands for the whole period.
    """

    __tablename__ = "run_networks"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    seen: Mapped[str] = mapped_column(String(32), primary_key=True)
    layer: Mapped[str] = mapped_column(String(20), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(6), primary_key=True)
    summary: Mapped[Figures] = mapped_column(JSON)
    measures: Mapped[Figures] = mapped_column(JSON)


class RunProviderRow(Base):
    """What one organisation delivers to one area in a run."""

    __tablename__ = "run_providers"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    dose: Mapped[float]
    activities: Mapped[int]


class RunFindingRow(Base):
    """What a run found of one kind, authority (empty for all) and term (empty for none)."""

    __tablename__ = "run_findings"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    lad_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    figures: Mapped[Figures] = mapped_column(JSON)


class RunPublicationRow(Base):
    """That a run was published under a name; the latest of these is what audiences see."""

    __tablename__ = "run_publications"

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    name: Mapped[Line]
    published_at: Mapped[Moment]
    published_by: Mapped[Line]


class RunOrderRow(Base):
    """A run that somebody asked for on the site, and what became of it. Kept for good."""

    __tablename__ = "run_orders"

    id: Mapped[Key]
    folder: Mapped[str] = mapped_column(String(32))
    asked_by: Mapped[Line]
    asked_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    parameters: Mapped[Figures] = mapped_column(JSON)
    status: Mapped[Word]
    message: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
