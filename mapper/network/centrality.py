"""How central each organisation is to joint work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mapper.network.compact import Compact, compact

if TYPE_CHECKING:
    import igraph
    import networkx as nx
    import numpy.typing as npt


EXACT_UP_TO = 5_000
"""Organisations of a network whose betweenness is counted in full while somebody waits."""
BATCHES, BATCH = 20, 25
"""A sample is of so many batches of so many organisations; their spread gives the error."""
BATCHES_FOR_CLOSENESS = 8
"""A mean distance needs fewer of them than a share of paths."""
_SEED = 1


def centrality(graph: nx.Graph[Any] | Compact, *, is_sampled: bool = False) -> pd.DataFrame:
    """Measure every organisation's place in the network.

    Ties of many joint activities are short: the length of a tie is 1 / weight wherever a
    measure follows paths.

    Parameters
    ----------
    graph : undirected, `weight` above zero on the edges (1 where absent). Not changed.
    is_sampled : whether betweenness may be estimated from the paths that start at 500 of the
        organisations, and closeness from those at 200; in a network (for closeness, a component)
        of no more than 500 they are counted in full all the same.

    Returns
    -------
    Frame by organisation_id, in order:

    - degree: number of partners; 0 for an isolate.
    - strength: weights of its ties added up; 0 for an isolate.
    - betweenness: share, 0-1, of the shortest paths between two others that pass through;
      0 where there are fewer than three organisations.
    - betweenness_error: standard error of a sampled betweenness; 0 for one counted in full. It
      holds for those through whom many paths pass; of those on few paths a sample seldom meets
      any, and the error says too little.
    - closeness: 1 / mean distance to the others of the same component; missing for an
      isolate. Comparable only within a component.
    - pagerank: share, 0-1, of the time that someone walking from partner to partner, along
      heavy ties more often, would spend here, who starts afresh anywhere 15 times in 100; the
      shares of all add up to 1.
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
    Brandes, U. and Pich, C. (2007). Centrality estimation in large networks. International
    Journal of Bifurcation and Chaos 17, 2303-2318: betweenness from a sample.
    Eppstein, D. and Wang, J. (2004). Fast approximation of centrality. Journal of Graph
    Algorithms and Applications 8, 39-45: closeness from a sample.
    Burt, R. S. (1992). Structural Holes. Harvard University Press.
    Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64,
    016132: distance as the inverse of the weight.
    Brin, S. and Page, L. (1998). The anatomy of a large-scale hypertextual web search engine.
    Computer Networks and ISDN Systems 30, 107-117.
    """
    whole = compact(graph)
    network, weights, lengths = whole.network, whole.weights.tolist(), whole.lengths
    between, error = _betweenness(network, lengths, is_sampled=is_sampled)
    degree = np.array(network.degree(), dtype=np.int64)
    table = pd.DataFrame(
        {
            "degree": degree,
            "strength": np.array(network.strength(weights=weights), dtype=np.float64),
            "betweenness": between,
            "betweenness_error": error,
            "closeness": _closeness(network, lengths, is_sampled=is_sampled),
            "pagerank": np.array(network.pagerank(weights=weights or None), dtype=np.float64),
            "core_number": np.array(network.coreness(), dtype=np.int64),
            "constraint": np.array(network.constraint(weights=weights), dtype=np.float64),
            "effective_size": _effective_sizes(network, degree),
        },
        index=whole.index,
    )
    table["is_isolated"] = table["degree"] == 0
    return table


def _betweenness(
    network: igraph.Graph, lengths: list[float], *, is_sampled: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give the share of shortest paths through each vertex, and its standard error."""
    number = network.vcount()
    pairs = (number - 1) * (number - 2) / 2
    none = np.zeros(number)
    if pairs <= 0:
        return none, none
    if not is_sampled or number <= BATCHES * BATCH:
        return np.array(network.betweenness(weights=lengths or None)) / pairs, none
    starts = _starts(np.arange(number))
    batches = [
        np.array(network.betweenness(weights=lengths or None, sources=batch.tolist()))
        for batch in starts
    ]
    # igraph halves the paths from each source of an undirected network: all sources give all.
    shares = np.array(batches) * (number / BATCH) / pairs
    unseen = np.sqrt(1 - starts.size / number)
    return shares.mean(axis=0), unseen * shares.std(axis=0, ddof=1) / np.sqrt(BATCHES)


def _closeness(
    network: igraph.Graph, lengths: list[float], *, is_sampled: bool
) -> npt.NDArray[np.float64]:
    """Give one over the mean distance to the others of the component; missing when alone."""
    parts = network.connected_components()
    large = [part for part in parts if len(part) > BATCHES * BATCH]
    if not is_sampled or not large:
        return np.array(network.closeness(weights=lengths or None), dtype=np.float64)
    found = np.full(network.vcount(), np.nan)
    rest = np.setdiff1d(np.arange(network.vcount()), np.concatenate(large))
    measured = network.copy()
    measured.es["length"] = lengths
    small = measured.induced_subgraph(rest.tolist())
    found[rest] = small.closeness(weights="length" if small.ecount() else None)
    for part in large:
        starts = _starts(np.array(part))[:BATCHES_FOR_CLOSENESS]
        apart = np.zeros(len(part))
        for batch in starts.tolist():
            apart += np.sum(measured.distances(batch, part, weights="length"), axis=0)
        found[part] = (starts.size - np.isin(part, starts)) / apart
    return found


def _starts(vertices: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Choose where paths start: batches in rows, drawn without putting back."""
    mixed = np.random.default_rng(_SEED).permutation(vertices)
    return mixed[: BATCHES * BATCH].reshape(BATCHES, BATCH)


def _effective_sizes(
    network: igraph.Graph, degree: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Give partners less twice the ties among them over partners (Borgatti 1997)."""
    corners = np.array(network.list_triangles(), dtype=np.int64).ravel()
    triangles = np.bincount(corners, minlength=network.vcount())
    sizes: npt.NDArray[np.float64] = degree - 2 * triangles / np.maximum(degree, 1)
    return np.where(degree > 0, sizes, np.nan)
