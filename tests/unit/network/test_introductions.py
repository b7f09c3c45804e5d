"""Who should meet: by hand, against networkx, and by law."""

from __future__ import annotations

from math import log

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.network.introductions import introductions, partner_scores, reason_in_words

EDGES = st.sets(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda edge: edge[0] < edge[1])
)
GROUND = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["area", "theme"]), st.sampled_from("xyz"))
)


def network(edges: set[tuple[int, int]], nodes: int = 10) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges, weight=1)
    return graph


def ground(*rows: tuple[int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["organisation_id", "kind", "term"])


def test_two_that_share_a_rare_theme_should_meet() -> None:
    found = introductions(network(set()), ground((1, "theme", "knife"), (4, "theme", "knife")))
    assert found[["organisation_id", "other_organisation_id"]].to_numpy().tolist() == [[1, 4]]
    assert found["score"].iloc[0] == pytest.approx(1 / log(2))
    assert found["shared"].iloc[0] == (("theme", "knife"),)


def test_two_that_work_together_already_need_no_introduction() -> None:
    shared = ground((1, "theme", "knife"), (4, "theme", "knife"))
    assert introductions(network({(1, 4)}), shared).empty


def test_partners_in_common_without_shared_ground_are_no_reason() -> None:
    assert introductions(network({(0, 1), (1, 2)}), ground()).empty


def test_a_partner_in_common_puts_a_pair_before_another() -> None:
    shared = ground(*((n, "area", "Cosham") for n in (0, 2, 5)))
    found = introductions(network({(0, 1), (1, 2)}), shared)
    assert found.iloc[0][["organisation_id", "other_organisation_id"]].tolist() == [0, 2]
    assert found.iloc[0]["partners"] == (1,)
    assert found.iloc[0]["partner_score"] == pytest.approx(1 / log(2))


def test_what_very_many_share_makes_no_pair_of_its_own() -> None:
    many = ground(*((n, "area", "everywhere") for n in range(300)))
    assert introductions(network(set(), nodes=300), many).empty


def test_nobody_is_proposed_more_than_asked_but_by_the_choice_of_the_other() -> None:
    shared = ground(*((n, "area", "Cosham") for n in range(10)))
    found = introductions(network(set()), shared, most=1)
    assert len(found) <= 10


@given(EDGES, GROUND)
def test_the_partner_score_is_that_of_networkx(
    edges: set[tuple[int, int]], rows: list[tuple[int, str, str]]
) -> None:
    graph = network(edges)
    found = introductions(graph, ground(*rows), most=100)
    pairs = list(zip(found["organisation_id"], found["other_organisation_id"], strict=True))
    other = {(a, b): score for a, b, score in nx.adamic_adar_index(graph, pairs)}
    assert found["partner_score"].tolist() == pytest.approx([other[pair] for pair in pairs])


@given(EDGES, GROUND)
def test_every_proposed_pair_is_new_shares_something_and_stands_once(
    edges: set[tuple[int, int]], rows: list[tuple[int, str, str]]
) -> None:
    graph = network(edges)
    found = introductions(graph, ground(*rows))
    pairs = list(zip(found["organisation_id"], found["other_organisation_id"], strict=True))
    assert len(set(pairs)) == len(pairs)
    assert not any(graph.has_edge(*pair) for pair in pairs)
    assert all(found["shared"])
    assert found["score"].is_monotonic_decreasing


def test_the_reason_is_said_in_words() -> None:
    said = reason_in_words(
        ("A", "B"), (("area", "Cosham"), ("theme", "knife crime")), {"area": "in", "theme": "on"}
    )
    assert said == "Both work in Cosham on knife crime; both work with A and B"


def test_of_many_reasons_three_are_named() -> None:
    said = reason_in_words((), tuple(("area", name) for name in "ABCDE"), {"area": "in"})
    assert said == "Both work in A, B, C and 2 more"


@given(st.integers(0, 1_000))
def test_the_scores_of_partners_in_common_are_those_of_networkx(seed: int) -> None:
    graph = nx.gnp_random_graph(25, 0.15, seed=seed)
    found = partner_scores(graph)
    pairs = list(zip(found["organisation_id"], found["other_organisation_id"], strict=True))
    theirs = {(a, b): score for a, b, score in nx.adamic_adar_index(graph) if score > 0}
    assert set(pairs) == {tuple(sorted(pair)) for pair in theirs}
    for pair, score in zip(pairs, found["score"], strict=True):
        assert score == pytest.approx(theirs[pair], abs=1e-9)
