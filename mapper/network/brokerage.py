"""Who stands between two that do not work together, and on whose behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mapper.network.compact import Compact, compact
from mapper.network.mixing import groups_of

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

ROLES = ("coordinator", "gatekeeper", "consultant", "liaison")
DIRECTED_ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")
_UNKNOWN = -1


def brokerage_roles(graph: nx.Graph[Any] | Compact, attribute: str = "sector") -> pd.DataFrame:
    """Count the pairs that each organisation brokers, by the groups of the three.

    An organisation brokers a pair when it works with both and they do not work with each other.
    Ties have no direction here, so gatekeeper and representative are one role.

    Parameters
    ----------
    graph : undirected.
    attribute : of the nodes that names the group, such as sector or authority; pairs with one
        whose group is not known are not counted.

    Returns
    -------
    Frame by organisation_id, in order; pairs counted as

    - coordinator: all three are of one group;
    - gatekeeper: the broker and one of the pair are of one group, the other of another;
    - consultant: the pair is of one group, the broker of another;
    - liaison: all three are of different groups;

    and `brokered`, all four together. Missing where the broker's own group is not known; 0 for
    an organisation that brokers nothing.

    References
    ----------
    Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation: a formal approach to
    brokerage in transaction networks. Sociological Methodology 19, 89-126.
    """
    whole = compact(graph)
    named = groups_of(whole.graph, attribute)
    group, names = pd.factorize(named)
    pairs = _all_pairs(whole, group, len(names)) - _closed_pairs(whole.network, group)
    table = pd.DataFrame(pairs, index=named.index, columns=list(ROLES))
    table["brokered"] = table.sum(axis=1)
    table = table.astype(float)
    table.loc[group == _UNKNOWN] = np.nan
    return table


def directed_brokerage_roles(graph: nx.DiGraph[Any], attribute: str = "sector") -> pd.DataFrame:
    """Count the pairs that each organisation brokers where ties have a direction.

    An organisation brokers a pair when one leads to it, it leads to another, and the one does
    not lead to the other itself.

    Parameters
    ----------
    graph : directed, such as referrals: from the one that refers.
    attribute : of the nodes that names the group; pairs with one whose group is not known are
        not counted.

    Returns
    -------
    Frame by organisation_id, in order; ordered pairs counted as

    - coordinator: all three are of one group;
    - gatekeeper: the first is of another group than the broker and the last;
    - representative: the last is of another group than the first and the broker;
    - consultant: the first and the last are of one group, the broker of another;
    - liaison: all three are of different groups;

    and `brokered`, all five together. Missing where the broker's own group is not known.

    References
    ----------
    Gould and Fernandez (1989), as for `brokerage_roles`.
    """
    named = groups_of(graph, attribute)
    group, _ = pd.factorize(named)
    place = {node: number for number, node in enumerate(named.index)}
    ties = np.array(
        [(place[one], place[other]) for one, other in graph.edges if one != other], dtype=np.int64
    ).reshape(-1, 2)
    first, broker, last = _two_steps(ties, len(group))
    is_counted = (group[first] != _UNKNOWN) & (group[last] != _UNKNOWN)
    first, broker, last = first[is_counted], broker[is_counted], last[is_counted]
    role = _directed_role(group[first], group[broker], group[last])
    counted = _counted(broker, role, (len(group), len(DIRECTED_ROLES)))
    table = pd.DataFrame(counted, index=named.index, columns=list(DIRECTED_ROLES))
    table["brokered"] = table.sum(axis=1)
    table.loc[group == _UNKNOWN] = np.nan
    return table


def _two_steps(
    ties: npt.NDArray[np.int64], number: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """List every way of two steps whose ends have no tie of their own."""
    from_first = ties[np.argsort(ties[:, 0], kind="stable")]
    starts = np.searchsorted(from_first[:, 0], ties[:, 1], side="left")
    counts = np.searchsorted(from_first[:, 0], ties[:, 1], side="right") - starts
    first, broker = np.repeat(ties, counts, axis=0).T
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    last = from_first[np.repeat(starts, counts) + within, 1]
    is_open = (first != last) & ~np.isin(first * number + last, ties[:, 0] * number + ties[:, 1])
    return first[is_open], broker[is_open], last[is_open]


def _directed_role(
    first: npt.NDArray[np.int64], broker: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    role: npt.NDArray[np.int64] = np.select(
        [(first == broker) & (broker == last), broker == last, first == broker, first == last],
        [0, 1, 2, 3],
        default=4,
    )
    return role


def _all_pairs(
    whole: Compact, group: npt.NDArray[np.int64], groups: int
) -> npt.NDArray[np.float64]:
    """Count pairs of partners by role, those that work together included."""
    number = len(group)
    both = whole.both_ways
    both = both[group[both[:, 1]] != _UNKNOWN]
    partners = _counted(both[:, 0], group[both[:, 1]], (number, groups))
    total, squares = partners.sum(axis=1), (partners**2).sum(axis=1)
    own = np.zeros(number)
    known = np.flatnonzero(group != _UNKNOWN)
    own[known] = partners[known, group[known]]
    others, other_squares = total - own, squares - own**2
    return np.column_stack(
        [
            own * (own - 1) / 2,
            own * others,
            (other_squares - others) / 2,
            (others**2 - other_squares) / 2,
        ]
    )


def _closed_pairs(network: Any, group: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:  # noqa: ANN401  (igraph has no types)
    """Count the pairs of partners that work together themselves, by role of the third."""
    shape = (len(group), len(ROLES))
    closed = np.zeros(shape)
    triangles = np.array(network.list_triangles(), dtype=np.int64).reshape(-1, 3)
    for broker, one, other in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
        middle = triangles[:, broker]
        first, second = group[triangles[:, one]], group[triangles[:, other]]
        is_counted = (first != _UNKNOWN) & (second != _UNKNOWN)
        role = _role(group[middle], first, second)
        closed += _counted(middle[is_counted], role[is_counted], shape)
    return closed


def _counted(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]
) -> npt.NDArray[np.float64]:
    """Count how often each cell of a table is named."""
    cells = np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1])
    return cells.reshape(shape).astype(np.float64)


def _role(
    broker: npt.NDArray[np.int64], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    is_own = (one == broker).astype(int) + (other == broker)
    apart = np.where(one == other, ROLES.index("consultant"), ROLES.index("liaison"))
    own: npt.NDArray[np.int64] = np.select(
        [is_own == 2, is_own == 1],  # noqa: PLR2004  (of the two)
        [ROLES.index("coordinator"), ROLES.index("gatekeeper")],
        apart,
    )
    return own
