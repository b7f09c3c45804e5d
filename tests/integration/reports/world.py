"""A small invented world: two districts of four small areas each, and who works there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from mapper.domain.area import AreaType
from mapper.domain.contact import Consent
from mapper.domain.disclosure import Audience, Sensitivity, Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.place import Location
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Theme
from mapper.reports.choices import AnalysisChoices
from mapper.store.activities import save_activities
from mapper.store.areas import link_areas
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.violence import save_violence
from tests.factories import (
    lay_ground,
    located,
    lsoa,
    make_activity,
    make_contact,
    make_count,
    make_organisation,
    make_place,
    make_source,
)

COUNTS = (1, 2, 30, 40, 6, 25, 2, 60)
"""Robberies of each small area, from west to east; the first month holds all but two thirds."""

MONTHS = (Month(2025, 1), Month(2025, 2), Month(2025, 3))
QUARTER = Period(MONTHS[0], Month(2025, 4))
HIDDEN_ADDRESS = "17 Whisper Lane"
REFUGE_SQUARE = 1
UNSEEN_SQUARE = 4
EXAMPLE = "=cmd|calc"
"""A name that no spreadsheet may run."""


def choices(**given: Any) -> AnalysisChoices:
    """A quick run of the whole quarter."""
    return AnalysisChoices(**{"period": QUARTER, "draws": 20} | given)


def fill(
    store: Store,
    sensitivity: Sensitivity = Sensitivity.OPEN,
    *,
    refuge_square: int = REFUGE_SQUARE,
    few: int = 3,
    counts: Sequence[int] = COUNTS,
    unseen_square: int = UNSEEN_SQUARE,
) -> None:
    """Fill an empty store.

    Parameters
    ----------
    store : upgraded and empty.
    sensitivity : of the violence counts.
    refuge_square : the small area where the refuge is and works.
    few : people who took part in the smallest activity.
    counts : of robberies, from west to east.
    unseen_square : the small area where the hidden site is and works.
    """
    with store.writing() as session:
        lay_ground(session)
        middle = {"msoa_code": [f"E0200000{square // 4 + 1}" for square in range(8)]}
        codes = pd.Index([lsoa(square) for square in range(8)], name="area_code")
        link_areas(session, (AreaType.LSOA, "2011"), pd.DataFrame(middle, index=codes))
    add_organisations(store, refuge_square, unseen_square)
    add_activities(store, refuge_square, unseen_square, few)
    add_violence(store, sensitivity, counts)


def add_organisations(store: Store, refuge_square: int, unseen_square: int) -> None:
    """A trust with contacts, a library, a refuge, and a site that is hidden altogether."""
    contacts = (
        make_contact(
            name="Partner Person", shares_practice=True, email="partner.person@example.org"
        ),
        make_contact(
            name="Public Person",
            shares_practice=True,
            email="public.person@example.org",
            consent=Consent(Audience.PUBLIC, date(2025, 1, 1), "e-mail reply"),
        ),
        make_contact(
            name="Silent Person",
            shares_practice=True,
            email="silent.person@example.org",
            consent=None,
        ),
    )
    refuge = make_organisation(
        name="A Refuge",
        kind=OrganisationKind.REFUGE,
        location=Location(postcode=postcode_of(refuge_square), address=HIDDEN_ADDRESS),
    )
    trust = make_organisation(
        name="Portsmouth Youth Trust", contacts=contacts, themes={Theme.KNIFE_CRIME}
    )
    unseen = make_organisation(
        name="An Unseen Body", visibility=Visibility.HIDDEN, contacts=contacts[1:2]
    )
    records = [
        located(trust, make_place(2)),
        located(make_organisation(name="Southampton Library"), make_place(5)),
        located(make_organisation(name=EXAMPLE), make_place(6)),
        located(make_organisation(name="Closed Club", is_active=False), make_place(6)),
        located(refuge, make_place(refuge_square)),
        located(unseen, make_place(unseen_square)),
    ]
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.ORGANISATIONS, name="directory"))
        save_organisations(session, source_id, records)


def add_activities(store: Store, refuge_square: int, unseen_square: int, few: int) -> None:
    """Work together, alone, with few people, at the refuge, and without a venue."""
    records = [
        located(
            make_activity(
                source_key="football",
                title="Football on Thursdays",
                partners=("Southampton Library",),
                sessions=10,
                participants=120,
            ),
            make_place(2),
        ),
        located(
            make_activity(
                source_key="talks",
                title="Quiet talks",
                participants=few,
                lead="Southampton Library",
            ),
            make_place(5),
        ),
        located(
            make_activity(
                source_key="circle",
                title="Circle",
                lead="A Refuge",
                sessions=6,
                location=Location(postcode=postcode_of(refuge_square), address=HIDDEN_ADDRESS),
            ),
            make_place(refuge_square),
        ),
        located(
            make_activity(
                source_key="unseen",
                title="Unseen work",
                lead="An Unseen Body",
                sessions=5,
                location=Location(postcode=postcode_of(unseen_square)),
            ),
            make_place(unseen_square),
        ),
        located(
            make_activity(
                source_key="roaming",
                title=EXAMPLE,
                lead=EXAMPLE,
                location=Location(),
                areas_served=("E06000045",),
                sessions=4,
            )
        ),
    ]
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.ACTIVITIES, name="returns"))
        save_activities(session, source_id, records)


def add_violence(
    store: Store,
    sensitivity: Sensitivity = Sensitivity.OPEN,
    counts: Sequence[int] = COUNTS,
    name: str = "police.uk",
) -> None:
    """Robberies, in each month about as many, and burglaries that are no violence."""
    records = [
        make_count(area_code=lsoa(square), count=part, month=month, crime_type=kind)
        for square, count in enumerate(counts)
        for kind, whole in (("Robbery", count), ("Burglary", 90))
        for month, part in zip(MONTHS, _thirds(whole), strict=True)
        if part
    ]
    with store.writing() as session:
        source = make_source(SourceKind.VIOLENCE, name=name, sensitivity=sensitivity)
        save_violence(session, add_source(session, source), records)


def postcode_of(square: int) -> str:
    """The postcode in the middle of a small area."""
    return make_place(square).postcode


def _thirds(whole: int) -> tuple[int, int, int]:
    return whole - 2 * (whole // 3), whole // 3, whole // 3
