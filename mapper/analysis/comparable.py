"""Whether there is anything to compare areas by: without, no gap can be told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from mapper.analysis.ranks import figures
from mapper.analysis.requirements import require_columns

if TYPE_CHECKING:
    import pandas as pd

COMPARED = (
    "need_percentile",
    "provision_percentile",
    "gap_score",
    "gap_class",
    "rank",
    "share_gap",
    "share_gap_lower",
    "share_gap_upper",
    "share_gap_class",
    "stability",
)
"""Figures that only mean something among other areas, and with both need and provision."""


class NotCompared(StrEnum):
    """Why no gap can be told."""

    ONE_AREA = "only one area has residents, so there is nothing to compare it with"
    NO_VIOLENCE = "no violence is recorded in the months used"
    NO_ENGAGEMENT = "no activity that reaches anybody is registered in the period"


def why_not_compared(parts: pd.DataFrame) -> NotCompared | None:
    """Say why areas cannot be compared; None where they can.

    Where nothing at all is registered, every area ties by provision, and a score made of need
    alone would look like a gap; where only one area is looked at, it is in the middle of
    itself, and its score of 0 would look like a finding.

    Parameters
    ----------
    parts : index area_code; count, population (NaN where not known) and dose.

    Raises
    ------
    MapperError
        When a column is missing.
    """
    require_columns(parts, ("count", "population", "dose"), "areas")
    is_lived_in = np.nan_to_num(figures(parts["population"])) > 0
    if is_lived_in.sum() < 2:  # noqa: PLR2004  (the least that can be compared)
        return NotCompared.ONE_AREA
    lived = parts[is_lived_in]
    if not lived["count"].sum():
        return NotCompared.NO_VIOLENCE
    return None if lived["dose"].sum() else NotCompared.NO_ENGAGEMENT


def without_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out of a table whatever compares areas.

    Parameters
    ----------
    table : with any of `COMPARED`; not changed.

    Returns
    -------
    The same rows and columns; those of `COMPARED` missing.
    """
    missing = {
        column: table[column].where(table.index.isin([])) for column in COMPARED if column in table
    }
    return table.assign(**missing)
