"""The demo's register of activities: half by joint partners, in all fourteen authorities."""

from dataclasses import dataclass
from datetime import date, timedelta

from mapper.domain.activity import ActivityStatus
from tools.demo_data import words
from tools.demo_data.draw import Draw
from tools.demo_data.land import DISTRICT_NAMES, Land
from tools.demo_data.organisations import DemoOrganisation
from tools.demo_data.partnerships import (
    COMMUNITIES,
    Partnerships,
    community_of,
    draw_partners,
    in_community,
)
from tools.demo_data.programmes import (
    DESCRIPTIONS,
    PROGRAMMES,
    TIER_WEIGHTS,
    TIERS,
    Programme,
)
from tools.demo_data.venues import Venue, Venues

DELIVERED, PLANNED, CIRCLE = 1_500, 40, 10
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)
_SERVICE_AREAS = ("all of Hampshire", "Hampshire and Isle of Wight")
_SERVICE_SHARE, _UNCOUNTED_SHARE, _CANCELLED_SHARE = 0.08, 0.15, 0.015
_BROKER_LEAD_SHARE = 0.05
_ISOLATE_LEAD_SHARE = 0.3


@dataclass(frozen=True, kw_only=True)
class DemoActivity:
    """One invented activity, as the return words it."""

    reference: str
    title: str
    lead: str
    partners: str
    type: str
    status: str
    starts_on: date
    ends_on: date
    sessions: int
    participants: str
    hours: float
    postcode: str
    venue: str
    areas_served: str
    themes: str
    cohorts: str
    tier: str
    visibility: str
    description: str


class Register:
    """What activities are drawn from.

    Parameters
    ----------
    land : areas and residents, by which districts are drawn.
    plan : who works with whom.
    venues : where.
    seed : of the demo.
    """

    def __init__(self, land: Land, plan: Partnerships, venues: Venues, seed: int) -> None:
        residents = land.lsoas.groupby("lad_code")["residents"].sum()
        # The smallest districts would otherwise have next to nothing.
        self._shares = [float(residents[lad] + residents.mean()) for lad in DISTRICT_NAMES]
        self._plan, self._venues, self._draw = plan, venues, Draw(seed, "activities")

    def all(self) -> list[DemoActivity]:
        """Draw the register: every second activity is joint, the last ones are to come."""
        return [self._one(number) for number in range(1, DELIVERED + PLANNED + 1)]

    def _one(self, number: int) -> DemoActivity:
        draw = self._draw
        is_joint, is_planned = number % 2 == 0, number > DELIVERED
        lead = self._lead(is_joint=is_joint, is_of_circle=is_joint and number <= 2 * CIRCLE)
        programme = draw.one(PROGRAMMES, [each.share for each in PROGRAMMES])
        weeks = draw.whole(*programme.weeks)
        starts_on, ends_on = _days(draw, weeks, is_planned=is_planned)
        venue = self._venue(lead.lad_code, ends_on)
        counted = draw.chance(1 - _UNCOUNTED_SHARE) and not is_planned
        place = venue.place or draw.one(words.DISTRICT_PLACES[lead.lad_code])
        return DemoActivity(
            reference=f"SYNTHETIC-{number:04d}",
            title=draw.one(programme.titles).format(place=place),
            lead=lead.name,
            partners="; ".join(draw_partners(self._plan, lead, draw)) if is_joint else "",
            type=programme.type,
            status=_status(draw, is_planned=is_planned),
            starts_on=starts_on,
            ends_on=ends_on,
            sessions=weeks,
            participants=str(_participants(draw, programme, weeks)) if counted else "",
            hours=draw.one(programme.hours),
            postcode=venue.postcode,
            venue=venue.name,
            areas_served="" if venue.postcode else self._service_area(lead.lad_code),
            themes="; ".join(draw.several(programme.themes, draw.whole(1, 2))),
            cohorts="; ".join(draw.several(programme.cohorts, draw.whole(1, 2))),
            tier=draw.one(TIERS, TIER_WEIGHTS),
            visibility=draw.one(("exact", "ward", "authority", "hidden"), (0.93, 0.04, 0.02, 0.01)),
            description=draw.one(DESCRIPTIONS),
        )

    def _lead(self, *, is_joint: bool, is_of_circle: bool) -> DemoOrganisation:
        draw, plan = self._draw, self._plan
        if is_of_circle:
            return draw.one(plan.circle)
        lad_code = draw.one(list(DISTRICT_NAMES), self._shares)
        if draw.chance(_BROKER_LEAD_SHARE):
            return in_community(draw.one(plan.brokers), lad_code)
        is_alone = not is_joint and draw.chance(_ISOLATE_LEAD_SHARE)
        alone = [each for each in plan.isolates if each.lad_code == lad_code]
        if is_alone and alone:
            return draw.one(alone)
        return self._member(lad_code)

    def _member(self, lad_code: str) -> DemoOrganisation:
        name = community_of(lad_code)
        members, weights = self._plan.members[name], self._plan.weights[name]
        here = [
            weight * (each.lad_code == lad_code)
            for each, weight in zip(members, weights, strict=True)
        ]
        return self._draw.one(members, here)

    def _venue(self, lad_code: str, ends_on: date) -> Venue:
        if self._draw.chance(_SERVICE_SHARE):
            return Venue("", "", "")
        return self._venues.draw_one(lad_code, ends_on, self._draw)

    def _service_area(self, lad_code: str) -> str:
        kind = self._draw.whole(1, 10)
        if kind <= len(_SERVICE_AREAS):
            return _SERVICE_AREAS[kind - 1]
        if kind <= 4:  # noqa: PLR2004  (two cases in ten: the whole community)
            return "; ".join(DISTRICT_NAMES[code] for code in COMMUNITIES[community_of(lad_code)])
        return DISTRICT_NAMES[lad_code]


def _days(draw: Draw, weeks: int, *, is_planned: bool) -> tuple[date, date]:
    if is_planned:
        starts_on = draw.day(date(2026, 1, 5), date(2026, 6, 30))
        return starts_on, starts_on + timedelta(weeks=weeks - 1)
    latest = LAST_DAY - timedelta(weeks=weeks - 1)
    starts_on = draw.day(FIRST_DAY, latest)
    return starts_on, starts_on + timedelta(weeks=weeks - 1)


def _status(draw: Draw, *, is_planned: bool) -> ActivityStatus:
    if is_planned:
        return ActivityStatus.PLANNED
    is_cancelled = draw.chance(_CANCELLED_SHARE)
    return ActivityStatus.CANCELLED if is_cancelled else ActivityStatus.DELIVERED


def _participants(draw: Draw, programme: Programme, weeks: int) -> int:
    """Draw people taking part: those of one session, and some who come to others only."""
    size = programme.people * float(draw.rng.lognormal(0, 0.4))
    return max(2, round(size * (1 + 0.04 * (weeks - 1))))
