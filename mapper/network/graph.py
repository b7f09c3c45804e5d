"""The network of organisations that work together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

NODE_COLUMNS = ("name", "sector", "kind", "lad_code")


def build_graph(organisations: pd.DataFrame, participations: pd.DataFrame) -> nx.Graph[Any]:
    """Fold organisations and activities into a network of organisations.

    Two organisations are tied when they took part in the same activity; the weight of the tie
    is the number of joint activities. An organisation without any tie stays in the network,
    because isolation is a finding.

    Parameters
    ----------
    organisations : index organisation_id; name, sector, kind and lad_code become attributes
        of the nodes where the frame has them, empty text where missing.
    participations : activity_id and organisation_id; the same pair twice counts once.

    Returns
    -------
    Undirected graph, nodes and edges in order of organisation_id; `weight` on every edge.

    Raises
    ------
    MapperError
        When an organisation stands twice, or one that takes part is not among them.

    References
    ----------
    Borgatti, S. P. and Everett, M. G. (1997). Network analysis of 2-mode data. Social
    Networks 19, 243-269.
    """
    _require_known(organisations, participations)
    ordered = organisations.loc[in_order(organisations.index)]
    graph: nx.Graph[Any] = nx.Graph()
    columns = [column for column in NODE_COLUMNS if column in ordered.columns]
    texts = ordered[columns].astype(object).where(ordered[columns].notna(), "")
    for identifier, row in zip(ordered.index.tolist(), texts.to_numpy().tolist(), strict=True):
        attributes = {column: str(value) for column, value in zip(columns, row, strict=True)}
        graph.add_node(identifier, **attributes)
    graph.add_weighted_edges_from(project_to_organisations(ordered.index, participations))
    return graph


def project_to_organisations(
    organisation_ids: pd.Index, participations: pd.DataFrame
) -> list[tuple[Any, Any, int]]:
    """Count the joint activities of every pair of organisations.

    Parameters
    ----------
    organisation_ids : the organisations, in the order wanted.
    participations : activity_id and organisation_id; other organisations are passed over.

    Returns
    -------
    (one organisation, a later one, joint activities) of the pairs that have any.
    """
    pairs = participations[["activity_id", "organisation_id"]].drop_duplicates()
    row = organisation_ids.get_indexer(pd.Index(pairs["organisation_id"]))
    number, activities = pd.factorize(pairs["activity_id"])
    marks = sparse.csr_array(
        (np.ones(len(pairs), dtype=np.int64)[row >= 0], (row[row >= 0], number[row >= 0])),
        shape=(len(organisation_ids), len(activities)),
    )
    joint = sparse.triu(marks @ marks.T, k=1, format="csr").tocoo()
    names = organisation_ids.tolist()
    one, other = (side.tolist() for side in joint.coords)
    return [
        (names[a], names[b], weight)
        for a, b, weight in sorted(zip(one, other, joint.data.tolist(), strict=True))
    ]


def links(graph: nx.Graph[Any], among: Iterable[Hashable] | None = None) -> pd.DataFrame:
    """List the ties, the strongest first.

    Parameters
    ----------
    graph : as `build_graph` makes it.
    among : list only ties between these organisations; all by default.

    Returns
    -------
    Frame with organisation_id, other_organisation_id and weight (joint activities), by
    falling weight and then by identifier; empty when there is no tie.
    """
    chosen = graph if among is None else graph.subgraph(among)
    rows = [
        (*in_order([one, other]), int(weight))
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
