"""The few figures at the top of the home page, added up from what was published."""

from dataclasses import dataclass

from mapper.reports.published import PublishedTable


@dataclass(frozen=True, slots=True)
class Headlines:
    """Figures for the whole of the area, as text; empty where the table has no such column.

    Parameters
    ----------
    areas_affected : LSOAs that a stated rule flags.
    areas_without : LSOAs of high need and low provision.
    activities : in the register.
    """

    areas_affected: str
    areas_without: str
    activities: str


def headlines(table: PublishedTable, registered: int) -> Headlines:
    """Add up the figures of the authorities, and count the register.

    Parameters
    ----------
    table : as `mapper.reports.authorities.authorities` publishes it.
    registered : how many activities are in the register.
    """
    return Headlines(
        areas_affected=_total(table, "areas_affected"),
        areas_without=_total(table, "areas_high_need_low_provision"),
        activities=f"{registered:,}",
    )


def _total(table: PublishedTable, column: str) -> str:
    """The sum of a column; empty when it is absent or a cell of it may not be shown."""
    cells = [row[column] for row in table.records() if column in row]
    values = [cell.value for cell in cells if isinstance(cell.value, int | float)]
    return f"{sum(values):,.0f}" if cells and len(values) == len(cells) else ""
