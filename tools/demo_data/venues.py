"""Where the demo's activities take place, kept away from the planted gaps."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from mapper.domain.organisation import OrganisationKind as Kind
from tools.demo_data import words
from tools.demo_data.draw import Draw
from tools.demo_data.intensity import WITHDRAWAL_METRES, PlantedGap
from tools.demo_data.land import Land, metres_to
from tools.demo_data.organisations import DemoOrganisation

_HOSTS = (Kind.COMMUNITY_CENTRE, Kind.SCHOOL, Kind.LIBRARY, Kind.YOUTH_CLUB, Kind.FAITH_GROUP,
          Kind.SPORTS_CLUB)  # fmt: skip
_HOST_SHARE = 0.6
_TERMINATED_SHARE = 0.04
_FAR_FUTURE = np.datetime64("2100-01-01")


@dataclass(frozen=True)
class Venue:
    """A place for an activity: the name of the neighbourhood and house, and its postcode."""

    place: str
    name: str
    postcode: str


class Venues:
    """Venues to draw from, in districts where need is met and gaps are left as planted.

    Parameters
    ----------
    land : the postcodes.
    level : of violence by area: venues gather where it is high, up to a point.
    organisations : those with a site may be hosts.
    gaps : to be kept away from.
    """

    def __init__(
        self,
        land: Land,
        level: pd.Series,
        organisations: list[DemoOrganisation],
        gaps: list[PlantedGap],
    ) -> None:
        pool = land.postcodes.copy()
        pool["closed_from"] = _closed_from(pool, land, gaps)
        per_area = pool.groupby("lsoa_code")["postcode"].transform("size")
        need = land.lsoas["residents"] * level.clip(upper=3)
        pool["weight"] = pool["lsoa_code"].map(need) / per_area
        hosts = {each.postcode: each.name for each in organisations if each.kind in _HOSTS}
        pool["host"] = pool["postcode"].map(hosts)
        self._by_lad = {str(lad): group for lad, group in pool.groupby("lad_code")}

    def draw_one(self, lad_code: str, last_day: date, draw: Draw) -> Venue:
        """Draw a venue that is open until the activity's last day.

        Parameters
        ----------
        lad_code : of the district.
        last_day : of the activity.
        draw : of the lots.
        """
        pool = self._by_lad[lad_code]
        pool = pool[pool["closed_from"] > np.datetime64(last_day)]
        hosts = pool[pool["host"].notna()]
        if draw.chance(_HOST_SHARE) and len(hosts):
            found = hosts.iloc[draw.whole(0, len(hosts) - 1)]
            return Venue(_place_in(found["host"], lad_code), found["host"], found["postcode"])
        wanted = pool[pool["is_terminated"] == draw.chance(_TERMINATED_SHARE)]
        chances = (wanted["weight"] / wanted["weight"].sum()).to_numpy()
        found = wanted.iloc[int(draw.rng.choice(len(wanted), p=chances))]
        place = draw.one(words.DISTRICT_PLACES[lad_code])
        return Venue(place, f"{draw.whole(1, 99)} Invented Road", found["postcode"])


def _closed_from(
    pool: pd.DataFrame, land: Land, gaps: list[PlantedGap]
) -> "pd.Series[pd.Timestamp]":
    closed = np.full(len(pool), _FAR_FUTURE)
    for gap in gaps:
        is_near = metres_to(pool, land, gap.area_code) <= WITHDRAWAL_METRES
        closed[is_near] = np.minimum(closed[is_near], np.datetime64(gap.withdrawn_from))
    return pd.Series(closed, index=pool.index)


def _place_in(host: str, lad_code: str) -> str:
    return next(place for place in words.DISTRICT_PLACES[lad_code] if place in host)
