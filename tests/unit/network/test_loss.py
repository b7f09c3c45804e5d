"""What falls apart: by hand, and by law."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import NotFoundError
from mapper.network.cohesion import cut_points
from mapper.network.loss import loss_test, losses

EDGES = st.sets(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda edge: edge[0] < edge[1])
)


def network(edges: set[tuple[int, int]], nodes: int = 10) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges, weight=2)
    return graph


def test_the_middle_of_a_path_parts_its_ends() -> None:
    loss = loss_test(network({(0, 1), (1, 2), (2, 3)}, nodes=4), 1)
    assert loss.parts == ((2, 3), (0,))
    assert loss.cut_off == (0,)
    assert loss.left_alone == (0,)
    assert loss.pairs_parted == 2
    assert (loss.partners, loss.weight) == (2, 4)


def test_an_isolate_leaves_nothing_behind() -> None:
    loss = loss_test(network(set(), nodes=2), 0)
    assert loss.parts == ()
    assert loss.pairs_parted == 0


def test_the_centre_of_a_star_leaves_all_alone() -> None:
    loss = loss_test(nx.star_graph(4), 0)
    assert loss.left_alone == (1, 2, 3, 4)
    assert loss.pairs_parted == 6


@given(EDGES)
def test_only_cut_points_part_anybody(edges: set[tuple[int, int]]) -> None:
    graph = network(edges)
    parting = {node for node in graph if loss_test(graph, node).pairs_parted}
    assert parting == set(cut_points(graph))


@given(EDGES)
def test_the_pairs_parted_are_those_that_no_longer_reach_each_other(
    edges: set[tuple[int, int]],
) -> None:
    graph = network(edges)
    for node in graph:
        others = [each for each in graph if each != node]
        left = graph.subgraph(others)
        parted = sum(
            nx.has_path(graph, a, b) and not nx.has_path(left, a, b)
            for place, a in enumerate(others)
            for b in others[place + 1 :]
        )
        assert loss_test(graph, node).pairs_parted == parted


def test_the_worst_loss_stands_first() -> None:
    graph = network({(0, 1), (1, 2), (2, 3), (3, 4)}, nodes=5)
    assert losses(graph, [1, 2]).index.tolist() == [2, 1]


def test_an_organisation_that_is_not_there_is_told() -> None:
    with pytest.raises(NotFoundError, match="77"):
        loss_test(network(set()), 77)


@given(EDGES)
def test_all_tested_at_once_are_as_each_tested_alone(edges: set[tuple[int, int]]) -> None:
    graph = network(edges)
    together = losses(graph)
    for node in graph:
        loss = loss_test(graph, node)
        assert together.loc[node].tolist() == [
            loss.partners,
            len(loss.parts),
            len(loss.cut_off),
            len(loss.left_alone),
            loss.pairs_parted,
        ]


def test_nobody_is_tested_in_an_empty_network() -> None:
    assert losses(nx.Graph()).empty
