"""The network of the latest run as a file for other software."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mapper.network.export import to_edges_csv, to_gexf, to_graphml, to_kumu, to_nodes_csv
from mapper.reports.file_facts import facts_of
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_measured import seen_network
from mapper.reports.provenance import run_provenance
from mapper.reports.shown_run import run_for

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx
    import pandas as pd
    from sqlalchemy.orm import Session

    from mapper.domain.disclosure import Audience


class NetworkForm(StrEnum):
    """The forms that the network is written in."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    NODES = "nodes.csv"
    EDGES = "edges.csv"
    KUMU = "kumu.xlsx"

    @property
    def mimetype(self) -> str:
        """The media type of the file."""
        return _MIMETYPES[self]


_MIMETYPES = {
    NetworkForm.GRAPHML: "application/xml",
    NetworkForm.GEXF: "application/xml",
    NetworkForm.NODES: "text/csv",
    NetworkForm.EDGES: "text/csv",
    NetworkForm.KUMU: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WRITERS: dict[NetworkForm, Callable[[nx.Graph[Any], pd.DataFrame, dict[str, str]], bytes]] = {
    NetworkForm.GRAPHML: lambda graph, figures, _: to_graphml(graph, figures),
    NetworkForm.GEXF: lambda graph, figures, _: to_gexf(graph, figures),
    NetworkForm.NODES: to_nodes_csv,
    NetworkForm.EDGES: lambda graph, _, facts: to_edges_csv(graph, facts),
    NetworkForm.KUMU: to_kumu,
}


def network_file(
    session: Session, audience: Audience, form: NetworkForm, part: NetworkSlice | None = None
) -> bytes:
    """Write the network: who each organisation is, as published, its measures, and the ties.

    Whoever measures it again gets the same figures: it holds all that they were made from.

    Parameters
    ----------
    audience : who will read it.
    form : of the file.
    part : which part; joint activities of the whole period when None.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    NotFoundError
        When the run has no such quarter.
    """
    run = run_for(session, audience)
    network = seen_network(session, run, audience, part or NetworkSlice())
    facts = facts_of(run_provenance(session, run), audience)
    return _WRITERS[form](network.graph, network.figures, facts)
