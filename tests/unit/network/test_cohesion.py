"""Components, cut points, bridges and communities."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.network.cohesion import (
    Cohesion,
    bridges,
    cohesion,
    communities,
    components,
    cut_points,
    isolates,
    membership,
)

EDGES = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda edge: edge[0] != edge[1]),
    max_size=30,
)


def two_triangles() -> nx.Graph[Any]:
    """Two triangles a-b-c and d-e-f joined by c-d, a pair g-h and an isolate i."""
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("i")
    graph.add_weighted_edges_from(
        (one, other, 2) for one, other in ("ab", "bc", "ca", "de", "ef", "fd", "gh")
    )
    graph.add_edge("d", "c", weight=1)
    return graph


def test_the_figures_of_a_small_network_are_as_counted_by_hand() -> None:
    assert cohesion(two_triangles()) == Cohesion(
        organisations=9,
        links=8,
        weight=15.0,
        density=8 / 36,
        components=3,
        largest_component=6,
        isolates=1,
        cut_points=2,
        bridges=2,
        communities=3,
        modularity=pytest.approx(14 / 15 - (13**2 + 13**2 + 4**2) / 30**2),
    )


def test_parts_are_listed_the_largest_first() -> None:
    assert components(two_triangles()) == [["a", "b", "c", "d", "e", "f"], ["g", "h"], ["i"]]


def test_the_tie_between_the_triangles_is_a_bridge_and_its_ends_are_cut_points() -> None:
    assert bridges(two_triangles()) == [("c", "d"), ("g", "h")]
    assert cut_points(two_triangles()) == ["c", "d"]


def test_triangles_are_communities() -> None:
    assert communities(two_triangles())[:2] == [["a", "b", "c"], ["d", "e", "f"]]


def test_every_organisation_knows_where_it_belongs() -> None:
    table = membership(two_triangles())
    assert table["component"].tolist() == [1, 1, 1, 1, 1, 1, 2, 2, 3]
    assert table["community"].tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 4]
    assert table.index[table["is_cut_point"]].tolist() == ["c", "d"]
    assert table.index[table["is_isolated"]].tolist() == ["i"]


def test_an_empty_network_is_all_zero() -> None:
    assert cohesion(nx.Graph()) == Cohesion(0, 0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0.0)
    assert membership(nx.Graph()).empty


def test_a_network_of_isolates_has_no_community() -> None:
    graph: nx.Graph[Any] = nx.empty_graph(3)
    assert cohesion(graph).communities == 0
    assert isolates(graph) == [0, 1, 2]


@given(EDGES)
def test_losing_a_cut_point_splits_its_component_and_losing_another_does_not(
    edges: list[tuple[int, int]],
) -> None:
    graph: nx.Graph[Any] = nx.Graph(edges)
    cuts = set(cut_points(graph))
    for node in graph:
        without = graph.copy()
        without.remove_node(node)
        splits = nx.number_connected_components(without) > nx.number_connected_components(graph)
        assert splits == (node in cuts)


@given(EDGES, st.permutations(range(12)))
def test_communities_part_the_network_and_do_not_depend_on_order(
    edges: list[tuple[int, int]], order: list[int]
) -> None:
    graph: nx.Graph[Any] = nx.empty_graph(12)
    graph.add_edges_from(edges)
    turned: nx.Graph[Any] = nx.Graph()
    turned.add_nodes_from(order)
    turned.add_edges_from((b, a) for a, b in reversed(edges))
    found = communities(graph, seed=3)
    assert sorted(node for group in found for node in group) == list(range(12))
    assert communities(turned, seed=3) == found


@given(EDGES)
def test_parts_cut_points_and_bridges_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph: nx.Graph[Any] = nx.empty_graph(12)
    graph.add_edges_from(edges)
    assert {frozenset(part) for part in components(graph)} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert cut_points(graph) == sorted(nx.articulation_points(graph))
    assert bridges(graph) == sorted(tuple(sorted(tie)) for tie in nx.bridges(graph))
    assert isolates(graph) == sorted(nx.isolates(graph))
    assert cohesion(graph).density == pytest.approx(nx.density(graph), abs=1e-12)


@given(st.integers(0, 10_000), st.sampled_from([0.02, 0.05, 0.1]))
def test_communities_are_as_modular_as_those_of_networkx(seed: int, chance: float) -> None:
    graph = nx.gnp_random_graph(60, chance, seed=seed)
    for one, other in graph.edges:
        graph.edges[one, other]["weight"] = 1 + (one * other) % 4
    found = cohesion(graph)
    theirs = nx.community.louvain_communities(graph, weight="weight", seed=1)
    if graph.number_of_edges():
        ours = nx.community.modularity(graph, [set(one) for one in communities(graph)])
        assert found.modularity == pytest.approx(ours, abs=1e-9)
        assert found.modularity >= nx.community.modularity(graph, theirs) - 0.01


def test_planted_communities_are_found() -> None:
    graph = nx.planted_partition_graph(5, 30, 0.4, 0.01, seed=3)
    planted = {frozenset(range(30 * number, 30 * number + 30)) for number in range(5)}
    assert {frozenset(group) for group in communities(graph)} == planted
