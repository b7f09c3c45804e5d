"""Time the measures of the network against pure networkx on the same networks.

Run with `python bench/network.py`. Networks of 500, 5,000 and 20,000 organisations with ten
partners each on average, in communities. Weights are 1, 2 or 4, so that their lengths add up
exactly and networkx, which compares lengths as they are, finds the same paths to be equally
short. From 5,000 organisations its betweenness is timed on the paths from twenty of them,
which take it alike, and its time is put up accordingly. Its scores of partners in common are
asked for the pairs that have any; and, as it is called by itself, for every pair without a tie,
timed on one in a hundred. What is compared
must be equal: betweenness and scores to 1e-9, communities by a modularity no lower. At 20,000
mapper is timed alone.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from mapper.network.brokerage import brokerage_roles
from mapper.network.centrality import centrality
from mapper.network.cohesion import cohesion, communities
from mapper.network.compact import Compact, compact
from mapper.network.introductions import partner_scores
from mapper.network.loss import losses
from mapper.network.mixing import mixing

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

SIZES = (500, 5_000, 20_000)
COMPARED = (500, 5_000)
PARTNERS = 10
GROUP = 50
INSIDE = 0.6


def main() -> None:
    """Print every time and ratio."""
    for what, figure in measure().items():
        print(f"{what:70} {figure:12.4g}")


def measure() -> dict[str, float]:
    """Time the measures by size, and check them against networkx.

    Returns
    -------
    Seconds and ratios by what they measure.
    """
    found: dict[str, float] = {}
    for size in SIZES:
        graph = invent(size, seed=1)
        found |= {f"{size:,}: {what}": figure for what, figure in ours(graph, size).items()}
        if size in COMPARED:
            found |= {f"{size:,}: {what}": figure for what, figure in ratios(graph).items()}
    return found


def ours(graph: nx.Graph[int], size: int) -> dict[str, float]:
    """Time what a run and a page ask of one network."""
    rounds = 3 if size < 10_000 else 1
    figures = {
        "centrality, betweenness from a sample (s)": lambda: centrality(graph, is_sampled=True),
        "cohesion, with communities (s)": lambda: cohesion(graph),
        "loss of each organisation (s)": lambda: losses(graph),
        "mixing by group (s)": lambda: mixing(graph, "sector"),
        "brokerage by group (s)": lambda: brokerage_roles(graph),
        "partners in common, every pair (s)": lambda: partner_scores(graph),
    }
    if size < 10_000:
        figures["centrality, in full (s)"] = lambda: centrality(graph)
    return {what: seconds(call, rounds) for what, call in figures.items()}


def ratios(graph: nx.Graph[int]) -> dict[str, float]:
    """Compare with networkx, which is timed once, for it takes long; the results must be equal."""
    found: dict[str, float] = {}
    for what, our_way, their_way, agree in (
        ("betweenness", betweenness, their_betweenness, equal_betweenness),
        ("communities", communities, their_communities, equal_communities),
        ("partners in common", partner_scores, their_scores, equal_scores),
    ):
        start = time.perf_counter()
        theirs = their_way(graph)
        their_time = time.perf_counter() - start
        if what == "betweenness":
            their_time *= len(graph) / len(sources_of(graph))
        our_time = seconds(lambda way=our_way: way(graph), 3)
        whole = compact(graph)
        again = seconds(lambda way=our_way, whole=whole: way(whole), 3)
        found[f"{what}, networkx (s)"] = their_time
        found[f"{what}, mapper (s)"] = our_time
        found[f"{what}, mapper, of the network set out once for all measures (s)"] = again
        found[f"{what}, ratio"] = their_time / our_time
        found[f"{what}, ratio, set out once"] = their_time / again
        found |= agree(graph, our_way(graph), theirs)
    every = their_scores_of_every_pair(graph)
    found["partners in common, networkx asked for every pair, from 1 in 100 (s)"] = every
    found["partners in common, ratio, every pair"] = every / found["partners in common, mapper (s)"]
    return found


def equal_betweenness(
    graph: nx.Graph[int], _: dict[int, float], theirs: dict[int, float]
) -> dict[str, float]:
    """Hold betweenness to that of networkx, as a share of the pairs that both counted."""
    whole, sources = compact(graph), sources_of(graph)
    ours_ = whole.network.betweenness(weights=whole.lengths, sources=sources)
    pairs = len(sources) * len(graph)
    off = max(abs(ours_[node] - theirs[node]) for node in graph) / pairs
    assert off < 1e-9
    return {"betweenness, largest difference": off}


def equal_communities(
    graph: nx.Graph[int], ours_: list[list[int]], theirs: list[set[int]]
) -> dict[str, float]:
    """Ask that communities are no less modular than those of networkx."""
    mine, other = (
        nx.community.modularity(graph, [set(group) for group in groups])
        for groups in (ours_, theirs)
    )
    assert mine >= other - 0.001
    return {"modularity of mapper": mine, "modularity of networkx": other}


def equal_scores(
    _: nx.Graph[int], ours_: pd.DataFrame, theirs: list[tuple[int, int, float]]
) -> dict[str, float]:
    """Hold the scores of partners in common to those of networkx."""
    expected = {(one, other): score for one, other, score in theirs}
    pairs = zip(ours_["organisation_id"], ours_["other_organisation_id"], strict=True)
    both = zip(pairs, ours_["score"], strict=True)
    off = max(abs(score - expected[pair]) for pair, score in both)
    assert off < 1e-9
    assert len(ours_) == len(expected)
    return {"partners in common, largest difference": off}


def invent(size: int, seed: int) -> nx.Graph[int]:
    """Make a network of communities of 50, ties inside them three in five."""
    chance = random.Random(seed)  # noqa: S311 - an invented network
    graph: nx.Graph[int] = nx.Graph()
    for node in range(size):
        graph.add_node(node, sector=f"sector {chance.randrange(6)}")
    while graph.number_of_edges() < size * PARTNERS // 2:
        one = chance.randrange(size)
        start = one // GROUP * GROUP
        is_inside = chance.random() < INSIDE
        other = start + chance.randrange(GROUP) if is_inside else chance.randrange(size)
        if one != other and other < size:
            graph.add_edge(one, other, weight=chance.choice((1, 2, 4)))
    for _, _, tie in graph.edges(data=True):
        tie["length"] = 1 / tie["weight"]
    return graph


def betweenness(graph: nx.Graph[int] | Compact) -> dict[int, float]:
    """Give betweenness alone, as `centrality` counts it, its setting out included."""
    whole = compact(graph)
    between = np.array(whole.network.betweenness(weights=whole.lengths))
    pairs = (len(whole.nodes) - 1) * (len(whole.nodes) - 2) / 2
    return dict(zip(whole.nodes, between / pairs, strict=True))


def sources_of(graph: nx.Graph[int]) -> list[int]:
    """Choose where networkx starts: everywhere in a small network, else at twenty."""
    nodes = sorted(graph)
    return nodes if len(nodes) <= 500 else nodes[:: len(nodes) // 20]


def their_betweenness(graph: nx.Graph[int]) -> dict[int, float]:
    """Let networkx count the shortest paths from some."""
    found: dict[int, float] = nx.betweenness_centrality_subset(
        graph, sources_of(graph), list(graph), weight="length"
    )
    return found


def their_communities(graph: nx.Graph[int]) -> list[set[int]]:
    """Let networkx find communities (Louvain)."""
    return nx.community.louvain_communities(graph, weight="weight", seed=1)


def their_scores(graph: nx.Graph[int]) -> list[tuple[int, int, float]]:
    """Let networkx score every pair without a tie that has a partner in common."""
    pairs = {
        (one, other)
        for middle in graph
        for one in graph[middle]
        for other in graph[middle]
        if one < other and not graph.has_edge(one, other)
    }
    return list(nx.adamic_adar_index(graph, pairs))


def their_scores_of_every_pair(graph: nx.Graph[int]) -> float:
    """Time networkx as it is called by itself, for all pairs without a tie: one in a hundred."""
    chance = random.Random(1)  # noqa: S311 - a sample of pairs
    number = len(graph)
    pairs = number * (number - 1) // 2 - graph.number_of_edges()
    chosen: list[tuple[int, int]] = []
    while len(chosen) < pairs // 100:
        one, other = chance.randrange(number), chance.randrange(number)
        if one != other and not graph.has_edge(one, other):
            chosen.append((one, other))
    start = time.perf_counter()
    list(nx.adamic_adar_index(graph, chosen))
    return (time.perf_counter() - start) * pairs / len(chosen)


def seconds(call: Callable[[], Any], rounds: int) -> float:
    """Return the quickest of so many runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
