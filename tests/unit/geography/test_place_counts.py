from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.geography.crs import NATIONAL_GRID, points_to_national_grid
from mapper.geography.place_counts import (
    BY_CODE,
    BY_LOOKUP,
    BY_NEAREST_IN_DISTRICT,
    BY_NEAREST_PART,
    BY_POINT,
    BY_POINT_IN_DISTRICT,
    BY_POINT_IN_PARTS,
    UNPLACED,
    district_names,
    place_counts,
)

SHIPPED = Path(__file__).resolve().parents[3] / "data" / "boundaries"
Place = Callable[..., tuple[object, str]]


@pytest.fixture
def lsoas() -> gpd.GeoDataFrame:
    """Two squares of one district, and one of another to their right."""
    return gpd.GeoDataFrame(
        {"lad_name": ["Test Valley", "Test Valley", "Havant"]},
        index=pd.Index(["E01000001", "E01000002", "E01000003"], name="area_code"),
        geometry=[shapely.box(x, 0, x + 100, 100) for x in (0, 100, 200)],
        crs=NATIONAL_GRID,
    )


@pytest.fixture
def place(lsoas: gpd.GeoDataFrame) -> Place:
    def one(code: str | None = "", name: str | None = "", x: float = np.nan) -> tuple[object, str]:
        counts = pd.DataFrame(
            {"lsoa_code": [code], "lsoa_name": [name], "easting_m": [x], "northing_m": [50.0]},
            index=[7],
        )
        placed = place_counts(counts, lsoas)
        assert placed.index.tolist() == [7]
        return placed["area_code"].iloc[0], placed["method"].iloc[0]

    return one


def test_a_code_of_the_vintage_is_kept_wherever_the_point_lies(place: Place) -> None:
    assert place("E01000001", "Test Valley 001A", 250.0) == ("E01000001", BY_CODE)


def test_another_code_goes_by_its_point_in_the_district_named(place: Place) -> None:
    assert place("E01999999", "Test Valley 003F", 150.0) == ("E01000002", BY_POINT_IN_DISTRICT)


def test_a_point_in_another_district_goes_to_the_nearest_of_the_one_named(place: Place) -> None:
    assert place("E01999999", "Test Valley 003F", 250.0) == ("E01000002", BY_NEAREST_IN_DISTRICT)


def test_a_point_in_no_area_goes_to_the_nearest_of_the_district_named(place: Place) -> None:
    assert place("E01999999", "Havant 001A", -500.0) == ("E01000003", BY_NEAREST_IN_DISTRICT)


@pytest.mark.parametrize("nothing", ["", None])
def test_without_a_code_or_name_the_point_decides(nothing: str | None, place: Place) -> None:
    assert place(nothing, nothing, 250.0) == ("E01000003", BY_POINT)


def test_a_district_elsewhere_is_left_unplaced_even_with_its_point_within(place: Place) -> None:
    code, method = place("E01999999", "Waverley 001A", 50.0)
    assert pd.isna(code)
    assert method == UNPLACED


@pytest.mark.parametrize(("name", "x"), [("", 999.0), ("", np.nan), ("Havant 001A", np.nan)])
def test_without_a_name_and_point_within_it_is_unplaced(name: str, x: float, place: Place) -> None:
    assert place("E01999999", name, x)[1] == UNPLACED


def test_a_point_on_a_shared_edge_goes_to_the_lowest_code(place: Place) -> None:
    assert place("", "", 100.0)[0] == "E01000001"


def test_the_frame_given_is_not_changed(lsoas: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame(
        {"lsoa_code": ["x"], "lsoa_name": ["Havant 1"], "easting_m": [1.0], "northing_m": [1.0]}
    )
    before = counts.copy()
    place_counts(counts, lsoas)
    pd.testing.assert_frame_equal(counts, before)


def test_no_counts_give_no_rows(lsoas: gpd.GeoDataFrame) -> None:
    columns = ["lsoa_code", "lsoa_name", "easting_m", "northing_m"]
    assert place_counts(pd.DataFrame(columns=columns, dtype=float), lsoas).empty


def test_the_district_is_cut_out_of_an_lsoa_name() -> None:
    names = pd.Series(["Test Valley 003F", "Isle of Wight 013A", "", None], dtype="str")
    assert district_names(names).tolist() == ["test valley", "isle of wight", "", ""]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["E01000001", "E01000003", "E01999999", ""]),
            st.sampled_from(["Test Valley", "Havant"]),
            st.floats(-500, 500),
        ),
        min_size=1,
    )
)
def test_a_count_never_leaves_the_district_its_name_names(
    rows: list[tuple[str, str, float]], lsoas: gpd.GeoDataFrame
) -> None:
    named = [(lsoas["lad_name"].get(code, name), code, f"{name} 001A", x) for code, name, x in rows]
    counts = pd.DataFrame(named, columns=["district", "lsoa_code", "lsoa_name", "easting_m"])
    placed = place_counts(counts.assign(northing_m=50.0), lsoas)
    assert lsoas.loc[placed["area_code"], "lad_name"].tolist() == counts["district"].tolist()


def _published(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(
        path, usecols=["Longitude", "Latitude", "LSOA code", "LSOA name", "Crime type"]
    )
    lon, lat = rows["Longitude"].to_numpy(float), rows["Latitude"].to_numpy(float)
    is_near = (lon > -2.4) & (lon < -0.4) & (lat > 50.48) & (lat < 51.7)
    lon, lat = np.where(is_near, lon, np.nan), np.where(is_near, lat, np.nan)
    rows["easting_m"], rows["northing_m"] = points_to_national_grid(lon, lat)
    return rows.rename(columns={"LSOA code": "lsoa_code", "LSOA name": "lsoa_name"})


def _layer(name: str, real_data: Path) -> gpd.GeoDataFrame:
    if name == "shipped 2011":
        areas = gpd.read_parquet(SHIPPED / "lsoa_2011.parquet").set_index("area_code")
        names = gpd.read_parquet(SHIPPED / "lad_2025.parquet").set_index("area_code")["area_name"]
        return areas.assign(lad_name=areas["lad_code"].map(names))
    vintage = name[-2:]
    path = real_data / "boundaries" / f"lsoa{vintage}_bgc_hips.geojson"
    areas = gpd.read_file(path).to_crs(NATIONAL_GRID).set_index(f"LSOA{vintage}CD")
    areas["geometry"] = areas.geometry.make_valid()
    return areas.rename(columns={"LAD_CD": "lad_code", "LAD_NM": "lad_name"})


@pytest.mark.parametrize("layer", ["shipped 2011", "official 2011", "official 2021"])
def test_every_real_month_keeps_its_counts_by_district_and_type(
    layer: str, real_data: Path
) -> None:
    lsoas = _layer(layer, real_data)
    lookup = pd.read_csv(real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv")
    own_district = {
        **dict(zip(lookup["LSOA11CD"], lookup["LAD22CD"], strict=True)),
        **dict(zip(lookup["LSOA21CD"], lookup["LAD22CD"], strict=True)),
    }
    months = sorted((real_data / "police").glob("*.csv.gz"))
    assert len(months) == 13
    for month in months:
        rows = _published(month)
        direct = rows.groupby([rows["lsoa_code"].map(own_district), "Crime type"]).size()
        placed = place_counts(rows, lsoas)["area_code"].map(lsoas["lad_code"])
        after = rows.groupby([placed, "Crime type"]).size()
        assert after.to_dict() == direct.to_dict(), month.name


def test_the_real_names_of_the_districts_are_those_of_the_layer(real_data: Path) -> None:
    lsoas = _layer("official 2021", real_data)
    names = district_names(lsoas["LSOA21NM"].astype("str"))
    assert (names == lsoas["lad_name"].str.casefold()).all()


@pytest.fixture
def place_by(lsoas: gpd.GeoDataFrame) -> Place:
    """Places one count with the help of a look-up of three lines."""
    changes = pd.DataFrame(
        [
            ("E01000011", "E01000001", "M"),
            ("E01000012", "E01000001", "S"),
            ("E01000012", "E01000002", "S"),
            ("E01000013", "E01000003", "X"),
            ("E01000014", "E01000002", "S"),
            ("E01000014", "E01000999", "S"),
        ],
        columns=["from_code", "to_code", "change"],
    )

    def one(code: str, x: float = np.nan, name: str = "Test Valley 001A") -> tuple[object, str]:
        counts = pd.DataFrame(
            {"lsoa_code": [code], "lsoa_name": [name], "easting_m": [x], "northing_m": [50.0]}
        )
        placed = place_counts(counts, lsoas, changes)
        return placed["area_code"].iloc[0], placed["method"].iloc[0]

    return one


def test_an_area_that_went_whole_into_another_goes_by_the_look_up(place_by: Place) -> None:
    assert place_by("E01000011", 150.0) == ("E01000001", BY_LOOKUP)


def test_the_look_up_needs_no_point(place_by: Place) -> None:
    assert place_by("E01000011") == ("E01000001", BY_LOOKUP)


def test_the_point_decides_among_the_parts_of_an_area_that_was_split(place_by: Place) -> None:
    assert place_by("E01000012", 150.0) == ("E01000002", BY_POINT_IN_PARTS)


def test_a_point_beyond_the_parts_goes_to_the_nearest_of_them(place_by: Place) -> None:
    assert place_by("E01000012", 250.0, "Havant 001A") == ("E01000002", BY_NEAREST_PART)


def test_a_split_area_without_a_point_is_not_guessed(place_by: Place) -> None:
    assert place_by("E01000012")[1] == UNPLACED


@pytest.mark.parametrize("code", ["E01000013", "E01000014"], ids=["irregular", "partly unknown"])
def test_a_change_that_cannot_be_followed_is_left_to_the_point(place_by: Place, code: str) -> None:
    assert place_by(code, 150.0) == ("E01000002", BY_POINT_IN_DISTRICT)


def test_a_code_of_the_vintage_needs_no_look_up(place_by: Place) -> None:
    assert place_by("E01000003", 50.0) == ("E01000003", BY_CODE)
