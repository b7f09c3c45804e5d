"""Who works with whom, as far as an audience may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.domain.tie import Layer
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_measured import SeenNetwork, seen_network
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, Provenance, PublishedTable
from mapper.reports.shown_run import run_for
from mapper.reports.wording import (
    date_cell,
    exact_cell,
    naming_cell,
    number_cell,
    text_cell,
)
from mapper.store.runs import Run

_NOT_DEFINED = "not defined without ties"
_MEASURES = (
    Column("organisation_id", "Reference", "Number of the organisation in mapper.", is_number=True),
    Column("name", "Organisation"),
    Column("kind", "Kind"),
    Column("sector", "Sector"),
    Column("degree", "Partners", "Organisations that it is tied to.", is_number=True),
    Column("strength", "{weight}", "Weights of its ties added up.", is_number=True),
    Column(
        "betweenness",
        "Betweenness",
        "Of 100 shortest ways between two others, those that pass through it.",
        is_number=True,
    ),
    Column(
        "betweenness_error",
        "Error of betweenness",
        "Standard error where it was estimated from a sample; 0 where it was counted in full.",
        is_number=True,
    ),
    Column("closeness", "Closeness", "1 over the mean distance in its part.", is_number=True),
    Column("pagerank", "PageRank", "Share of a walk along ties spent here.", is_number=True),
    Column("core_number", "Core", "Largest k of a group with k ties each.", is_number=True),
    Column("constraint", "Constraint", "Low where it spans gaps (Burt).", is_number=True),
    Column("effective_size", "Effective size", "Partners less overlap (Burt).", is_number=True),
    Column("component", "Connected part", "1 is the largest.", is_number=True),
    Column("community", "Community", "Group with more ties inside than chance.", is_number=True),
    Column("is_cut_point", "Loss would split the network"),
    Column(
        "pairs_parted",
        "Pairs parted",
        "Pairs of others that could no longer reach each other without it.",
        is_number=True,
    ),
    Column(
        "brokered",
        "Pairs brokered",
        "Pairs that are tied to it and not to each other, sectors known.",
        is_number=True,
    ),
)
_LINKS = (
    Column("first_id", "Reference", "Number of the organisation in mapper.", is_number=True),
    Column("first", "Organisation"),
    Column("second_id", "Other reference", "Number of the other.", is_number=True),
    Column("second", "Works with"),
    Column("weight", "{weight}", "Of the tie, in the period.", is_number=True),
    Column(
        "newman",
        "Weight by Newman",
        "Of each joint activity 1 over one less than who took part; empty in other layers.",
        is_number=True,
    ),
    Column("starts_on", "From", "First day it is known to hold in the period."),
    Column("ends_on", "To", "Last day it is known to hold in the period."),
    Column("is_confirmed", "Confirmed", "Whether the other side confirmed a declared tie."),
)


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """The network in words and tables.

    Parameters
    ----------
    part : which part of it.
    summary : sentences.
    measures : one row an organisation, the most between others first.
    links : one row a tie, the strongest first.
    provenance : of the run.
    """

    part: NetworkSlice
    summary: tuple[str, ...]
    measures: PublishedTable
    links: PublishedTable
    provenance: Provenance


def network_report(
    session: Session, audience: Audience, part: NetworkSlice | None = None
) -> NetworkReport:
    """Publish the network of the latest run, or a part of it.

    Parameters
    ----------
    audience : who is looking.
    part : which part; joint activities of the whole period when None.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    NotFoundError
        When the run has no such quarter.
    """
    run = run_for(session, audience)
    network = seen_network(session, run, audience, part or NetworkSlice())
    provenance = run_provenance(session, run)
    return NetworkReport(
        part=network.part,
        summary=network_sentences(network),
        measures=measures_table(network, audience, provenance),
        links=links_table(network, audience, provenance),
        provenance=provenance,
    )


def publish_network(
    session: Session, run: Run, audience: Audience, among: Collection[int]
) -> tuple[SeenNetwork, PublishedTable, PublishedTable]:
    """Publish the place of some organisations in the whole network, and the ties among them.

    Parameters
    ----------
    run : whose network of joint activities.
    audience : who is looking.
    among : the organisations.

    Returns
    -------
    The whole network as they see it; the measures; the ties.
    """
    network = seen_network(session, run, audience, NetworkSlice())
    provenance = run_provenance(session, run)
    return (
        network,
        measures_table(network, audience, provenance, among),
        links_table(network, audience, provenance, among),
    )


def measures_table(
    network: SeenNetwork,
    audience: Audience,
    provenance: Provenance,
    among: Collection[int] | None = None,
) -> PublishedTable:
    """Publish the place of each organisation in the network, of some when given."""
    figures = network.figures.to_dict("index")
    rows = tuple(
        _measure_cells(int(str(key)), network.graph.nodes[key], row)
        for key, row in sorted(figures.items(), key=lambda item: _by_betweenness(*item))
        if among is None or key in among
    )
    title = "Organisations by place in the network"
    return PublishedTable(audience, title, _worded(_MEASURES, network), rows, provenance)


def links_table(
    network: SeenNetwork,
    audience: Audience,
    provenance: Provenance,
    among: Collection[int] | None = None,
) -> PublishedTable:
    """Publish the ties, the strongest first; those between some organisations when given."""
    ties = sorted(
        network.graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[0], tie[1])
    )
    rows = tuple(
        _link_cells(network, first, second, tie)
        for first, second, tie in ties
        if among is None or (first in among and second in among)
    )
    title = "Who works with whom" if network.part.layer is Layer.JOINT else "Ties"
    return PublishedTable(audience, title, _worded(_LINKS, network), rows, provenance)


def network_sentences(network: SeenNetwork) -> tuple[str, ...]:
    """The network in words."""
    found, layer = network.summary, network.part.layer
    alone = found["isolates"]
    return (
        f"{counted(found['organisations'], 'organisation')} with "
        f"{counted(found['links'], 'working tie')} between them. {layer.meaning}",
        f"{counted(alone, 'organisation is', 'organisations are')} tied to nobody else here; the "
        f"largest connected part holds {found['largest_component']:,}.",
        f"{_splitting(found['cut_points'])}; there "
        f"{'is' if found['communities'] == 1 else 'are'} "
        f"{counted(found['communities'], 'community', 'communities')} that work together more "
        "than with others.",
        *_mixing_sentences(found),
        *_sample_sentences(found),
    )


def _splitting(cut_points: int) -> str:
    if not cut_points:
        return "No single loss would split the network"
    return f"The loss of any one of {counted(cut_points, 'organisation')} would split the network"


def _mixing_sentences(found: Mapping[str, Any]) -> tuple[str, ...]:
    index = found.get("sector_index")
    if index is None:
        return ()
    across = (1 + index) / 2
    return (
        f"Of 100 ties between organisations whose sectors are known, {100 * across:.0f} lead "
        "from one sector to another (what chance would give depends on how large the sectors "
        "are).",
    )


def _sample_sentences(found: Mapping[str, Any]) -> tuple[str, ...]:
    if not found.get("is_sampled"):
        return ()
    return (
        "Betweenness is estimated from a sample of paths; its standard error stands beside it.",
    )


def _worded(columns: tuple[Column, ...], network: SeenNetwork) -> tuple[Column, ...]:
    """Call weights what they count in the layer."""
    noun = network.part.layer.weight_noun
    return tuple(replace(one, heading=one.heading.format(weight=noun)) for one in columns)


def _by_betweenness(key: Any, row: Mapping[Any, Any]) -> tuple[float, float, int]:  # noqa: ANN401
    return (-(row["betweenness"] or 0), -(row["strength"] or 0), key)


def _measure_cells(key: int, about: Mapping[str, Any], row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    own: dict[Any, Any] = {
        name: None if isinstance(value, float) and isnan(value) else value
        for name, value in row.items()
    }
    return (
        Cell(key, str(key)),
        naming_cell(key, about["name"]),
        text_cell(about["kind"]),
        text_cell(about["sector"]),
        number_cell(own["degree"]),
        exact_cell(own["strength"], 0),
        exact_cell(100 * own["betweenness"], 2),
        exact_cell(100 * own["betweenness_error"], 2),
        exact_cell(own["closeness"], 3, _NOT_DEFINED),
        exact_cell(own["pagerank"], 4),
        number_cell(own["core_number"]),
        exact_cell(own["constraint"], 3, _NOT_DEFINED),
        exact_cell(own["effective_size"], 2, _NOT_DEFINED),
        number_cell(own["component"]),
        number_cell(own["community"]),
        text_cell("yes" if own["is_cut_point"] else "no"),
        number_cell(own["pairs_parted"]),
        number_cell(own["broker_brokered"]),
    )


def _link_cells(
    network: SeenNetwork, first: int, second: int, tie: Mapping[str, Any]
) -> tuple[Cell, ...]:
    confirmed = tie.get("is_confirmed")
    newman = tie.get("newman")
    names = network.graph.nodes
    return (
        Cell(first, str(first)),
        naming_cell(first, names[first]["name"]),
        Cell(second, str(second)),
        naming_cell(second, names[second]["name"]),
        exact_cell(tie["weight"], 0),
        exact_cell(newman, 2, "not counted"),
        date_cell(tie.get("starts_on")),
        date_cell(tie.get("ends_on")),
        Cell(None, "not asked") if confirmed is None else text_cell("yes" if confirmed else "no"),
    )
