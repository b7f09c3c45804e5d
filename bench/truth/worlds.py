"""Worlds on the real ground of HIPS in which the truth is known.

The ground is the shipped LSOAs, residents and centres. The risk of violence is a common rate
times a gamma number for each area. Of some 4,000 activities that could be held near people,
900 are held, drawn with replacement, so that a year shows only a part of the programme.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.analysis.reach import Reach, reach_of
from mapper.ingest.reference import load_reference
from mapper.store.areas import analysis_vintage
from mapper.store.frames import lsoas
from mapper.store.schema import upgrade
from mapper.store.session import open_store

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

SHIPPED = Path(__file__).resolve().parents[2] / "data"
POOL, HELD = 4_000, 900
PER_RESIDENT = 0.025
SPREAD = 0.6
"""Standard deviation of the gamma number that each area's risk is multiplied by."""
FROM_CENTRE_M = 700.0


@dataclass(frozen=True)
class World:
    """One world: what could be, and what was seen of it.

    Parameters
    ----------
    risk : events that each area is to expect in the period, by area_code.
    counts : events that came about, by area_code.
    population : residents, by area_code.
    reach : where the activities that were held land.
    expected_dose : dose that each area is to expect, by area_code.
    """

    risk: pd.Series
    counts: pd.Series
    population: pd.Series
    reach: Reach
    expected_dose: pd.Series

    @property
    def share_gap(self) -> pd.Series:
        """The true share gap of every area, in percentage points."""
        return 100 * (self.risk / self.risk.sum() - self.expected_dose / self.expected_dose.sum())


@cache
def hips() -> gpd.GeoDataFrame:
    """Read the LSOAs of HIPS as mapper itself reads them, from a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/ground.sqlite")
        upgrade(store)
        load_reference(store, SHIPPED)
        with store.reading() as session:
            areas = lsoas(session, analysis_vintage(session))
        store.dispose()
    return areas


def world(areas: gpd.GeoDataFrame, seed: int, *, pool: int = POOL, held: int = HELD) -> World:
    """Make a world.

    Parameters
    ----------
    areas : the ground, as `hips` returns it.
    seed : of everything random.
    pool : activities that could be held.
    held : those that are, drawn with replacement.
    """
    generator = np.random.default_rng(seed)
    population = areas["population"]
    risk = risks(population, generator)
    could = reach_of(areas, activities(areas, pool, generator))
    drawn = generator.integers(0, pool, held)
    seen = replace(
        could,
        shares=could.shares[drawn],
        dose=pd.Series(could.dose.to_numpy()[drawn], name="dose"),
        is_at_venue=could.is_at_venue[drawn],
    )
    counts = pd.Series(generator.poisson(risk).astype(float), index=areas.index)
    expected = pd.Series(could.delivered() * held / pool, index=areas.index)
    return World(risk, counts, population, seen, expected)


def risks(population: pd.Series, generator: np.random.Generator) -> pd.Series:
    """Give each area its risk: residents times the common rate times a gamma number of mean 1."""
    shape = 1 / SPREAD**2
    own = generator.gamma(shape, 1 / shape, len(population))
    return population.fillna(0.0) * PER_RESIDENT * own


def activities(
    areas: gpd.GeoDataFrame, number: int, generator: np.random.Generator
) -> pd.DataFrame:
    """Invent activities near people, each of a geometric number of sessions, of mean 4."""
    people = areas["population"].fillna(0.0).to_numpy()
    at = generator.choice(len(areas), number, p=people / people.sum())
    centres = areas[["centre_easting_m", "centre_northing_m"]].to_numpy()[at]
    doors = centres + generator.normal(0, FROM_CENTRE_M, (number, 2))
    return pd.DataFrame(
        {
            "organisation_id": "o1",
            "dose": generator.geometric(0.25, number).astype(float),
            "easting_m": doors[:, 0],
            "northing_m": doors[:, 1],
            "area_codes": [()] * number,
        }
    )


def top(scores: Numbers, share: float = 0.1) -> npt.NDArray[np.bool_]:
    """Mark the scores among the top share, ties in; NaN is never among them."""
    number = int((~np.isnan(scores)).sum())
    edge = np.sort(scores[~np.isnan(scores)])[number - int(np.ceil(number * share))]
    marked: npt.NDArray[np.bool_] = scores >= edge
    return marked
