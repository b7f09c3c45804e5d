"""When the entries of the directory were last confirmed."""

from typing import Any

import pandas as pd


def confirmed_on(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Give the day each organisation was last confirmed by any of its entries, else recorded.

    Parameters
    ----------
    frame : indexed by the organisation that stands, with `verified_on` (a date, missing where
        nobody confirmed the entry) and `recorded_at`; merged ones have several rows.

    Returns
    -------
    A date for each organisation, in order of their numbers.
    """
    latest: dict[Any, Any] = {}
    rows = zip(
        frame.index.tolist(),
        frame["verified_on"].tolist(),
        frame["verified_on"].notna().tolist(),
        frame["recorded_at"].tolist(),
        strict=True,
    )
    for number, verified_on, is_verified, recorded_at in rows:
        day = verified_on if is_verified else recorded_at.date()
        if number not in latest or day > latest[number]:
            latest[number] = day
    numbers = sorted(latest)
    return pd.Series([latest[number] for number in numbers], index=numbers, dtype=object)
