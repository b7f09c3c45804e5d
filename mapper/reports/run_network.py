"""Who works where and with whom, as a run measures it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from mapper.analysis.coverage import providers
from mapper.analysis.reach import Reach
from mapper.network.centrality import centrality
from mapper.network.cohesion import cohesion, membership
from mapper.network.graph import build_graph, project_to_organisations
from mapper.network.layout import layout
from mapper.reports.inputs import RunInputs

_LEAST_SHARE, _MOST_NAMED = 0.05, 5


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a run and what was measured of it."""

    links: list[tuple[int, int, float]]
    measures: pd.DataFrame
    summary: Mapping[str, Any]


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


def measure_network(inputs: RunInputs, seed: int) -> Network:
    """Measure the network of joint activities.

    Parameters
    ----------
    inputs : of the run.
    seed : of communities and layout.
    """
    graph = build_graph(inputs.organisations, inputs.participations)
    measures = centrality(graph)
    belongs = membership(graph, seed).drop(columns="is_isolated")
    places = layout(graph, seed)
    ties = project_to_organisations(pd.Index(measures.index), inputs.participations)
    return Network(ties, measures.join(belongs).join(places), asdict(cohesion(graph, seed)))
