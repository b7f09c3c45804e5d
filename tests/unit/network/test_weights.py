"""Weights of ties are fractions where Newman's rule makes them so, and stay so."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from mapper.network.centrality import centrality
from mapper.network.cohesion import cohesion
from mapper.network.graph import Weighting, build_graph, links, project_to_organisations
from mapper.network.loss import loss_test

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7)), max_size=30)


def organisations(number: int) -> pd.DataFrame:
    return pd.DataFrame({"name": "x"}, index=pd.RangeIndex(number, name="organisation_id"))


def taking_part(groups: dict[str, tuple[int, ...]]) -> pd.DataFrame:
    pairs = [(activity, one) for activity, members in groups.items() for one in members]
    return pd.DataFrame(pairs, columns=["activity_id", "organisation_id"])


@pytest.fixture
def by_newman() -> nx.Graph[int]:
    """Two of 0 and 1, three of 0, 1, 2, and five of 0 to 4: they add 1, 1/2 and 1/4."""
    groups = {"two": (0, 1), "three": (0, 1, 2), "five": (0, 1, 2, 3, 4)}
    return build_graph(organisations(6), taking_part(groups), Weighting.NEWMAN)


def test_a_gathering_of_many_ties_each_two_of_them_less(by_newman: nx.Graph[int]) -> None:
    assert by_newman.edges[0, 1]["weight"] == 1 + 1 / 2 + 1 / 4
    assert by_newman.edges[0, 2]["weight"] == 1 / 2 + 1 / 4
    assert by_newman.edges[3, 4]["weight"] == 1 / 4


def test_strength_is_then_the_number_of_joint_activities(by_newman: nx.Graph[int]) -> None:
    assert centrality(by_newman)["strength"].tolist() == [3, 3, 2, 1, 1, 0]


def test_no_figure_of_a_fraction_is_cut_to_a_whole_number(by_newman: nx.Graph[int]) -> None:
    ties = links(by_newman).set_index(["organisation_id", "other_organisation_id"])["weight"]
    assert ties[0, 1] == 1.75
    assert ties[3, 4] == 0.25
    assert cohesion(by_newman).weight == 5.0
    assert loss_test(by_newman, 3).weight == 1.0


def test_the_length_of_a_tie_is_one_over_its_fraction() -> None:
    # 0-1 alone together 2 times: length 1/2. 1-2 in a group of three: length 2; 0-2: length 2.
    groups = {"a": (0, 1), "b": (0, 1), "c": (0, 1, 2)}
    found = centrality(build_graph(organisations(3), taking_part(groups), Weighting.NEWMAN))
    assert found["closeness"].tolist() == pytest.approx(
        [2 / (1 / 2.5 + 2), 2 / (1 / 2.5 + 2), 2 / 4]
    )


@given(PAIRS)
def test_newmans_weights_are_those_of_networkx(pairs: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(
        [(f"a{activity}", one) for activity, one in pairs],
        columns=["activity_id", "organisation_id"],
    )
    graph = build_graph(organisations(8), frame, Weighting.NEWMAN)
    two_mode: nx.Graph[object] = nx.Graph(list(frame.itertuples(index=False, name=None)))
    two_mode.add_nodes_from([*graph, "an activity of nobody"])
    expected = bipartite.collaboration_weighted_projected_graph(two_mode, list(graph))
    assert {frozenset(tie) for tie in graph.edges} == {frozenset(tie) for tie in expected.edges}
    for one, other, weight in graph.edges(data="weight"):
        assert weight == pytest.approx(expected.edges[one, other]["weight"], abs=1e-12)


@given(PAIRS)
def test_who_is_not_asked_for_changes_no_weight(pairs: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(pairs, columns=["activity_id", "organisation_id"])
    known = frame[frame["organisation_id"] < 7]
    seven = pd.RangeIndex(7)
    pd.testing.assert_frame_equal(
        project_to_organisations(seven, frame), project_to_organisations(seven, known)
    )
