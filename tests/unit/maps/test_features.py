"""Published figures as GeoJSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, shape

from mapper.maps.features import (
    area_features,
    compact_json,
    embedded_json,
    outline_features,
    place_features,
)
from mapper.reports.published import PublishedAreas
from tests.unit.maps.invented import HOSTILE, halves, places, square_areas


def features(*columns: str) -> list[dict]:
    return area_features(square_areas(), columns)["features"]


def test_each_area_is_a_feature_with_its_code_as_id() -> None:
    assert [feature["id"] for feature in features()] == [f"E01{place:06d}" for place in range(36)]


def test_only_the_columns_asked_for_are_written() -> None:
    assert set(features("rank")[5]["properties"]) == {"area_code", "area_name", "rank"}


def test_a_column_the_table_lacks_is_left_out() -> None:
    assert "no_such" not in features("no_such")[0]["properties"]


def test_a_withheld_value_is_null_and_says_so() -> None:
    properties = features("eb_rate_per_1000")[0]["properties"]
    assert properties["eb_rate_per_1000"] is None
    assert properties["eb_rate_per_1000_is_withheld"] is True


def test_published_words_stand_beside_the_value() -> None:
    assert features("eb_rate_per_1000")[0]["properties"]["eb_rate_per_1000_text"] == "fewer than 5"


def test_words_equal_to_the_value_are_not_written_twice() -> None:
    assert "rank_text" not in features("rank")[5]["properties"]


def test_an_area_without_an_outline_has_no_geometry() -> None:
    areas = square_areas()
    bare = PublishedAreas(areas.table, {})
    assert {feature["geometry"] for feature in area_features(bare, ())["features"]} == {None}


def test_coordinates_have_five_decimals() -> None:
    areas = square_areas(1)
    fine = Polygon([(-1.123456789, 50.1), (-1.1, 50.123456789), (-1.0, 50.0)])
    written = area_features(PublishedAreas(areas.table, {"E01000000": fine}), ())
    assert [-1.12346, 50.1] in written["features"][0]["geometry"]["coordinates"][0]


def test_an_outline_names_a_point_inside_it_for_its_label() -> None:
    for feature in outline_features(halves())["features"]:
        properties = feature["properties"]
        label = Point(properties["label_longitude"], properties["label_latitude"])
        assert shape(feature["geometry"]).contains(label)


def test_a_place_keeps_its_words_as_they_were_written() -> None:
    properties = place_features(places("Organisations", 1))["features"][0]["properties"]
    assert properties["name"] == HOSTILE


def test_a_place_stands_where_it_was_published() -> None:
    geometry = place_features(places("Organisations", 1))["features"][0]["geometry"]
    assert geometry == {"type": "Point", "coordinates": [-1.59, 50.81]}


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        compact_json({"rate": float("nan")})


@given(st.text())
def test_embedded_text_reads_back_as_it_was(text: str) -> None:
    assert json.loads(embedded_json({"name": text})) == {"name": text}


@given(st.text(alphabet="<>&'\u2028\u2029/script!-", max_size=40))
def test_embedded_text_cannot_end_its_element(text: str) -> None:
    assert not set(embedded_json(text)) & set("<>&'\u2028\u2029")
