"""Everything that the page of the network shows of one part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.domain.area import AreaType
from mapper.reports.network_advice import (
    LossReport,
    brokers_table,
    changes_table,
    loss_report,
    meetings_table,
    mixing_table,
)
from mapper.reports.network_layers import NetworkSlice, quarter_words, run_quarters
from mapper.reports.network_measured import SeenNetwork, seen_network
from mapper.reports.network_people import seen_organisations
from mapper.reports.network_picture import Picture, network_picture
from mapper.reports.network_report import links_table, measures_table, network_sentences
from mapper.reports.places import read_grounds
from mapper.reports.provenance import run_provenance
from mapper.reports.shown_run import run_for
from mapper.store.run_networks import run_layers
from mapper.store.runs import run_areas, run_organisations

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from mapper.domain.disclosure import Audience
    from mapper.domain.tie import Layer
    from mapper.reports.published import Provenance, PublishedTable


@dataclass(frozen=True, slots=True)
class NetworkChoices:
    """What one may choose on the page.

    Parameters
    ----------
    layers : in which the run has ties, joint activities first whether it has any or not.
    quarters, authorities, sectors : code to words, in order.
    days : the first and the last of the period.
    """

    layers: tuple[Layer, ...]
    quarters: dict[str, str]
    authorities: dict[str, str]
    sectors: dict[str, str]
    days: tuple[date, date]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One part of the network, ready to be shown.

    Parameters
    ----------
    part : which part.
    sentences : what it says, in words.
    picture : to be drawn, with its list.
    measures, links, meetings, brokers, mixing : tables.
    changes : ties that came and went since the quarter before; None for the whole period and
        for its first quarter.
    quarter_before : the words of that quarter.
    provenance : of the run.
    network : what was measured, for the loss test.
    """

    part: NetworkSlice
    sentences: tuple[str, ...]
    picture: Picture
    measures: PublishedTable
    links: PublishedTable
    meetings: PublishedTable
    brokers: PublishedTable
    mixing: PublishedTable
    changes: PublishedTable | None
    quarter_before: str
    provenance: Provenance
    network: SeenNetwork

    def loss(self, organisation_id: int) -> LossReport:
        """Say what falls apart if an organisation leaves.

        Raises
        ------
        NotFoundError
            When it is not in this part of the network.
        """
        return loss_report(self.network, organisation_id)


def network_choices(session: Session, audience: Audience) -> NetworkChoices:
    """List what one may choose of the run that the audience sees.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    run = run_for(session, audience)
    seen = seen_organisations(session, run_organisations(session, run.id), audience)
    labels = read_grounds(session).lad_labels
    here = run_areas(session, run.id, AreaType.LAD)
    first = NetworkSlice().layer
    others = [layer for layer in run_layers(session, run.id) if layer is not first]
    return NetworkChoices(
        (first, *others),
        {quarter: quarter_words(quarter) for quarter in run_quarters(run)},
        {code: name for code, name in labels.items() if code in here},
        {sector: sector for sector in sorted(set(seen["sector"]) - {""})},
        run.period.days,
    )


def network_view(session: Session, audience: Audience, part: NetworkSlice) -> NetworkView:
    """Publish one part of the network of the run that the audience sees.

    Parameters
    ----------
    audience : who is looking.
    part : which part.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    NotFoundError
        When the run has no such quarter.
    """
    run = run_for(session, audience)
    network = seen_network(session, run, audience, part)
    provenance = run_provenance(session, run)
    earlier = _quarter_before(list(run_quarters(run)), part.quarter)
    changed = None
    if earlier:
        before = seen_network(session, run, audience, replace(part, quarter=earlier))
        changed = changes_table(before, network, provenance)
    return NetworkView(
        part=part,
        sentences=network_sentences(network),
        picture=network_picture(network),
        measures=measures_table(network, audience, provenance),
        links=links_table(network, audience, provenance),
        meetings=meetings_table(session, run, network, provenance),
        brokers=brokers_table(network, provenance),
        mixing=mixing_table(network, provenance),
        changes=changed,
        quarter_before=quarter_words(earlier) if earlier else "",
        provenance=provenance,
        network=network,
    )


def _quarter_before(quarters: list[str], quarter: str) -> str:
    """The quarter before one of some; empty where there is none."""
    at = quarters.index(quarter) if quarter in quarters else 0
    return quarters[at - 1] if at else ""
