"""Which sites a record may be placed at by name, and which must never be."""

import pytest

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.place import Precision
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.venues import venue_places
from tests.factories import located, make_organisation, make_place, make_source


def test_an_open_site_that_is_shown_exactly_may_be_named(ground: Store) -> None:
    ((name, place),) = _venues(ground, located(make_organisation(name="Mill"), make_place(0)))
    assert (name, place.postcode, place.lad_code) == ("Mill", "PO1 0AX", "E06000044")


@pytest.mark.parametrize(
    "choices",
    [
        {"visibility": Visibility.WARD},
        {"visibility": Visibility.AUTHORITY},
        {"visibility": Visibility.HIDDEN},
        {"kind": OrganisationKind.REFUGE},
        {"is_active": False},
    ],
)
def test_what_is_not_open_or_not_shown_exactly_is_never_named(
    ground: Store, choices: dict[str, object]
) -> None:
    assert _venues(ground, located(make_organisation(**choices), make_place(0))) == []


def test_a_site_on_the_ground_of_a_refuge_is_never_named(ground: Store) -> None:
    refuge = make_organisation(kind=OrganisationKind.REFUGE)
    records = [located(refuge, make_place(0)), located(make_organisation(), make_place(0))]
    assert _venues(ground, *records) == []


def test_a_site_known_only_by_its_sector_is_never_named(ground: Store) -> None:
    rough = make_place(0, precision=Precision.SECTOR, postcode="PO1 3")
    assert _venues(ground, located(make_organisation(), rough)) == []


def _venues(store: Store, *records):  # noqa: ANN002, ANN202  (records of organisations)
    with store.writing() as session:
        save_organisations(session, add_source(session, make_source()), list(records))
    with store.reading() as session:
        return venue_places(session)
