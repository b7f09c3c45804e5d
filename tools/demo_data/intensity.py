"""How much violence the demo invents for each area, and where it plants gaps."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from tools.demo_data.draw import Draw
from tools.demo_data.land import Land

# Round numbers chosen by hand: invented, not fitted to any figures.
DISTRICT_LEVELS = {
    "E06000044": 1.35, "E06000045": 1.5, "E06000046": 0.95, "E07000084": 0.95,
    "E07000085": 0.6, "E07000086": 0.75, "E07000087": 0.7, "E07000088": 1.05,
    "E07000089": 0.5, "E07000090": 1.1, "E07000091": 0.65, "E07000092": 1.1,
    "E07000093": 0.75, "E07000094": 0.7,
}  # fmt: skip
RURAL_LEVEL = 0.55
CENTRE_LIVE_PER_1000 = 50.0
"""An urban LSOA with more live postcodes than this per 1,000 residents counts as a centre."""
CENTRE_LEVEL = 8.0
NEIGHBOURS = 8
WITHDRAWAL_METRES = 1_800.0
"""No venue is delivered within this distance of a planted gap once engagement was withdrawn."""


@dataclass(frozen=True)
class PlantedGap:
    """An area of much violence that engagement was kept away from.

    Parameters
    ----------
    area_code, area_name, lad_code : of the LSOA.
    withdrawn_from : the first day without engagement.
    """

    area_code: str
    area_name: str
    lad_code: str
    withdrawn_from: date


NEVER = date(2024, 1, 1)
GAP_DISTRICTS = {
    "E06000044": NEVER,
    "E06000045": date(2024, 10, 1),
    "E07000084": NEVER,
    "E07000088": date(2024, 7, 1),
    "E07000090": NEVER,
    "E07000092": date(2025, 1, 1),
}
"""Where gaps are planted, and from when on nobody engages there."""


def intensities(land: Land, seed: int) -> pd.Series:
    """Invent each area's level of violence per resident, 1 being middling.

    Town centres stand out, the country is quiet, and estates cluster.

    Parameters
    ----------
    land : the areas.
    seed : of the demo.

    Returns
    -------
    By `area_code`.
    """
    lsoas = land.lsoas
    district = lsoas["lad_code"].map(DISTRICT_LEVELS).to_numpy(float)
    is_urban = lsoas["is_urban"].to_numpy(bool)
    above = (lsoas["live_per_1000"].to_numpy(float) - CENTRE_LIVE_PER_1000) / 100
    centre = 1 + CENTRE_LEVEL * np.clip(above, 0, 1) * is_urban
    noise = np.exp(_clustered_noise(lsoas, Draw(seed, "intensity")))
    setting = np.where(is_urban, 1.0, RURAL_LEVEL)
    level = pd.Series(district * setting * centre * noise, index=lsoas.index, name="level")
    for gap in planted_gaps(land, level):
        level[gap.area_code] = max(2.4, 1.3 * level[gap.area_code])
    return level


def planted_gaps(land: Land, level: pd.Series) -> list[PlantedGap]:
    """Choose the areas to withdraw engagement from: one estate, no town centre, a district.

    Parameters
    ----------
    land : the areas.
    level : of violence; the highest of those that qualify is taken.
    """
    is_estate = land.lsoas["is_urban"] & (land.lsoas["live_per_1000"] < CENTRE_LIVE_PER_1000)
    gaps = []
    for lad_code, withdrawn_from in GAP_DISTRICTS.items():
        code = str(level[is_estate & (land.lsoas["lad_code"] == lad_code)].idxmax())
        name = str(land.lsoas.loc[code, "area_name"])
        gaps.append(PlantedGap(code, name, lad_code, withdrawn_from))
    return gaps


def _clustered_noise(lsoas: pd.DataFrame, draw: Draw) -> np.ndarray:
    own = draw.rng.normal(size=len(lsoas))
    points = lsoas[["easting_m", "northing_m"]].to_numpy(float)
    _, nearest = cKDTree(points).query(points, k=NEIGHBOURS)
    shared = own[nearest].mean(axis=1) * np.sqrt(NEIGHBOURS)
    result: np.ndarray = 0.3 * shared + 0.2 * draw.rng.normal(size=len(lsoas))
    return result
