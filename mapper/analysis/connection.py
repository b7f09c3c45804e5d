"""Areas whose providers hang on the partnership's network by a thread, or not at all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from mapper.analysis.requirements import require_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class ConnectionGap(StrEnum):
    """How the providers of an area are tied to the others."""

    OUTSIDE = "outside the main part of the network"
    SINGLE_BROKER = "tied by a single organisation"


def brokers_of(
    organisations: Iterable[Any], ties: Iterable[tuple[Any, Any]]
) -> dict[Any, frozenset[Any]]:
    """Name, for each organisation of the main part, those whose loss cuts it off from the core.

    The main part is the largest connected part of the network; its core is the largest set of
    organisations that the loss of any one leaves together. Every way from the core to an
    organisation passes through each of its brokers.

    Parameters
    ----------
    organisations : all of them; those without a tie too.
    ties : pairs that work together.

    Returns
    -------
    Brokers by organisation, empty for those of the core; organisations outside the main part
    are not in it. Equal sizes are settled by the smallest identifier.

    References
    ----------
    Hopcroft, J. and Tarjan, R. (1973). Efficient algorithms for graph manipulation.
    Communications of the ACM 16, 372-378 (blocks and cut points).
    """
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(organisations)
    graph.add_edges_from(ties)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    if not parts or len(parts[0]) == 1:
        return {}
    main = graph.subgraph(parts[0])
    blocks = [set(block) for block in nx.biconnected_components(main)]
    return _from_core(sorted(blocks, key=lambda one: (-len(one), min(one))))


def _from_core(blocks: list[set[Any]]) -> dict[Any, frozenset[Any]]:
    """Walk outwards from the largest block, taking each cut point that is passed along."""
    holding: dict[Any, list[int]] = {}
    for place, block in enumerate(blocks):
        for node in block:
            holding.setdefault(node, []).append(place)
    found: dict[Any, frozenset[Any]] = dict.fromkeys(blocks[0], frozenset())
    seen, waiting = {0}, list(blocks[0])
    while waiting:
        gate = waiting.pop()
        for place in holding[gate]:
            if place in seen:
                continue
            seen.add(place)
            for node in blocks[place] - {gate}:
                found[node] = found[gate] | {gate}
                waiting.append(node)
    return found


def connection_gaps(
    providers: pd.DataFrame, brokers: Mapping[Any, frozenset[Any]], areas: Collection[str]
) -> pd.DataFrame:
    """Find the areas whose providers are outside the main part, or tied to it by one alone.

    Parameters
    ----------
    providers : area_code and organisation_id of who works where.
    brokers : as `brokers_of`.
    areas : those to look at, such as those with need and with provision.

    Returns
    -------
    Frame by area_code, of the areas found only: `connection_gap` (a ConnectionGap),
    `providers` (how many) and `broker` (missing outside). An area is tied by a single
    organisation when the loss of that one, which is none of its providers, cuts off every
    provider it has in the main part.

    Raises
    ------
    MapperError
        When a column is missing.
    """
    require_columns(providers, ("area_code", "organisation_id"), "providers")
    rows = []
    wanted = providers[providers["area_code"].isin(list(areas))]
    for code, each in wanted.groupby("area_code", sort=True)["organisation_id"]:
        inside = [one for one in each if one in brokers]
        if not inside:
            rows.append((code, ConnectionGap.OUTSIDE.value, len(each), pd.NA))
            continue
        shared = frozenset.intersection(*(brokers[one] for one in inside)) - set(inside)
        if shared:
            nearest = min(shared, key=lambda one: (-len(brokers[one]), one))
            rows.append((code, ConnectionGap.SINGLE_BROKER.value, len(each), nearest))
    columns = ["area_code", "connection_gap", "providers", "broker"]
    return pd.DataFrame(rows, columns=columns).set_index("area_code")
