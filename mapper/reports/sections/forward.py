"""What is registered for the period ahead, and where less is than now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, sees_true_counts
from mapper.domain.period import Month, Period
from mapper.reports.provenance import run_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import OLD_RUN, Section, spoken
from mapper.reports.wording import number_cell, text_cell
from mapper.store.findings import FindingKind, run_findings
from mapper.store.runs import Run, run_areas

_AREA = (Column("area_name", "Area"), Column("area_code", "Code", "Code of the area (GSS)."))
_SCORES = (
    Column("gap_score", "Gap score", "In the period of the run.", is_number=True),
    Column(
        "gap_score_ahead",
        "Gap score ahead",
        "With the same need and what is registered for the period ahead.",
        is_number=True,
    ),
)


def forward_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish what is registered for the period ahead beside what reached each area.

    Scores rest on need: only those who see its true counts are told them.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    name, heading = "ahead", "What is planned"
    found = run_findings(session, run.id, FindingKind.FORWARD, lad_code)
    if not found:
        return Section(name, heading, (OLD_RUN,))
    own: Mapping[str, Any] = found[0].figures
    unit = run.parameters["dose"]
    has_scores = sees_true_counts(sensitivity_of(run), audience)
    areas = run_areas(session, run.id, AreaType.LSOA, lad_code)
    falling = sorted(own["lsoas"], key=lambda code: (_change(own["lsoas"][code]), code))
    rows = tuple(
        (text_cell(areas[code]["area_name"]), text_cell(code), *cells)
        for code in falling
        for cells in [_cells(own["lsoas"][code], has_scores=has_scores)]
    )
    table = PublishedTable(
        audience,
        "Areas that less is registered for than reached them",
        (*_AREA, *_doses(unit), *(_SCORES if has_scores else ())),
        rows,
        run_provenance(session, run),
    )
    words = _sentences(own, unit)
    finding = f"{words[0].split('. ')[0].rstrip('.')}."
    return Section(name, heading, words, table if rows else None, finding=finding)


def _change(row: Mapping[str, float]) -> float:
    return row["dose_ahead"] - row["dose"]


def _doses(unit: str) -> tuple[Column, ...]:
    spoken = unit.capitalize()
    return (
        Column("dose", f"{spoken} now", f"{spoken} that reached it.", is_number=True),
        Column(
            "dose_ahead",
            f"{spoken} ahead",
            f"{spoken} registered for the period ahead that will reach it.",
            is_number=True,
        ),
    )


def _cells(row: Mapping[str, Any], *, has_scores: bool) -> tuple[Cell, ...]:
    doses = (number_cell(row["dose"], 1), number_cell(row["dose_ahead"], 1))
    scores = (number_cell(row["gap_score"]), number_cell(row["gap_score_ahead"]))
    return (*doses, *scores) if has_scores else doses


def _sentences(own: Mapping[str, Any], unit: str) -> tuple[str, ...]:
    start, end = own["period"]
    period = Period(Month.parse(start), Month.parse(end)).label
    caution = "What is planned but not registered is not counted."
    if not own["activities"]:
        return (f"Nothing is registered for {period} that will reach here.", caution)
    none = own["left_with_none"]
    areas = counted(none, "small area has", "small areas have")
    lost = f" {areas} nothing registered ahead but something now." if none else ""
    work = counted(own["activities"], "activity", "activities")
    return (
        f"{work} registered for {period} will reach here: {spoken(own['dose_ahead'])} {unit}, "
        f"after {spoken(own['dose'])} in the period of this run.{lost}",
        f"The areas that lose most come first. {caution}",
    )
