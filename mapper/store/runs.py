"""Analysis runs: written once, read often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.errors import NoAnalysisError, NotFoundError
from mapper.store.findings import Finding
from mapper.store.models import (
    Base,
    RunAreaRow,
    RunFindingRow,
    RunLinkRow,
    RunMeetingRow,
    RunNetworkRow,
    RunOrganisationRow,
    RunProviderRow,
    RunRow,
)
from mapper.store.run_networks import RunLink, RunMeeting, RunNetwork

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One analysis run.

    Parameters
    ----------
    id : 0 until stored.
    name : such as ``January 2025 to September 2025``.
    made_at : UTC; None until stored.
    made_by : who asked for it.
    parameters : everything that was chosen, seed included.
    inputs : vintages, denominators and ids of the sources used.
    versions : of the software.
    summary : figures for the whole.
    is_synthetic : whether any source was invented.
    is_scenario : whether it counts activities that were only thought of; such a run is never
        published.
    """

    name: str
    made_by: str
    parameters: Figures
    inputs: Figures
    versions: Figures
    summary: Figures
    is_synthetic: bool
    is_scenario: bool = False
    id: int = 0
    made_at: datetime | None = None

    @property
    def period(self) -> Period:
        """The months of the run, those left out included."""
        return Period(Month.parse(self.parameters["from"]), Month.parse(self.parameters["to"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResults:
    """The rows of a run.

    Parameters
    ----------
    areas : level to area code to figures; each with `lad_code` among them.
    organisations : organisation id to figures.
    links : ties of every layer.
    providers : (area code, organisation id, dose, activities).
    findings : what was found beside; see `mapper.store.findings`.
    meetings : who took part in what.
    networks : as measured for each audience.
    """

    areas: Mapping[AreaType, Mapping[str, Figures]]
    organisations: Mapping[int, Figures]
    links: Sequence[RunLink]
    providers: Sequence[tuple[str, int, float, int]]
    findings: Sequence[Finding] = ()
    meetings: Sequence[RunMeeting] = ()
    networks: Sequence[RunNetwork] = ()


def save_run(session: Session, run: Run, results: RunResults) -> int:
    """Store a run with its rows, and return its id. A stored run is never changed."""
    row = RunRow(
        name=run.name,
        made_by=run.made_by,
        parameters=dict(run.parameters),
        inputs=dict(run.inputs),
        versions=dict(run.versions),
        summary=dict(run.summary),
        is_synthetic=run.is_synthetic,
        is_scenario=run.is_scenario,
    )
    session.add(row)
    session.flush()
    for table, rows in _rows(row.id, results).items():
        if rows:
            session.execute(insert(table), rows)
    return row.id


def _columns(record: RunLink | RunMeeting | RunNetwork) -> dict[str, Any]:
    """The fields of a record by name. Unlike `asdict` it copies nothing: figures are many."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _rows(run_id: int, results: RunResults) -> dict[type[Base], list[dict[str, Any]]]:
    """The rows of every table of a run."""
    mine = {"run_id": run_id}
    return {
        RunAreaRow: [
            mine
            | {
                "level": level.value,
                "area_code": code,
                "lad_code": figures["lad_code"],
                "figures": dict(figures),
            }
            for level, by_code in results.areas.items()
            for code, figures in by_code.items()
        ],
        RunOrganisationRow: [
            mine | {"organisation_id": key, "figures": dict(figures)}
            for key, figures in results.organisations.items()
        ],
        RunLinkRow: [mine | _columns(link) for link in results.links],
        RunMeetingRow: [mine | _columns(meeting) for meeting in results.meetings],
        RunNetworkRow: [mine | _columns(network) for network in results.networks],
        RunProviderRow: [
            mine
            | {"area_code": code, "organisation_id": key, "dose": dose, "activities": activities}
            for code, key, dose, activities in results.providers
        ],
        RunFindingRow: [
            mine
            | {
                "kind": found.kind.value,
                "lad_code": found.lad_code,
                "term": found.term,
                "figures": dict(found.figures),
            }
            for found in results.findings
        ],
    }


def list_runs(session: Session) -> list[Run]:
    """List every run, the latest first."""
    return [as_run(row) for row in session.scalars(select(RunRow).order_by(RunRow.id.desc()))]


def get_run(session: Session, run_id: int) -> Run:
    """Read one run.

    Raises
    ------
    NotFoundError
        When there is no run of that number.
    """
    row = session.get(RunRow, run_id)
    if row is None:
        raise NotFoundError(
            f"There is no run {run_id}.",
            expected="The number of a stored run.",
            action="`mapper runs list` lists them.",
        )
    return as_run(row)


def latest_run(session: Session) -> Run:
    """Read the latest run that is no scenario, whether or not it is published.

    Raises
    ------
    NoAnalysisError
        When there is none yet.
    """
    query = select(RunRow).where(~RunRow.is_scenario).order_by(RunRow.id.desc())
    row = session.scalars(query.limit(1)).first()
    if row is None:
        raise NoAnalysisError(
            "No analysis has been run yet.",
            expected="At least one stored run.",
            action="Run `mapper analyse --from 2025-01 --to 2025-10` (the end not included).",
        )
    return as_run(row)


def latest_run_id(session: Session) -> int:
    """The id of the latest run that is no scenario, 0 when there is none."""
    query = select(RunRow.id).where(~RunRow.is_scenario).order_by(RunRow.id.desc())
    return session.scalar(query.limit(1)) or 0


def run_areas(
    session: Session, run_id: int, level: AreaType, lad_code: str = ""
) -> dict[str, dict[str, Any]]:
    """Read the figures of the areas of one level, by code; of one authority when given."""
    query = (
        select(RunAreaRow.area_code, RunAreaRow.figures)
        .where(RunAreaRow.run_id == run_id, RunAreaRow.level == level)
        .order_by(RunAreaRow.area_code)
    )
    if lad_code:
        query = query.where(RunAreaRow.lad_code == lad_code)
    return dict(session.execute(query).all())


def run_organisations(session: Session, run_id: int) -> dict[int, dict[str, Any]]:
    """Read the network figures of every organisation, by id."""
    query = (
        select(RunOrganisationRow.organisation_id, RunOrganisationRow.figures)
        .where(RunOrganisationRow.run_id == run_id)
        .order_by(RunOrganisationRow.organisation_id)
    )
    return dict(session.execute(query).all())


def run_providers(
    session: Session, run_id: int, area_codes: Sequence[str] | None = None
) -> list[tuple[str, int, float, int]]:
    """Read who delivers what where: area code, organisation id, dose, activities."""
    query = (
        select(
            RunProviderRow.area_code,
            RunProviderRow.organisation_id,
            RunProviderRow.dose,
            RunProviderRow.activities,
        )
        .where(RunProviderRow.run_id == run_id)
        .order_by(RunProviderRow.area_code, RunProviderRow.dose.desc())
    )
    if area_codes is not None:
        query = query.where(RunProviderRow.area_code.in_(list(area_codes)))
    return [(a, o, dose, n) for a, o, dose, n in session.execute(query)]


def as_run(row: RunRow) -> Run:
    """The run of a row."""
    return Run(
        id=row.id,
        name=row.name,
        made_at=row.made_at,
        made_by=row.made_by,
        parameters=row.parameters,
        inputs=row.inputs,
        versions=row.versions,
        summary=row.summary,
        is_synthetic=row.is_synthetic,
        is_scenario=row.is_scenario,
    )
