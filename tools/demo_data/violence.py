"""Invented counts of violence by month, LSOA and type, calibrated to force totals."""

import numpy as np
import pandas as pd

from tools.demo_data.draw import Draw
from tools.demo_data.land import Land

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))
PEAK_MONTH = 7
# A force's month: the middle, the seasonal swing either way, the random part, and how
# strongly the type gathers where violence is high.
TYPES = {
    "Violence and sexual offences": (5_720.0, 340.0, 60.0, 1.0),
    "Robbery": (105.0, 18.0, 10.0, 1.5),
    "Possession of weapons": (157.0, 8.0, 4.0, 1.15),
}
MONTHLY_SHAPE = 8.0
ODD_LAD, ODD_MONTH, ODD_TYPE = "E07000092", "2025-03", "Violence and sexual offences"
"""A month recorded twice over in one district, for the check of odd months to find."""


def violence_counts(land: Land, level: pd.Series, seed: int) -> pd.DataFrame:
    """Invent counts for every month, type and LSOA.

    Parameters
    ----------
    land : the areas and their residents.
    level : of violence by `area_code`, as `intensities` gives it.
    seed : of the demo.

    Returns
    -------
    `month`, `area_code`, `area_name`, `crime_type`, `count` (1 or more) and `note`, in order.
    """
    draw = Draw(seed, "violence")
    parts = [
        _month_counts(land, level, draw, (month, crime_type))
        for month in MONTHS
        for crime_type in TYPES
    ]
    counts = pd.concat(parts, ignore_index=True)
    is_odd = (
        (counts["month"] == ODD_MONTH)
        & (counts["crime_type"] == ODD_TYPE)
        & (counts["area_code"].map(land.lsoas["lad_code"]) == ODD_LAD)
    )
    counts.loc[is_odd, "count"] *= 2
    counts.insert(2, "area_name", counts["area_code"].map(land.lsoas["area_name"]))
    counts["note"] = "SYNTHETIC"
    return counts.sort_values(["crime_type", "area_code", "month"], ignore_index=True)


def _month_counts(land: Land, level: pd.Series, draw: Draw, what: tuple[str, str]) -> pd.DataFrame:
    month, crime_type = what
    middle, swing, spread, gathering = TYPES[crime_type]
    season = np.cos(2 * np.pi * (int(month[5:]) - PEAK_MONTH) / 12)
    total = round(middle + swing * season + spread * float(draw.rng.uniform(-1, 1)))
    weight = land.lsoas["residents"].to_numpy(float) * level.to_numpy() ** gathering
    weight *= draw.rng.gamma(MONTHLY_SHAPE, 1 / MONTHLY_SHAPE, size=len(weight))
    number = draw.rng.multinomial(total, weight / weight.sum())
    found = number > 0
    return pd.DataFrame(
        {
            "month": month,
            "area_code": land.lsoas.index[found],
            "crime_type": crime_type,
            "count": number[found],
        }
    )
