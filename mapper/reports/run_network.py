"""Who works where and with whom, as a run measures it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from mapper.analysis.coverage import providers
from mapper.analysis.reach import Reach
from mapper.domain.disclosure import Audience
from mapper.domain.tie import Layer
from mapper.network.layers import joint_meetings, meeting_ties, quarters, shared_venues
from mapper.network.measures import Measured, measure
from mapper.reports.inputs import RunInputs
from mapper.reports.network_layers import LayerTies
from mapper.reports.network_people import digest_of
from mapper.store.run_networks import RunLink, RunMeeting, RunNetwork

_LEAST_SHARE, _MOST_NAMED = 0.05, 5
_QUARTERS_UP_TO = 20_000
"""Organisations of a run whose quarters are measured with it."""
_NO_LINKS = pd.DataFrame(
    columns=["first_id", "second_id", "weight", "starts_on", "ends_on", "is_confirmed"]
)
_NO_MEETINGS = pd.DataFrame(columns=["meeting", "organisation_id", "starts_on", "ends_on"])

Ties = Mapping[Layer, LayerTies]


@dataclass(frozen=True, slots=True)
class NetworkScope:
    """For whom and for when a run measures the network.

    Parameters
    ----------
    seen : by audience, as `mapper.reports.network_people.seen_organisations`.
    days : first and last day of the period.
    seed : of communities and layout.
    """

    seen: Mapping[Audience, pd.DataFrame]
    days: tuple[date, date]
    seed: int


@dataclass(frozen=True, slots=True)
class NetworkRows:
    """The network of a run, to be stored.

    Parameters
    ----------
    organisations, links, meetings, networks : as `mapper.store.runs.RunResults` takes them.
    summary : figures of joint activities over the whole period, as analysts see them.
    """

    organisations: dict[int, dict[str, int]]
    links: list[RunLink]
    meetings: list[RunMeeting]
    networks: list[RunNetwork]
    summary: Mapping[str, Any]


def measure_network(inputs: RunInputs, scope: NetworkScope) -> NetworkRows:
    """Collect the ties of every layer, and measure the networks that are kept with the run.

    Parameters
    ----------
    inputs : of the run.
    scope : for whom and for when.
    """
    ties = ties_by_layer(inputs)
    networks = measured_networks(ties, scope)
    return NetworkRows(
        taking_part(inputs),
        stored_links(ties, inputs.organisations),
        stored_meetings(ties),
        networks,
        whole_network(networks, scope.seen[Audience.ANALYST]),
    )


def who_works_where(reach: Reach, inputs: RunInputs) -> pd.DataFrame:
    """List who works in each LSOA, less those who only touch it, and in each local authority.

    Parameters
    ----------
    reach : where the dose of each activity lands.
    inputs : of the run.

    Returns
    -------
    As `mapper.analysis.coverage.providers`.
    """
    near = providers(reach, inputs.activities, inputs.participations)
    total = near.groupby("area_code")["dose"].transform("sum")
    place = near.groupby("area_code").cumcount()
    near = near[(near["dose"] >= _LEAST_SHARE * total) | (place < _MOST_NAMED)]
    by_authority = reach.by_group(inputs.areas["lad_code"])
    return pd.concat([near, providers(by_authority, inputs.activities, inputs.participations)])


def taking_part(inputs: RunInputs) -> dict[int, dict[str, int]]:
    """Count the activities that each organisation of a run took part in.

    Parameters
    ----------
    inputs : of the run.
    """
    counted = inputs.participations["organisation_id"].value_counts().to_dict()
    return {
        int(key): {"activities": int(counted.get(key, 0))}
        for key in inputs.organisations.index.tolist()
    }


def ties_by_layer(inputs: RunInputs) -> dict[Layer, LayerTies]:
    """Collect the ties of every layer.

    Parameters
    ----------
    inputs : of the run.
    """
    met = inputs.activities, inputs.participations
    found = {
        Layer.JOINT: LayerTies(joint_meetings(*met), _NO_LINKS),
        Layer.VENUE: LayerTies(shared_venues(*met), _NO_LINKS),
    }
    for name, rows in inputs.links.groupby("layer", sort=True):
        found[Layer(str(name))] = LayerTies(_NO_MEETINGS, rows.drop(columns="layer"))
    return found


def stored_meetings(ties: Ties) -> list[RunMeeting]:
    """Write down who took part in what, in every layer without direction."""
    return [
        RunMeeting(layer.value, *row)
        for layer, own in ties.items()
        for row in own.meetings.itertuples(index=False, name=None)
    ]


def stored_links(ties: Ties, organisations: pd.DataFrame) -> list[RunLink]:
    """Write down the ties of every layer, among all organisations of the run."""
    found = []
    for layer, own in ties.items():
        if layer.is_directed:
            found += [
                _stored_link(layer, one, other, tie)
                for one, other, tie in own.graph(layer, organisations).edges(data=True)
            ]
            continue
        rows = meeting_ties(organisations.index, own.meetings).drop(columns="newman")
        for one, other, *values in rows.itertuples(index=False, name=None):
            tie = dict(zip(rows.columns[2:], values, strict=True))
            found.append(_stored_link(layer, one, other, tie))
    return found


def measured_networks(ties: Ties, scope: NetworkScope) -> list[RunNetwork]:
    """Measure every network that is kept with the run, once for all who see the same.

    These are each layer over the whole period, and the layer of joint activities by quarter
    unless there are more than 20,000 organisations. The narrower ones, of an authority or a
    sector, are small and many, and are measured when somebody asks for one
    (`mapper.reports.network_measured`).

    Parameters
    ----------
    ties : of every layer.
    scope : for whom and for when.
    """
    by_digest = {digest_of(seen): seen for seen in scope.seen.values()}
    return [
        network
        for digest, seen in by_digest.items()
        for network in _networks(digest, seen, ties, scope)
    ]


def whole_network(networks: list[RunNetwork], seen: pd.DataFrame) -> Mapping[str, Any]:
    """Find the figures of joint activities over the whole period, as some see them.

    Parameters
    ----------
    networks : as `measured_networks`.
    seen : as `mapper.reports.network_people.seen_organisations`.
    """
    digest = digest_of(seen)
    return next(
        network.summary
        for network in networks
        if (network.seen, network.layer, network.quarter) == (digest, Layer.JOINT.value, "")
    )


def as_stored(measured: Measured) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Give the figures as plain values, missing ones as None and none of them rounded."""
    frame = measured.organisations.reset_index()
    summary = {name: _or_none(value) for name, value in measured.summary.items()}
    values = frame.astype(object).where(frame.notna(), None)
    columns = {name: values[name].tolist() for name in frame.columns}
    return summary, columns


def _networks(
    digest: str, seen: pd.DataFrame, ties: Ties, scope: NetworkScope
) -> Iterator[RunNetwork]:
    joint = ties[Layer.JOINT]
    whole = measure(joint.graph(Layer.JOINT, seen), scope.seed)
    yield RunNetwork(digest, Layer.JOINT.value, *as_stored(whole))
    for layer, own in ties.items():
        if layer is not Layer.JOINT and (len(own.meetings) or len(own.links)):
            found = measure(own.graph(layer, seen), scope.seed)
            yield RunNetwork(digest, layer.value, *as_stored(found))
    if len(seen) > _QUARTERS_UP_TO:
        return
    for quarter, days in quarters(*scope.days).items():
        graph = joint.on_days(days).graph(Layer.JOINT, seen)
        found = measure(graph, scope.seed, whole.organisations)
        yield RunNetwork(digest, Layer.JOINT.value, *as_stored(found), quarter=quarter)


def _stored_link(layer: Layer, one: int, other: int, tie: Mapping[str, Any]) -> RunLink:
    return RunLink(
        one,
        other,
        float(tie["weight"]),
        layer.value,
        *(_or_none(tie.get(name)) for name in ("starts_on", "ends_on", "is_confirmed")),
    )


def _or_none(value: Any) -> Any:  # noqa: ANN401  (whatever a cell of a frame may hold)
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value
