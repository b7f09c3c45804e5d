"""Who works in a local authority."""

from collections import Counter

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.reports.network_people import seen_organisations
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import naming_cell, number_cell, text_cell
from mapper.store.runs import Run, run_areas, run_providers


def provider_ids(session: Session, run: Run, lad_code: str) -> frozenset[int]:
    """Collect the organisations that deliver anything that reaches the authority."""
    return frozenset(key for _, key, _, _ in run_providers(session, run.id, [lad_code]))


def local_providers(
    session: Session, run: Run, lad_code: str, audience: Audience
) -> PublishedTable:
    """Publish who works in an authority, the most engaged first.

    Nobody is named whom the audience may not see: the public no entry that has lapsed.

    What an organisation delivers together with others counts in full for each of them, so
    the column does not add up to the authority's own figure.
    """
    own = run_providers(session, run.id, [lad_code])
    known = seen_organisations(session, [key for _, key, _, _ in own], audience)
    inside = list(run_areas(session, run.id, AreaType.LSOA, lad_code))
    reached = Counter(key for _, key, _, _ in run_providers(session, run.id, inside))
    rows = [
        (
            Cell(key, str(key)),
            naming_cell(key, str(known.loc[key, "name"])),
            *(text_cell(about) for about in known.loc[key, ["kind", "sector"]]),
            number_cell(activities),
            number_cell(dose, 1),
            number_cell(reached[key]),
        )
        for _, key, dose, activities in own
        if key in known.index
    ]
    return PublishedTable(
        audience=audience,
        title="Who works here",
        columns=_columns(run.parameters["dose"]),
        rows=tuple(rows),
        provenance=run_provenance(session, run),
    )


def _columns(unit: str) -> tuple[Column, ...]:
    spoken = unit.capitalize()
    return (
        Column("organisation_id", "Reference", "Number in mapper.", is_number=True),
        Column("name", "Organisation"),
        Column("kind", "Kind"),
        Column("sector", "Sector"),
        Column("activities", "Activities", "That reach the authority.", is_number=True),
        Column("dose", spoken, f"{spoken} that reach the authority's residents.", is_number=True),
        Column(
            "areas_reached",
            "Small areas",
            "Small areas where it is among the main providers.",
            is_number=True,
        ),
    )
