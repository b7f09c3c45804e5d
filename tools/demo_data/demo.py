"""The whole demo, invented from one seed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.domain.organisation import OrganisationKind as Kind
from tools.demo_data import write
from tools.demo_data.activities import DemoActivity, Register
from tools.demo_data.intensity import (
    WITHDRAWAL_METRES,
    PlantedGap,
    intensities,
    planted_gaps,
)
from tools.demo_data.land import read_land
from tools.demo_data.organisations import CARE_BOARD, DemoOrganisation, invent_organisations
from tools.demo_data.partnerships import COMMUNITIES, Partnerships, plan_partnerships
from tools.demo_data.readme import readme
from tools.demo_data.second_list import ListedGroup, invent_second_list
from tools.demo_data.venues import Venues
from tools.demo_data.violence import ODD_LAD, ODD_MONTH, ODD_TYPE, violence_counts

SEED = 20_260_101


@dataclass(frozen=True)
class Demo:
    """Everything invented, and what was planted in it.

    Parameters
    ----------
    organisations, second_list, activities : in the order of the files.
    violence : counts by month, area and type.
    gaps : areas of much violence from which engagement was withdrawn.
    plan : who works with whom.
    """

    organisations: list[DemoOrganisation]
    second_list: list[ListedGroup]
    activities: list[DemoActivity]
    violence: pd.DataFrame
    gaps: list[PlantedGap]
    plan: Partnerships


def invent(seed: int = SEED) -> Demo:
    """Invent the demo.

    Parameters
    ----------
    seed : the same seed gives the same demo.
    """
    land = read_land()
    level = intensities(land, seed)
    gaps = planted_gaps(land, level)
    organisations = invent_organisations(land, seed)
    plan = plan_partnerships(organisations, seed)
    venues = Venues(land, level, organisations, gaps)
    return Demo(
        organisations=organisations,
        second_list=invent_second_list(organisations, land, seed),
        activities=Register(land, plan, venues, seed).all(),
        violence=violence_counts(land, level, seed),
        gaps=gaps,
        plan=plan,
    )


def planted(demo: Demo) -> dict[str, Any]:
    """List what was planted for the demo to show.

    Parameters
    ----------
    demo : as invented.
    """
    refuge = next(each for each in demo.organisations if each.kind is Kind.REFUGE)
    return {
        "note": "SYNTHETIC: planted in invented data; says nothing of the real places.",
        "gaps": [vars(gap) for gap in demo.gaps],
        "metres_without_venue": WITHDRAWAL_METRES,
        "odd_month": {"lad_code": ODD_LAD, "month": ODD_MONTH, "crime_type": ODD_TYPE},
        "brokers": [each.name for each in demo.plan.brokers],
        "closed_circle": [each.name for each in demo.plan.circle],
        "absent_authority": CARE_BOARD,
        "communities": COMMUNITIES,
        "refuge": {"name": refuge.name, "postcode": refuge.postcode, "address": refuge.address},
        "duplicates": {each.name: each.same_as for each in demo.second_list if each.same_as},
    }


def write_demo(out: Path, demo: Demo) -> None:
    """Write every file of the demo.

    Parameters
    ----------
    out : the folder, made if need be.
    demo : as invented.
    """
    out.mkdir(parents=True, exist_ok=True)
    write.write_organisations(out / "organisations.csv", demo.organisations)
    write.write_second_list(out / "organisations_second_list.csv", demo.second_list)
    write.write_activities(out / "activities.csv", demo.activities)
    write.write_violence(out / "violence.csv.gz", demo.violence)
    write.write_json(out / "planted.json", planted(demo))
    (out / "README.md").write_text(readme(demo, planted(demo)), encoding="utf-8")
