"""The connection gap: areas whose providers hang on the network by a thread, or not at all."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from mapper.analysis.connection import brokers_of, connection_gaps
from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, sees_true_counts
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_measured import seen_network
from mapper.reports.provenance import run_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import NOT_OPEN, NOTHING, OLD_RUN, Section
from mapper.reports.wording import naming_cell, number_cell, text_cell
from mapper.store.findings import FindingKind, run_findings
from mapper.store.runs import Run, run_areas, run_providers

_COLUMNS = (
    Column("area_name", "Area"),
    Column("area_code", "Code"),
    Column("gap", "How its providers are tied"),
    Column("broker", "By"),
    Column("providers", "Providers", "The main ones.", is_number=True),
)


def connection_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish the areas whose providers are outside the network, or tied to it by one alone.

    Which areas are looked at rests on their need: only those who see true counts are told.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    name, heading = "connections", "Connection gap"
    found = run_findings(session, run.id, FindingKind.CONNECTION, lad_code)
    if not found or "areas" not in found[0].figures:
        return Section(name, heading, (OLD_RUN,))
    if not sees_true_counts(sensitivity_of(run), audience):
        return Section(name, heading, (NOT_OPEN,))
    areas = found[0].figures["areas"]
    rows = _rows(session, run, audience, areas)
    table = PublishedTable(
        audience, "Areas by connection", _COLUMNS, rows, run_provenance(session, run)
    )
    words = (
        f"In {f'{len(rows):,}' if rows else 'none'} of the {counted(len(areas), 'small area')} "
        "with need and provision, all who work there are outside the largest connected part of "
        "the network, or would be cut off from it by the loss of one other organisation.",
        "A tie is an activity registered together; who talks to whom is not registered.",
    )
    finding = (
        f"{counted(len(rows), 'small area hangs', 'small areas hang')} on the network by one "
        "organisation alone, or not at all."
        if rows
        else "No small area hangs on the network by one organisation alone."
    )
    return Section(name, heading, words, table if rows else None, finding=finding)


def _rows(
    session: Session, run: Run, audience: Audience, wanted: Sequence[str]
) -> tuple[tuple[Cell, ...], ...]:
    """The areas that hang by a thread, as the ties look among those whom the audience may see."""
    areas = run_areas(session, run.id, AreaType.LSOA)
    seen = seen_network(session, run, audience, NetworkSlice()).graph
    columns = ["area_code", "organisation_id", "dose", "activities"]
    providers = pd.DataFrame(run_providers(session, run.id, wanted), columns=columns)
    providers = providers[providers["organisation_id"].isin(list(seen))]
    gaps = connection_gaps(providers, brokers_of(seen, seen.edges), wanted)
    return tuple(
        (
            text_cell(areas[code]["area_name"]),
            text_cell(code),
            text_cell(row["connection_gap"]),
            Cell(None, NOTHING)
            if pd.isna(row["broker"])
            else naming_cell(int(row["broker"]), seen.nodes[row["broker"]]["name"]),
            number_cell(row["providers"]),
        )
        for code, row in sorted(gaps.to_dict("index").items(), key=lambda item: str(item[0]))
        if code in areas
    )
