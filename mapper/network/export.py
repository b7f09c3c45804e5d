"""The network as files that other programs read, each with the same numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import xlsxwriter

from mapper.domain.formula import neutralised
from mapper.network.graph import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

Plain = str | int | float | bool
_NO_FACTS: Mapping[str, str] = MappingProxyType({})
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold."""


def plain_graph(graph: nx.Graph[Any], figures: pd.DataFrame | None = None) -> nx.Graph[str]:
    """Copy a network with identifiers as text and attributes that every file can hold.

    Parameters
    ----------
    graph : directed or not. Not changed.
    figures : by organisation_id, such as `mapper.network.measures.Measured` has; each column
        becomes an attribute of the nodes.

    Returns
    -------
    The same network, nodes and ties in order. Attributes are text, numbers or truths: a date is
    written as ISO 8601 and a list as text joined by '; '; a missing one is left out.
    """
    plain: nx.Graph[str] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    nodes = in_order(graph)
    place = {node: number for number, node in enumerate(nodes)}
    for node in nodes:
        plain.add_node(str(node), **_plain_attributes(graph.nodes[node]))
    if figures is not None:
        for node, row in zip(figures.index.tolist(), figures.to_dict("records"), strict=True):
            if str(node) in plain:
                plain.nodes[str(node)].update(_plain_attributes(row))
    ties = [
        (*(ends if graph.is_directed() else sorted(ends)), about)
        for one, other, about in graph.edges(data=True)
        for ends in [(place[one], place[other])]
    ]
    for one, other, about in sorted(ties, key=lambda tie: tie[:2]):
        plain.add_edge(str(nodes[one]), str(nodes[other]), **_plain_attributes(about))
    return plain


def to_graphml(graph: nx.Graph[Any], figures: pd.DataFrame | None = None) -> bytes:
    """Write the network as GraphML, which igraph, networkx, Gephi and yEd read.

    Parameters
    ----------
    graph, figures : as for `plain_graph`.

    Returns
    -------
    UTF-8 text of the file. The same network gives the same bytes.

    References
    ----------
    Brandes, U. et al. (2002). GraphML progress report. Graph Drawing 2001, LNCS 2265.
    """
    written = io.BytesIO()
    # lxml may or may not be installed; this writer is always there.
    nx.write_graphml_xml(_one_type_each(plain_graph(graph, figures)), written)
    return written.getvalue()


def to_gexf(graph: nx.Graph[Any], figures: pd.DataFrame | None = None) -> bytes:
    """Write the network as GEXF 1.2, which Gephi, graphology and networkx read.

    Parameters
    ----------
    graph, figures : as for `plain_graph`. `name` becomes the label of a node, and `x` and `y`
        its place as well.

    Returns
    -------
    UTF-8 text of the file.

    References
    ----------
    GEXF Working Group (2009). GEXF 1.2 draft: primer. https://gexf.net
    """
    plain = _one_type_each(plain_graph(graph, figures))
    for _, about in plain.nodes(data=True):
        about["label"] = str(about.get("name", ""))
        if "x" in about and "y" in about:
            about["viz"] = {"position": {"x": about["x"], "y": about["y"], "z": 0.0}}
    written = io.BytesIO()
    nx.write_gexf(plain, written, version="1.2draft")
    return written.getvalue()


def to_nodes_csv(
    graph: nx.Graph[Any],
    figures: pd.DataFrame | None = None,
    facts: Mapping[str, str] = _NO_FACTS,
) -> bytes:
    """Write the organisations as CSV: `id`, then every attribute, empty where it is missing.

    Parameters
    ----------
    graph, figures : as for `plain_graph`.
    facts : that end every row: column to value.
    """
    plain = plain_graph(graph, figures)
    rows = [{"id": node, **about, **facts} for node, about in plain.nodes(data=True)]
    return _csv(["id", *_names(rows, {"id"})], rows)


def to_edges_csv(graph: nx.Graph[Any], facts: Mapping[str, str] = _NO_FACTS) -> bytes:
    """Write the ties as CSV: `source`, `target`, `type` (directed or not), every attribute.

    Parameters
    ----------
    graph : as for `plain_graph`.
    facts : as for `to_nodes_csv`.
    """
    first = ["source", "target", "type"]
    rows = [{**row, **facts} for row in _edge_rows(plain_graph(graph), first)]
    return _csv([*first, *_names(rows, set(first))], rows)


def to_kumu(
    graph: nx.Graph[Any],
    figures: pd.DataFrame | None = None,
    facts: Mapping[str, str] = _NO_FACTS,
) -> bytes:
    """Write the network as a workbook that Kumu imports.

    Parameters
    ----------
    graph, figures : as for `plain_graph`. `name` becomes the label and `sector` the type of an
        organisation.
    facts : for a sheet of their own, About: name to value.

    Returns
    -------
    Bytes of an XLSX file with the sheets Elements and Connections. Organisations are told
    apart by ID, so that two may have one name.

    References
    ----------
    Kumu (2024). Import: guides to spreadsheets, and to elements with the same label.
    """
    plain = plain_graph(graph, figures)
    elements = [
        {"ID": node, "Label": about.get("name", node), "Type": about.get("sector", "")}
        | {name: value for name, value in about.items() if name not in {"name", "sector"}}
        for node, about in plain.nodes(data=True)
    ]
    connections = _edge_rows(plain, ["From", "To", "Direction"])
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        _sheet(book.add_worksheet("Elements"), ("ID", "Label", "Type"), elements)
        _sheet(book.add_worksheet("Connections"), ("From", "To", "Direction"), connections)
        # Kumu looks for its two sheets by name, and passes over any other.
        about: list[dict[str, Plain]] = [{"Fact": k, "Value": v} for k, v in facts.items()]
        _sheet(book.add_worksheet("About"), ("Fact", "Value"), about)
    return written.getvalue()


def _edge_rows(plain: nx.Graph[str], names: Sequence[str]) -> list[dict[str, Plain]]:
    direction = "directed" if plain.is_directed() else "undirected"
    return [
        dict(zip(names, (one, other, direction), strict=True)) | about
        for one, other, about in plain.edges(data=True)
    ]


def _names(rows: list[dict[str, Plain]], without: set[str]) -> list[str]:
    """Give every attribute that any row has, in the order they are first met."""
    return [
        name for name in dict.fromkeys(key for row in rows for key in row) if name not in without
    ]


def _csv(names: list[str], rows: list[dict[str, Plain]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    return text.getvalue().encode()


def _harmless(value: Plain) -> Plain:
    return neutralised(value) if isinstance(value, str) else value


def _sheet(sheet: Worksheet, first: Sequence[str], rows: list[dict[str, Plain]]) -> None:
    names = [*first, *_names(rows, set(first))]
    for column, name in enumerate(names):
        sheet.write_string(0, column, name)
    for line, row in enumerate(rows, start=1):
        for column, name in enumerate(names):
            if name in row:
                _write(sheet, (line, column), row[name])
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, place: tuple[int, int], value: Plain) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, str):
        sheet.write_string(*place, value)
    else:
        sheet.write_number(*place, value)


def _one_type_each(plain: nx.Graph[str]) -> nx.Graph[str]:
    """Make an attribute that is a whole number here and a fraction there a fraction everywhere.

    Else the writers declare it twice, and some readers take the first.
    """
    rows: list[dict[str, Any]] = [about for _, about in plain.nodes(data=True)]
    edges: list[dict[str, Any]] = [about for *_, about in plain.edges(data=True)]
    for group in (rows, edges):
        is_float = {name for row in group for name, value in row.items() if type(value) is float}
        for row in group:
            row.update({name: float(row[name]) for name in is_float & row.keys()})
    return plain


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
    return value.isoformat() if isinstance(value, dt.date) else _FORBIDDEN.sub(" ", str(value))
