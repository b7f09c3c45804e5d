"""A network as arrays and as igraph holds it, in one fixed order: made once, measured often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import igraph
import numpy as np
import pandas as pd

from mapper.network.graph import in_order

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Compact:
    """A network without direction, in the order that every figure is computed in.

    Parameters
    ----------
    graph : what it was made from; holds the attributes of the nodes.
    nodes : identifiers in order; the place of one is its number.
    ends : shape (ties, 2): numbers of the two of each tie, the lower first, in order.
    weights : of the ties, above zero.
    """

    graph: nx.Graph[Any]
    nodes: list[Any]
    ends: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    @cached_property
    def network(self) -> igraph.Graph:
        """The same for igraph, whose vertices and edges have the numbers of nodes and ties."""
        return igraph.Graph(n=len(self.nodes), edges=self.ends, directed=False)

    @property
    def index(self) -> pd.Index:
        """The identifiers as the index of a frame."""
        found: pd.Index = pd.Index(self.nodes, name="organisation_id")
        return found

    @property
    def lengths(self) -> list[float]:
        """Length of each tie, 1 / weight: those who do much together are near."""
        found: list[float] = (1.0 / self.weights).tolist()
        return found

    @property
    def both_ways(self) -> npt.NDArray[np.int64]:
        """Shape (2 ties, 2): every tie from either side."""
        return np.vstack([self.ends, self.ends[:, ::-1]])


def compact(graph: nx.Graph[Any] | Compact) -> Compact:
    """Set a network out in the one fixed order.

    Parameters
    ----------
    graph : undirected, `weight` on the edges (1 where absent); one that is compact already is
        given back.

    Returns
    -------
    The same network, so ordered that seeded methods give the same answer however the graph
    was put together.
    """
    if isinstance(graph, Compact):
        return graph
    nodes = in_order(graph)
    place = {node: number for number, node in enumerate(nodes)}
    partners = dict(graph.adjacency())
    counts = [len(partners[node]) for node in nodes]
    one = np.repeat(np.arange(len(nodes)), counts)
    other = np.fromiter(
        (place[partner] for node in nodes for partner in partners[node]), np.int64, len(one)
    )
    weights = np.fromiter(
        (tie.get("weight", 1) for node in nodes for tie in partners[node].values()),
        np.float64,
        len(one),
    )
    chosen = np.flatnonzero(one <= other)
    chosen = chosen[np.lexsort((other[chosen], one[chosen]))]
    ends = np.column_stack([one[chosen], other[chosen]])
    return Compact(graph, nodes, ends, weights[chosen])
