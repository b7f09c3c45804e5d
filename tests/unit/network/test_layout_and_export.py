"""Drawing and writing the network."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest

from mapper.network.centrality import centrality
from mapper.network.cohesion import membership
from mapper.network.export import to_graphml, write_graphml
from mapper.network.layout import layout

if TYPE_CHECKING:
    from pathlib import Path


def two_groups() -> nx.Graph[Any]:
    """Two cliques of five joined by one tie, and two isolates."""
    graph: nx.Graph[Any] = nx.Graph()
    for first in (0, 5):
        graph.add_edges_from(nx.complete_graph(range(first, first + 5)).edges, weight=3)
    graph.add_edge(4, 5, weight=1)
    graph.add_nodes_from([10, 11])
    return graph


def read(written: bytes) -> nx.Graph[Any]:
    """Read GraphML back."""
    return nx.read_graphml(io.BytesIO(written), node_type=int)


def test_every_organisation_has_a_place_in_the_unit_square() -> None:
    places = layout(two_groups())
    assert places.index.tolist() == list(range(12))
    assert places.min().min() >= 0
    assert places.max().max() <= 1


def test_the_same_seed_draws_the_same_whatever_the_order_of_nodes() -> None:
    graph = two_groups()
    turned: nx.Graph[Any] = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a, tie) for a, b, tie in reversed(list(graph.edges(data=True))))
    pd.testing.assert_frame_equal(layout(graph, seed=4), layout(turned, seed=4))


def test_those_who_work_together_stand_closer_than_those_who_do_not() -> None:
    places = layout(two_groups())
    within = (places.loc[0] - places.loc[1]).abs().sum()
    across = (places.loc[0] - places.loc[9]).abs().sum()
    assert within < across


def test_isolates_stand_below_the_rest() -> None:
    places = layout(two_groups())
    assert places.loc[[10, 11], "y"].max() < places.loc[:9, "y"].min()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_network_without_ties_is_drawn_too(number: int) -> None:
    places = layout(nx.empty_graph(number))
    assert len(places.drop_duplicates()) == number


def test_the_file_holds_the_same_network_and_the_same_figures() -> None:
    graph = two_groups()
    measures = centrality(graph)
    back = read(to_graphml(graph, measures, membership(graph), layout(graph)))
    assert nx.utils.edges_equal(back.edges(data="weight"), graph.edges(data="weight"))
    for name in ("degree", "strength", "betweenness", "constraint"):
        expected = measures[name].dropna().to_dict()
        assert nx.get_node_attributes(back, name) == expected


def test_a_missing_figure_is_left_out_of_the_file() -> None:
    graph = two_groups()
    assert "constraint" not in read(to_graphml(graph, centrality(graph))).nodes[10]


def test_dates_lists_and_nothing_are_written_as_text_or_left_out() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node(1, since=dt.date(2025, 1, 2), themes=["b", "a"], end=None, when=pd.NaT)
    assert read(to_graphml(graph)).nodes[1] == {"since": "2025-01-02", "themes": "a; b"}


def test_a_mark_up_character_in_a_name_survives() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node(1, name='Boys & Girls <"Club">')
    assert read(to_graphml(graph)).nodes[1]["name"] == 'Boys & Girls <"Club">'


def test_the_graph_given_is_not_changed() -> None:
    graph = two_groups()
    to_graphml(graph, centrality(graph))
    assert dict(graph.nodes[0]) == {}


def test_the_file_on_disk_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    write_graphml(path, two_groups())
    assert path.read_bytes() == to_graphml(two_groups())
