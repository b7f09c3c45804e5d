"""The network as a file that other programs read."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from mapper.network.graph import canonical

if TYPE_CHECKING:
    from pathlib import Path


def to_graphml(graph: nx.Graph[Any], *measures: pd.DataFrame) -> bytes:
    """Write the network as GraphML, with what was measured of each organisation.

    Parameters
    ----------
    graph : as `build_graph` makes it. Not changed.
    measures : frames by organisation_id, such as those of `centrality`, `membership` and
        `layout`; each column becomes an attribute. A missing figure is left out, a date is
        written as ISO 8601 and a list as text joined by '; ', since GraphML knows neither.

    Returns
    -------
    UTF-8 text of the file; identifiers are written as text. The same network gives the same
    bytes.

    References
    ----------
    Brandes, U. et al. (2002). GraphML progress report. Graph Drawing 2001, LNCS 2265.
    """
    plain: nx.Graph[Any] = nx.Graph()
    ordered = canonical(graph)
    for node, attributes in ordered.nodes(data=True):
        plain.add_node(str(node), **_plain_attributes(attributes))
    for frame in measures:
        for node, row in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
            if str(node) in plain:
                plain.nodes[str(node)].update(_plain_attributes(row))
    for one, other, attributes in ordered.edges(data=True):
        plain.add_edge(str(one), str(other), **_plain_attributes(attributes))
    written = io.BytesIO()
    # lxml may or may not be installed; this writer is always there.
    nx.write_graphml_xml(plain, written, infer_numeric_types=True)
    return written.getvalue()


def write_graphml(path: Path, graph: nx.Graph[Any], *measures: pd.DataFrame) -> None:
    """Write the network to a GraphML file.

    Parameters
    ----------
    path : the file to be written; one that is there is replaced.
    graph, measures : as for `to_graphml`.
    """
    path.write_bytes(to_graphml(graph, *measures))


def _plain_attributes(attributes: dict[Any, Any]) -> dict[str, str | int | float | bool]:
    """Keep what GraphML can hold, and leave out what is missing."""
    plain = {str(name): _plain(value) for name, value in attributes.items()}
    return {name: value for name, value in plain.items() if value is not None}


def _plain(value: object) -> str | int | float | bool | None:
    """Turn one value into text, a number or a truth; None when it is missing."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(sorted(str(part) for part in value))
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (bool, int)):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
