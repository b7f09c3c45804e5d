"""What to make of the network: who should meet, who stands between, what a loss parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Visibility
from mapper.network.brokerage import DIRECTED_ROLES, ROLES
from mapper.network.introductions import introductions, reason_in_words
from mapper.network.layers import changes, without_direction
from mapper.network.loss import loss_test
from mapper.network.mixing import mixing
from mapper.reports.published import Column, Provenance, PublishedTable
from mapper.reports.wording import exact_cell, listed, naming_cell, number_cell, text_cell
from mapper.store.areas import area_names
from mapper.store.listings import organisation_rows
from mapper.store.runs import Run, run_providers

if TYPE_CHECKING:
    import networkx as nx
    from sqlalchemy.orm import Session

    from mapper.reports.network_measured import SeenNetwork

_WORDS = {"area": "in", "theme": "on", "cohort": "with"}
_NAMED = 8
_MEETINGS = (
    Column("first", "Organisation"),
    Column("second", "Should meet"),
    Column("reason", "Because"),
    Column(
        "score",
        "Score",
        "Adds, for each partner and each area, theme and cohort in common, 1 over the logarithm "
        "of how many have it: the rarer, the more (Adamic and Adar 2003).",
        is_number=True,
    ),
)
_ROLE_MEANINGS = {
    "coordinator": ("Within its sector", "All three are of its sector."),
    "gatekeeper": ("Into its sector", "It and the last are of one sector, the first of another."),
    "representative": ("Out of its sector", "It and the first are of one sector."),
    "consultant": ("Within another sector", "The two are of one sector, it of another."),
    "liaison": ("Between two others", "All three are of different sectors."),
}
_MIXING = (
    Column("sector", "Sector"),
    Column("organisations", "Organisations", is_number=True),
    Column("inside", "Ties inside", "Between two of the sector.", is_number=True),
    Column("outside", "Ties to others", "From the sector to other sectors.", is_number=True),
    Column(
        "index",
        "E-I index",
        "-1 when every tie is inside, 1 when every tie leads outside (Krackhardt and Stern 1988).",
        is_number=True,
    ),
)
_CHANGES = (
    Column("change", "Change"),
    Column("first", "Organisation"),
    Column("second", "Works with"),
)


@dataclass(frozen=True, slots=True)
class LossReport:
    """What falls apart if one organisation leaves.

    Parameters
    ----------
    organisation_id, name : of the one that leaves.
    sentences : what would be lost, in words.
    cut_off : organisations that could no longer reach the largest part left, by number and name.
    """

    organisation_id: int
    name: str
    sentences: tuple[str, ...]
    cut_off: tuple[tuple[int, str], ...]


def meetings_table(
    session: Session, run: Run, network: SeenNetwork, provenance: Provenance
) -> PublishedTable:
    """Publish who should meet: pairs without a tie that share ground, each with its reason.

    Only what the directory and the register show of both is ground: themes and cohorts, the
    ward and authority of a site as far as it is shown, authorities that their work reaches.

    Parameters
    ----------
    run : whose network.
    network : as an audience sees it; nobody else is proposed, or named as a partner.
    provenance : of the run.
    """
    ground = _ground(session, run, network.graph)
    found = introductions(without_direction(network.graph), ground)
    names = network.graph.nodes
    areas = area_names(session)
    of_area = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    rows = tuple(
        (
            naming_cell(row["organisation_id"], names[row["organisation_id"]]["name"]),
            naming_cell(row["other_organisation_id"], names[row["other_organisation_id"]]["name"]),
            text_cell(_reason(row, names, of_area)),
            exact_cell(row["score"], 2),
        )
        for row in found.to_dict("records")
    )
    return PublishedTable(network.audience, "Who should meet", _MEETINGS, rows, provenance)


def brokers_table(network: SeenNetwork, provenance: Provenance) -> PublishedTable:
    """Publish who stands between two that are not tied, those between most first."""
    roles = DIRECTED_ROLES if network.graph.is_directed() else ROLES
    figures = network.figures[network.figures["broker_brokered"] > 0]
    ordered = figures.sort_values(["broker_brokered"], ascending=False, kind="stable")
    names = network.graph.nodes
    rows = tuple(
        (
            naming_cell(int(str(key)), names[key]["name"]),
            text_cell(names[key]["sector"]),
            number_cell(row["broker_brokered"]),
            *(number_cell(row[f"broker_{role}"]) for role in roles),
        )
        for key, row in ordered.to_dict("index").items()
    )
    columns = (
        Column("name", "Organisation"),
        Column("sector", "Sector"),
        Column(
            "brokered",
            "Pairs",
            "Pairs that are tied to it and not to each other (Gould and Fernandez 1989).",
            is_number=True,
        ),
        *(Column(role, *_ROLE_MEANINGS[role], is_number=True) for role in roles),
    )
    return PublishedTable(network.audience, "Who stands between others", columns, rows, provenance)


def mixing_table(network: SeenNetwork, provenance: Provenance) -> PublishedTable:
    """Publish how far each sector works with its own and with others."""
    found = mixing(without_direction(network.graph), "sector").by_group
    rows = tuple(
        (
            text_cell(sector),
            number_cell(row["organisations"]),
            number_cell(row["inside"]),
            number_cell(row["outside"]),
            exact_cell(None if pd.isna(row["index"]) else row["index"], 2, "no ties"),
        )
        for sector, row in found.to_dict("index").items()
    )
    return PublishedTable(
        network.audience, "Work within and between sectors", _MIXING, rows, provenance
    )


def changes_table(
    before: SeenNetwork, after: SeenNetwork, provenance: Provenance
) -> PublishedTable:
    """Publish which ties came and went between two quarters.

    Parameters
    ----------
    before, after : the same part of the network in the earlier and the later quarter.
    provenance : of the run.
    """
    found = changes(_ties(before.graph), _ties(after.graph))
    names = {**dict(before.graph.nodes(data="name")), **dict(after.graph.nodes(data="name"))}
    rows = tuple(
        (text_cell(words), naming_cell(one, names[one]), naming_cell(other, names[other]))
        for kind, words in (("new", "new"), ("gone", "no longer there"))
        for one, other in found[kind]
    )
    return PublishedTable(after.audience, "Ties that came and went", _CHANGES, rows, provenance)


def loss_report(network: SeenNetwork, organisation_id: int) -> LossReport:
    """Say what falls apart if an organisation leaves.

    Parameters
    ----------
    network : as an audience sees it.
    organisation_id : of the one that leaves.

    Raises
    ------
    NotFoundError
        When it is not in that network.
    """
    loss = loss_test(without_direction(network.graph), organisation_id)
    names = network.graph.nodes
    alone = [names[one]["name"] for one in loss.left_alone]
    noun = network.part.layer.weight_noun.lower()
    sentences = [
        f"It is tied to {counted(loss.partners, 'organisation')}, by {loss.weight:,.0f} {noun} "
        "added up over them."
    ]
    if loss.pairs_parted:
        sentences.append(
            f"Without it its part of the network falls into {len(loss.parts):,}: "
            f"{counted(loss.pairs_parted, 'pair')} of others could no longer reach each other, and "
            f"{counted(len(loss.cut_off), 'organisation')} would be cut off from the largest part "
            "that is left."
        )
    else:
        sentences.append("Without it all others could still reach each other as now.")
    if alone:
        sentences.append(f"It is the only partner of {listed(_some(alone))}.")
    cut_off = tuple((one, names[one]["name"]) for one in loss.cut_off)
    return LossReport(organisation_id, names[organisation_id]["name"], tuple(sentences), cut_off)


def _ground(session: Session, run: Run, graph: nx.Graph[Any]) -> pd.DataFrame:
    """What organisations have that others may share, as far as it is shown."""
    rows = organisation_rows(session)
    rows = rows[rows.index.isin(list(graph))]
    is_told = rows["visibility"] != Visibility.HIDDEN
    in_ward = rows["visibility"].isin([Visibility.EXACT, Visibility.WARD])
    found: list[tuple[int, str, str]] = []
    for kind, values in (
        ("theme", rows["theme"]),
        ("cohort", rows["cohort"]),
        ("area", rows["lad_code"].where(is_told, "")),
        ("area", rows["ward_code"].where(in_ward, "")),
    ):
        for key, joined in values.items():
            found += [(int(str(key)), kind, term) for term in str(joined).split("; ") if term]
    codes = area_names(session)
    lads = codes["area_code"][codes["level"] == AreaType.LAD].tolist()
    reached = run_providers(session, run.id, lads)
    found += [(key, "area", code) for code, key, _, _ in reached]
    return pd.DataFrame(found, columns=["organisation_id", "kind", "term"])


def _reason(row: dict[Any, Any], names: Any, of_area: dict[Any, Any]) -> str:  # noqa: ANN401
    shared = tuple(
        (kind, str(of_area.get(term, term)) if kind == "area" else term)
        for kind, term in row["shared"]
    )
    partners = tuple(names[one]["name"] for one in row["partners"])
    return reason_in_words(partners, shared, _WORDS)


def _ties(graph: nx.Graph[Any]) -> list[tuple[Any, Any]]:
    if graph.is_directed():
        return list(graph.edges)
    return [(min(ends), max(ends)) for ends in graph.edges]


def _some(names: list[str]) -> list[str]:
    more = len(names) - _NAMED
    return names if more <= 0 else [*names[:_NAMED], f"{more:,} more"]
