"""Layers of the network: who took part in what, and when, and what ties that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from mapper.network.graph import in_order, project_to_organisations, without_ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

MEETING_COLUMNS = ("meeting", "organisation_id", "starts_on", "ends_on")


def joint_meetings(activities: pd.DataFrame, participations: pd.DataFrame) -> pd.DataFrame:
    """List who took part in which activity, and on what days it ran.

    Parameters
    ----------
    activities : index activity_id (int); `starts_on`, `ends_on`.
    participations : `activity_id`, `organisation_id`.

    Returns
    -------
    Columns `meeting` (the activity's number), `organisation_id`, `starts_on`, `ends_on`, in
    order of the first two; the same twice counts once.
    """
    rows = participations[["activity_id", "organisation_id"]].drop_duplicates()
    rows = rows.join(activities[["starts_on", "ends_on"]], on="activity_id", how="inner")
    return _meetings(rows.rename(columns={"activity_id": "meeting"}))


def shared_venues(activities: pd.DataFrame, participations: pd.DataFrame) -> pd.DataFrame:
    """List who delivered activities at which venue, and from what day to what day.

    Parameters
    ----------
    activities : index activity_id; `easting_m`, `northing_m` (National Grid; missing for what
        has no venue that may be counted exactly, which ties nobody), `starts_on`, `ends_on`.
    participations : `activity_id`, `organisation_id`.

    Returns
    -------
    As `joint_meetings`; a venue's number is its place in order of easting and northing to the
    metre. From the first day of an organisation's first activity there to the last of its last.
    """
    placed = activities.dropna(subset=["easting_m", "northing_m"])
    points = placed[["easting_m", "northing_m"]].round().astype(np.int64)
    numbers = points.groupby(["easting_m", "northing_m"], sort=True).ngroup() + 1
    # Days as Python has them are compared one by one, and slowly.
    days = {name: pd.to_datetime(placed[name]) for name in ("starts_on", "ends_on")}
    placed = pd.DataFrame({"meeting": numbers, **days})
    rows = participations[["activity_id", "organisation_id"]].drop_duplicates()
    rows = rows.join(placed, on="activity_id", how="inner")
    both = rows.groupby(["meeting", "organisation_id"], sort=True)
    together = both.agg(starts_on=("starts_on", "min"), ends_on=("ends_on", "max"))
    there = {name: together[name].dt.date for name in days}
    return _meetings(together.assign(**there).reset_index())


def on_days(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Keep what falls, at least in part, on the days from first to last.

    Parameters
    ----------
    rows : with `starts_on` and `ends_on`; a missing one stands for always.
    first, last : the days; both count.
    """
    starts, ends = rows["starts_on"].tolist(), rows["ends_on"].tolist()
    inside = [
        (pd.isna(start) or start <= last) and (pd.isna(end) or end >= first)
        for start, end in zip(starts, ends, strict=True)
    ]
    return rows[np.array(inside, dtype=bool)]


def meeting_graph(organisations: pd.DataFrame, meetings: pd.DataFrame) -> nx.Graph[Any]:
    """Tie those who took part in the same, with both weights of each tie.

    Parameters
    ----------
    organisations : as for `mapper.network.graph.build_graph`; only these are tied, and only
        they count among those who took part.
    meetings : as `joint_meetings` or `shared_venues` give them.

    Returns
    -------
    Undirected graph; on every edge `weight` (how many meetings both took part in), `newman`
    (of each meeting 1 / (k - 1), when k took part), `starts_on` and `ends_on` (first and last
    day of any of them).
    """
    graph = without_ties(organisations)
    ties = meeting_ties(organisations.index, meetings)
    about = list(ties.columns[2:])
    for one, other, *values in ties.itertuples(index=False, name=None):
        graph.add_edge(one, other, **dict(zip(about, values, strict=True)))
    return graph


def meeting_ties(organisation_ids: pd.Index, meetings: pd.DataFrame) -> pd.DataFrame:
    """List who is tied to whom by taking part in the same.

    Parameters
    ----------
    organisation_ids : of those who are tied, and count among those who took part.
    meetings : as `joint_meetings` or `shared_venues` give them.

    Returns
    -------
    Columns `first_id`, `second_id` and those of the edges of `meeting_graph`, in order.
    """
    rows = meetings.rename(columns={"meeting": "activity_id"})
    ties = project_to_organisations(pd.Index(in_order(organisation_ids)), rows)
    return ties.rename(columns={"count": "weight"})


def link_graph(organisations: pd.DataFrame, links: pd.DataFrame) -> nx.DiGraph[Any]:
    """Tie those whom directed links lead from one to another.

    Parameters
    ----------
    organisations : as for `mapper.network.graph.build_graph`; only these are tied.
    links : `first_id` (from), `second_id` (to), `weight`, `starts_on`, `ends_on`,
        `is_confirmed`.

    Returns
    -------
    Directed graph with these on its edges.
    """
    graph: nx.DiGraph[Any] = nx.DiGraph(without_ties(organisations))
    is_known = links["first_id"].isin(organisations.index) & links["second_id"].isin(
        organisations.index
    )
    for row in links[is_known].to_dict("records"):
        about = {name: row[name] for name in ("weight", "starts_on", "ends_on", "is_confirmed")}
        graph.add_edge(row["first_id"], row["second_id"], **about)
    return graph


def without_direction(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Tie two when either leads to the other, the weights of both ways added up.

    Parameters
    ----------
    graph : directed or not; one without direction is given back as it is.
    """
    if not graph.is_directed():
        return graph
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(graph.nodes(data=True))
    for one, other, weight in graph.edges(data="weight", default=1):
        before = plain.edges[one, other]["weight"] if plain.has_edge(one, other) else 0
        plain.add_edge(one, other, weight=before + weight)
    return plain


def quarters(first: date, last: date) -> dict[str, tuple[date, date]]:
    """Name the quarters of the calendar that some days fall in.

    Parameters
    ----------
    first, last : of the days; both count.

    Returns
    -------
    Name, such as ``2025-1`` for January to March 2025, to its own first and last day within
    those given, in order.
    """
    days = pd.period_range(first, last, freq="Q")
    return {
        f"{quarter.year}-{quarter.quarter}": (
            max(quarter.start_time.date(), first),
            min(quarter.end_time.date(), last),
        )
        for quarter in days
    }


def changes(
    before: Iterable[tuple[Any, Any]], after: Iterable[tuple[Any, Any]]
) -> Mapping[str, list[tuple[Any, Any]]]:
    """Say which ties came and went between two dates.

    Parameters
    ----------
    before, after : ties as pairs; each pair in the same order in both.

    Returns
    -------
    `new`, `gone` and `kept`, each in order.
    """
    then, now = set(before), set(after)
    return {"new": sorted(now - then), "gone": sorted(then - now), "kept": sorted(now & then)}


def _meetings(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values(["meeting", "organisation_id"], kind="stable")
    return ordered[list(MEETING_COLUMNS)].reset_index(drop=True)
