"""The gap report of one local authority: who is missing where, and how we know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.domain.lookup import LinkTo
from mapper.reports.gap_summary import summary_sentences
from mapper.reports.needs_context import needs_context
from mapper.reports.network_report import publish_network
from mapper.reports.provenance import run_provenance
from mapper.reports.providers import local_providers, provider_ids
from mapper.reports.publish import publish_area_table, publish_areas, publish_explanations
from mapper.reports.published import Cell, Provenance, PublishedAreas, PublishedTable
from mapper.reports.sections.every import every_section
from mapper.reports.sections.section import Section
from mapper.reports.shown_run import run_for
from mapper.store.areas import find_lad
from mapper.store.lookups import partnerships

Headline = tuple[str, Cell, str]
_HEADLINES = (
    "violence_count",
    "eb_rate_per_1000",
    "coverage_per_1000",
    "areas_affected",
    "areas_high_need_low_provision",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """A gap report, ready to be shown: the page, the files and the command line read it.

    Parameters
    ----------
    lad_code, lad_name : of the authority.
    title : of the page.
    summary : what a reader who reads no further must know, in sentences.
    figures : headline figures: heading, value, meaning.
    areas : LSOAs by rank, with outlines: the rows of every form of the report.
    wards : the same figures by ward, from their own sums.
    providers : who works there.
    links : how they are tied to one another.
    measures : their place in the whole network.
    sections : what the work is about and for whom, where next, what lapses, and so on.
    context : counts of a needs assessment, which no figure here is made from.
    network : sentences on how connected they are.
    explanations : LSOA code to its working in words.
    provenance : where it all comes from.
    """

    lad_code: str
    lad_name: str
    title: str
    summary: tuple[str, ...]
    figures: tuple[Headline, ...]
    areas: PublishedAreas
    wards: PublishedTable
    providers: PublishedTable
    links: PublishedTable
    measures: PublishedTable
    sections: tuple[Section, ...]
    context: PublishedTable
    network: tuple[str, ...]
    explanations: Mapping[str, tuple[str, ...]]
    provenance: Provenance


def gap_report(session: Session, lad: str, audience: Audience) -> GapReport:
    """Publish the gap report of one authority from the latest run.

    Parameters
    ----------
    lad : GSS code or name, case and spaces forgiven.
    audience : who is looking.

    Raises
    ------
    UnknownAreaError
        When there is no such authority.
    NotReadyError
        When no analysis has been run yet.
    """
    lad_code, lad_name = find_lad(session, lad)
    run = run_for(session, audience)
    areas = publish_areas(session, run, AreaType.LSOA, audience, lad_code=lad_code)
    authorities = publish_area_table(session, run, AreaType.LAD, audience)
    own = _row_of(authorities, lad_code)
    members = provider_ids(session, run, lad_code)
    network, measures, links = publish_network(session, run, audience, members)
    return GapReport(
        lad_code=lad_code,
        lad_name=lad_name,
        title=f"Gap report: {lad_name}",
        summary=(
            *summary_sentences(
                lad_name, own, areas.table, authorities, unit=run.parameters["dose"]
            ),
            *_partnerships(session, lad_code, lad_name),
        ),
        figures=_headlines(authorities, own),
        areas=areas,
        wards=publish_area_table(session, run, AreaType.WARD, audience, lad_code=lad_code),
        providers=local_providers(session, run, lad_code, audience),
        links=links,
        measures=measures,
        sections=every_section(session, run, audience, lad_code),
        context=needs_context(session, lad_code, audience),
        network=_network_sentences(network.summary, measures, links, lad_name),
        explanations=publish_explanations(session, run, audience, lad_code),
        provenance=run_provenance(session, run),
    )


def _partnerships(session: Session, lad_code: str, lad_name: str) -> tuple[str, ...]:
    """Say which community safety partnership and police force an authority belongs to."""
    found = partnerships(session, lad_code)
    if LinkTo.CSP not in found or LinkTo.PFA not in found:
        return ()
    (partnership, year), (force, _) = found[LinkTo.CSP], found[LinkTo.PFA]
    return (
        f"{lad_name} belongs to the community safety partnership of {partnership} and the police "
        f"force area of {force} ({year}).",
    )


def _row_of(table: PublishedTable, code: str) -> dict[str, Cell]:
    return next(row for row in table.records() if row["area_code"].value == code)


def _headlines(table: PublishedTable, own: Mapping[str, Cell]) -> tuple[Headline, ...]:
    columns = {column.name: column for column in table.columns}
    return tuple((columns[name].heading, own[name], columns[name].meaning) for name in _HEADLINES)


def _network_sentences(
    whole: Mapping[str, Any], measures: PublishedTable, links: PublishedTable, lad_name: str
) -> tuple[str, ...]:
    rows = measures.records()
    if not rows:
        return (f"No organisation is registered as working in {lad_name} in this period.",)
    alone = [row for row in rows if row["degree"].value == 0]
    cuts = [row["name"].text for row in rows if row["is_cut_point"].value == "yes"]
    said = [
        f"{counted(len(rows), 'organisation works', 'organisations work')} in {lad_name}, with "
        f"{counted(len(links.rows), 'tie')} between them; "
        f"{counted(len(alone), 'works', 'work')} with nobody else anywhere in HIPS."
    ]
    if cuts:
        said.append(
            f"The wider network would split without: {', '.join(cuts[:5])}"
            f"{' and others' if len(cuts) > 5 else ''}."  # noqa: PLR2004  (as many as are named)
        )
    said.append(_whole(whole))
    return tuple(said)


def _whole(found: Mapping[str, Any]) -> str:
    return (
        f"In all of HIPS, {found['organisations']:,} organisations are known and "
        f"{found['isolates']:,} of them work with nobody else here."
    )
