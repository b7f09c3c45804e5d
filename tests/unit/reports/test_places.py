"""Places are shown no more exactly than they may be."""

from typing import Any

import pandas as pd
import pytest

from mapper.domain.disclosure import Visibility
from mapper.domain.place import Precision
from mapper.geography.crs import points_to_wgs84
from mapper.reports.places import Grounds, Shown, shown_places

SITE = (464_000.0, 100_500.0)
WARD_MIDDLE = (463_000.0, 101_000.0)
LAD_MIDDLE = (465_000.0, 102_000.0)
COLUMNS = ["area_name", "centre_easting_m", "centre_northing_m"]
GROUNDS = Grounds(
    wards=pd.DataFrame([["Nelson", *WARD_MIDDLE]], columns=COLUMNS, index=["E05000001"]),
    lads=pd.DataFrame([["Portsmouth", *LAD_MIDDLE]], columns=COLUMNS, index=["E06000044"]),
)


def shown(**choices: Any) -> Shown:
    """One place as it is shown."""
    record = {
        "visibility": Visibility.EXACT.value,
        "precision": Precision.UNIT_POSTCODE.value,
        "easting_m": SITE[0],
        "northing_m": SITE[1],
        "postcode": "PO1 3AX",
        "ward_code": "E05000001",
        "lad_code": "E06000044",
    }
    return shown_places(pd.DataFrame([record | choices]), GROUNDS)[0]


def at(point: tuple[float, float]) -> tuple[float, float]:
    """A point of the National Grid as it is drawn."""
    longitude, latitude = points_to_wgs84([point[0]], [point[1]])
    return round(float(longitude[0]), 5), round(float(latitude[0]), 5)


def drawn(place: Shown) -> tuple[float, float]:
    """Where a place is drawn."""
    return place.longitude, place.latitude


def test_an_exact_site_is_drawn_where_it_is_with_its_postcode() -> None:
    place = shown()
    assert (place.exactness, place.words) == ("exact", "PO1 3AX, Portsmouth")
    assert drawn(place) == at(SITE)


def test_a_site_shown_by_ward_stands_in_the_middle_of_the_ward() -> None:
    place = shown(visibility=Visibility.WARD.value)
    assert (place.exactness, place.words) == ("ward", "Nelson ward, Portsmouth")
    assert drawn(place) == at(WARD_MIDDLE)


def test_a_site_shown_by_authority_stands_in_the_middle_of_the_authority() -> None:
    place = shown(visibility=Visibility.AUTHORITY.value)
    assert (place.exactness, place.words) == ("local authority", "Portsmouth")
    assert drawn(place) == at(LAD_MIDDLE)


def test_a_hidden_site_is_neither_drawn_nor_named() -> None:
    place = shown(visibility=Visibility.HIDDEN.value)
    assert (place.exactness, place.words, place.is_drawn) == ("", "", False)


@pytest.mark.parametrize("precision", [Precision.DISTRICT, Precision.AREA, Precision.UNKNOWN])
def test_a_place_known_roughly_is_drawn_no_more_exactly_than_its_authority(
    precision: Precision,
) -> None:
    place = shown(precision=precision.value, visibility=Visibility.WARD.value)
    assert (place.exactness, drawn(place)) == ("local authority", at(LAD_MIDDLE))


def test_a_ward_that_is_not_loaded_gives_no_point_rather_than_the_site() -> None:
    place = shown(visibility=Visibility.WARD.value, ward_code="E05999999")
    assert (place.words, place.is_drawn) == ("Portsmouth", False)


def test_no_place_at_all_is_nowhere() -> None:
    nowhere = {"easting_m": float("nan"), "northing_m": float("nan"), "lad_code": ""}
    place = shown(postcode="", ward_code="", **nowhere)
    assert (place.exactness, place.words, place.is_drawn) == ("", "", False)


def test_sites_of_one_ward_shown_by_ward_cannot_be_told_apart() -> None:
    by_ward = {"visibility": Visibility.WARD.value}
    assert shown(**by_ward) == shown(easting_m=463_100.0, postcode="PO1 1AA", **by_ward)


@pytest.mark.parametrize("precision", [Precision.SECTOR, Precision.SQUARE_1KM])
@pytest.mark.parametrize(
    ("ward_code", "exactness", "point"),
    [("E05000001", "ward", WARD_MIDDLE), ("", "local authority", LAD_MIDDLE)],
)
def test_a_place_known_by_ward_at_best_is_drawn_in_its_ward_if_it_lies_in_one(
    precision: Precision, ward_code: str, exactness: str, point: tuple[float, float]
) -> None:
    place = shown(precision=precision.value, ward_code=ward_code)
    assert (place.exactness, drawn(place)) == (exactness, at(point))
