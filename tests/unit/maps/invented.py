"""Invented published figures to draw: a board of square areas, two authorities, hostile names."""

from datetime import UTC, datetime
from itertools import product

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from mapper.domain.disclosure import Audience
from mapper.reports.published import (
    Cell,
    Column,
    Provenance,
    PublishedAreas,
    PublishedMap,
    PublishedPlace,
    PublishedPlaces,
    PublishedTable,
)

HOSTILE = "</script><img src=x onerror=alert(1)>${alert(2)}`'\"&\u2028<b>bold</b>"
LEVELS = ("low", "medium", "high")
PROVENANCE = Provenance(
    run_id=7,
    run_name="spring",
    period="January 2025 to June 2025",
    notes=("Boundaries are approximate.",),
    boundaries="invented squares",
    population="invented, 2025",
    made_at=datetime(2026, 1, 5, tzinfo=UTC),
    sources=(),
    versions=(),
    is_synthetic=True,
)
COLUMNS = (
    Column("area_code", "Code"),
    Column("area_name", "Area"),
    Column("lad_code", "Authority code"),
    Column("lad_name", "Local authority"),
    Column("rank", "Rank of the gap", is_number=True),
    Column("gap_class", "Class"),
    Column("gap_score", "Gap score", is_number=True),
    Column("eb_rate_per_1000", "Need: violence per 1,000", is_number=True),
    Column("need_class", "Need class"),
    Column("coverage_per_1000", "Provision per 1,000", is_number=True),
    Column("provision_class", "Provision class"),
)


def cell(value: float | str | None, text: str | None = None, *, is_withheld: bool = False) -> Cell:
    written = f"{value:.1f}" if isinstance(value, float) else str(value)
    return Cell(value, written if text is None else text, is_withheld)


WITHHELD = cell(None, "fewer than 5", is_withheld=True)
UNKNOWN = cell(None, "not known")


def square_row(column: int, row: int, side: int, name: str) -> tuple[Cell, ...]:
    need, provision = (column * 3) // side, (row * 3) // side
    lad = 1 + (column * 2) // side
    place = row * side + column
    special = {0: WITHHELD, 1: UNKNOWN}.get(place)
    return (
        cell(f"E01{place:06d}"),
        cell(name),
        cell(f"E0700000{lad}"),
        cell(f"District {lad}"),
        cell(place + 1),
        special or cell(f"{LEVELS[need]} need, {LEVELS[provision]} provision"),
        cell(float(column - row)),
        special or cell(10.0 + column * 3.7 + row * 0.1),
        cell(LEVELS[need]),
        cell(0.0, "none registered") if row == 0 else cell(row * 1.5 + column * 0.01),
        cell(LEVELS[provision]),
    )


def table(title: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> PublishedTable:
    return PublishedTable(Audience.PUBLIC, title, columns, tuple(rows), PROVENANCE)


def square_areas(side: int = 6) -> PublishedAreas:
    """A board of side x side areas; need grows to the east, provision to the north.

    The first area is withheld, the second not known, the third has a hostile name, and the
    southern row has no activity.
    """
    rows, outlines = [], dict[str, BaseGeometry]()
    for row, column in product(range(side), repeat=2):
        place = row * side + column
        name = HOSTILE if place == 2 else f"District {place:03d}A"
        rows.append(square_row(column, row, side, name))
        west, south = -1.6 + column * 0.05, 50.8 + row * 0.035
        outlines[f"E01{place:06d}"] = box(west, south, west + 0.05, south + 0.035)
    return PublishedAreas(table("Areas", COLUMNS, rows), outlines)


def halves(side: int = 6) -> PublishedAreas:
    middle, east, north = -1.6 + side * 0.025, -1.6 + side * 0.05, 50.8 + side * 0.035
    rows = [(cell("E07000001"), cell("District 1")), (cell("E07000002"), cell("District 2"))]
    outlines: dict[str, BaseGeometry] = {
        "E07000001": box(-1.6, 50.8, middle, north),
        "E07000002": box(middle, 50.8, east, north),
    }
    return PublishedAreas(table("Authorities", COLUMNS[:2], rows), outlines)


def places(title: str, count: int) -> PublishedPlaces:
    made = tuple(
        PublishedPlace(
            longitude=-1.59 + (number % 7) * 0.04,
            latitude=50.81 + (number % 5) * 0.03,
            name=HOSTILE if number == 0 else f"{title} {number}",
            kind=HOSTILE if number == 0 else "charity",
            details={"Themes": HOSTILE if number == 0 else "knife crime", HOSTILE: "yes"},
            exactness="ward" if number % 2 else "exact",
        )
        for number in range(count)
    )
    return PublishedPlaces(Audience.PUBLIC, title, made, 1, PROVENANCE)


def published_map(side: int = 6, organisations: int = 12, activities: int = 30) -> PublishedMap:
    return PublishedMap(
        square_areas(side),
        halves(side),
        places("Organisations", organisations),
        places("Activities", activities),
    )
