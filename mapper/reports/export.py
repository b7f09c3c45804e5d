"""Published tables as files: the same rows in every form."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from mapper.domain.formula import neutralised
from mapper.reports.file_facts import file_facts
from mapper.reports.published import Cell, PublishedTable


def to_csv(table: PublishedTable, *, has_facts: bool = True) -> str:
    """Write a table as CSV, headed by the columns' names; what stands behind it ends each row.

    A withheld or unknown value reads as it does on the page. Text that a spreadsheet would
    take for a formula is given a leading apostrophe.

    Parameters
    ----------
    table : to be written.
    has_facts : False for a program that relies on the columns of the table and no others; it
        has the rest as JSON.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    facts = file_facts(table) if has_facts else {}
    behind = [neutralised(value) for value in facts.values()]
    writer.writerow([*(column.name for column in table.columns), *facts])
    for row in table.rows:
        writer.writerow([*map(_csv_value, row), *behind])
    return text.getvalue()


def to_json(table: PublishedTable) -> str:
    """Write a table as JSON: its title, columns with their meaning, rows and provenance."""
    return json.dumps(as_plain(table), ensure_ascii=False, indent=1)


def as_plain(table: PublishedTable) -> dict[str, Any]:
    """The table as plain values; a withheld figure is null, with the reason under `notes`."""
    return {
        "title": table.title,
        "audience": table.audience.label,
        "columns": [asdict(column) for column in table.columns],
        "rows": [_json_row(row) for row in table.records()],
        "provenance": asdict(table.provenance) | {"made_at": table.provenance.made_at.isoformat()},
    }


def _json_row(row: dict[str, Cell]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: cell.value for name, cell in row.items()}
    notes = {name: cell.text for name, cell in row.items() if cell.value is None}
    return plain | {"notes": notes} if notes else plain


def _csv_value(cell: Cell) -> str | int | float:
    if cell.value is None:
        return cell.text
    return neutralised(cell.value) if isinstance(cell.value, str) else cell.value
