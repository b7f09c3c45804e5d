"""Organisations and activities in any number, as records ready to save: for the bench."""

from datetime import date, timedelta
from typing import Any

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.area import HIPS_LADS
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.domain.place import Location, Place, Precision
from mapper.domain.vocabulary import Cohort, Theme
from tools.demo_data.draw import Draw
from tools.demo_data.land import read_land

_KINDS = tuple(each for each in OrganisationKind if each is not OrganisationKind.REFUGE)
_FIRST_DAY, _DAYS = date(2024, 1, 1), 700
_JOINT_SHARE, _SERVICE_SHARE, _UNCOUNTED_SHARE = 0.5, 0.1, 0.15
_NEAR = 40
"""Partners are drawn from so many organisations either side in the list, so ties cluster."""


def organisations(n: int, seed: int) -> list[Located[Organisation]]:
    """Invent organisations called ``SYNTHETIC organisation 1`` and so on, each placed.

    Parameters
    ----------
    n : how many.
    seed : the same seed gives the same organisations.
    """
    draw = Draw(seed, "scale organisations")
    return [
        Located(
            Organisation(
                source_key=f"SYNTHETIC-{number}",
                name=organisation_name(number),
                kind=draw.one(_KINDS),
                sector=draw.one(tuple(Sector)),
                location=Location(postcode=place.postcode),
                themes=frozenset(draw.several(tuple(Theme), 2)),
                cohorts=frozenset(draw.several(tuple(Cohort), 2)),
            ),
            place,
            number + 1,
        )
        for number, place in enumerate(_places(n, draw), start=1)
    ]


def activities(n: int, seed: int, organisations: int = 2_000) -> list[Located[Activity]]:
    """Invent activities from January 2024 to the end of 2025, half of them joint.

    Parameters
    ----------
    n : how many.
    seed : the same seed gives the same activities.
    organisations : how many there are to lead and to take part, as `organisations` names them.
    """
    draw = Draw(seed, "scale activities")
    return [
        _activity(number, place, organisations, draw)
        for number, place in enumerate(_places(n, draw), start=1)
    ]


def organisation_name(number: int) -> str:
    """Name an organisation.

    Parameters
    ----------
    number : counted from 1.
    """
    return f"SYNTHETIC organisation {number}"


def _activity(number: int, place: Place, organisations: int, draw: Draw) -> Located[Activity]:
    starts_on = _FIRST_DAY + timedelta(days=draw.whole(0, _DAYS))
    weeks = draw.whole(1, 30)
    lead = draw.whole(1, organisations)
    is_service = draw.chance(_SERVICE_SHARE)
    is_joint, is_counted = draw.chance(_JOINT_SHARE), not draw.chance(_UNCOUNTED_SHARE)
    record = Activity(
        source_key=f"SYNTHETIC-{number}",
        title=f"SYNTHETIC activity {number}",
        lead=organisation_name(lead),
        partners=_partners(lead, organisations, draw) if is_joint else (),
        starts_on=starts_on,
        ends_on=min(starts_on + timedelta(weeks=weeks - 1), date(2025, 12, 31)),
        status=ActivityStatus.DELIVERED,
        type=draw.one(tuple(ActivityType)),
        sessions=weeks,
        participants=draw.whole(2, 150) if is_counted else None,
        location=Location() if is_service else Location(postcode=place.postcode),
        areas_served=(draw.one(tuple(HIPS_LADS)),) if is_service else (),
        themes=frozenset(draw.several(tuple(Theme), 2)),
        cohorts=frozenset(draw.several(tuple(Cohort), 2)),
    )
    return Located(record, None if is_service else place, number + 1)


def _partners(lead: int, organisations: int, draw: Draw) -> tuple[str, ...]:
    numbers = {
        (lead - 1 + draw.whole(1, _NEAR)) % organisations + 1 for _ in range(draw.whole(1, 3))
    }
    return tuple(organisation_name(number) for number in sorted(numbers - {lead}))


def _places(n: int, draw: Draw) -> list[Place]:
    postcodes = read_land().postcodes
    drawn = postcodes.iloc[draw.rng.integers(0, len(postcodes), n)]
    return [_place(row) for row in drawn.to_dict("records")]


def _place(row: dict[Any, Any]) -> Place:
    return Place(
        easting_m=float(row["easting_m"]),
        northing_m=float(row["northing_m"]),
        precision=Precision.UNIT_POSTCODE,
        method="postcode directory",
        postcode=str(row["postcode"]),
        lad_code=str(row["lad_code"]),
        ward_code=str(row["ward_code"]),
        lsoa11_code=str(row["lsoa_code"]),
        is_terminated=bool(row["is_terminated"]),
    )
