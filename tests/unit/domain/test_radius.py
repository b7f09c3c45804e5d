"""A radius is read with its unit, and an absurd one refused."""

import pytest

from mapper.domain.radius import read_radius
from mapper.errors import InvalidValueError


@pytest.mark.parametrize(
    ("text", "unit", "metres"),
    [
        ("5 miles", "", 8_046.72),
        ("1 mile", "", 1_609.344),
        ("8km", "", 8_000),
        ("2.5 kilometres", "", 2_500),
        ("800 m", "", 800),
        ("within 3 miles", "", 4_828.032),
        ("5", "Radius (miles)", 8_046.72),
        ("5", "radius_km", 5_000),
        ("5 km", "Radius (miles)", 5_000),
    ],
)
def test_a_radius_is_in_metres_whatever_its_unit(text: str, unit: str, metres: float) -> None:
    assert read_radius(text, unit) == (pytest.approx(metres), "")


def test_what_it_is_about_is_told() -> None:
    assert read_radius("within 5 miles of PO1 3AX")[1] == "PO1 3AX"


@pytest.mark.parametrize("text", ["5", "near by", "miles", "-3 km", "5 leagues"])
def test_a_radius_without_a_number_and_a_unit_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="not a distance"):
        read_radius(text)


@pytest.mark.parametrize("text", ["0 km", "101 km", "1000 miles"])
def test_a_radius_that_nobody_serves_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="at most 100 km"):
        read_radius(text)
