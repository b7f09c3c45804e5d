"""Centrality: hand-worked, against networkx, and by law."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.network.centrality import centrality

EDGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 6)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=25,
)
Edges = list[tuple[int, int, int]]


def network(edges: Edges, nodes: int = 10) -> nx.Graph[Any]:
    """A network of numbered organisations."""
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(edges)
    return graph


def test_the_middle_of_a_star_lies_on_every_path() -> None:
    table = centrality(network([(0, 1, 1), (0, 2, 1), (0, 3, 1)], nodes=4))
    assert table["betweenness"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert table["degree"].tolist() == [3, 1, 1, 1]


def test_many_joint_activities_make_a_short_way() -> None:
    # 0-2 directly has length 1; by way of 1 it has 1/4 + 1/4.
    table = centrality(network([(0, 2, 1), (0, 1, 4), (1, 2, 4)], nodes=3))
    assert table["betweenness"].tolist() == [0.0, 1.0, 0.0]
    assert table["strength"].tolist() == [5, 8, 5]


def test_two_equal_ways_share_a_path_though_their_lengths_are_thirds() -> None:
    # 0 to 3: 1/3 + 1/3 + 1/3 by way of 1 and 2, or 1 directly.
    table = centrality(network([(0, 1, 3), (1, 2, 3), (2, 3, 3), (0, 3, 1)], nodes=4))
    assert table["betweenness"].tolist() == pytest.approx([0, 1.5 / 3, 1.5 / 3, 0])


def test_an_isolate_has_no_ties_and_no_constraint() -> None:
    row = centrality(network([(0, 1, 1)], nodes=3)).loc[2]
    assert row[["degree", "strength", "betweenness", "core_number"]].tolist() == [0, 0, 0, 0]
    assert row[["constraint", "effective_size", "closeness"]].isna().all()
    assert row["is_isolated"]


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_a_network_without_ties_is_measured_too(nodes: int) -> None:
    table = centrality(network([], nodes=nodes))
    assert len(table) == nodes
    assert table["betweenness"].tolist() == [0.0] * nodes


def test_a_broker_is_less_constrained_than_those_it_joins() -> None:
    graph = network(
        [(0, 1, 1), (1, 2, 1), (0, 2, 1), (2, 3, 1), (3, 4, 1), (4, 5, 1), (3, 5, 1)], 6
    )
    constraint = centrality(graph)["constraint"]
    assert constraint[2] < constraint[0]


@given(EDGES)
def test_betweenness_is_that_of_networkx_with_exact_lengths(edges: Edges) -> None:
    graph = network(edges)
    for _, _, tie in graph.edges(data=True):
        tie["length"] = Fraction(1, tie["weight"])
    expected = nx.betweenness_centrality(graph, weight="length")
    found = centrality(graph)["betweenness"]
    assert found.tolist() == pytest.approx([float(expected[n]) for n in found.index], abs=1e-12)


@given(EDGES)
def test_constraint_and_effective_size_are_those_of_networkx(edges: Edges) -> None:
    graph = network(edges)
    table = centrality(graph)
    constraint = nx.constraint(graph, weight="weight")
    sizes = nx.effective_size(graph)
    for name, expected in (("constraint", constraint), ("effective_size", sizes)):
        theirs = [expected[node] for node in table.index]
        np.testing.assert_allclose(table[name], theirs, rtol=1e-9)


@given(EDGES)
def test_closeness_is_that_of_networkx_within_the_component(edges: Edges) -> None:
    graph = network(edges)
    for _, _, tie in graph.edges(data=True):
        tie["length"] = 1 / tie["weight"]
    expected = nx.closeness_centrality(graph, distance="length", wf_improved=False)
    tied = centrality(graph).query("degree > 0")["closeness"]
    assert tied.tolist() == pytest.approx([expected[node] for node in tied.index])


@given(EDGES)
def test_core_numbers_are_those_of_networkx(edges: Edges) -> None:
    graph = network(edges)
    assert centrality(graph)["core_number"].to_dict() == nx.core_number(graph)


@given(EDGES, st.permutations(range(10)))
def test_no_measure_depends_on_the_order_of_nodes_or_edges(edges: Edges, order: list[int]) -> None:
    graph = network(edges)
    turned: nx.Graph[Any] = nx.Graph()
    turned.add_nodes_from(order)
    turned.add_edges_from((b, a, tie) for a, b, tie in reversed(list(graph.edges(data=True))))
    assert centrality(turned).equals(centrality(graph))


@given(EDGES)
def test_pagerank_is_that_of_networkx(edges: Edges) -> None:
    graph = network(edges)
    expected = nx.pagerank(graph, weight="weight", tol=1e-13, max_iter=10_000)
    found = centrality(graph)["pagerank"]
    assert found.tolist() == pytest.approx([expected[node] for node in found.index], abs=1e-9)


def test_sampled_betweenness_is_within_its_error_of_the_full_count() -> None:
    graph = nx.barabasi_albert_graph(1_500, 4, seed=5)
    full, some = centrality(graph), centrality(graph, is_sampled=True)
    assert (full["betweenness_error"] == 0).all()
    is_large = full["betweenness"] > full["betweenness"].quantile(0.9)
    off = (some["betweenness"] - full["betweenness"])[is_large]
    inside = (off.abs() <= 2 * some["betweenness_error"][is_large]).mean()
    assert inside > 0.85
    assert (some["closeness"] / full["closeness"]).between(0.95, 1.05).all()
    assert some["betweenness"].sum() == pytest.approx(full["betweenness"].sum(), rel=0.05)


def test_a_small_network_is_counted_in_full_though_a_sample_would_do() -> None:
    graph = nx.cycle_graph(40)
    assert centrality(graph, is_sampled=True).equals(centrality(graph))
