"""A venue is found by its name where only one can be meant."""

import pytest

from mapper.domain.place import Place
from mapper.ingest.places.venues import VENUE_METHOD, Venues
from tests.factories import PORTSMOUTH, SOUTHAMPTON, make_place

FRATTON = make_place(0, lad_code=PORTSMOUTH)
TOWN = make_place(1, lad_code=PORTSMOUTH)
DOCKS = make_place(5, lad_code=SOUTHAMPTON)
VENUES = [
    ("Fratton Community Centre", FRATTON),
    ("The Mill", TOWN),
    ("The Mill", DOCKS),
    ("1st Cosham Scout Group", TOWN),
    ("St Mary's Church Hall", FRATTON),
    ("St Marys Church Hall", FRATTON),
]


def found(address: str) -> tuple[Place, bool] | None:
    named = Venues(VENUES).find(address)
    return None if named is None else (named.place, named.is_sure)


@pytest.mark.parametrize(
    "address",
    [
        "Fratton Community Centre",
        "fratton community centre",
        "Fratton Community Centre, Portsmouth",
        "The Fratton Community Centre, Trafalgar Place, Portsmouth",
    ],
)
def test_a_name_that_one_venue_has_gives_its_place(address: str) -> None:
    venue = found(address)
    assert venue is not None
    assert (venue[0].postcode, venue[0].method) == (FRATTON.postcode, VENUE_METHOD)
    assert venue[1]


@pytest.mark.parametrize(
    "address",
    [
        "Fratton Community Centre, Southampton",
        "The Mill",
        "Somers Town Hub",
        "2nd Cosham Scout Group",
        "",
    ],
)
def test_a_name_that_no_one_venue_there_has_gives_none(address: str) -> None:
    assert found(address) is None


def test_an_authority_that_is_named_tells_two_of_one_name_apart() -> None:
    venue = found("The Mill, Southampton")
    assert venue is not None
    assert venue[0].postcode == DOCKS.postcode


def test_two_entries_on_one_spot_are_one_venue() -> None:
    assert found("St Mary's Church Hall") is not None


def test_a_name_nearly_the_same_is_found_and_told() -> None:
    venue = found("Fratton Comunity Centre, Portsmouth")
    assert venue is not None
    assert (venue[0].postcode, venue[1]) == (FRATTON.postcode, False)
