"""What an online geocoder answers is no more exact than what it is of, and how large that is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.place import Precision
from mapper.ingest.places.geocoded import is_answer, read_geocoded
from tests.nominatim_server import box, point

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("lat", "lon", "class", "type", "boundingbox", "place_rank")), inner
        )
    ),
    max_leaves=12,
)


def precision(**choices: Any) -> Precision | None:
    return read_geocoded(point(**choices)).precision


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"class": "building", "type": "yes"}, Precision.COORDINATES),
        ({"class": "place", "type": "house"}, Precision.COORDINATES),
        ({"class": "amenity", "type": "community_centre"}, Precision.COORDINATES),
        ({"class": "highway", "type": "residential", "place_rank": 26}, Precision.STREET),
        ({"class": "place", "type": "postcode", "place_rank": 21}, Precision.DISTRICT),
        ({"class": "place", "type": "suburb", "place_rank": 19}, Precision.AREA),
        ({"class": "boundary", "type": "administrative", "addresstype": "city"}, Precision.AREA),
        ({"class": "leisure", "type": "park", "place_rank": 24}, Precision.AREA),
        ({"class": "natural", "type": "water"}, Precision.AREA),
        ({"class": "boundary", "type": "administrative", "addresstype": "county"}, None),
        ({"class": "place", "type": "country"}, None),
    ],
)
def test_an_answer_is_as_exact_as_what_it_is_of(
    answer: dict[str, Any], expected: Precision | None
) -> None:
    assert precision(**answer) is expected


@pytest.mark.parametrize(
    ("answer", "side_m", "expected"),
    [
        ({"class": "amenity", "type": "hospital"}, 400, Precision.SQUARE_1KM),
        ({"class": "amenity", "type": "university"}, 3_000, Precision.AREA),
        ({"class": "highway", "type": "primary", "place_rank": 26}, 900, Precision.STREET),
        ({"class": "highway", "type": "primary", "place_rank": 26}, 4_000, Precision.AREA),
        ({"class": "boundary", "type": "administrative"}, 20_000, Precision.AREA),
        ({"class": "boundary", "type": "administrative"}, 90_000, None),
    ],
)
def test_an_answer_is_no_more_exact_than_what_it_is_of_is_large(
    answer: dict[str, Any], side_m: float, expected: Precision | None
) -> None:
    assert precision(**answer, boundingbox=box(side_m)) is expected


@pytest.mark.parametrize(
    "found",
    [
        {},
        "busy",
        None,
        [1],
        [{}],
        [{"lat": "50.9"}],
        [{"lat": "nan", "lon": "1"}],
        [{"lat": "x", "lon": "y"}],
    ],
)
def test_what_is_no_list_of_points_is_no_answer(found: object) -> None:
    assert not is_answer(found)


@given(st.lists(ANYTHING, max_size=3))
def test_whatever_a_server_answers_is_read_or_told_apart(found: list[Any]) -> None:
    if is_answer(found):
        for each in found:
            read_geocoded(each)


def test_nothing_found_is_an_answer_too() -> None:
    assert is_answer(json.loads("[]"))
