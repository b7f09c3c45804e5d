"""The official boundaries load, and the shipped ones come as close to them as we say."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from mapper.domain.area import AreaType
from mapper.geography.boundaries import (
    SHIPPED,
    Boundaries,
    check_nesting,
    read_boundaries,
    read_manifest,
    read_shipped,
)
from mapper.geography.postcode_directory import PostcodeDirectory

if TYPE_CHECKING:
    import geopandas as gpd


def read_layer(real_data: Path, name: str) -> Boundaries:
    return read_boundaries(real_data / "boundaries" / name)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "level", "vintage", "count"),
    [
        ("lsoa21_bgc_hips.geojson", AreaType.LSOA, "2021", 1231),
        ("lsoa11_bgc_hips.geojson", AreaType.LSOA, "2011", 1194),
        ("msoa21_bgc_hips.geojson", AreaType.MSOA, "2021", 247),
        ("wd25_bgc_hips.geojson", AreaType.WARD, "2025", 261),
        ("lad25_dissolved_from_wd25_hips.geojson", AreaType.LAD, "2025", 14),
        ("lad24_buc_hips.geojson", AreaType.LAD, "2024", 14),
    ],
)
def test_an_official_layer_loads(
    real_data: Path, name: str, level: AreaType, vintage: str, count: int
) -> None:
    layer = read_layer(real_data, name)

    assert (layer.level, layer.vintage, len(layer.frame)) == (level, vintage, count)
    assert layer.frame["lad_code"].notna().all()


@pytest.mark.real_data
def test_the_one_invalid_shape_is_repaired_and_said(real_data: Path) -> None:
    assert read_layer(real_data, "lsoa21_bgc_hips.geojson").repairs == (
        (
            "E01017290 Isle of Wight 013A: geometry was invalid "
            "(nested shells near -1.410288, 50.641549); repaired."
        ),
    )


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["lsoa21_bgc_hips", "lsoa11_bgc_hips", "wd25_bgc_hips"])
def test_official_areas_nest_in_official_districts(real_data: Path, name: str) -> None:
    districts = read_layer(real_data, "lad25_dissolved_from_wd25_hips.geojson")

    assert check_nesting(read_layer(real_data, f"{name}.geojson"), districts) == []


@pytest.mark.real_data
def test_the_shipped_lsoas_overlap_the_official_ones_as_well_as_we_say(real_data: Path) -> None:
    official = read_layer(real_data, "lsoa11_bgc_hips.geojson").frame.geometry
    shipped = read_shipped(AreaType.LSOA).frame.geometry.reindex(official.index)
    shared = shipped.intersection(official).area
    median = (shared / (shipped.area + official.area - shared)).median()
    in_right_lsoa = shared.sum() / official.area.sum()
    print(f"median overlap {median:.3f}, land in the right LSOA {in_right_lsoa:.1%}")  # noqa: T201

    assert median > 0.70
    assert in_right_lsoa > 0.84


@pytest.mark.real_data
def test_the_shipped_urban_lsoas_agree_with_the_official_classification(real_data: Path) -> None:
    official = pd.read_csv(real_data / "lookups" / "lsoa21_ruc21_hips.csv").set_index("LSOA21CD")
    shipped = read_shipped(AreaType.LSOA).frame["is_urban_derived"]
    both = shipped.index.intersection(official.index)
    agreed = shipped[both] == (official.loc[both, "urban_rural"] == "Urban")
    print(f"urban and rural agree in {agreed.mean():.1%} of LSOAs")  # noqa: T201

    assert agreed.mean() > 0.9


@pytest.mark.real_data
def test_the_shipped_postcodes_stand_where_the_directory_of_ons_says(real_data: Path) -> None:
    official = pd.read_csv(real_data / "lookups" / "postcodes_onspd_2025_hips.csv.gz")
    found = PostcodeDirectory.load().find_many(official["pcd7"].astype("str"))

    assert found["fault"].isna().all()
    assert (found["easting_m"] == official["east1m"]).all()
    assert (found["lad_code"].astype("str") == official["lad25cd"]).all()


def test_the_manifest_holds_the_checksums_of_the_files() -> None:
    entries = read_manifest()
    found = {
        path: hashlib.sha256((SHIPPED.parent / path).read_bytes()).hexdigest() for path in entries
    }

    assert found == {path: entry["sha256"] for path, entry in entries.items()}


def test_the_shipped_residents_are_those_of_the_census() -> None:
    census = pd.read_parquet(SHIPPED.parent / "population" / "census_2011_lsoa.parquet")

    assert (len(census), int(census["residents"].sum())) == (1_194, 1_897_991)


def test_residents_and_lsoas_have_the_same_codes() -> None:
    census = pd.read_parquet(SHIPPED.parent / "population" / "census_2011_lsoa.parquet")
    lsoas: gpd.GeoDataFrame = read_shipped(AreaType.LSOA).frame

    assert set(census["area_code"]) == set(lsoas.index)
