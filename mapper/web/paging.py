"""One page of a long table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from flask import request

from mapper.reports.published import PublishedTable

_ROWS_A_PAGE = 50
_ROWS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a table.

    Parameters
    ----------
    table : with the rows of this page only.
    number : 1 for the first.
    last : the number of the last page, at least 1.
    row_count : rows on all pages.
    """

    table: PublishedTable
    number: int
    last: int
    row_count: int

    @property
    def links(self) -> dict[str, object]:
        """Links to the pages around this one, as GOV.UK Frontend's pagination takes them."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.last)
        items: list[dict[str, object]] = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number > before + 1:
                items.append({"ellipsis": True})
            items.append(
                {"number": number, "href": _address(number), "current": number == self.number}
            )
        links: dict[str, object] = {"items": items}
        if self.number > 1:
            links["previous"] = {"href": _address(self.number - 1)}
        if self.number < self.last:
            links["next"] = {"href": _address(self.number + 1)}
        return links


@dataclass(frozen=True, slots=True)
class Folded:
    """A table whose first rows are seen at once and whose rest is opened.

    Parameters
    ----------
    table : with the first rows.
    others : with the rest; without rows when the first are all.
    """

    table: PublishedTable
    others: PublishedTable


def folded(table: PublishedTable, at_once: int = _ROWS_AT_ONCE) -> Folded:
    """Part the first rows of a table from those that are folded away.

    Parameters
    ----------
    table : with all its rows.
    at_once : how many are seen at once; a single row more is not worth folding away.
    """
    if len(table.rows) == at_once + 1 and at_once:
        return Folded(table, replace(table, rows=()))
    first, others = table.rows[:at_once], table.rows[at_once:]
    return Folded(replace(table, rows=first), replace(table, rows=others))


def first_page(table: PublishedTable) -> Page:
    """The first rows of a table whose rest only the files carry.

    Parameters
    ----------
    table : with all its rows.
    """
    last = max(1, ceil(len(table.rows) / _ROWS_A_PAGE))
    return Page(replace(table, rows=table.rows[:_ROWS_A_PAGE]), 1, last, len(table.rows))


def asked_page(table: PublishedTable) -> Page:
    """The page that the address asks for; the nearest one where it asks for none there is.

    Parameters
    ----------
    table : with all its rows.
    """
    number, last, part = _asked(len(table.rows))
    return Page(replace(table, rows=table.rows[part]), number, last, len(table.rows))


def page_of(ids: Sequence[int], publish: Callable[[Sequence[int]], PublishedTable]) -> Page:
    """The page that the address asks for, of rows that are published only when they are shown.

    Parameters
    ----------
    ids : of all the rows, in order.
    publish : publishes those of one page.
    """
    number, last, part = _asked(len(ids))
    return Page(publish(ids[part]), number, last, len(ids))


def _asked(row_count: int) -> tuple[int, int, slice]:
    """The number of the page asked for, that of the last, and the rows of the first."""
    last = max(1, ceil(row_count / _ROWS_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    start = (number - 1) * _ROWS_A_PAGE
    return number, last, slice(start, start + _ROWS_A_PAGE)


def _address(number: int) -> str:
    # Not by `url_for`: it would take a name such as `_external` for one of its own.
    kept = [
        (name, value) for name, value in request.args.items(multi=True) if value and name != "page"
    ]
    return f"{request.path}?{urlencode([*kept, ('page', number)])}"
