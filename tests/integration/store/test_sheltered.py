"""What stands on the ground of a refuge is not shown more exactly than the refuge."""

import pytest

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import OrganisationKind
from mapper.domain.place import Place, Precision
from mapper.store import listings
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sheltered import SAME_GROUND_M, strictest, strictest_by_place
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_place, make_source


@pytest.mark.parametrize(
    ("away_m", "shown"),
    [(0.0, "authority"), (SAME_GROUND_M, "authority"), (SAME_GROUND_M + 1, "exact")],
)
def test_a_neighbour_by_coordinates_is_as_strict_as_the_refuge(
    ground: Store, away_m: float, shown: str
) -> None:
    assert _shown(ground, _at(away_m)) == shown


def test_a_neighbour_of_the_same_postcode_is_as_strict_as_the_refuge(ground: Store) -> None:
    same_postcode = make_place(0, easting_m=make_place().easting_m + 900.0)
    assert _shown(ground, same_postcode) == "authority"


def test_two_places_without_a_postcode_have_none_in_common(ground: Store) -> None:
    far = make_place(3, postcode="", precision=Precision.COORDINATES)
    assert _shown(ground, far, refuge_at=_at(0.0)) == "exact"


def test_where_nothing_is_sheltered_nothing_is_held_back(ground: Store) -> None:
    with ground.reading() as session:
        assert strictest_by_place(session) == {}


def test_of_several_visibilities_the_one_that_shows_least_is_chosen() -> None:
    assert strictest(["ward", "hidden", "exact"]) == Visibility.HIDDEN
    assert strictest([]) == Visibility.EXACT


def _at(away_m: float) -> Place:
    east = make_place().easting_m + away_m
    return make_place(0, easting_m=east, postcode="", precision=Precision.COORDINATES)


def _shown(store: Store, place: Place, refuge_at: Place | None = None) -> str:
    refuge = make_organisation(kind=OrganisationKind.REFUGE)
    neighbour = make_organisation(name="Neighbour")
    with store.writing() as session:
        source = add_source(session, make_source())
        records = [located(refuge, refuge_at or make_place()), located(neighbour, place)]
        save_organisations(session, source, records)
    with store.reading() as session:
        rows = listings.organisation_rows(session).set_index("name")
    return str(rows.loc["Neighbour", "visibility"])
