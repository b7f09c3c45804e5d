"""Everything that is measured of one network."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx
import pandas as pd

from mapper.network.brokerage import (
    DIRECTED_ROLES,
    ROLES,
    brokerage_roles,
    directed_brokerage_roles,
)
from mapper.network.centrality import EXACT_UP_TO, centrality
from mapper.network.cohesion import SEED, membership_and_cohesion
from mapper.network.compact import Compact, compact
from mapper.network.layers import without_direction
from mapper.network.layout import layout
from mapper.network.loss import losses
from mapper.network.mixing import centralisation, mixing

GROUPS = {"sector": "sector", "authority": "lad_code"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One network in figures.

    Parameters
    ----------
    organisations : by organisation_id, in order: the columns of `centrality`, `membership`,
        `losses` (less partners), `brokerage_roles` by sector (the roles of
        `directed_brokerage_roles` where ties have a direction) and `layout`; and `out_degree`
        and `in_degree`, missing where ties have none.
    summary : the figures of `Cohesion`, by name; `degree_centralisation`,
        `betweenness_centralisation`; the E-I index `sector_index`, `authority_index`;
        `reciprocity` (share of directed ties that are returned); `is_sampled`, whether
        betweenness is estimated. NaN where not defined.
    """

    organisations: pd.DataFrame
    summary: dict[str, Any]


def measure(graph: nx.Graph[Any], seed: int = SEED, places: pd.DataFrame | None = None) -> Measured:
    """Measure a network.

    Parameters
    ----------
    graph : directed or not, `weight` on the edges, and `sector` and `lad_code` on the nodes.
        Where ties have a direction, all but brokerage, out- and in-degree and reciprocity is
        measured as if they had none.
    seed : of communities and layout.
    places : where a network that this is a part of was drawn, as `layout` gives it, so that
        everybody stands in the part where a reader found them in the whole; laid out afresh
        when None, or when it knows not all.
    """
    plain = compact(without_direction(graph))
    is_sampled = len(plain.nodes) > EXACT_UP_TO
    central = centrality(plain, is_sampled=is_sampled)
    belongs, whole = membership_and_cohesion(plain, seed)
    belongs = belongs.drop(columns="is_isolated")
    lost = losses(plain).drop(columns="partners")
    drawn = _drawn(plain, seed, places)
    table = central.join([belongs, lost, _roles(graph), _directions(graph), drawn])
    hanging = centralisation(central)
    summary = asdict(whole) | {
        "degree_centralisation": hanging["degree"],
        "betweenness_centralisation": hanging["betweenness"],
        **{f"{name}_index": mixing(plain, column).index for name, column in GROUPS.items()},
        "reciprocity": _reciprocity(graph),
        "is_sampled": is_sampled,
    }
    return Measured(table, summary)


def _drawn(plain: Compact, seed: int, places: pd.DataFrame | None) -> pd.DataFrame:
    """Place the organisations where they stand already, or afresh."""
    if places is not None and plain.index.isin(places.dropna(subset=["x", "y"]).index).all():
        return places.loc[plain.index, ["x", "y"]]
    return layout(plain, seed)


def _roles(graph: nx.Graph[Any]) -> pd.DataFrame:
    """Give brokerage by sector; a role that the layer does not know is missing."""
    every = (*dict.fromkeys((*ROLES, *DIRECTED_ROLES)), "brokered")
    if isinstance(graph, nx.DiGraph):
        found = directed_brokerage_roles(graph)
    else:
        found = brokerage_roles(graph)
    return found.reindex(columns=list(every)).add_prefix("broker_")


def _directions(graph: nx.Graph[Any]) -> pd.DataFrame:
    nodes = pd.Index(list(graph), name="organisation_id")
    columns = ["out_degree", "in_degree"]
    if not isinstance(graph, nx.DiGraph):
        return pd.DataFrame(float("nan"), index=nodes, columns=columns)
    degrees = [(graph.out_degree(node), graph.in_degree(node)) for node in graph]
    return pd.DataFrame(degrees, index=nodes, columns=columns)


def _reciprocity(graph: nx.Graph[Any]) -> float:
    """Give the share of directed ties that are returned; NaN without ties or direction."""
    if not graph.is_directed() or not graph.number_of_edges():
        return float("nan")
    return sum(graph.has_edge(b, a) for a, b in graph.edges) / graph.number_of_edges()
