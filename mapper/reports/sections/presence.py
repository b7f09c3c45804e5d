"""What is near: for every kind of organisation, how many areas have one in reach."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import OLD_RUN, Section
from mapper.reports.wording import number_cell, text_cell
from mapper.store.findings import FindingKind, run_findings
from mapper.store.runs import Run, run_areas

_KM = 1000
_COLUMNS = (
    Column("kind", "Kind"),
    Column(
        "areas_in_reach",
        "Small areas in reach",
        "Small areas with one within 1.6 km of where people live, 8 km in the country.",
        is_number=True,
    ),
    Column("areas", "Of", "Small areas of the authority.", is_number=True),
    Column(
        "median_km",
        "Half are nearer than (km)",
        "In a straight line to the nearest, wherever it is.",
        is_number=True,
    ),
    Column(
        "median_own_km",
        "And in the authority (km)",
        "The same to the nearest within the authority.",
        is_number=True,
    ),
    Column("furthest_area", "Furthest from one"),
    Column("furthest_km", "Its distance (km)", "In a straight line.", is_number=True),
)


def presence_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish how near each kind of organisation is to the small areas of an authority.

    Only sites that may be shown exactly are in the figures, so they are the same for everybody.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    name, heading = "presence", "What is near"
    found = run_findings(session, run.id, FindingKind.PRESENCE, lad_code)
    if not found:
        return Section(name, heading, (OLD_RUN,))
    areas = run_areas(session, run.id, AreaType.LSOA)
    own: Mapping[str, Mapping[str, Any]] = found[0].figures
    kinds = sorted({kind for near in own.values() for kind in near})
    if not kinds:
        none = "No organisation with a place that may be shown exactly is in the directory yet."
        return Section(name, heading, (none,))
    names = {code: areas[code]["area_name"] for code in own if code in areas}
    rows = tuple(_row(kind, own, names) for kind in kinds)
    table = PublishedTable(
        audience, "What is near, by kind", _COLUMNS, rows, run_provenance(session, run)
    )
    said = (
        "How far it is to the nearest organisation of each kind in the directory whose place may "
        "be shown exactly. A place that is near may still be closed to those who need it, and "
        "what is not in the directory is not counted."
    )
    return Section(name, heading, (said,), table, finding=_mostly_near(table))


def _mostly_near(table: PublishedTable) -> str:
    rows = table.records()
    near = sum(_number(row["areas_in_reach"]) > _number(row["areas"]) / 2 for row in rows)
    return (
        f"{near} of {counted(len(rows), 'kind')} of organisation {'is' if near == 1 else 'are'} "
        "within reach of most small areas."
    )


def _number(cell: Cell) -> float:
    return float(cell.value or 0)


def _row(
    kind: str, own: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> tuple[Cell, ...]:
    near = {code: each[kind] for code, each in own.items() if kind in each}
    metres = {code: each[1] for code, each in near.items()}
    within = [each[3] for each in near.values() if each[3] is not None]
    furthest = max(sorted(metres), key=lambda code: metres[code])
    return (
        text_cell(kind),
        number_cell(sum(each[0] > 0 for each in near.values())),
        number_cell(len(own)),
        _kilometres(median(metres.values())),
        _kilometres(median(within)) if within else Cell(None, "none there"),
        text_cell(names.get(furthest, furthest)),
        _kilometres(metres[furthest]),
    )


def _kilometres(metres: float) -> Cell:
    return number_cell(metres / _KM, 1)
