"""Folding activities into a network."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from mapper.errors import MapperError
from mapper.network.graph import build_graph, in_order, links

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7)), max_size=30)


def organisations(number: int = 4) -> pd.DataFrame:
    """Organisations o0, o1, ..."""
    identifiers = [f"o{place}" for place in range(number)]
    return pd.DataFrame(
        {"name": [f"Name {i}" for i in identifiers], "sector": "vcse", "kind": None},
        index=pd.Index(identifiers, name="organisation_id"),
    )


def participations(*pairs: tuple[object, object]) -> pd.DataFrame:
    """Participations from (activity, organisation)."""
    return pd.DataFrame(pairs, columns=["activity_id", "organisation_id"])


def test_the_weight_of_a_tie_is_the_number_of_joint_activities() -> None:
    graph = build_graph(
        organisations(),
        participations(
            ("a1", "o1"), ("a1", "o0"), ("a2", "o0"), ("a2", "o1"), ("a3", "o1"), ("a3", "o2")
        ),
    )
    assert list(graph.edges(data="weight")) == [("o0", "o1", 2), ("o1", "o2", 1)]


def test_an_organisation_without_a_tie_stays_in_the_network() -> None:
    assert list(nx.isolates(build_graph(organisations(2), participations(("a1", "o0"))))) == [
        "o0",
        "o1",
    ]


def test_the_same_participation_twice_counts_once() -> None:
    graph = build_graph(organisations(), participations(("a1", "o0"), ("a1", "o0"), ("a1", "o1")))
    assert graph.edges["o0", "o1"]["weight"] == 1


def test_attributes_are_plain_text_and_empty_where_missing() -> None:
    graph = build_graph(organisations(1), participations())
    assert graph.nodes["o0"] == {"name": "Name o0", "sector": "vcse", "kind": ""}


def test_no_organisation_gives_an_empty_network() -> None:
    assert build_graph(organisations(0), participations()).number_of_nodes() == 0


def test_a_participant_nobody_registered_is_refused_by_name() -> None:
    with pytest.raises(MapperError, match="o9"):
        build_graph(organisations(), participations(("a1", "o9")))


def test_an_organisation_that_stands_twice_is_refused() -> None:
    twice = pd.concat([organisations(1), organisations(1)])
    with pytest.raises(MapperError, match="more than once"):
        build_graph(twice, participations())


def test_numbers_are_ordered_by_size_and_text_by_letter() -> None:
    assert in_order([10, 9, 2]) == [2, 9, 10]
    assert in_order(["b", "a10", "a9"]) == ["a10", "a9", "b"]


def test_links_are_listed_the_strongest_first_and_among_those_asked_for() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from([("o2", "o1", 1), ("o3", "o1", 5), ("o3", "o2", 1)])
    assert links(graph).to_numpy().tolist() == [["o1", "o3", 5], ["o1", "o2", 1], ["o2", "o3", 1]]
    assert links(graph, among=["o1", "o2"]).to_numpy().tolist() == [["o1", "o2", 1]]


def test_there_are_no_links_in_an_empty_network() -> None:
    assert links(nx.Graph()).empty


@given(PAIRS)
def test_the_projection_is_that_of_networkx(pairs: list[tuple[int, int]]) -> None:
    named = [(f"a{activity}", f"o{place}") for activity, place in pairs]
    graph = build_graph(organisations(8), participations(*named))
    two_mode: nx.Graph[str] = nx.Graph(named)
    # networkx refuses to project when there is no activity at all.
    two_mode.add_nodes_from([*graph, "an activity of nobody"])
    expected = bipartite.weighted_projected_graph(two_mode, list(graph))
    assert nx.utils.edges_equal(graph.edges(data="weight"), expected.edges(data="weight"))


@given(PAIRS)
def test_the_order_of_the_rows_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    named = [(f"a{activity}", f"o{place}") for activity, place in pairs]
    once = build_graph(organisations(8), participations(*named))
    turned = build_graph(organisations(8).iloc[::-1], participations(*named[::-1]))
    assert list(once.edges(data=True)) == list(turned.edges(data=True))
    assert list(once.nodes(data=True)) == list(turned.nodes(data=True))
