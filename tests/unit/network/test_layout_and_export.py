"""Drawing and writing the network."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pandas as pd
import pytest

from mapper.network import layout as drawing
from mapper.network.centrality import centrality
from mapper.network.export import (
    to_edges_csv,
    to_gexf,
    to_graphml,
    to_kumu,
    to_nodes_csv,
)
from mapper.network.layout import layout
from mapper.network.measures import measure


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


def test_a_part_is_drawn_where_everybody_stands_already() -> None:
    graph = two_groups()
    known = layout(graph, seed=7)
    part = graph.subgraph([0, 1, 2, 10])
    drawn = measure(part, seed=1, places=known).organisations[["x", "y"]]
    pd.testing.assert_frame_equal(drawn, known.loc[[0, 1, 2, 10]])


def test_a_part_with_somebody_who_stands_nowhere_yet_is_drawn_afresh() -> None:
    graph = two_groups()
    known = layout(graph, seed=7)
    known.loc[10] = float("nan")
    part = graph.subgraph([0, 1, 2, 10])
    drawn = measure(part, seed=1, places=known).organisations[["x", "y"]]
    pd.testing.assert_frame_equal(drawn, layout(part, seed=1))


def test_of_many_those_with_most_partners_are_placed_and_of_equals_those_with_heavier_ties(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "LAID_OUT", 4)
    graph = two_groups()
    graph.edges[0, 1]["weight"] = 4
    places = layout(graph)
    placed = places.dropna()
    # 4 and 5 have five partners, the others four; 0 and 1 have the heavier tie.
    assert placed.index.tolist() == [0, 1, 4, 5]
    assert placed.min().min() >= 0
    assert len(places) == 12


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
    back = read(to_graphml(graph, measures.join(layout(graph))))
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


def awkward() -> nx.DiGraph[Any]:
    """A directed network with nothing, days, lists, formulas, marks and two of one name."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_node(1, name="=cmd|calc", sector="a", since=dt.date(2025, 1, 2))
    graph.add_node(2, name="Boys & Girls \x0b<Club>", sector="", themes=["b", "a"], since=None)
    graph.add_node(3, name="Boys & Girls \x0b<Club>", sector="a", when=pd.NaT)
    graph.add_edge(1, 2, weight=1.0, starts_on=dt.date(2025, 3, 4), is_confirmed=True)
    graph.add_edge(3, 2, weight=0.25, starts_on=None, is_confirmed=None)
    return graph


FIGURES = pd.DataFrame(
    {"pagerank": [0.1, 1 / 3, 2 / 3], "degree": [1, 2, 1], "constraint": [1.0, None, 2]},
    index=pd.Index([1, 2, 3], name="organisation_id"),
)


def read_csv(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode())))


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_networkx_reads_the_same_numbers(write: Any) -> None:
    reader = nx.read_graphml if write is to_graphml else nx.read_gexf
    back = reader(io.BytesIO(write(awkward(), FIGURES)))
    assert back.is_directed()
    assert sorted(back.edges(data="weight")) == [("1", "2", 1.0), ("3", "2", 0.25)]
    assert nx.get_node_attributes(back, "pagerank") == {"1": 0.1, "2": 1 / 3, "3": 2 / 3}
    assert nx.get_node_attributes(back, "constraint") == {"1": 1.0, "3": 2.0}
    assert nx.get_node_attributes(back, "since") == {"1": "2025-01-02"}
    assert back.nodes["2"]["themes"] == "a; b"
    assert back.edges["1", "2"]["starts_on"] == "2025-03-04"


def test_igraph_reads_the_same_numbers(tmp_path: Any) -> None:
    path = tmp_path / "network.graphml"
    path.write_bytes(to_graphml(awkward(), FIGURES))
    back = igraph.Graph.Read_GraphML(str(path))
    assert back.is_directed()
    assert back.vs["id"] == ["1", "2", "3"]
    assert back.vs["pagerank"] == [0.1, 1 / 3, 2 / 3]
    assert back.es["weight"] == [1.0, 0.25]
    assert [tie.tuple for tie in back.es] == [(0, 1), (2, 1)]


def test_the_tables_hold_the_same_numbers_and_run_no_formula() -> None:
    nodes, edges = read_csv(to_nodes_csv(awkward(), FIGURES)), read_csv(to_edges_csv(awkward()))
    assert [float(row["pagerank"]) for row in nodes] == [0.1, 1 / 3, 2 / 3]
    assert [row["constraint"] for row in nodes] == ["1.0", "", "2.0"]
    assert nodes[0]["name"] == "'=cmd|calc"
    assert [(row["source"], row["target"], row["type"]) for row in edges] == [
        ("1", "2", "directed"),
        ("3", "2", "directed"),
    ]
    assert [float(row["weight"]) for row in edges] == [1.0, 0.25]


def test_a_spreadsheet_reads_the_sheets_of_kumu() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_kumu(awkward(), FIGURES)))
    elements = [list(row) for row in book["Elements"].iter_rows(values_only=True)]
    connections = [list(row) for row in book["Connections"].iter_rows(values_only=True)]
    assert elements[0][:3] == ["ID", "Label", "Type"]
    assert [row[0] for row in elements[1:]] == ["1", "2", "3"]
    column = elements[0].index("pagerank")
    assert [row[column] for row in elements[1:]] == [0.1, 1 / 3, 2 / 3]
    assert book["Elements"].cell(2, 2).data_type == "s"
    assert connections[0][:3] == ["From", "To", "Direction"]
    weight = connections[0].index("weight")
    assert [(row[0], row[1], row[weight]) for row in connections[1:]] == [
        ("1", "2", 1.0),
        ("3", "2", 0.25),
    ]


def test_every_row_of_the_tables_says_what_stands_behind_it() -> None:
    facts = {"run_period": "January 2025", "sources": "=1+1", "data_status": "SYNTHETIC"}
    tables = (to_nodes_csv(awkward(), FIGURES, facts), to_edges_csv(awkward(), facts))
    for row in (row for table in tables for row in read_csv(table)):
        assert (row["run_period"], row["data_status"]) == ("January 2025", "SYNTHETIC")
        assert row["sources"] == "'=1+1"
    book = openpyxl.load_workbook(io.BytesIO(to_kumu(awkward(), FIGURES, facts)))
    about = dict(book["About"].iter_rows(min_row=2, values_only=True))
    assert about == facts


@pytest.mark.parametrize("write", [to_graphml, to_gexf, to_nodes_csv, to_kumu])
def test_an_empty_network_is_written_too(write: Any) -> None:
    assert write(nx.Graph())
