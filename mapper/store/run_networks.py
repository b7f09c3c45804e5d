"""The network of a run: its ties, who met whom and when, and what was measured of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.tie import Layer
from mapper.store.models import RunLinkRow, RunMeetingRow, RunNetworkRow
from mapper.store.plain_rows import plain_rows

_LINK: Final = ("first_id", "second_id", "weight", "starts_on", "ends_on", "is_confirmed")
_MEETING: Final = ("meeting", "organisation_id", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class RunLink:
    """A tie of a run.

    Parameters
    ----------
    first_id, second_id : of the organisations: from and to where the layer has a direction,
        else the smaller first.
    weight : above zero.
    layer : of the network.
    starts_on, ends_on : the first and last day it is known to hold; None where not known.
    is_confirmed : whether the other side confirmed a declared one; None for any other.
    """

    first_id: int
    second_id: int
    weight: float
    layer: str = Layer.JOINT.value
    starts_on: date | None = None
    ends_on: date | None = None
    is_confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class RunMeeting:
    """That an organisation took part in something.

    Parameters
    ----------
    layer : of the network that ties those who did.
    meeting : number of what they took part in, within the layer.
    organisation_id : who.
    starts_on, ends_on : first and last day.
    """

    layer: str
    meeting: int
    organisation_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RunNetwork:
    """What was measured of one network of a run.

    Parameters
    ----------
    seen : digest of the organisations that whoever looks may see.
    layer : of the network.
    summary : figures for the whole.
    measures : column to values, all equally long; `organisation_id` among them.
    quarter : such as ``2025-1``, whose ties alone are in it; empty for the whole period.
    """

    seen: str
    layer: str
    summary: Mapping[str, Any]
    measures: Mapping[str, list[Any]] = field(default_factory=dict)
    quarter: str = ""


def run_links(session: Session, run_id: int, layer: Layer = Layer.JOINT) -> pd.DataFrame:
    """Read the ties of one layer of a run.

    Returns
    -------
    Columns `first_id`, `second_id`, `weight`, `starts_on`, `ends_on`, `is_confirmed`, as in
    `RunLink`, in order of the ids.
    """
    query = (
        select(*(getattr(RunLinkRow, name) for name in _LINK))
        .where(RunLinkRow.run_id == run_id, RunLinkRow.layer == layer)
        .order_by(RunLinkRow.first_id, RunLinkRow.second_id)
    )
    return pd.DataFrame(plain_rows(session, query), columns=list(_LINK))


def run_meetings(session: Session, run_id: int, layer: Layer = Layer.JOINT) -> pd.DataFrame:
    """Read who took part in what in a run.

    Returns
    -------
    Columns `meeting`, `organisation_id`, `starts_on`, `ends_on`; empty for a run that was made
    before they were kept.
    """
    query = (
        select(*(getattr(RunMeetingRow, name) for name in _MEETING))
        .where(RunMeetingRow.run_id == run_id, RunMeetingRow.layer == layer)
        .order_by(RunMeetingRow.meeting, RunMeetingRow.organisation_id)
    )
    return pd.DataFrame(plain_rows(session, query), columns=list(_MEETING))


def run_layers(session: Session, run_id: int) -> list[Layer]:
    """List the layers in which a run has any tie, in the order of `Layer`."""
    query = select(RunLinkRow.layer).where(RunLinkRow.run_id == run_id).distinct()
    found = set(session.scalars(query))
    return [layer for layer in Layer if layer in found]


def run_network(session: Session, run_id: int, wanted: RunNetwork) -> RunNetwork | None:
    """Read one network that a run measured; None when it did not.

    Parameters
    ----------
    wanted : its `seen`, `layer` and `quarter` say which.
    """
    row = session.get(RunNetworkRow, (run_id, wanted.seen, wanted.layer, wanted.quarter))
    if row is None:
        return None
    return RunNetwork(row.seen, row.layer, row.summary, row.measures, row.quarter)
