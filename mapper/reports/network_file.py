"""The network of the latest run as a file for other software."""

import networkx as nx
import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.network.export import to_graphml
from mapper.reports.directory import directory
from mapper.store.runs import latest_run, run_links, run_organisations

_ABOUT = ("name", "kind", "sector", "place")


def network_graphml(session: Session, audience: Audience) -> bytes:
    """Write the network as GraphML: who each organisation is, as published, and its measures.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    run = latest_run(session)
    measures = pd.DataFrame.from_dict(run_organisations(session, run.id), orient="index")
    about = {
        int(row["organisation_id"].text): row for row in directory(session, audience).records()
    }
    graph: nx.Graph[int] = nx.Graph()
    for key in measures.index:
        if key in about:
            graph.add_node(int(key), **{name: about[key][name].text for name in _ABOUT})
    for first, second, weight in run_links(session, run.id):
        if first in graph and second in graph:
            graph.add_edge(first, second, weight=weight)
    return to_graphml(graph, measures)
