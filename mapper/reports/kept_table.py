"""Published tables as plain values, to be written down for a while and given back the same."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from mapper.domain.disclosure import Audience
from mapper.reports.published import Cell, Column, Provenance, PublishedTable, SourceCredit


def as_kept(table: PublishedTable) -> dict[str, Any]:
    """Write a table as values that JSON knows.

    Parameters
    ----------
    table : as published.
    """
    said = asdict(table)
    said["audience"] = table.audience.name
    said["provenance"]["made_at"] = table.provenance.made_at.isoformat()
    return said


def from_kept(said: dict[str, Any]) -> PublishedTable:
    """Give a table back.

    Parameters
    ----------
    said : as `as_kept` wrote it.
    """
    about = said["provenance"]
    provenance = Provenance(
        **{
            **about,
            "notes": tuple(about["notes"]),
            "versions": tuple(about["versions"]),
            "made_at": datetime.fromisoformat(about["made_at"]),
            "sources": tuple(SourceCredit(**source) for source in about["sources"]),
        }
    )
    return PublishedTable(
        audience=Audience[said["audience"]],
        title=said["title"],
        columns=tuple(Column(**column) for column in said["columns"]),
        rows=tuple(tuple(map(_cell, row)) for row in said["rows"]),
        provenance=provenance,
    )


def _cell(said: dict[str, Any]) -> Cell:
    named = tuple((int(number), str(name)) for number, name in said["organisations"])
    return Cell(**{**said, "organisations": named})
