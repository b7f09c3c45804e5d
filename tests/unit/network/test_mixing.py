"""Ties inside and between groups, and centralisation: by hand and against igraph."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest

from mapper.network.centrality import centrality
from mapper.network.mixing import centralisation, mixing


def network(sectors: list[str], edges: list[tuple[int, int]]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    for number, sector in enumerate(sectors):
        graph.add_node(number, sector=sector)
    graph.add_edges_from(edges, weight=1)
    return graph


def test_three_ties_between_and_one_inside_make_a_half() -> None:
    found = mixing(network(["a", "a", "b", "b"], [(0, 1), (0, 2), (0, 3), (1, 2)]), "sector")
    assert found.index == 0.5
    assert (found.inside, found.between) == (1, 3)
    assert found.by_group.loc["a"].tolist() == [2, 1, 3, 0.5]
    assert found.by_group.loc["b"].tolist() == [2, 0, 3, 1.0]


def test_ties_of_an_unknown_sector_are_left_out_and_said() -> None:
    found = mixing(network(["a", "", "a"], [(0, 1), (0, 2)]), "sector")
    assert (found.inside, found.between, found.left_out) == (1, 0, 1)


def test_without_ties_there_is_no_index() -> None:
    found = mixing(network(["a", "b"], []), "sector")
    assert np.isnan(found.index)
    assert found.by_group["index"].isna().all()


def test_nobody_has_no_index() -> None:
    assert np.isnan(mixing(network([], []), "sector").index)


@pytest.mark.parametrize("measure", ["degree", "betweenness"])
def test_a_star_is_wholly_centralised(measure: str) -> None:
    star = centrality(nx.star_graph(6))
    assert centralisation(star)[measure] == pytest.approx(1)


@pytest.mark.parametrize("measure", ["degree", "betweenness"])
def test_a_ring_is_not_centralised(measure: str) -> None:
    assert centralisation(centrality(nx.cycle_graph(7)))[measure] == pytest.approx(0)


def test_two_organisations_cannot_be_centralised() -> None:
    assert np.isnan(centralisation(centrality(nx.path_graph(2)))["degree"])


def test_the_degree_centralisation_is_that_of_its_definition_on_a_published_network() -> None:
    # Zachary's karate club, by igraph's degrees and Freeman's formula.
    degree = np.array(igraph.Graph.Famous("Zachary").degree())
    expected = (degree.max() - degree).sum() / (33 * 32)
    club = nx.Graph(nx.karate_club_graph().edges)
    assert centralisation(centrality(club))["degree"] == pytest.approx(expected)
