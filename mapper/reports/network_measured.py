"""The network of a run, measured among whom an audience may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.network.layers import without_direction
from mapper.network.layout import layout
from mapper.network.measures import measure
from mapper.reports.network_layers import NetworkSlice, quarter_days, stored_ties
from mapper.reports.network_people import digest_of, seen_organisations
from mapper.reports.providers import provider_ids
from mapper.reports.run_network import as_stored
from mapper.store.run_networks import RunNetwork, run_network
from mapper.store.runs import Run, run_organisations

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from sqlalchemy.orm import Session

    from mapper.domain.disclosure import Audience
    from mapper.domain.tie import Layer

_Figures = tuple[dict[str, Any], dict[str, list[Any]]]
"""Figures of the whole, and columns of figures by organisation, as `as_stored` gives them."""


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
    somebody has lapsed, closed or moved since, or the part is that of an authority or a sector,
    it is measured now; both give the same figures. In a quarter everybody is drawn where the
    network of the whole period has them, so that quarters can be compared.

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
    within = ties.on_days(quarter_days(run, part.quarter)) if part.quarter else ties
    graph = within.graph(part.layer, members_of(session, run, everybody, part))
    found = _kept(session, run, everybody, part)
    if found is None:
        places = None
        if part.quarter and not (part.lad_code or part.sector):
            places = _places_of_all(session, run, everybody, part.layer)
        found = as_stored(measure(graph, run.parameters["seed"], places))
    summary, columns = found
    return SeenNetwork(audience, part, graph, _by_organisation(columns), summary)


def _kept(
    session: Session, run: Run, everybody: pd.DataFrame, part: NetworkSlice
) -> _Figures | None:
    """Read what was measured with the run; None when it was not, or of other organisations."""
    if part.lad_code or part.sector:
        return None
    wanted = RunNetwork(digest_of(everybody), part.layer.value, {}, quarter=part.quarter)
    kept = run_network(session, run.id, wanted)
    return (dict(kept.summary), dict(kept.measures)) if kept else None


def _places_of_all(
    session: Session, run: Run, everybody: pd.DataFrame, layer: Layer
) -> pd.DataFrame:
    """Give where the whole network of a layer is drawn."""
    kept = _kept(session, run, everybody, NetworkSlice(layer))
    if kept:
        return _by_organisation(kept[1])
    graph = stored_ties(session, run, layer).graph(layer, everybody)
    return layout(without_direction(graph), run.parameters["seed"])


def _by_organisation(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(columns).set_index("organisation_id")


def members_of(
    session: Session, run: Run, everybody: pd.DataFrame, part: NetworkSlice
) -> pd.DataFrame:
    """Choose the organisations of a part of the network."""
    chosen = everybody
    if part.lad_code:
        chosen = chosen[chosen.index.isin(provider_ids(session, run, part.lad_code))]
    if part.sector:
        chosen = chosen[chosen["sector"] == part.sector]
    return chosen
