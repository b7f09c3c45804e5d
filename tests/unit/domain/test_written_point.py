"""Coordinates are read from one cell as people write them."""

import pytest

from mapper.domain.written_point import WrittenPoint, read_point, side_of_columns
from mapper.errors import InvalidValueError


def read(text: str, *, is_declared: bool = True) -> WrittenPoint:
    point = read_point(text, is_declared=is_declared)
    assert point is not None
    return point


@pytest.mark.parametrize("text", ["442100 112300", "442100,112300", "442100E 112300N"])
def test_an_easting_and_a_northing_are_metres(text: str) -> None:
    point = read(text)
    assert (point.easting_m, point.northing_m, point.square_m) == (442_100, 112_300, 0)


@pytest.mark.parametrize(
    "text",
    [
        "50.8034, -1.0900",
        "50.8034 -1.0900",
        "(50.8034, -1.0900)",
        "50.8034N 1.0900W",
        "N50.8034, W1.0900",
        "50°48'12.2\"N 1°5'24.0\"W",
        "50\u00b0 48\u2032 12.2\u2033 N, 1\u00b0 5\u2032 24.0\u2033 W",
        "1 5 24.0 W 50 48 12.2 N",
    ],
)
def test_degrees_are_read_however_they_are_written(text: str) -> None:
    point = read(text)
    assert (point.latitude, point.longitude) == pytest.approx((50.8034, -1.09), abs=1e-4)
    assert (point.square_m, point.is_swapped) == (0, False)


def test_longitude_before_latitude_is_told() -> None:
    point = read("-1.0900, 50.8034")
    assert (point.latitude, point.longitude, point.is_swapped) == (50.8034, -1.09, True)


@pytest.mark.parametrize(
    ("text", "side_m"),
    [
        ("50.8034, -1.0912", 0),
        ("50.803, -1.091", 100),
        ("50.80, -1.09", 1_000),
        ("50.8, -1.1", 10_000),
        ("50°48'12\"N 1°5'24\"W", 100),
        ("50°48'N 1°5'W", 1_000),
        ("SU 42 12", 1_000),
        ("SU 421 123", 100),
        ("SU 4210 1230", 0),
    ],
)
def test_the_fewer_the_figures_the_larger_the_square(text: str, side_m: float) -> None:
    assert read(text).square_m == side_m


@pytest.mark.parametrize(
    "text",
    ["PO1 3AX", "PO1 3", "SO14", "SO14 7", "12 High Street", "B2177", "Hall 3", "A27", "12 14", ""],
)
def test_a_postcode_or_an_address_is_not_taken_for_coordinates(text: str) -> None:
    assert read_point(text, is_declared=False) is None


@pytest.mark.parametrize("text", ["SU 42 12", "50.80, -1.09", "442100 112300"])
def test_coordinates_are_told_in_the_place_of_an_address(text: str) -> None:
    assert read_point(text, is_declared=False) is not None


@pytest.mark.parametrize("text", ["J 33 74", "Room 4", "SU 421 12", "50 48 12 N 1 5 24 S"])
def test_what_cannot_be_right_is_refused_in_a_cell_for_coordinates(text: str) -> None:
    with pytest.raises(InvalidValueError):
        read_point(text)


@pytest.mark.parametrize(
    ("latitude", "longitude", "side_m"),
    [
        ("50.8034", "-1.0912", 0),
        ("50.8034", "-1.1", 0),
        ("50.803", "-1.091", 100),
        ("50.8", "-1.09", 1_000),
        ("50.8", "-1.1", 10_000),
        ("51", "-1", 10_000),
        ("112300", "442100", 0),
        ("", "-1.1", 0),
        ("north", "-1.1", 0),
    ],
)
def test_degrees_in_two_columns_are_as_exact_as_the_better_written(
    latitude: str, longitude: str, side_m: float
) -> None:
    assert side_of_columns(latitude, longitude) == side_m
