"""The network on two days of a run: what was measured then and now, and what came and went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.domain.counted import counted
from mapper.errors import InvalidValueError
from mapper.network.measures import measure
from mapper.reports.network_advice import changes_table
from mapper.reports.network_layers import LayerTies, NetworkSlice, stored_ties
from mapper.reports.network_measured import SeenNetwork, members_of
from mapper.reports.network_people import seen_organisations
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, Provenance, PublishedTable
from mapper.reports.run_network import as_stored
from mapper.reports.shown_run import run_for
from mapper.reports.wording import date_words, exact_cell, naming_cell, number_cell, text_cell
from mapper.store.runs import Run, run_organisations

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from mapper.domain.disclosure import Audience

_WHOLE = (
    ("links", "Ties", "Pairs of organisations that are tied.", 0),
    ("isolates", "Tied to nobody", "Organisations without a tie on that day.", 0),
    (
        "largest_component",
        "In the largest connected part",
        "Organisations that are tied to one another, directly or by others.",
        0,
    ),
    ("communities", "Communities", "Groups that work together more than with others.", 0),
    (
        "cut_points",
        "Whose loss would split it",
        "Organisations that hold others together.",
        0,
    ),
    ("density", "Density", "Ties present out of those possible, 0 to 1.", 4),
    ("degree_centralisation", "Centralisation", "1 where all hang on one, 0 where all alike.", 3),
    ("sector_index", "E-I index of sectors", "1 when every tie leads to another sector.", 3),
)
"""Figure of the whole, its heading, its meaning and its digits."""


@dataclass(frozen=True, slots=True)
class NetworkBetween:
    """One part of the network on two days.

    Parameters
    ----------
    part : which part; its quarter is empty.
    days : the earlier and the later one.
    sentences : what came of it, in words.
    whole : figures of the whole, then and now.
    organisations : of each that had a tie on either day: partners and betweenness, then and now.
    changes : ties that were made and lost.
    provenance : of the run.
    """

    part: NetworkSlice
    days: tuple[date, date]
    sentences: tuple[str, ...]
    whole: PublishedTable
    organisations: PublishedTable
    changes: PublishedTable
    provenance: Provenance


def network_between(
    session: Session, audience: Audience, part: NetworkSlice, days: tuple[date, date]
) -> NetworkBetween:
    """Publish one part of the network on two days of the run that the audience sees.

    A tie is there on a day when what ties the two went on: of joint activities one that had
    begun and not ended, of declared links one that held.

    Parameters
    ----------
    audience : who is looking.
    part : which part; its quarter is passed over.
    days : two days of the period of the run, the earlier first.

    Raises
    ------
    InvalidValueError
        When a day is not in the period, or the second is not after the first.
    NotReadyError
        When no analysis has been run yet.
    """
    run = run_for(session, audience)
    _require_days(run, days)
    wanted = replace(part, quarter="")
    everybody = seen_organisations(session, run_organisations(session, run.id), audience)
    members = members_of(session, run, everybody, wanted)
    ties = stored_ties(session, run, wanted.layer)
    then, now = (_on_day(ties, members, (run, audience, wanted), day) for day in days)
    provenance = run_provenance(session, run)
    changes = changes_table(then, now, provenance)
    return NetworkBetween(
        part=wanted,
        days=days,
        sentences=_sentences(changes, now, days),
        whole=_whole_table(then, now, provenance),
        organisations=_organisations_table(then, now, provenance),
        changes=changes,
        provenance=provenance,
    )


def _require_days(run: Run, days: tuple[date, date]) -> None:
    first, last = run.period.days
    outside = [day for day in days if not first <= day <= last]
    if outside:
        raise InvalidValueError(
            f"{date_words(outside[0])} is not in the period of the analysis.",
            expected=f"A day from {date_words(first)} to {date_words(last)}.",
        )
    if days[0] >= days[1]:
        raise InvalidValueError(
            "The second day is not after the first.", expected="An earlier day, then a later one."
        )


def _on_day(
    ties: LayerTies,
    members: pd.DataFrame,
    of: tuple[Run, Audience, NetworkSlice],
    day: date,
) -> SeenNetwork:
    run, audience, part = of
    graph = ties.on_days((day, day)).graph(part.layer, members)
    # Nothing is drawn of a day: where everybody stands would take the longest to work out.
    nowhere = pd.DataFrame(0.0, index=members.index, columns=["x", "y"])
    summary, columns = as_stored(measure(graph, run.parameters["seed"], nowhere))
    figures = pd.DataFrame(columns).set_index("organisation_id")
    return SeenNetwork(audience, part, graph, figures, summary)


def _sentences(
    changes: PublishedTable, now: SeenNetwork, days: tuple[date, date]
) -> tuple[str, ...]:
    words = [row["change"].text for row in changes.records()]
    made = words.count("new")
    kept = now.graph.number_of_edges() - made
    return (
        f"From {date_words(days[0])} to {date_words(days[1])}, "
        f"{counted(made, 'tie was', 'ties were')} made, {len(words) - made:,} lost and "
        f"{kept:,} kept.",
        "A tie is there on a day when what ties the two had begun and not ended: what took a "
        "single day ties nobody on the next.",
    )


def _whole_table(then: SeenNetwork, now: SeenNetwork, provenance: Provenance) -> PublishedTable:
    columns = (
        Column("measure", "Measure"),
        Column("then", "Then", is_number=True),
        Column("now", "Now", is_number=True),
        Column("meaning", "What it says"),
    )
    rows = tuple(
        (
            text_cell(heading),
            *(exact_cell(each.summary[name], digits, "not known") for each in (then, now)),
            text_cell(meaning),
        )
        for name, heading, meaning, digits in _WHOLE
    )
    return PublishedTable(now.audience, "Then and now", columns, rows, provenance)


def _organisations_table(
    then: SeenNetwork, now: SeenNetwork, provenance: Provenance
) -> PublishedTable:
    columns = (
        Column("organisation_id", "Reference", "Number in mapper.", is_number=True),
        Column("name", "Organisation"),
        Column("partners_then", "Partners then", is_number=True),
        Column("partners_now", "Partners now", is_number=True),
        Column("partners_change", "Change", "In partners.", is_number=True),
        Column(
            "betweenness_then",
            "Between others then (%)",
            "Share of shortest paths between other organisations that pass through it.",
            is_number=True,
        ),
        Column("betweenness_now", "Between others now (%)", is_number=True),
    )
    partners = {
        int(key): (then.graph.degree(key), now.graph.degree(key)) for key in now.graph.nodes
    }
    tied = [key for key, degrees in partners.items() if any(degrees)]
    tied.sort(key=lambda key: (-abs(partners[key][1] - partners[key][0]), key))
    rows = tuple(_organisation_cells(key, partners[key], then, now) for key in tied)
    title = "Organisations then and now, the most changed first"
    return PublishedTable(now.audience, title, columns, rows, provenance)


def _organisation_cells(
    key: int, degrees: tuple[int, int], then: SeenNetwork, now: SeenNetwork
) -> tuple[Cell, ...]:
    shares: list[Any] = [each.figures.loc[key, "betweenness"] for each in (then, now)]
    return (
        Cell(key, str(key)),
        naming_cell(key, now.graph.nodes[key]["name"]),
        *(number_cell(degree) for degree in degrees),
        number_cell(degrees[1] - degrees[0]),
        *(exact_cell(100 * share, 2) for share in shares),
    )
