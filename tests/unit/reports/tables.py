"""Published tables with sensible defaults: a test states only what it is about."""

from datetime import UTC, datetime
from typing import Any

from mapper.domain.disclosure import Audience
from mapper.reports.published import Cell, Column, Provenance, PublishedTable


def cell(value: Any, text: str = "", **choices: Any) -> Cell:
    """A cell that reads as its value does."""
    return Cell(value, text or str(value), **choices)


def hidden(text: str = "not shown") -> Cell:
    """A withheld cell."""
    return Cell(None, text, is_withheld=True)


def make_provenance(**choices: Any) -> Provenance:
    """Provenance of a small run."""
    given: dict[str, Any] = {
        "run_id": 1,
        "run_name": "January 2025",
        "period": "January 2025",
        "notes": (),
        "boundaries": "LSOA 2011",
        "population": "Census 2011",
        "made_at": datetime(2025, 11, 3, 9, 30, tzinfo=UTC),
        "sources": (),
        "versions": (),
        "is_synthetic": True,
    }
    return Provenance(**given | choices)


def make_table(rows: list[dict[str, Cell]], audience: Audience = Audience.PUBLIC) -> PublishedTable:
    """A table whose columns are those of its first row."""
    names = list(rows[0]) if rows else ["area_code"]
    return PublishedTable(
        audience=audience,
        title="A table",
        columns=tuple(Column(name, name.replace("_", " ").capitalize()) for name in names),
        rows=tuple(tuple(row[name] for name in names) for row in rows),
        provenance=make_provenance(),
    )
