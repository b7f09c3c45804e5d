"""The network of a run, measured among whom an audience may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.network.measures import Measured, measure
from mapper.reports.network_layers import NetworkSlice, quarter_days, stored_ties
from mapper.reports.network_people import digest_of, seen_organisations
from mapper.reports.providers import provider_ids
from mapper.reports.run_network import as_stored
from mapper.store.run_networks import RunNetwork, run_network
from mapper.store.runs import Run, run_organisations

if TYPE_CHECKING:
    import networkx as nx
    from sqlalchemy.orm import Session

    from mapper.domain.disclosure import Audience


@dataclass(frozen=True, slots=True)
class SeenNetwork:
    """One part of the network of a run, as an audience may see it.

    Parameters
    ----------
    audience : who sees it.
    part : which part.
    graph : of the organisations seen and the ties among them; directed where the layer is.
        Never the whole network with some left out: nobody else is in it.
    figures : by organisation_id: what `mapper.network.measures.Measured` has of each.
    summary : figures of the whole, None where not defined.
    """

    audience: Audience
    part: NetworkSlice
    graph: nx.Graph[Any]
    figures: pd.DataFrame
    summary: dict[str, Any]


def seen_network(session: Session, run: Run, audience: Audience, part: NetworkSlice) -> SeenNetwork:
    """Measure one part of the network among whom an audience may see.

    What was measured with the run is used where it is of the very same organisations. Where
    somebody has lapsed, closed or moved since, or the part is a narrower one, it is measured
    now; both give the same figures.

    Parameters
    ----------
    run : whose network.
    audience : who is looking.
    part : which part.

    Raises
    ------
    NotFoundError
        When the run has no such quarter.
    """
    everybody = seen_organisations(session, run_organisations(session, run.id), audience)
    ties = stored_ties(session, run, part.layer)
    if part.quarter:
        ties = ties.on_days(quarter_days(run, part.quarter))
    graph = ties.graph(part.layer, _within(session, run, everybody, part))
    wanted = RunNetwork(
        digest_of(everybody), part.layer.value, {}, lad_code=part.lad_code, quarter=part.quarter
    )
    kept = None if part.sector else run_network(session, run.id, wanted)
    summary, columns = (
        (dict(kept.summary), dict(kept.measures)) if kept else _now(graph, run.parameters["seed"])
    )
    figures = pd.DataFrame(columns).set_index("organisation_id")
    return SeenNetwork(audience, part, graph, figures, summary)


def _now(graph: nx.Graph[Any], seed: int) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    measured: Measured = measure(graph, seed)
    return as_stored(measured)


def _within(
    session: Session, run: Run, everybody: pd.DataFrame, part: NetworkSlice
) -> pd.DataFrame:
    """Choose the organisations of a part of the network."""
    chosen = everybody
    if part.lad_code:
        chosen = chosen[chosen.index.isin(provider_ids(session, run, part.lad_code))]
    if part.sector:
        chosen = chosen[chosen["sector"] == part.sector]
    return chosen
