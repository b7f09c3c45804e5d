"""What names a sheltered site, so that it is never sent anywhere."""

import pytest
from sqlalchemy import update

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.store.activities import save_activities
from mapper.store.models import OrganisationRow
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sheltered_words import sheltered_words
from mapper.store.sources import add_source
from tests.factories import located, make_activity, make_organisation, make_place, make_source

DOOR = Location(address="5 Dock Road, Southampton")


@pytest.mark.parametrize(
    "choices", [{"kind": OrganisationKind.REFUGE}, {"visibility": Visibility.WARD}]
)
def test_names_and_addresses_of_what_is_sheltered_are_listed(
    ground: Store, choices: dict[str, object]
) -> None:
    names = {"name": "Hope Trust", "also_known_as": ("Hope", "Harbour")}
    sheltered = make_organisation(location=DOOR, is_active=False, **names, **choices)
    _save(ground, sheltered, make_organisation(location=Location(address="Open Hall")))
    assert sorted(_words(ground)) == ["5 Dock Road, Southampton", "Harbour", "Hope", "Hope Trust"]


def test_a_further_site_that_is_sheltered_is_listed_alone(ground: Store) -> None:
    site = Site(name="Night stop", location=DOOR, visibility=Visibility.HIDDEN)
    _save(ground, make_organisation(name="Open Trust", further_sites=(site,)))
    assert sorted(_words(ground)) == ["5 Dock Road, Southampton", "Night stop"]


def test_one_that_a_sheltered_one_was_merged_into_is_listed_too(ground: Store) -> None:
    _save(
        ground,
        make_organisation(name="Open"),
        make_organisation(name="Hope", kind=OrganisationKind.REFUGE),
    )
    with ground.writing() as session:
        ids = dict(session.query(OrganisationRow.name, OrganisationRow.id).all())
        session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == ids["Hope"])
            .values(merged_into_id=ids["Open"])
        )
    assert sorted(_words(ground)) == ["Hope", "Open"]


def test_the_address_of_an_activity_that_is_sheltered_is_listed(ground: Store) -> None:
    activity = make_activity(location=DOOR, visibility=Visibility.AUTHORITY)
    with ground.writing() as session:
        save_activities(session, add_source(session, make_source()), [located(activity)])
    assert _words(ground) == ["5 Dock Road, Southampton"]


def _save(store: Store, *records):  # noqa: ANN002, ANN202  (organisations)
    given = [located(record, make_place(0), line) for line, record in enumerate(records, start=2)]
    with store.writing() as session:
        save_organisations(session, add_source(session, make_source()), given)


def _words(store: Store) -> list[str]:
    with store.reading() as session:
        return sheltered_words(session)
