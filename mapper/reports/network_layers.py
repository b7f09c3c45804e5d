"""The ties of a run by layer, and the network they make among some organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.domain.period import Month
from mapper.domain.tie import Layer
from mapper.errors import NotFoundError
from mapper.network.graph import without_ties
from mapper.network.layers import link_graph, meeting_graph, on_days, quarters
from mapper.store.run_networks import run_links, run_meetings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import networkx as nx
    import pandas as pd
    from sqlalchemy.orm import Session

    from mapper.store.runs import Run


@dataclass(frozen=True, slots=True)
class NetworkSlice:
    """Which part of the network is wanted.

    Parameters
    ----------
    layer : whose ties.
    quarter : such as ``2025-1``, for ties of some day of it; empty for the whole period.
    lad_code : for the organisations whose work reaches the authority; empty for all.
    sector : for the organisations of a sector; empty for all.
    """

    layer: Layer = Layer.JOINT
    quarter: str = ""
    lad_code: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class LayerTies:
    """The ties of one layer: who took part in what, or links with a direction.

    Parameters
    ----------
    meetings : as `mapper.store.run_networks.run_meetings`; empty for a directed layer.
    links : as `mapper.store.run_networks.run_links`; of a layer without direction they stand
        for meetings that were not kept.
    """

    meetings: pd.DataFrame
    links: pd.DataFrame

    def graph(self, layer: Layer, organisations: pd.DataFrame) -> nx.Graph[Any]:
        """Make the network of some organisations, as if there were no others.

        Parameters
        ----------
        layer : whose ties these are.
        organisations : as `mapper.reports.network_people.seen_organisations`.
        """
        if layer.is_directed:
            return link_graph(organisations, self.links)
        if self.meetings.empty and len(self.links):
            return _graph_of_links(organisations, self.links)
        return meeting_graph(organisations, self.meetings)

    def on_days(self, days: tuple[date, date]) -> LayerTies:
        """Keep what falls on some days, the first and last of which are given."""
        return LayerTies(on_days(self.meetings, *days), on_days(self.links, *days))


def stored_ties(session: Session, run: Run, layer: Layer) -> LayerTies:
    """Read the ties of one layer of a run."""
    return LayerTies(run_meetings(session, run.id, layer), run_links(session, run.id, layer))


def run_quarters(run: Run) -> Mapping[str, tuple[date, date]]:
    """Name the quarters of a run: first and last day by name, in order."""
    return quarters(*run.period.days)


def quarter_days(run: Run, quarter: str) -> tuple[date, date]:
    """Give the days of a quarter of a run.

    Raises
    ------
    NotFoundError
        When the run has no such quarter.
    """
    known = run_quarters(run)
    if quarter not in known:
        raise NotFoundError(
            f"The run has no quarter {quarter!r}.",
            expected=f"One of {', '.join(known)}.",
            action="Choose one of these, or none for the whole period.",
        )
    return known[quarter]


def quarter_words(quarter: str) -> str:
    """A quarter in words, such as ``January to March 2025``."""
    year, _, number = quarter.partition("-")
    first = Month(int(year), 3 * int(number) - 2).first_day
    last = Month(int(year), 3 * int(number)).first_day
    return f"{first:%B} to {last:%B} {year}"


def _graph_of_links(organisations: pd.DataFrame, links: pd.DataFrame) -> nx.Graph[Any]:
    """Make the network of a run that kept ties alone: their weights are counted already."""
    graph = without_ties(organisations)
    for first, second, weight in links[["first_id", "second_id", "weight"]].itertuples(
        index=False, name=None
    ):
        if first in graph and second in graph:
            graph.add_edge(first, second, weight=weight)
    return graph
