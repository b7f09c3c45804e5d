"""What falls apart if an organisation leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from mapper.errors import NotFoundError
from mapper.network.cohesion import components
from mapper.network.compact import Compact, compact
from mapper.network.graph import in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    import igraph
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Loss:
    """The network without one organisation.

    Parameters
    ----------
    partners : organisations it works with.
    weight : weights of its ties added up.
    parts : the parts that its own component falls into, the largest first; one part where it
        holds nothing together, none where it had no partner.
    cut_off : organisations of all but the largest part, in order.
    left_alone : partners that have no other partner, in order.
    pairs_parted : pairs of organisations that could reach each other and no longer can.
    """

    partners: int
    weight: float
    parts: tuple[tuple[Any, ...], ...]
    cut_off: tuple[Any, ...]
    left_alone: tuple[Any, ...]
    pairs_parted: int


def loss_test(graph: nx.Graph[Any], organisation_id: Any) -> Loss:  # noqa: ANN401  (any identifier)
    """Take one organisation out, and see what no longer holds together.

    Parameters
    ----------
    graph : undirected, `weight` on the edges. Not changed.
    organisation_id : of the one that leaves.

    Returns
    -------
    What is lost.

    Raises
    ------
    NotFoundError
        When it is not in the network.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational
    and Mathematical Organization Theory 12, 21-34 (pairs parted is his fragmentation).
    """
    _require(graph, organisation_id)
    partners = in_order(graph[organisation_id])
    own = nx.node_connected_component(graph, organisation_id)
    left = graph.subgraph(node for node in own if node != organisation_id)
    parts = tuple(tuple(part) for part in components(left))
    return Loss(
        partners=len(partners),
        weight=float(sum(tie.get("weight", 1) for tie in graph[organisation_id].values())),
        parts=parts,
        cut_off=tuple(in_order(node for part in parts[1:] for node in part)),
        left_alone=tuple(node for node in partners if graph.degree(node) == 1),
        pairs_parted=_pairs_parted([len(part) for part in parts]),
    )


def losses(
    graph: nx.Graph[Any] | Compact, organisation_ids: Collection[Any] | None = None
) -> pd.DataFrame:
    """Test several organisations, each alone; those that part the most pairs first.

    All are tested in one walk over the network, by its blocks and the organisations that join
    them, so that 20,000 take no longer than one.

    Parameters
    ----------
    graph : undirected.
    organisation_ids : to be tested, such as the cut points; all by default.

    Returns
    -------
    Frame by organisation_id: `partners`, `parts`, `cut_off` (how many), `left_alone` (how
    many) and `pairs_parted`, all integers as in `Loss`; equal ones in order of identifier.

    Raises
    ------
    NotFoundError
        When one is not in the network.

    References
    ----------
    Harary, F. (1969). Graph Theory. Addison-Wesley, chapter 4: blocks and cut points.
    """
    whole = compact(graph)
    sizes = _sizes_left(whole.network)
    degrees = whole.network.degree()
    table = pd.DataFrame(
        {
            "partners": degrees,
            "parts": [len(parts) for parts in sizes],
            "cut_off": [sum(parts) - max(parts, default=0) for parts in sizes],
            "left_alone": _left_alone(whole, degrees),
            "pairs_parted": [_pairs_parted(parts) for parts in sizes],
        },
        index=whole.index,
        dtype="int64",
    )
    if organisation_ids is not None:
        for one in organisation_ids:
            _require(whole.graph, one)
        table = table.loc[in_order(organisation_ids)]
    return table.sort_values("pairs_parted", ascending=False, kind="stable")


def _sizes_left(network: igraph.Graph) -> list[list[int]]:
    """Give, for each vertex, the sizes of the parts that its component falls into without it."""
    whole = network.connected_components()
    size_of = np.array(whole.sizes())[whole.membership] if network.vcount() else np.zeros(0)
    sizes = [[int(size) - 1] if size > 1 else [] for size in size_of]
    blocks, cuts = network.biconnected_components(return_articulation_points=True)
    for cut, parts in _sizes_at_cuts([list(block) for block in blocks], cuts).items():
        sizes[cut] = [*parts, int(size_of[cut]) - 1 - sum(parts)]
        if sizes[cut][-1] == 0:
            sizes[cut].pop()
    return sizes


def _sizes_at_cuts(blocks: list[list[int]], cuts: list[int]) -> dict[int, list[int]]:
    """Give, for each cut point, how many stand beyond it in each block that hangs below it.

    Blocks and cut points make a forest; each tree is hung from one of its cut points.
    """
    is_cut = set(cuts)
    cuts_of = [[vertex for vertex in block if vertex in is_cut] for block in blocks]
    blocks_of: dict[int, list[int]] = {cut: [] for cut in cuts}
    for number, found in enumerate(cuts_of):
        for cut in found:
            blocks_of[cut].append(number)
    below: dict[int, list[int]] = {cut: [] for cut in cuts}
    for block, above in reversed(_from_the_top(cuts_of, blocks_of)):
        others = [cut for cut in cuts_of[block] if cut != above]
        hanging = sum(sum(below[cut]) for cut in others)
        below[above].append(len(blocks[block]) - 1 + hanging)
    return below


def _from_the_top(
    cuts_of: list[list[int]], blocks_of: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """List each block with the cut point it hangs from, none before the one above it."""
    order: list[tuple[int, int]] = []
    seen: set[int] = set()
    for root in blocks_of:
        waiting = [root]
        while waiting:
            above = waiting.pop()
            new = [block for block in blocks_of[above] if block not in seen]
            seen.update(new)
            order += [(block, above) for block in new]
            waiting += [cut for block in new for cut in cuts_of[block] if cut != above]
    return order


def _left_alone(whole: Compact, degrees: list[int]) -> npt.NDArray[np.int64]:
    """Count the partners of each vertex that have no other."""
    one, other = whole.both_ways.T
    return np.bincount(one[np.array(degrees)[other] == 1], minlength=len(degrees))


def _pairs_parted(parts: list[int]) -> int:
    return (sum(parts) ** 2 - sum(part**2 for part in parts)) // 2


def _require(graph: nx.Graph[Any], organisation_id: Any) -> None:  # noqa: ANN401  (any identifier)
    if organisation_id not in graph:
        raise NotFoundError(
            f"Organisation {organisation_id!r} is not in the network.",
            expected="One that was active in the period.",
            action="Choose another, or a run whose period holds its work.",
        )
