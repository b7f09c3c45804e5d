import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapper.domain.area import HIPS_LADS
from mapper.errors import UnknownAreaError
from mapper.ingest.areas.ground import Ground, named_areas


@pytest.mark.parametrize(
    "text", ["Havant", "HAVANT borough council", "all of Havant", "E07000090", "e07000090 "]
)
def test_a_district_is_known_by_name_or_code(text: str, ground: Ground) -> None:
    assert ground.resolve(text) == ("E07000090",)


@pytest.mark.parametrize("text", ["Hampshire", "all of Hampshire", "Hampshire County Council"])
def test_hampshire_means_its_eleven_districts(text: str, ground: Ground) -> None:
    codes = ground.resolve(text)
    assert len(codes) == 11
    assert all(code.startswith("E07") for code in codes)


@pytest.mark.parametrize("text", ["HIPS", "Hampshire & Isle of Wight", "whole of HIOW"])
def test_the_whole_of_hips_means_all_fourteen(text: str, ground: Ground) -> None:
    assert set(ground.resolve(text)) == set(HIPS_LADS)


def test_a_ward_is_known_by_its_name(ground: Ground) -> None:
    assert ground.resolve("baffins") == ("E05002441",)


def test_a_ward_of_two_districts_is_not_guessed(ground: Ground) -> None:
    with pytest.raises(UnknownAreaError, match="name of 2 areas"):
        ground.resolve("St John's")


def test_a_ward_of_two_districts_is_known_with_its_district(ground: Ground) -> None:
    assert ground.resolve("St Johns, Havant") == ("E05000001",)


def test_a_district_is_meant_before_a_ward_of_the_same_name(ground: Ground) -> None:
    assert ground.resolve("Hart") == ("E07000089",)


@pytest.mark.parametrize("text", ["Narnia", "E06000099", "E92000001", ""])
def test_an_unknown_area_is_said_to_be(text: str, ground: Ground) -> None:
    codes, faults = named_areas(ground, [text])
    assert (codes, len(faults)) == ((), 1)


def test_districts_are_known_before_any_boundary_is_loaded() -> None:
    assert Ground().resolve("City of Southampton") == ("E06000045",)


def test_points_are_covered_inside_and_near_within_half_a_kilometre() -> None:
    square = gpd.GeoSeries([shapely.box(440_000, 110_000, 441_000, 111_000)])
    ground = Ground(lsoa_shapes=square.to_numpy())
    x, y = np.array([440_500.0, 441_400.0, 442_000.0]), np.full(3, 110_500.0)
    assert ground.covers(x, y).tolist() == [True, False, False]
    assert ground.is_near(x, y).tolist() == [True, True, False]
