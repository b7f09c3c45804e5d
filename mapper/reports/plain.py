"""Figures as plain values, for storing and for machines."""

import math
from typing import Any

import numpy as np
import pandas as pd

_DIGITS = 6


def plain_value(value: Any) -> Any:  # noqa: ANN401  (whatever a cell of a frame may hold)
    """Python's own value for a cell; None where it is missing; floats to six decimals."""
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return round(float(value), _DIGITS) if math.isfinite(value) else None
    return None if value is None or value is pd.NA else str(value)


def plain_rows(frame: pd.DataFrame) -> dict[Any, dict[str, Any]]:
    """The rows of a frame by index, each a dictionary of plain values."""
    columns = [str(column) for column in frame.columns]
    rows = frame.astype(object).to_numpy().tolist()
    return {
        plain_value(key): dict(zip(columns, map(plain_value, row), strict=True))
        for key, row in zip(frame.index.tolist(), rows, strict=True)
    }
