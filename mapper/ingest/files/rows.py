"""Rows of text, as every kind of table becomes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Parameters
    ----------
    line : where it begins in the file, the first line being 1.
    cells : as text, spaces and all.
    """

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it but spaces."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, blank ones left out.

    Parameters
    ----------
    name : of the sheet; empty for a CSV file.
    rows : headings among them; those of a long file are read anew each time.
    """

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and the rows under them.

    Parameters
    ----------
    source_name : of the file, for messages.
    headings : as the file spells them.
    columns : where each field that was asked for stands.
    rows : each as many cells as there are headings.
    """

    source_name: str
    headings: tuple[str, ...]
    columns: dict[str, int]
    rows: Sequence[Row]

    def cell(self, row: Row, field: str) -> str:
        """The text of a field in a row, empty where the file has no such column."""
        column = self.columns.get(field)
        return "" if column is None else row.cells[column]

    def heading(self, field: str) -> str:
        """The file's own heading for a field; the field itself where it has none."""
        column = self.columns.get(field)
        return field if column is None else self.headings[column].strip()

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that no field was found for."""
        used = set(self.columns.values())
        return tuple(
            heading.strip()
            for column, heading in enumerate(self.headings)
            if column not in used and heading.strip()
        )
