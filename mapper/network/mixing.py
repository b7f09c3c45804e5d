"""Whether organisations work with their own kind or across, and how much hangs on a few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mapper.network.compact import Compact, compact
from mapper.network.graph import in_order

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Mixing:
    """Ties inside groups and between them.

    Parameters
    ----------
    index : the E-I index, from -1 (every tie inside a group) to 1 (every tie between two); NaN
        without ties. What chance would give depends on how large the groups are.
    inside, between : ties counted.
    left_out : ties of an organisation whose group is not known.
    by_group : frame by group, in order: `organisations`, `inside`, `outside` (ties of its
        members to others), `index` (NaN without ties).
    """

    index: float
    inside: int
    between: int
    left_out: int
    by_group: pd.DataFrame


def mixing(graph: nx.Graph[Any] | Compact, attribute: str) -> Mixing:
    """Count ties inside and between groups, such as sectors or authorities.

    Parameters
    ----------
    graph : undirected.
    attribute : of the nodes that names the group; empty or absent where it is not known.

    Returns
    -------
    The E-I index of the network and of each group.

    References
    ----------
    Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises: an
    experimental simulation. Social Psychology Quarterly 51, 123-140.
    """
    whole = compact(graph)
    codes, names = pd.factorize(groups_of(whole.graph, attribute), sort=True)
    sides = codes[whole.ends]
    known = sides[(sides >= 0).all(axis=1)]
    is_inside = known[:, 0] == known[:, 1]
    inside, between = int(is_inside.sum()), int((~is_inside).sum())
    by_group = pd.DataFrame(
        {
            "organisations": np.bincount(codes[codes >= 0], minlength=len(names)),
            "inside": np.bincount(known[is_inside, 0], minlength=len(names)),
            "outside": np.bincount(known[~is_inside].ravel(), minlength=len(names)),
        },
        index=pd.Index([str(name) for name in names]),
    )
    total = by_group["inside"] + by_group["outside"]
    by_group["index"] = (by_group["outside"] - by_group["inside"]) / total.where(total > 0)
    index = (between - inside) / len(known) if len(known) else float("nan")
    return Mixing(index, inside, between, len(sides) - len(known), by_group)


def centralisation(measures: pd.DataFrame) -> dict[str, float]:
    """Say how far the network hangs on its most central organisation.

    0 when all are equally central, 1 for a star.

    Parameters
    ----------
    measures : by organisation_id, with `degree` and `betweenness` (a share, 0-1), as
        `mapper.network.centrality.centrality` gives them.

    Returns
    -------
    `degree` and `betweenness`; NaN for fewer than three organisations.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social
    Networks 1, 215-239.
    """
    number = len(measures)
    if number < 3:  # noqa: PLR2004  (no star without a centre and two others)
        return {"degree": float("nan"), "betweenness": float("nan")}
    degree = measures["degree"].to_numpy(dtype=float)
    between = measures["betweenness"].to_numpy(dtype=float)
    return {
        "degree": float((degree.max() - degree).sum() / ((number - 1) * (number - 2))),
        "betweenness": float((between.max() - between).sum() / (number - 1)),
    }


def groups_of(graph: nx.Graph[Any], attribute: str) -> pd.Series[str]:
    """Give the group of each organisation.

    Parameters
    ----------
    graph : any.
    attribute : of the nodes.

    Returns
    -------
    Text by organisation_id, in order; missing where it is not known.
    """
    nodes = in_order(graph)
    values = [graph.nodes[node].get(attribute) or None for node in nodes]
    return pd.Series(values, index=pd.Index(nodes, name="organisation_id"), dtype=object).where(
        lambda series: series.notna(), np.nan
    )
