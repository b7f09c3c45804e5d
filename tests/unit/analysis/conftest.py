"""Small worlds for the analysis tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import pytest

MakeFrame = Callable[..., pd.DataFrame]
Rows = Sequence[tuple[str, float, float | None, Sequence[str]]]


def area_frame(population: Sequence[float], eastings: Sequence[float]) -> pd.DataFrame:
    """Areas on a line, one at each easting."""
    codes = [f"E0100000{number}" for number in range(1, len(population) + 1)]
    return pd.DataFrame(
        {
            "population": [float(people) for people in population],
            "is_urban": True,
            "centre_easting_m": [float(easting) for easting in eastings],
            "centre_northing_m": 100_000.0,
        },
        index=pd.Index(codes, name="area_code"),
    )


def activity_frame(rows: Rows) -> pd.DataFrame:
    """Activities from (organisation, dose, easting or None, area codes)."""
    return pd.DataFrame(
        {
            "organisation_id": [row[0] for row in rows],
            "dose": pd.Series([float(row[1]) for row in rows], dtype=float).to_numpy(),
            "easting_m": [float("nan") if row[2] is None else float(row[2]) for row in rows],
            "northing_m": [float("nan") if row[2] is None else 100_000.0 for row in rows],
            "area_codes": [tuple(row[3]) for row in rows],
        },
        index=pd.Index([f"a{number}" for number in range(1, len(rows) + 1)], name="activity_id"),
    )


@pytest.fixture
def make_areas() -> MakeFrame:
    return area_frame


@pytest.fixture
def make_activities() -> MakeFrame:
    return activity_frame
