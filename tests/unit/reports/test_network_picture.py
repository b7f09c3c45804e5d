"""The picture of the network and its list say the same."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from mapper.domain.disclosure import Audience
from mapper.domain.organisation import Sector
from mapper.domain.tie import Layer
from mapper.network.measures import measure
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_measured import SeenNetwork
from mapper.reports.network_picture import HEIGHT, WIDTH, network_picture
from mapper.reports.run_network import as_stored


def seen(graph: nx.Graph[Any], layer: Layer = Layer.JOINT) -> SeenNetwork:
    """A network of named organisations, measured."""
    for node in graph:
        about = {"name": f"Organisation of the number {node}", "sector": Sector.VCSE.value}
        graph.nodes[node].update({"kind": "other", "lad_code": ""} | about)
    nx.set_edge_attributes(graph, {tie: 1.0 + (sum(tie) % 3) for tie in graph.edges}, "weight")
    measured = measure(graph)
    summary, _ = as_stored(measured)
    return SeenNetwork(Audience.PUBLIC, NetworkSlice(layer), graph, measured.organisations, summary)


@pytest.mark.parametrize("graph", [nx.karate_club_graph(), nx.path_graph(6), nx.empty_graph(3)])
def test_every_tie_that_is_drawn_stands_in_the_list_of_both(graph: nx.Graph[Any]) -> None:
    picture = network_picture(seen(nx.Graph(graph.edges) if graph.edges else graph))
    listed = {
        (node.organisation_id, other) for node in picture.nodes for other, *_ in node.partners
    }
    assert listed == {pair for one, other in graph.edges for pair in ((one, other), (other, one))}
    assert len(picture.lines) == graph.number_of_edges()
    assert picture.left_out == 0


def test_a_tie_with_a_direction_says_which_way() -> None:
    graph = nx.DiGraph([(1, 2), (3, 2)])
    picture = network_picture(seen(graph, Layer.REFERRAL))
    said = {node.organisation_id: [words for *_, words in node.partners] for node in picture.nodes}
    assert said[1] == ["to 1"]
    assert sorted(said[2]) == ["from 1", "from 3"]
    assert all(line.is_directed for line in picture.lines)


def test_of_too_many_those_with_most_partners_are_drawn() -> None:
    picture = network_picture(seen(nx.barabasi_albert_graph(60, 2, seed=1)), most=20)
    drawn = {node.organisation_id for node in picture.nodes}
    degrees = dict(nx.barabasi_albert_graph(60, 2, seed=1).degree())
    assert (len(drawn), picture.left_out) == (20, 40)
    assert min(degrees[one] for one in drawn) >= max(
        degrees[one] for one in degrees if one not in drawn
    )
    assert {other for node in picture.nodes for other, *_ in node.partners} <= drawn


def test_everything_is_drawn_inside_and_no_name_covers_another() -> None:
    picture = network_picture(seen(nx.gnp_random_graph(80, 0.06, seed=2)))
    assert all(0 <= node.x <= WIDTH and 0 <= node.y <= HEIGHT for node in picture.nodes)
    named = [node for node in picture.nodes if node.label]
    assert named
    lines = sorted((node.y, node.label_x, node.anchor, len(node.label)) for node in named)
    for place, (y, x, anchor, letters) in enumerate(lines):
        for other_y, other_x, other_anchor, other_letters in lines[place + 1 :]:
            if abs(y - other_y) < 15:
                left = x - letters * 8 if anchor == "end" else x
                other_left = other_x - other_letters * 8 if other_anchor == "end" else other_x
                is_apart = (
                    left + letters * 8 <= other_left or other_left + other_letters * 8 <= left
                )
                assert is_apart


def test_nobody_is_drawn_of_an_empty_network() -> None:
    picture = network_picture(seen(nx.Graph()))
    assert (picture.nodes, picture.lines, picture.legend) == ((), (), ())
