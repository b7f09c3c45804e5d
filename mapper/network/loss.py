"""What falls apart if an organisation leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.errors import NotFoundError
from mapper.network.cohesion import components
from mapper.network.graph import in_order

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Loss:
    """The network without one organisation.

    Parameters
    ----------
    partners : organisations it works with.
    joint_activities : weights of its ties added up.
    parts : the parts that its own component falls into, the largest first; one part where it
        holds nothing together, none where it had no partner.
    cut_off : organisations of all but the largest part, in order.
    left_alone : partners that have no other partner, in order.
    pairs_parted : pairs of organisations that could reach each other and no longer can.
    """

    partners: int
    joint_activities: int
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
    if organisation_id not in graph:
        raise NotFoundError(
            f"Organisation {organisation_id!r} is not in the network.",
            expected="One that was active in the period.",
            action="Choose another, or a run whose period holds its work.",
        )
    partners = in_order(graph[organisation_id])
    own = next(part for part in components(graph) if organisation_id in part)
    left = graph.subgraph(node for node in own if node != organisation_id)
    parts = tuple(tuple(part) for part in components(left))
    apart = (len(left) ** 2 - sum(len(part) ** 2 for part in parts)) // 2
    return Loss(
        partners=len(partners),
        joint_activities=int(sum(tie.get("weight", 1) for tie in graph[organisation_id].values())),
        parts=parts,
        cut_off=tuple(in_order(node for part in parts[1:] for node in part)),
        left_alone=tuple(node for node in partners if graph.degree(node) == 1),
        pairs_parted=apart,
    )


def losses(graph: nx.Graph[Any], organisation_ids: list[Any]) -> pd.DataFrame:
    """Test several organisations, each alone; those that part the most pairs first.

    Parameters
    ----------
    graph : undirected.
    organisation_ids : to be tested, such as the cut points.

    Returns
    -------
    Frame by organisation_id: `partners`, `parts`, `cut_off` (how many), `left_alone` (how
    many) and `pairs_parted`.

    Raises
    ------
    NotFoundError
        When one is not in the network.
    """
    tested = {one: loss_test(graph, one) for one in organisation_ids}
    table = pd.DataFrame(
        {
            "partners": [loss.partners for loss in tested.values()],
            "parts": [len(loss.parts) for loss in tested.values()],
            "cut_off": [len(loss.cut_off) for loss in tested.values()],
            "left_alone": [len(loss.left_alone) for loss in tested.values()],
            "pairs_parted": [loss.pairs_parted for loss in tested.values()],
        },
        index=pd.Index(list(tested), name="organisation_id"),
        dtype="int64",
    )
    return table.sort_values("pairs_parted", ascending=False, kind="stable")
