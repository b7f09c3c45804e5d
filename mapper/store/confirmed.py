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
    recorded = pd.Series([moment.date() for moment in frame["recorded_at"]], frame.index, object)
    confirmed = frame["verified_on"].astype(object)
    confirmed = confirmed.where(confirmed.notna(), recorded)
    latest: pd.Series[Any] = confirmed.groupby(level=0).max()
    return latest
