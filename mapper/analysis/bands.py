"""Putting two tables of age bands on the bands that both can be divided into."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Band = tuple[int, int | None]
"""First and last age in completed years, both included; None for "and over"."""

_ENDLESS = 10_000


def common_bands(
    first: Mapping[Band, float | None], second: Mapping[Band, float | None]
) -> dict[Band, tuple[float | None, float | None]]:
    """Add both tables up to the finest bands that both are made of.

    Parameters
    ----------
    first, second : people by band; bands of one table do not overlap. None where the number is
        withheld: unknown, and never zero.

    Returns
    -------
    Both numbers by common band, in order; None where a part of it is withheld. Empty where the
    bands of either table overlap. Ages that only one table covers are left out.
    """
    tables = [_spans(first), _spans(second)]
    if not all(tables) or any(_overlap(list(table)) for table in tables):
        return {}
    found: dict[Band, tuple[float | None, float | None]] = {}
    for start, end in _joint_spans(*(list(table) for table in tables)):
        pair = [_sum(table, start, end) for table in tables]
        found[start, None if end >= _ENDLESS else end - 1] = (pair[0], pair[1])
    return found


def _spans(table: Mapping[Band, float | None]) -> dict[tuple[int, int], float | None]:
    return {
        (start, _ENDLESS if end is None else end + 1): people
        for (start, end), people in sorted(table.items(), key=lambda item: item[0][0])
    }


def _overlap(spans: list[tuple[int, int]]) -> bool:
    return any(before[1] > after[0] for before, after in pairwise(spans))


def _joint_spans(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The spans between cuts that both tables have, where both cover everything in between."""
    cuts = sorted(_edges(first) & _edges(second))
    return [
        (start, end)
        for start, end in pairwise(cuts)
        if _covers(first, start, end) and _covers(second, start, end)
    ]


def _edges(spans: list[tuple[int, int]]) -> set[int]:
    return {edge for span in spans for edge in span}


def _covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return sum(b - a for a, b in spans if a >= start and b <= end) == end - start


def _sum(table: Mapping[tuple[int, int], float | None], start: int, end: int) -> float | None:
    parts = [people for (a, b), people in table.items() if a >= start and b <= end]
    return None if None in parts else float(sum(part for part in parts if part is not None))
