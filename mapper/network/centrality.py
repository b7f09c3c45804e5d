"""How central each organisation is to joint work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import igraph
import numpy as np
import pandas as pd

from mapper.network.graph import canonical

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt


def centrality(graph: nx.Graph[Any]) -> pd.DataFrame:
    """Measure every organisation's place in the network.

    Ties of many joint activities are short: the length of a tie is 1 / weight wherever a
    measure follows paths.

    Parameters
    ----------
    graph : undirected, `weight` above zero on the edges (1 where absent). Not changed.

    Returns
    -------
    Frame by organisation_id, in order:

    - degree: number of partners; 0 for an isolate.
    - strength: joint activities summed over partners; 0 for an isolate.
    - betweenness: share, 0-1, of the shortest paths between two others that pass through;
      0 where there are fewer than three organisations.
    - closeness: 1 / mean distance to the others of the same component; missing for an
      isolate. Comparable only within a component.
    - core_number: the largest k such that the organisation belongs to a group whose members
      have k partners in it.
    - constraint: Burt's redundancy of its partners, low where it spans holes; missing for an
      isolate.
    - effective_size: partners less their redundancy; missing for an isolate.
    - is_isolated: whether it has no partner.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry
    40, 35-41.
    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical
    Sociology 25, 163-177.
    Burt, R. S. (1992). Structural Holes. Harvard University Press.
    Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64,
    016132: distance as the inverse of the weight.
    """
    network, weights = to_igraph(graph)
    number = network.vcount()
    lengths = [1.0 / weight for weight in weights]
    pairs = (number - 1) * (number - 2) / 2
    between = np.array(network.betweenness(weights=lengths or None), dtype=np.float64)
    degree = np.array(network.degree(), dtype=np.int64)
    table = pd.DataFrame(
        {
            "degree": degree,
            "strength": np.array(network.strength(weights=weights), dtype=np.int64),
            "betweenness": between / pairs if pairs > 0 else np.zeros(number),
            "closeness": np.array(network.closeness(weights=lengths or None), dtype=np.float64),
            "core_number": np.array(network.coreness(), dtype=np.int64),
            "constraint": np.array(network.constraint(weights=weights), dtype=np.float64),
            "effective_size": _effective_sizes(network, degree),
        },
        index=pd.Index(network.vs["identifier"], name="organisation_id"),
    )
    table["is_isolated"] = table["degree"] == 0
    return table


def to_igraph(graph: nx.Graph[Any]) -> tuple[igraph.Graph, list[float]]:
    """Copy a graph for igraph, in the one fixed order.

    Parameters
    ----------
    graph : undirected, `weight` on the edges (1 where absent).

    Returns
    -------
    The same network, `identifier` on its vertices; and the weights of its edges.
    """
    ordered = canonical(graph)
    nodes = list(ordered)
    place = {node: number for number, node in enumerate(nodes)}
    edges = [(place[one], place[other]) for one, other in ordered.edges]
    network = igraph.Graph(n=len(nodes), edges=edges, directed=False)
    network.vs["identifier"] = nodes
    weights = [float(tie["weight"]) for _, _, tie in ordered.edges(data=True)]
    return network, weights


def _effective_sizes(
    network: igraph.Graph, degree: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Give partners less twice the ties among them over partners (Borgatti 1997)."""
    triangles = np.zeros(network.vcount())
    for corners in network.list_triangles():
        triangles[list(corners)] += 1
    sizes: npt.NDArray[np.float64] = degree - 2 * triangles / np.maximum(degree, 1)
    return np.where(degree > 0, sizes, np.nan)
