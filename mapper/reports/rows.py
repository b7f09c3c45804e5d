"""Rows of a frame, each made when it is asked for."""

from collections.abc import Sequence
from typing import Any, overload

import pandas as pd

Row = dict[str, Any]


class Rows(Sequence[Row]):
    """The rows of a frame as mappings, quick to make and made one by one.

    A page shows fifty rows of a directory of many thousands: the others stay columns.

    Parameters
    ----------
    frame : of the rows.
    """

    __slots__ = ("_columns", "_length")

    def __init__(self, frame: pd.DataFrame) -> None:
        """Keep the columns as lists of plain values."""
        self._columns: dict[str, list[Any]] = {
            str(name): frame[name].tolist() for name in frame.columns
        }
        self._length = len(frame)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._length

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """Make the row at a position, or those of a slice."""
        if isinstance(at, slice):
            return [self[position] for position in range(*at.indices(self._length))]
        return {name: values[at] for name, values in self._columns.items()}

    def column(self, name: str) -> Sequence[Any]:
        """Give the values of one column, in order.

        Parameters
        ----------
        name : of the column.
        """
        return self._columns[name]
