"""The rows of a short table in the order that the address asks for."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from mapper.reports.published import Cell, PublishedTable


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a table as it was asked for.

    Parameters
    ----------
    column : name of the column it is in order of; empty for the order it was published in.
    is_falling : whether the largest stand first.
    """

    column: str
    is_falling: bool

    @property
    def slug(self) -> str:
        """What tells files in this order from others; empty for the order of publication."""
        if not self.column:
            return ""
        return f"by-{self.column}-{'falling' if self.is_falling else 'rising'}"

    def aria(self, name: str) -> str:
        """How a column is sorted, in the words of `aria-sort`.

        Parameters
        ----------
        name : of the column.
        """
        if name != self.column:
            return "none"
        return "descending" if self.is_falling else "ascending"

    def address(self, name: str) -> str:
        """The address of the same page in order of a column: largest first, then the other way.

        Parameters
        ----------
        name : of the column.
        """
        kept = [
            pair
            for pair in request.args.items(multi=True)
            if pair[1] and pair[0] not in {"sort", "order"}
        ]
        turned = "up" if name == self.column and self.is_falling else "down"
        return f"{request.path}?{urlencode([*kept, ('sort', name), ('order', turned)])}"


def asked_order(table: PublishedTable) -> tuple[PublishedTable, Order]:
    """Put a table in the order that the address asks for.

    What is not known or not shown stands last, whichever way, in the order it was published
    in: its place tells nothing.

    Parameters
    ----------
    table : with all its rows.

    Returns
    -------
    The table, as it was where the address names no column of it; and its order.
    """
    names = [column.name for column in table.columns]
    name = request.args.get("sort", "")
    if name not in names:
        return table, Order("", is_falling=False)
    order = Order(name, is_falling=request.args.get("order") != "up")
    place = names.index(name)
    known = [row for row in table.rows if row[place].value is not None]
    others = [row for row in table.rows if row[place].value is None]
    known.sort(key=lambda row: _key(row[place]), reverse=order.is_falling)
    return replace(table, rows=(*known, *others)), order


def _key(cell: Cell) -> tuple[float, str]:
    """Numbers by size, words by letter: a column holds one sort."""
    if isinstance(cell.value, int | float):
        return (float(cell.value), "")
    return (0.0, str(cell.value).casefold())
