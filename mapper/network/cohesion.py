"""How well the network holds together, and where it would break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from mapper.network.graph import canonical, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED = 1


@dataclass(frozen=True)
class Cohesion:
    """The network in figures.

    Parameters
    ----------
    organisations : how many there are.
    links : how many pairs work together.
    joint_activities : weights of all ties added up.
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
    joint_activities: int
    density: float
    components: int
    largest_component: int
    isolates: int
    cut_points: int
    bridges: int
    communities: int
    modularity: float


def cohesion(graph: nx.Graph[Any], seed: int = SEED) -> Cohesion:
    """Sum the network up.

    Parameters
    ----------
    graph : undirected, `weight` on the edges.
    seed : of the communities.

    Returns
    -------
    The figures; all zero for a network without organisations.
    """
    parts = components(graph)
    groups = _groups(graph, seed)
    alone = set(isolates(graph))
    return Cohesion(
        organisations=graph.number_of_nodes(),
        links=graph.number_of_edges(),
        joint_activities=int(graph.size(weight="weight")),
        density=float(nx.density(graph)),
        components=len(parts),
        largest_component=len(parts[0]) if parts else 0,
        isolates=len(alone),
        cut_points=len(cut_points(graph)),
        bridges=len(bridges(graph)),
        communities=sum(1 for group in groups if not alone.issuperset(group)),
        modularity=_modularity(graph, groups),
    )


def membership(graph: nx.Graph[Any], seed: int = SEED) -> pd.DataFrame:
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
    nodes = in_order(graph)
    component, community = _numbered(components(graph)), _numbered(_groups(graph, seed))
    alone, cuts = set(isolates(graph)), set(cut_points(graph))
    return pd.DataFrame(
        {
            "component": pd.Series([component[node] for node in nodes], dtype="int64"),
            "community": pd.Series([community[node] for node in nodes], dtype="int64"),
            "is_isolated": pd.Series([node in alone for node in nodes], dtype=bool),
            "is_cut_point": pd.Series([node in cuts for node in nodes], dtype=bool),
        }
    ).set_index(pd.Index(nodes, name="organisation_id"))


def components(graph: nx.Graph[Any]) -> list[list[Any]]:
    """Give the connected parts.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Lists of organisations in order, the largest part first, equal ones by first member.
    """
    return _largest_first(nx.connected_components(graph))


def isolates(graph: nx.Graph[Any]) -> list[Any]:
    """Give the organisations without any tie.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Identifiers in order.
    """
    return in_order(nx.isolates(graph))


def cut_points(graph: nx.Graph[Any]) -> list[Any]:
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
    return in_order(nx.articulation_points(graph))


def bridges(graph: nx.Graph[Any]) -> list[tuple[Any, Any]]:
    """Give the ties whose loss would split a component.

    Parameters
    ----------
    graph : undirected.

    Returns
    -------
    Pairs of identifiers, each pair and the list in order.
    """
    # networkx copies the graph for this; without edges it has nothing to look for.
    found: Iterator[tuple[Any, Any]] = nx.bridges(graph) if graph.number_of_edges() else iter(())
    place = {node: number for number, node in enumerate(in_order(graph))}
    pairs = sorted(sorted((place[one], place[other])) for one, other in found)
    nodes = list(place)
    return [(nodes[one], nodes[other]) for one, other in pairs]


def communities(graph: nx.Graph[Any], seed: int = SEED) -> list[list[Any]]:
    """Find groups with more ties inside than chance would give (Louvain).

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
    Blondel, V. D. et al. (2008). Fast unfolding of communities in large networks. Journal of
    Statistical Mechanics P10008.
    """
    return _groups(graph, seed)


def _groups(graph: nx.Graph[Any], seed: int) -> list[list[Any]]:
    """Find communities on numbered nodes, because the order of text in a set may vary."""
    if not graph.number_of_edges():
        return _largest_first([node] for node in graph)
    ordered = canonical(graph)
    nodes = list(ordered)
    numbered = nx.convert_node_labels_to_integers(ordered)
    found = nx.community.louvain_communities(numbered, weight="weight", seed=seed)
    return _largest_first([nodes[number] for number in group] for group in found)


def _modularity(graph: nx.Graph[Any], groups: list[list[Any]]) -> float:
    """Give the modularity of the groups, 0 without ties."""
    if not graph.number_of_edges():
        return 0.0
    return float(nx.community.modularity(graph, [set(group) for group in groups]))


def _largest_first(groups: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """Order members, then groups by size and first member."""
    return sorted((in_order(group) for group in groups), key=lambda g: (-len(g), str(g[0])))


def _numbered(groups: list[list[Any]]) -> dict[Any, int]:
    """Number the groups from 1."""
    return {node: number for number, group in enumerate(groups, start=1) for node in group}
