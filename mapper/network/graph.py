"""The network of organisations that work together."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


NODE_COLUMNS = ("name", "sector", "kind", "lad_code")
_DAYS = {"starts_on": "min", "ends_on": "max"}


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
    graph = without_ties(organisations)
    together = project_to_organisations(pd.Index(list(graph)), participations)
    graph.add_weighted_edges_from(
        zip(
            together["first_id"].tolist(),
            together["second_id"].tolist(),
            together[weighting.value].tolist(),
            strict=True,
        )
    )
    return graph


def without_ties(organisations: pd.DataFrame) -> nx.Graph[Any]:
    """Make the network in which nobody works with anybody.

    Parameters
    ----------
    organisations : as for `build_graph`.

    Returns
    -------
    Undirected graph, nodes in order of organisation_id.

    Raises
    ------
    MapperError
        When an organisation stands twice.
    """
    _require_once(organisations)
    ordered = organisations.loc[in_order(organisations.index)]
    columns = [column for column in NODE_COLUMNS if column in ordered.columns]
    texts = ordered[columns].astype(object).where(ordered[columns].notna(), "")
    graph: nx.Graph[Any] = nx.Graph()
    for identifier, row in zip(ordered.index.tolist(), texts.to_numpy().tolist(), strict=True):
        attributes = {column: str(value) for column, value in zip(columns, row, strict=True)}
        graph.add_node(identifier, **attributes)
    return graph


def project_to_organisations(
    organisation_ids: pd.Index, participations: pd.DataFrame
) -> pd.DataFrame:
    """Add up the joint activities of every pair of organisations.

    Parameters
    ----------
    organisation_ids : the organisations, in the order wanted.
    participations : activity_id and organisation_id, and where known `starts_on` and `ends_on`
        of each; other organisations are passed over, and do not count among those who took
        part either.

    Returns
    -------
    Frame of the pairs that have a joint activity, in order: `first_id`, `second_id` (one later
    in the order than the first), `count` and `newman` (the two ways of `Weighting`, floats),
    and where days were given `starts_on` and `ends_on`: the first and last day that both were
    at the same; the days of an activity are for each organisation its own.
    """
    rows = participations.drop_duplicates(["activity_id", "organisation_id"])
    rows = rows.assign(place=organisation_ids.get_indexer(pd.Index(rows["organisation_id"])))
    rows = rows[rows["place"] >= 0]
    taking_part = rows.groupby("activity_id")["place"].transform("size")
    days = {name: pd.to_datetime(rows[name]) for name in _DAYS if name in rows.columns}
    rows = rows.assign(newman=1 / np.maximum(taking_part - 1, 1), **days)
    both = rows.merge(rows, on="activity_id", suffixes=("", "_other"))
    both = both[both["place"] < both["place_other"]]
    for name in days:
        both[name] = both[[name, f"{name}_other"]].max(axis=1)
    pairs = both.groupby(["place", "place_other"], sort=True)
    table = pairs.agg(
        count=("newman", "size"),
        newman=("newman", "sum"),
        **{name: (name, _DAYS[name]) for name in days},
    ).reset_index()
    return pd.DataFrame(
        {
            "first_id": organisation_ids[table["place"]],
            "second_id": organisation_ids[table["place_other"]],
            "count": table["count"].astype(float),
            "newman": table["newman"],
            **{name: table[name].dt.date for name in days},
        }
    )


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


def _require_once(organisations: pd.DataFrame) -> None:
    """Refuse an organisation that stands twice."""
    if not organisations.index.is_unique:
        twice = organisations.index[organisations.index.duplicated()][0]
        raise MapperError(
            f"Organisation {twice!r} stands more than once.",
            expected="One row an organisation was expected.",
            action="Merge the duplicates first.",
        )


def _require_known(organisations: pd.DataFrame, participations: pd.DataFrame) -> None:
    """Refuse a participant that nobody registered."""
    unknown = ~participations["organisation_id"].isin(organisations.index)
    if unknown.any():
        who = participations.loc[unknown, "organisation_id"].iloc[0]
        raise MapperError(
            f"Organisation {who!r} takes part in an activity but is not registered.",
            expected="Every participant must be among the organisations.",
            action="Register it, or leave its participations out.",
        )
