"""The network of organisations that work together."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    import numpy.typing as npt

NODE_COLUMNS = ("name", "sector", "kind", "lad_code")


class Weighting(StrEnum):
    """What one thing that k organisations take part in adds to the tie of any two of them.

    `COUNT` adds 1, so that a weight is a number of joint activities. `NEWMAN` adds 1 / (k - 1),
    so that a gathering of many ties each two of them less than work of two alone, and the
    strength of an organisation is the number of things that it does with anybody.
    """

    COUNT = "count"
    NEWMAN = "newman"


def build_graph(
    organisations: pd.DataFrame,
    participations: pd.DataFrame,
    weighting: Weighting = Weighting.COUNT,
) -> nx.Graph[Any]:
    """Fold organisations and activities into a network of organisations.

    Two organisations are tied when they took part in the same activity; the weight of the tie
    is the number of joint activities, or their sum by Newman's rule. An organisation without
    any tie stays in the network, because isolation is a finding.

    Parameters
    ----------
    organisations : index organisation_id; name, sector, kind and lad_code become attributes
        of the nodes where the frame has them, empty text where missing.
    participations : activity_id and organisation_id; the same pair twice counts once.
    weighting : what each joint activity adds to a tie.

    Returns
    -------
    Undirected graph, nodes and edges in order of organisation_id; `weight` on every edge, a
    float above zero.

    Raises
    ------
    MapperError
        When an organisation stands twice, or one that takes part is not among them.

    References
    ----------
    Borgatti, S. P. and Everett, M. G. (1997). Network analysis of 2-mode data. Social
    Networks 19, 243-269. Newman, M. E. J. (2001). Scientific collaboration networks II.
    Physical Review E 64, 016132: the weights.
    """
    _require_known(organisations, participations)
    ordered = organisations.loc[in_order(organisations.index)]
    graph: nx.Graph[Any] = nx.Graph()
    columns = [column for column in NODE_COLUMNS if column in ordered.columns]
    texts = ordered[columns].astype(object).where(ordered[columns].notna(), "")
    for identifier, row in zip(ordered.index.tolist(), texts.to_numpy().tolist(), strict=True):
        attributes = {column: str(value) for column, value in zip(columns, row, strict=True)}
        graph.add_node(identifier, **attributes)
    graph.add_weighted_edges_from(
        project_to_organisations(ordered.index, participations, weighting)
    )
    return graph


def project_to_organisations(
    organisation_ids: pd.Index,
    participations: pd.DataFrame,
    weighting: Weighting = Weighting.COUNT,
) -> list[tuple[Any, Any, float]]:
    """Add up the joint activities of every pair of organisations.

    Parameters
    ----------
    organisation_ids : the organisations, in the order wanted.
    participations : activity_id and organisation_id; other organisations are passed over, and
        do not count among those who took part either.
    weighting : what each joint activity adds.

    Returns
    -------
    (one organisation, a later one, weight) of the pairs that have a joint activity.
    """
    pairs = participations[["activity_id", "organisation_id"]].drop_duplicates()
    row = organisation_ids.get_indexer(pd.Index(pairs["organisation_id"]))
    number, activities = pd.factorize(pairs["activity_id"])
    marks = sparse.csr_array(
        (np.ones(len(pairs))[row >= 0], (row[row >= 0], number[row >= 0])),
        shape=(len(organisation_ids), len(activities)),
    )
    each = sparse.diags_array(_additions(np.asarray(marks.sum(axis=0)).ravel(), weighting))
    joint = sparse.triu(marks @ each @ marks.T, k=1, format="csr").tocoo()
    names = organisation_ids.tolist()
    one, other = (side.tolist() for side in joint.coords)
    return [
        (names[a], names[b], weight)
        for a, b, weight in sorted(zip(one, other, joint.data.tolist(), strict=True))
    ]


def _additions(
    taking_part: npt.NDArray[np.float64], weighting: Weighting
) -> npt.NDArray[np.float64]:
    """Give what an activity adds to a tie, by how many take part in it."""
    if weighting is Weighting.COUNT:
        return np.ones(len(taking_part))
    return 1 / np.maximum(taking_part - 1, 1)


def links(graph: nx.Graph[Any], among: Iterable[Hashable] | None = None) -> pd.DataFrame:
    """List the ties, the strongest first.

    Parameters
    ----------
    graph : as `build_graph` makes it.
    among : list only ties between these organisations; all by default.

    Returns
    -------
    Frame with organisation_id, other_organisation_id and weight (float), by falling weight
    and then by identifier; empty when there is no tie.
    """
    chosen = graph if among is None else graph.subgraph(among)
    rows = [
        (*in_order([one, other]), float(weight))
        for one, other, weight in chosen.edges(data="weight", default=1)
    ]
    rows.sort(key=lambda row: (-row[2], str(row[0]), str(row[1])))
    return pd.DataFrame(rows, columns=["organisation_id", "other_organisation_id", "weight"])


def in_order(identifiers: Iterable[Any]) -> list[Any]:
    """Put identifiers in the order every figure is computed in.

    Parameters
    ----------
    identifiers : of organisations: text, numbers or UUIDs.

    Returns
    -------
    The same identifiers sorted by their text, numbers by their size.
    """
    return sorted(
        identifiers,
        key=lambda name: (
            (0, name, "") if isinstance(name, (int, np.integer)) else (1, 0, str(name))
        ),
    )


def canonical(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Copy a graph with nodes and edges in the one fixed order.

    Parameters
    ----------
    graph : any undirected graph.

    Returns
    -------
    A copy whose nodes and edges are sorted, so that seeded methods give the same answer
    however the graph was put together.
    """
    copy: nx.Graph[Any] = nx.Graph()
    nodes = in_order(graph)
    place = {node: number for number, node in enumerate(nodes)}
    copy.add_nodes_from((node, graph.nodes[node]) for node in nodes)
    ends = [
        (*sorted((place[one], place[other])), weight)
        for one, other, weight in graph.edges(data="weight", default=1)
    ]
    for one, other, weight in sorted(ends):
        copy.add_edge(nodes[one], nodes[other], weight=weight)
    return copy


def _require_known(organisations: pd.DataFrame, participations: pd.DataFrame) -> None:
    """Refuse an organisation that stands twice, and a participant nobody registered."""
    if not organisations.index.is_unique:
        twice = organisations.index[organisations.index.duplicated()][0]
        raise MapperError(
            f"Organisation {twice!r} stands more than once.",
            expected="One row an organisation was expected.",
            action="Merge the duplicates first.",
        )
    unknown = ~participations["organisation_id"].isin(organisations.index)
    if unknown.any():
        who = participations.loc[unknown, "organisation_id"].iloc[0]
        raise MapperError(
            f"Organisation {who!r} takes part in an activity but is not registered.",
            expected="Every participant must be among the organisations.",
            action="Register it, or leave its participations out.",
        )
