"""What a frame must hold before a figure may be made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    import pandas as pd


def require_columns(frame: pd.DataFrame, columns: Iterable[str], named: str) -> None:
    """Refuse a frame that lacks a column.

    Parameters
    ----------
    frame : any frame.
    columns : the columns that are needed.
    named : what to call the frame in the message.

    Raises
    ------
    MapperError
        When a column is missing.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise MapperError(
            f"The {named} frame has no column {', '.join(missing)}.",
            expected=f"It needs {', '.join(columns)}.",
            action="Pass the frame as mapper.store.frames returns it.",
        )


def require_one_row_each(frame: pd.DataFrame | pd.Series, named: str) -> None:
    """Refuse a frame in which one code or identifier stands twice.

    Parameters
    ----------
    frame : a frame or series with a meaningful index.
    named : what to call it in the message.

    Raises
    ------
    MapperError
        When the index repeats itself.
    """
    if not frame.index.is_unique:
        twice = frame.index[frame.index.duplicated()][0]
        raise MapperError(
            f"{twice!r} stands more than once in {named}.",
            expected="One row each was expected.",
            action="Add the rows up first.",
        )


def require_same_index(first: pd.Series, second: pd.Series, named: str) -> None:
    """Refuse two series that do not describe the same areas in the same order.

    Parameters
    ----------
    first, second : the series to be compared.
    named : what to call the pair in the message.

    Raises
    ------
    MapperError
        When the indexes differ.
    """
    if not first.index.equals(second.index):
        raise MapperError(
            f"The indexes of {named} differ.",
            expected="Both must hold the same area codes in the same order.",
            action="Reindex one by the other.",
        )


def amounts(values: pd.Series, named: str) -> npt.NDArray[np.float64]:
    """Return counts or doses as numbers, refusing what cannot be an amount.

    Parameters
    ----------
    values : one amount a row.
    named : what to call them in the message.

    Returns
    -------
    The same values in the same order, none missing and none below zero.

    Raises
    ------
    MapperError
        When a value is negative, infinite or missing.
    """
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(numbers) & (numbers >= 0))
    if wrong.any():
        where = values.index[wrong][0]
        raise MapperError(
            f"{named} holds {numbers[wrong][0]} at {where!r}.",
            expected="Numbers of zero or more were expected.",
            action="Leave the row out, or write 0 where nothing happened.",
        )
    return numbers


def residents(population: pd.Series) -> npt.NDArray[np.float64]:
    """Return populations as numbers, with NaN where nobody lives or it is not known.

    Parameters
    ----------
    population : residents of each area, NaN where not known.

    Returns
    -------
    The same values in the same order; zero has become NaN, since no rate exists there.

    Raises
    ------
    MapperError
        When a population is negative or infinite.
    """
    numbers = population.to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.where(np.isnan(numbers), 0.0, numbers)
    wrong = ~(np.isfinite(known) & (known >= 0))
    if wrong.any():
        raise MapperError(
            f"The population of {population.index[wrong][0]!r} is {known[wrong][0]}.",
            expected="Zero or more residents were expected.",
            action="Correct the population file and load it again.",
        )
    return np.where(known > 0, known, np.nan)
