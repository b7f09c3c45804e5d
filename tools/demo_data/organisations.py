"""The demo's directory: invented organisations of every kind at real postcodes."""

from dataclasses import dataclass, field

import pandas as pd

from mapper.domain.organisation import OrganisationKind as Kind
from mapper.domain.organisation import Sector
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from tools.demo_data import words
from tools.demo_data.draw import Draw
from tools.demo_data.land import DISTRICT_NAMES, Land
from tools.demo_data.people import DemoContact, draw_contact

NUMBERS = {
    Kind.SCHOOL: 56, Kind.LIBRARY: 24, Kind.CHARITY: 76, Kind.COMMUNITY_GROUP: 42,
    Kind.COMMUNITY_CENTRE: 32, Kind.YOUTH_CLUB: 32, Kind.FAITH_GROUP: 24, Kind.SPORTS_CLUB: 28,
    Kind.HEALTH: 15, Kind.BUSINESS: 10, Kind.OTHER: 4, Kind.REFUGE: 1,
}  # fmt: skip
"""How many of each kind, beside the authorities."""

SECTORS = {
    Kind.POLICE: Sector.SPECIFIED_AUTHORITY, Kind.PROBATION: Sector.SPECIFIED_AUTHORITY,
    Kind.YOUTH_JUSTICE: Sector.SPECIFIED_AUTHORITY,
    Kind.FIRE_AND_RESCUE: Sector.SPECIFIED_AUTHORITY,
    Kind.LOCAL_AUTHORITY: Sector.SPECIFIED_AUTHORITY, Kind.HEALTH: Sector.PUBLIC,
    Kind.PRISON: Sector.RELEVANT_AUTHORITY, Kind.SCHOOL: Sector.EDUCATION,
    Kind.LIBRARY: Sector.PUBLIC, Kind.CHARITY: Sector.VCSE, Kind.COMMUNITY_GROUP: Sector.VCSE,
    Kind.COMMUNITY_CENTRE: Sector.VCSE, Kind.YOUTH_CLUB: Sector.VCSE,
    Kind.FAITH_GROUP: Sector.FAITH, Kind.SPORTS_CLUB: Sector.SPORT, Kind.REFUGE: Sector.VCSE,
    Kind.BUSINESS: Sector.BUSINESS, Kind.OTHER: Sector.PUBLIC,
}  # fmt: skip
CARE_BOARD = "Demo Integrated Care Board (invented)"
_THEMED_KINDS = (Kind.CHARITY, Kind.COMMUNITY_GROUP, Kind.YOUTH_CLUB, Kind.SPORTS_CLUB)
_REFUGE_LAD = "E07000086"


@dataclass(frozen=True, kw_only=True)
class DemoOrganisation:
    """One invented organisation, as the file words it.

    Parameters
    ----------
    lad_code : of the district it is at home in; not in the file.
    """

    reference: str
    name: str
    kind: Kind
    sector: Sector
    lad_code: str
    address: str = ""
    postcode: str = ""
    areas_served: str = ""
    visibility: str = ""
    themes: str = ""
    cohorts: str = ""
    tiers: str = ""
    contact: DemoContact = field(default_factory=DemoContact)


def invent_organisations(land: Land, seed: int) -> list[DemoOrganisation]:
    """Invent the directory, authorities first.

    Parameters
    ----------
    land : the postcodes to put them at.
    seed : of the demo.
    """
    draw = Draw(seed, "organisations")
    bodies = list(words.STATUTORY)
    bodies += [
        (f"Demo Council of {name} (invented)", Kind.LOCAL_AUTHORITY, code)
        for code, name in DISTRICT_NAMES.items()
    ]
    bodies += _named_bodies(land, draw)
    sites = _Sites(land, draw)
    return [_invent(number, body, sites, draw) for number, body in enumerate(bodies, start=1)]


class _Sites:
    """Postcodes by district, live ones and those no longer in use."""

    def __init__(self, land: Land, draw: Draw) -> None:
        table = land.postcodes
        self._of: dict[tuple[str, bool], list[str]] = {
            (lad, is_old): list(table.loc[mine & (table["is_terminated"] == is_old), "postcode"])
            for lad in DISTRICT_NAMES
            for mine in [table["lad_code"] == lad]
            for is_old in (False, True)
        }
        self._draw = draw

    def one(self, lad_code: str, *, is_terminated: bool) -> str:
        """Draw a postcode of a district."""
        return self._draw.one(self._of[lad_code, is_terminated])


def _named_bodies(land: Land, draw: Draw) -> list[tuple[str, Kind, str]]:
    residents = land.lsoas.groupby("lad_code")["residents"].sum()
    # The smallest districts would otherwise have next to nobody.
    shares = (residents + residents.mean()).reindex(pd.Index(list(DISTRICT_NAMES)))
    taken: set[str] = set()
    bodies = []
    for kind, number in NUMBERS.items():
        for _ in range(number):
            drawn = draw.one(list(DISTRICT_NAMES), list(shares))
            lad = _REFUGE_LAD if kind is Kind.REFUGE else drawn
            bodies.append((_new_name(kind, lad, taken, draw), kind, lad))
    return bodies


def _new_name(kind: Kind, lad_code: str, taken: set[str], draw: Draw) -> str:
    while True:
        name = draw.one(words.KIND_NAMES[kind]).format(
            p=draw.one(words.DISTRICT_PLACES[lad_code]), w=draw.one(words.CHARITY_WORDS)
        )
        if name not in taken:
            taken.add(name)
            return name


def _invent(
    number: int, body: tuple[str, Kind, str], sites: _Sites, draw: Draw
) -> DemoOrganisation:
    name, kind, lad_code = body
    is_refuge = kind is Kind.REFUGE
    has_site = is_refuge or not (kind is Kind.CHARITY and draw.chance(0.08))
    is_themed = kind in _THEMED_KINDS
    return DemoOrganisation(
        reference=f"SYNTHETIC-{number:04d}",
        name=name,
        kind=kind,
        sector=Sector.SPECIFIED_AUTHORITY if name == CARE_BOARD else SECTORS[kind],
        lad_code=lad_code,
        address=f"{draw.whole(1, 99)} Invented Street" if has_site else "",
        postcode=sites.one(lad_code, is_terminated=draw.chance(0.03)) if has_site else "",
        areas_served="" if has_site else DISTRICT_NAMES[lad_code],
        # The file asks to show the refuge exactly, as files do: mapper must not.
        visibility="exact" if is_refuge else draw.one(("", "ward", "hidden"), (0.96, 0.03, 0.01)),
        themes="; ".join(draw.several(list(Theme), draw.whole(1, 3))) if is_themed else "",
        cohorts="; ".join(draw.several(list(Cohort), draw.whole(1, 2))) if is_themed else "",
        tiers=draw.one(list(PreventionTier)) if is_themed else "",
        contact=draw_contact(draw),
    )
