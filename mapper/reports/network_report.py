"""Who works with whom, as far as an audience may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, Provenance, PublishedTable
from mapper.reports.wording import naming_cell, number_cell, plural, text_cell
from mapper.store.listings import organisation_descriptions
from mapper.store.runs import Run, latest_run, run_links, run_organisations

_MEASURES = (
    Column("organisation_id", "Reference", "Number of the organisation in mapper.", is_number=True),
    Column("name", "Organisation"),
    Column("kind", "Kind"),
    Column("sector", "Sector"),
    Column("degree", "Partners", "Organisations it did something together with.", is_number=True),
    Column("strength", "Joint activities", "Summed over its partners.", is_number=True),
    Column(
        "betweenness",
        "Betweenness",
        "Of 100 shortest ways between two others, those that pass through it.",
        is_number=True,
    ),
    Column("component", "Connected part", "1 is the largest.", is_number=True),
    Column("community", "Community", "Group with more ties inside than chance.", is_number=True),
    Column("is_cut_point", "Loss would split the network"),
)
_LINKS = (
    Column("first", "Organisation"),
    Column("second", "Works with"),
    Column("joint_activities", "Joint activities", "In the period of the run.", is_number=True),
)


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """The network in words and tables.

    Parameters
    ----------
    summary : sentences.
    measures : one row an organisation, the most between others first.
    links : one row a tie, the strongest first.
    provenance : of the run.
    """

    summary: tuple[str, ...]
    measures: PublishedTable
    links: PublishedTable
    provenance: Provenance


def network_report(session: Session, audience: Audience) -> NetworkReport:
    """Publish the network of the latest run.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    run = latest_run(session)
    return NetworkReport(
        summary=network_sentences(run.summary["network"]),
        measures=publish_measures(session, run, audience),
        links=publish_links(session, run, audience),
        provenance=run_provenance(session, run),
    )


def publish_measures(
    session: Session, run: Run, audience: Audience, among: Collection[int] | None = None
) -> PublishedTable:
    """Publish the place of each organisation in the network, of some when given."""
    known = organisation_descriptions(session)
    figures = run_organisations(session, run.id)
    rows = [
        _measure_cells(key, dict(known.loc[key]), row)
        for key, row in sorted(figures.items(), key=lambda item: _by_betweenness(*item))
        if key in known.index and (among is None or key in among)
    ]
    provenance = run_provenance(session, run)
    return PublishedTable(
        audience, "Organisations by place in the network", _MEASURES, tuple(rows), provenance
    )


def publish_links(
    session: Session, run: Run, audience: Audience, among: Collection[int] | None = None
) -> PublishedTable:
    """Publish the ties, the strongest first; those between some organisations when given."""
    names = organisation_descriptions(session)["name"]
    ties = sorted(run_links(session, run.id), key=lambda tie: (-tie[2], tie[0], tie[1]))
    rows = tuple(
        (
            naming_cell(first, names[first]),
            naming_cell(second, names[second]),
            number_cell(weight),
        )
        for first, second, weight in ties
        if first in names.index and second in names.index and _are_among(first, second, among)
    )
    provenance = run_provenance(session, run)
    return PublishedTable(audience, "Who works with whom", _LINKS, rows, provenance)


def network_sentences(found: dict[str, Any]) -> tuple[str, ...]:
    """The network in words."""
    organisations_, links = found["organisations"], found["links"]
    alone = found["isolates"]
    split = found["cut_points"]
    return (
        f"{plural(organisations_, 'organisation')} with {plural(links, 'working tie')} between "
        "them: a tie means that two delivered at least one activity together in the period.",
        f"{plural(alone, 'organisation works', 'organisations work')} with nobody else here; the "
        f"largest connected part holds {found['largest_component']:,}.",
        f"The loss of any one of {plural(split, 'organisation')} would split the network; there "
        f"are {plural(found['communities'], 'community', 'communities')} that work together "
        "more than with others.",
    )


def _are_among(first: int, second: int, among: Collection[int] | None) -> bool:
    return among is None or (first in among and second in among)


def _by_betweenness(key: int, row: dict[str, Any]) -> tuple[float, float, int]:
    return (-(row["betweenness"] or 0), -(row["strength"] or 0), key)


def _measure_cells(key: int, about: dict[Any, Any], row: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        Cell(key, str(key)),
        naming_cell(key, about["name"]),
        text_cell(about["kind"]),
        text_cell(about["sector"]),
        number_cell(row["degree"]),
        number_cell(row["strength"]),
        number_cell(100 * (row["betweenness"] or 0), 2),
        number_cell(row["component"]),
        number_cell(row["community"]),
        text_cell("yes" if row["is_cut_point"] else "no"),
    )
