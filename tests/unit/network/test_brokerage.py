"""Brokerage roles: by hand, against every triple, and by law."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.network.brokerage import ROLES, brokerage_roles, directed_brokerage_roles

EDGES = st.sets(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda edge: edge[0] < edge[1])
)
SECTORS = st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=9, max_size=9)


def network(sectors: list[str], edges: set[tuple[int, int]]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    for number, sector in enumerate(sectors):
        graph.add_node(number, sector=sector)
    graph.add_edges_from(edges, weight=1)
    return graph


@pytest.mark.parametrize(
    ("sectors", "role"),
    [
        (["a", "a", "a"], "coordinator"),
        (["a", "a", "b"], "gatekeeper"),
        (["b", "a", "a"], "gatekeeper"),
        (["b", "a", "b"], "consultant"),
        (["b", "a", "c"], "liaison"),
    ],
)
def test_the_one_in_the_middle_has_the_role_of_the_three_groups(
    sectors: list[str], role: str
) -> None:
    table = brokerage_roles(network(sectors, {(0, 1), (1, 2)}))
    assert table.loc[1, role] == 1
    assert table.loc[1, "brokered"] == 1
    assert (table.loc[[0, 2], "brokered"] == 0).all()


def test_two_that_work_together_need_no_broker() -> None:
    table = brokerage_roles(network(["a", "a", "a"], {(0, 1), (1, 2), (0, 2)}))
    assert (table["brokered"] == 0).all()


def test_a_broker_of_unknown_sector_has_no_role() -> None:
    table = brokerage_roles(network(["a", "", "a"], {(0, 1), (1, 2)}))
    assert table.loc[1].isna().all()


def by_every_triple(graph: nx.Graph[int], broker: int) -> dict[str, int]:
    found = dict.fromkeys(ROLES, 0)
    own = graph.nodes[broker]["sector"]
    for one, other in combinations(graph[broker], 2):
        first, second = graph.nodes[one]["sector"], graph.nodes[other]["sector"]
        if graph.has_edge(one, other) or not first or not second:
            continue
        groups = {own, first, second}
        if len(groups) == 1:
            found["coordinator"] += 1
        elif len(groups) == 3:
            found["liaison"] += 1
        else:
            found["consultant" if first == second else "gatekeeper"] += 1
    return found


@given(SECTORS, EDGES)
def test_it_counts_what_going_through_every_triple_counts(
    sectors: list[str], edges: set[tuple[int, int]]
) -> None:
    graph = network(sectors, edges)
    table = brokerage_roles(graph)
    for broker in graph:
        if graph.nodes[broker]["sector"]:
            assert table.loc[broker, list(ROLES)].to_dict() == by_every_triple(graph, broker)


def test_nobody_brokers_nothing() -> None:
    assert brokerage_roles(network([], set())).empty


def directed(groups: str, ties: list[tuple[int, int]]) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    for number, group in enumerate(groups):
        graph.add_node(number, sector=group.strip())
    graph.add_edges_from(ties)
    return graph


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("aaa", "coordinator"),
        ("baa", "gatekeeper"),
        ("aab", "representative"),
        ("aba", "consultant"),
        ("abc", "liaison"),
    ],
)
def test_each_role_with_direction_is_that_of_its_definition(groups: str, role: str) -> None:
    # 0 leads to 1, and 1 to 2.
    row = directed_brokerage_roles(directed(groups, [(0, 1), (1, 2)])).loc[1]
    assert row[row == 1].index.tolist() == [role, "brokered"]


def test_who_leads_to_the_other_anyway_needs_no_broker() -> None:
    graph = directed("aab", [(0, 1), (1, 2), (0, 2)])
    assert directed_brokerage_roles(graph)["brokered"].tolist() == [0, 0, 0]
    # The way back is another pair: 2 leads to 1 and 1 to 0, but 2 does not lead to 0.
    graph.add_edges_from([(2, 1), (1, 0)])
    assert directed_brokerage_roles(graph)["brokered"].tolist() == [0, 1, 0]


def test_a_broker_of_unknown_group_has_no_role_with_direction_either() -> None:
    assert directed_brokerage_roles(directed("a a", [(0, 1), (1, 2)])).loc[1].isna().all()


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda tie: tie[0] != tie[1]))
)
def test_pairs_brokered_with_direction_are_as_counted_one_by_one(
    ties: set[tuple[int, int]],
) -> None:
    graph = directed("aabbc aa", sorted(ties))
    found = directed_brokerage_roles(graph)
    for broker in (0, 1, 2, 3, 4, 6, 7):
        expected = sum(
            one != other and 5 not in {one, other} and (one, other) not in ties
            for one in graph.predecessors(broker)
            for other in graph.successors(broker)
        )
        assert found.loc[broker, "brokered"] == expected
    assert found.loc[5].isna().all()
