"""Rows of a frame as the dictionaries that SQLAlchemy takes."""

from typing import Any

import pandas as pd


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary a row, with Python's own values and None where a value is missing."""
    columns = [str(name) for name in frame.columns]
    values = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return [dict(zip(columns, row, strict=True)) for row in values]
