"""A small site to look at: eight areas, a few organisations and activities, and one run."""

from datetime import date

import pandas as pd

from mapper.domain.activity import ActivityStatus, ActivityType
from mapper.domain.area import AreaType
from mapper.domain.contact import Consent
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Theme
from mapper.reports.choices import AnalysisChoices
from mapper.store.activities import save_activities
from mapper.store.areas import link_areas
from mapper.store.organisations import save_organisations
from mapper.store.session import Store, open_store
from mapper.store.sources import add_source
from mapper.store.users import save_user
from mapper.store.violence import save_violence
from mapper.web.people import hash_password
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
    make_user,
)
from tests.published import analyse_and_publish

PASSWORD = "a password for tests"  # noqa: S105  (of accounts that no other site has)
HOSTILE = '<script>alert("x")</script> & ${alert(1)}'
"""A name that no page may take for anything but a name."""

HIDDEN_ADDRESS = "17 Whisper Lane"
"""Where the refuge is: nowhere in any response."""


def fill_site(url: str) -> None:
    """Fill an upgraded, empty database.

    Parameters
    ----------
    url : of the database.
    """
    store = open_store(url)
    with store.writing() as session:
        lay_ground(session)
        middle = {"msoa_code": [f"E0200000{square // 4 + 1}" for square in range(8)]}
        codes = pd.Index([lsoa(square) for square in range(8)], name="area_code")
        link_areas(session, (AreaType.LSOA, "2011"), pd.DataFrame(middle, index=codes))
    _add_directory(store)
    _add_register(store)
    _add_violence(store)
    with store.writing() as session:
        for role in (Role.PARTNER, Role.ANALYST):
            email = f"{role.value}@example.org"
            save_user(
                session,
                make_user(email=email, role=role, password_hash=hash_password(PASSWORD)),
            )
    analyse_and_publish(
        store, AnalysisChoices(period=Period(Month(2025, 1), Month(2025, 4)), draws=20)
    )
    store.dispose()


def _add_directory(store: Store) -> None:
    asked = make_contact(name="Asked Person", shares_practice=True, email="asked@example.org")
    public = make_contact(
        name="Public Person",
        shares_practice=True,
        consent=Consent(Audience.PUBLIC, date(2025, 1, 1), "e-mail reply"),
    )
    silent = make_contact(name="Silent Person", shares_practice=True, consent=None)
    youth_trust = make_organisation(
        name="Portsmouth Youth Trust", contacts=(asked, public, silent), themes={Theme.KNIFE_CRIME}
    )
    refuge = make_organisation(
        name="A Refuge",
        kind=OrganisationKind.REFUGE,
        location=Location(postcode="PO1 1AX", address=HIDDEN_ADDRESS),
    )
    records = [
        located(youth_trust, make_place(0)),
        located(make_organisation(name="Southampton Library"), make_place(5)),
        located(make_organisation(name=HOSTILE), make_place(6)),
        located(refuge, make_place(1)),
    ]
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.ORGANISATIONS, name="directory"))
        save_organisations(session, source_id, records)


def _add_register(store: Store) -> None:
    together = make_activity(
        title="Football on Thursdays",
        partners=("Southampton Library",),
        sessions=10,
        type=ActivityType.SPORT,
        participants=120,
    )
    few = make_activity(title="Quiet talks", participants=3, lead="Southampton Library")
    hidden = make_activity(
        title="Behind the curtain",
        visibility=Visibility.HIDDEN,
        location=Location(postcode="PO1 7AX", address=HIDDEN_ADDRESS),
    )
    roaming = make_activity(
        title=HOSTILE,
        lead=HOSTILE,
        location=Location(),
        areas_served=("E06000045",),
        status=ActivityStatus.PLANNED,
    )
    records = [
        located(together, make_place(0)),
        located(few, make_place(5)),
        located(hidden, make_place(7)),
        located(roaming),
    ]
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.ACTIVITIES, name="returns"))
        save_activities(session, source_id, records)


def _add_violence(store: Store) -> None:
    counts = [
        make_count(area_code=lsoa(square), count=3 * square + 1, month=Month(2025, month))
        for square in range(8)
        for month in (1, 2, 3)
    ]
    with store.writing() as session:
        source_id = add_source(session, make_source(SourceKind.VIOLENCE, name="police.uk"))
        save_violence(session, source_id, counts)
