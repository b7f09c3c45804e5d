"""How well the network holds together, and where it would break."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import igraph
import numpy as np
import pandas as pd

from mapper.network.compact import Compact, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

SEED = 1
ROUNDS = 3
"""How often Leiden's method goes over the network; of 5,000 organisations, seven rounds more raise
the modularity by less than 0.002."""


@dataclass(frozen=True)
class Cohesion:
    """The network in figures.

    Parameters
    ----------
    organisations : how many there are.
    links : how many pairs work together.
    weight : weights of all ties added up.
    density : ties present out of those possible, 0-1; 0 for fewer than two organisations.
    components : connected parts, isolates among them.
    largest_component : organisations in the largest part.
    isolates : organisations without a tie.
    cut_points : organisations whose loss would split a component.
    bridges : ties whose loss would split a component.
    communities : groups with more ties inside than chance would give, isolates left out.
    modularity : how far ties stay inside communities, at most 1; 0 without ties.
    """

    organisations: int
    links: int
    weight: float
    density: float
    components: int
    largest_component: int
    isolates: int
    cut_points: int
    bridges: int
    communities: int
    modularity: float


def cohesion(graph: nx.Graph[Any] | Compact, seed: int = SEED) -> Cohesion:
    """Sum the network up.

    Parameters
    ----------
    graph : undirected, `weight` on the edges.
    seed : of the communities.

    Returns
    -------
    The figures; all zero for a network without organisations.
    """
    return membership_and_cohesion(graph, seed)[1]


def membership_and_cohesion(
    graph: nx.Graph[Any] | Compact, seed: int = SEED
) -> tuple[pd.DataFrame, Cohesion]:
    """Give what `membership` and `cohesion` give, the communities looked for once.

    Parameters
    ----------
    graph : undirected, `weight` on the edges.
    seed : of the communities.
    """
    whole = compact(graph)
    found = _community_numbers(whole, seed)
    return _membership(whole, found), _cohesion(whole, found)


def _cohesion(whole: Compact, found: list[int]) -> Cohesion:
    network = whole.network
    number, ties = network.vcount(), network.ecount()
    parts = [len(part) for part in network.connected_components()]
    groups = np.array(found, dtype=np.int64)
    is_tied = np.array(network.degree(), dtype=np.int64) > 0
    return Cohesion(
        organisations=number,
        links=ties,
        weight=float(whole.weights.sum()),
        density=float(network.density()) if number > 1 else 0.0,
        components=len(parts),
        largest_component=max(parts, default=0),
        isolates=int((~is_tied).sum()),
        cut_points=len(network.articulation_points()),
        bridges=len(network.bridges()),
        communities=len(set(groups[is_tied].tolist())),
        modularity=_modularity(whole, found),
    )


def membership(graph: nx.Graph[Any] | Compact, seed: int = SEED) -> pd.DataFrame:
    """Say of every organisation where in the network it belongs.

    Parameters
    ----------
    graph : undirected, `weight` on the edges.
    seed : of the communities.

    Returns
    -------
    Frame by organisation_id, in order: component and community (1 is the largest; equal sizes
    by their first member), is_isolated, and is_cut_point, whether its loss would split its
    component.
    """
    return membership_and_cohesion(graph, seed)[0]


def _membership(whole: Compact, found: list[int]) -> pd.DataFrame:
    network = whole.network
    groups = _largest_first(_members(found))
    component, community = _numbered(_parts(network)), _numbered(groups)
    cuts = set(network.articulation_points())
    numbers = range(len(whole.nodes))
    return pd.DataFrame(
        {
            "component": pd.Series([component[node] for node in numbers], dtype="int64"),
            "community": pd.Series([community[node] for node in numbers], dtype="int64"),
            "is_isolated": pd.Series([degree == 0 for degree in network.degree()], dtype=bool),
            "is_cut_point": pd.Series([node in cuts for node in numbers], dtype=bool),
        }
    ).set_index(whole.index)


def components(graph: nx.Graph[Any] | Compact) -> list[list[Any]]:
    """Give the connected parts.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Lists of organisations in order, the largest part first, equal ones by first member.
    """
    whole = compact(graph)
    return _named(whole, _parts(whole.network))


def isolates(graph: nx.Graph[Any] | Compact) -> list[Any]:
    """Give the organisations without any tie.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Identifiers in order.
    """
    whole = compact(graph)
    degrees = whole.network.degree()
    return [node for node, degree in zip(whole.nodes, degrees, strict=True) if not degree]


def cut_points(graph: nx.Graph[Any] | Compact) -> list[Any]:
    """Give the organisations whose loss would split a component.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Identifiers in order.

    References
    ----------
    Hopcroft, J. and Tarjan, R. (1973). Efficient algorithms for graph manipulation.
    Communications of the ACM 16, 372-378.
    """
    whole = compact(graph)
    return [whole.nodes[number] for number in sorted(whole.network.articulation_points())]


def bridges(graph: nx.Graph[Any] | Compact) -> list[tuple[Any, Any]]:
    """Give the ties whose loss would split a component.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Pairs of identifiers, each pair and the list in order.
    """
    whole = compact(graph)
    pairs = whole.ends[sorted(whole.network.bridges())].tolist()
    return [(whole.nodes[one], whole.nodes[other]) for one, other in pairs]


def communities(graph: nx.Graph[Any] | Compact, seed: int = SEED) -> list[list[Any]]:
    """Find groups with more ties inside than chance would give (Leiden, by modularity).

    Parameters
    ----------
    graph : undirected; `weight` on the edges counts.
    seed : the same seed gives the same groups, whatever the order of nodes and edges.

    Returns
    -------
    Lists of organisations in order, the largest group first, equal ones by first member; an
    isolate is a group of one.

    References
    ----------
    Traag, V. A., Waltman, L. and van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing
    well-connected communities. Scientific Reports 9, 5233.
    """
    whole = compact(graph)
    return _named(whole, _largest_first(_members(_community_numbers(whole, seed))))


def _community_numbers(whole: Compact, seed: int) -> list[int]:
    """Give the community of each vertex; every isolate has its own."""
    network = whole.network
    if not network.ecount():
        return list(range(network.vcount()))
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
    try:
        found = network.community_leiden(
            objective_function="modularity",
            weights=whole.weights.tolist(),
            n_iterations=ROUNDS,
        )
    finally:
        igraph.set_random_number_generator(random)
    numbers: list[int] = found.membership
    return numbers


def _modularity(whole: Compact, groups: list[int]) -> float:
    """Give the modularity of the groups, 0 without ties."""
    if not len(whole.ends):
        return 0.0
    return float(whole.network.modularity(groups, weights=whole.weights.tolist()))


def _parts(network: igraph.Graph) -> list[list[int]]:
    """Give the vertices of each connected part."""
    return _largest_first(network.connected_components())


def _members(numbers: Iterable[int]) -> list[list[int]]:
    """Give the vertices of each group."""
    groups: dict[int, list[int]] = {}
    for vertex, number in enumerate(numbers):
        groups.setdefault(number, []).append(vertex)
    return list(groups.values())


def _largest_first(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    """Order members, then groups by size and first member."""
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))


def _numbered(groups: list[list[int]]) -> dict[int, int]:
    """Number the groups from 1."""
    return {vertex: number for number, group in enumerate(groups, start=1) for vertex in group}


def _named(whole: Compact, groups: list[list[int]]) -> list[list[Any]]:
    """Give the organisations of each group."""
    return [[whole.nodes[vertex] for vertex in group] for group in groups]
