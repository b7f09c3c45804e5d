"""What moved between two measurements of the same areas, and whether chance would explain it."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from mapper.analysis.ranks import figures
from mapper.analysis.requirements import require_columns, require_one_row_each

VALUE, LOWER, UPPER = "value", "lower", "upper"


class Moved(StrEnum):
    """What two figures with their intervals say of the change between them."""

    RISE = "rise beyond both intervals"
    FALL = "fall beyond both intervals"
    WITHIN = "within the intervals"
    CANNOT_SAY = "cannot say"


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Take the earlier figure of every area from the later, and say whether that is beyond chance.

    A change is beyond both intervals when each figure lies outside the interval of the other.
    That is more than one figure outside one interval, and less than two intervals that do not
    touch: it is a plain reading of two stored figures, not a test, and over many areas some
    changes are beyond both by chance.

    Parameters
    ----------
    before, after : index area_code; value, lower and upper (the ends of its 95 % interval), NaN
        where not known. Neither is changed.

    Returns
    -------
    Frame by area_code, of all that are in either: before, after and change (NaN where either is
    missing), and moved (a `Moved`; cannot say where a figure or an interval is missing).

    Raises
    ------
    MapperError
        When a column is missing or an area stands twice.
    """
    for frame, name in ((before, "before"), (after, "after")):
        require_columns(frame, (VALUE, LOWER, UPPER), name)
        require_one_row_each(frame, f"the areas {name}")
    codes = before.index.union(after.index)
    first, second = before.reindex(codes), after.reindex(codes)
    old, new = figures(first[VALUE]), figures(second[VALUE])
    is_known = ~np.isnan(
        np.column_stack([old, new, *(figures(f[end]) for f in (first, second) for end in _ENDS)])
    ).any(axis=1)
    is_beyond = _is_outside(new, first) & _is_outside(old, second)
    return pd.DataFrame(
        {
            "before": old,
            "after": new,
            "change": new - old,
            "moved": np.select(
                [~is_known, is_beyond & (new > old), is_beyond],
                [str(Moved.CANNOT_SAY), str(Moved.RISE), str(Moved.FALL)],
                default=str(Moved.WITHIN),
            ),
        },
        index=codes,
    )


_ENDS = (LOWER, UPPER)


def _is_outside(values: np.ndarray, of: pd.DataFrame) -> np.ndarray:
    """Whether each value lies outside an area's interval; False where that is not known."""
    outside: np.ndarray = (values < figures(of[LOWER])) | (values > figures(of[UPPER]))
    return outside
