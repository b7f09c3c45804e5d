"""Boundary files of every make are read, and what cannot be right is refused."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.affinity import translate

from mapper.domain.area import AreaType
from mapper.errors import BoundaryError
from mapper.geography.boundaries import (
    Boundaries,
    check_nesting,
    read_boundaries,
    read_manifest,
    read_shipped,
)
from mapper.geography.crs import NATIONAL_GRID, WGS84

SQUARE = shapely.box(464_000, 100_000, 465_000, 101_000)
BOW_TIE = shapely.Polygon(
    [(464_000, 100_000), (465_000, 101_000), (465_000, 100_000), (464_000, 101_000)]
)


def lsoas(*shapes: shapely.Geometry | None, crs: str | None = NATIONAL_GRID) -> gpd.GeoDataFrame:
    numbers = range(1, len(shapes) + 1)
    return gpd.GeoDataFrame(
        {
            "LSOA21CD": [f"E0100000{number}" for number in numbers],
            "LSOA21NM": [f"Portsmouth 00{number}A" for number in numbers],
            "LAD22CD": ["E06000044" for _ in numbers],
        },
        geometry=list(shapes),
        crs=crs,
    )


def written(frame: gpd.GeoDataFrame, path: Path) -> Path:
    frame.to_file(path)
    return path


@pytest.fixture
def two() -> gpd.GeoDataFrame:
    return lsoas(SQUARE, translate(SQUARE, 1_000))


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp", "fgb"])
def test_every_format_gives_the_same_areas(
    suffix: str, two: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = two.to_crs(WGS84) if suffix == "geojson" else two
    read = read_boundaries(written(frame, tmp_path / f"areas.{suffix}"))

    assert read.frame.index.tolist() == ["E01000001", "E01000002"]
    assert read.frame.area.tolist() == pytest.approx([1e6, 1e6], rel=1e-6)


def test_a_zipped_shapefile_is_read(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    folder = tmp_path / "loose"
    folder.mkdir()
    written(two, folder / "areas.shp")
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        for part in folder.iterdir():
            archive.write(part, part.name)

    assert len(read_boundaries(tmp_path / "areas.zip").frame) == 2


def test_the_level_and_the_vintage_are_those_of_the_column(
    two: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    read = read_boundaries(written(two, tmp_path / "areas.gpkg"))

    assert (read.level, read.vintage) == (AreaType.LSOA, "2021")


def test_areas_are_described_in_the_same_words_whatever_the_file(
    two: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    read = read_boundaries(written(two, tmp_path / "areas.gpkg"))

    assert read.frame.drop(columns="geometry").loc["E01000001"].to_dict() == {
        "area_name": "Portsmouth 001A",
        "lad_code": "E06000044",
    }


def test_a_file_without_names_or_districts_is_read(tmp_path: Path) -> None:
    frame = lsoas(SQUARE)[["LSOA21CD", "geometry"]]
    read = read_boundaries(written(frame, tmp_path / "areas.gpkg"))

    assert read.frame["area_name"].tolist() == ["E01000001"]
    assert read.frame["lad_code"].isna().all()


def test_a_ward_file_that_names_districts_is_a_ward_file(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"WD25CD": ["E05000001"], "WD25NM": ["Baffins"], "LAD25CD": ["E06000044"]},
        geometry=[SQUARE],
        crs=NATIONAL_GRID,
    )
    read = read_boundaries(written(frame, tmp_path / "wards.gpkg"))

    assert (read.level, read.vintage, read.frame["lad_code"].iloc[0]) == (
        AreaType.WARD,
        "2025",
        "E06000044",
    )


def test_the_vintage_chooses_between_two_columns(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    both = two.assign(LSOA11CD=["E01000008", "E01000009"])
    path = written(both, tmp_path / "areas.gpkg")

    assert read_boundaries(path, vintage="2011").frame.index[0] == "E01000008"


def test_two_vintages_and_no_choice_are_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = written(two.assign(LSOA11CD=two["LSOA21CD"]), tmp_path / "areas.gpkg")

    with pytest.raises(BoundaryError, match="several vintages"):
        read_boundaries(path)


def test_an_invalid_shape_is_repaired_and_said(tmp_path: Path) -> None:
    read = read_boundaries(written(lsoas(BOW_TIE), tmp_path / "areas.gpkg"))

    assert read.frame.is_valid.all()
    assert read.repairs == (
        (
            "E01000001 Portsmouth 001A: geometry was invalid "
            "(self-intersection near 464500.000000, 100500.000000); repaired."
        ),
    )


def test_northern_ireland_is_left_out_and_said(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"LAD24CD": ["E06000044", "N09000003"], "LAD24NM": ["Portsmouth", "Belfast"]},
        geometry=[shapely.box(-1.1, 50.8, -1.0, 50.9), shapely.box(-6.0, 54.5, -5.9, 54.6)],
        crs=WGS84,
    )
    read = read_boundaries(written(frame, tmp_path / "lads.geojson"))

    assert (len(read.frame), read.repairs) == (1, ("Areas of Northern Ireland left out: 1.",))


def refusal(frame: gpd.GeoDataFrame, path: Path) -> str:
    """Give the message with which a frame, written to a file, is refused."""
    with pytest.raises(BoundaryError) as caught:
        read_boundaries(written(frame, path))
    assert caught.value.expected
    assert caught.value.action
    return str(caught.value)


def test_swapped_coordinates_are_refused(tmp_path: Path) -> None:
    swapped = lsoas(shapely.box(50.80, -1.10, 50.81, -1.09), crs=WGS84)

    assert "are swapped" in refusal(swapped, tmp_path / "areas.geojson")


def test_metres_that_are_said_to_be_degrees_are_refused(tmp_path: Path) -> None:
    assert "not in degrees" in refusal(lsoas(SQUARE, crs=WGS84), tmp_path / "areas.gpkg")


def test_degrees_that_are_said_to_be_metres_are_refused(tmp_path: Path) -> None:
    degrees = lsoas(shapely.box(-1.10, 50.80, -1.09, 50.81))

    assert "looks like degrees" in refusal(degrees, tmp_path / "areas.gpkg")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_missing_crs_is_refused(tmp_path: Path) -> None:
    assert "not declared" in refusal(lsoas(SQUARE, crs=None), tmp_path / "areas.shp")


def test_areas_elsewhere_are_refused(tmp_path: Path) -> None:
    paris = lsoas(shapely.box(2.3, 48.8, 2.4, 48.9), crs=WGS84)

    assert "not in Great Britain" in refusal(paris, tmp_path / "areas.geojson")


def test_duplicate_codes_are_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    twice = two.assign(LSOA21CD="E01000001")

    assert "given more than once: E01000001" in refusal(twice, tmp_path / "areas.gpkg")


def test_a_file_without_codes_is_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    nameless = two[["LSOA21NM", "geometry"]]

    assert "No column holds area codes" in refusal(nameless, tmp_path / "areas.gpkg")


def test_an_area_without_a_code_is_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    blank = two.assign(LSOA21CD=["E01000001", None])

    assert "1 of 2 areas have no code" in refusal(blank, tmp_path / "areas.gpkg")


def test_a_code_of_another_shape_is_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    odd = two.assign(LSOA21CD=["E01000001", "Portsmouth"])

    assert "'Portsmouth' is not an area code" in refusal(odd, tmp_path / "areas.gpkg")


def test_a_code_of_another_level_is_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    odd = two.assign(LSOA21CD=["E01000001", "E02000001"])

    assert "E02000001 is the code of a msoa" in refusal(odd, tmp_path / "areas.gpkg")


def test_points_are_refused(tmp_path: Path) -> None:
    assert "not polygons but Point" in refusal(lsoas(SQUARE.centroid), tmp_path / "areas.gpkg")


def test_an_area_without_a_shape_is_refused(tmp_path: Path) -> None:
    assert "1 area has no shape: E01000002" in refusal(lsoas(SQUARE, None), tmp_path / "areas.gpkg")


def test_an_empty_file_is_refused(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    assert "holds no areas" in refusal(two.iloc[:0], tmp_path / "areas.gpkg")


@pytest.mark.parametrize("name", ["areas.geojson", "areas.gpkg", "areas.zip", "areas.shp"])
def test_a_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("not boundaries at all")

    with pytest.raises(BoundaryError, match="cannot be"):
        read_boundaries(path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"'\.csv' are not read"):
        read_boundaries(tmp_path / "areas.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="no such file"):
        read_boundaries(tmp_path / "areas.gpkg")


def districts(**corners: tuple[int, int]) -> Boundaries:
    shapes = [shapely.box(x, y, x + 10_000, y + 10_000) for x, y in corners.values()]
    frame = gpd.GeoDataFrame(
        {"area_name": list(corners), "lad_code": list(corners)},
        geometry=shapes,
        index=list(corners),
        crs=NATIONAL_GRID,
    )
    return Boundaries(frame, AreaType.LAD, "2025")


def test_areas_within_their_district_nest(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    children = read_boundaries(written(two, tmp_path / "areas.gpkg"))

    assert check_nesting(children, districts(E06000044=(460_000, 95_000))) == []


def test_an_area_in_another_district_does_not_nest(two: gpd.GeoDataFrame, tmp_path: Path) -> None:
    children = read_boundaries(written(two, tmp_path / "areas.gpkg"))
    parents = districts(E06000044=(455_000, 95_000), E06000045=(465_000, 95_000))

    assert check_nesting(children, parents) == [
        "E01000002 Portsmouth 002A: 100% of it lies in E06000045, not in E06000044."
    ]


def test_an_area_whose_district_is_not_there_does_not_nest(
    two: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    children = read_boundaries(written(two, tmp_path / "areas.gpkg"))

    assert check_nesting(children, districts(E06000045=(460_000, 95_000)))[0] == (
        "E01000001 Portsmouth 001A: its district E06000044 is not loaded."
    )


@pytest.mark.parametrize(
    ("level", "vintage", "count"),
    [(AreaType.LSOA, "2011", 1_194), (AreaType.WARD, "2025", 261), (AreaType.LAD, "2025", 14)],
)
def test_the_shipped_areas_are_all_there(level: AreaType, vintage: str, count: int) -> None:
    shipped = read_shipped(level)

    assert (shipped.vintage, len(shipped.frame), shipped.is_approximate) == (vintage, count, True)


@pytest.mark.parametrize("level", [AreaType.LSOA, AreaType.WARD])
def test_the_shipped_areas_nest_exactly(level: AreaType) -> None:
    children, parents = read_shipped(level).frame, read_shipped(AreaType.LAD).frame
    own = parents.geometry.loc[children["lad_code"]].set_axis(children.index)

    assert children.difference(own).area.max() == 0


def test_the_shipped_areas_are_valid_and_do_not_overlap() -> None:
    shipped = read_shipped(AreaType.LSOA).frame

    assert shipped.is_valid.all()
    assert shipped.union_all().area == pytest.approx(shipped.area.sum(), rel=1e-5)


def test_no_other_level_is_shipped() -> None:
    with pytest.raises(BoundaryError, match="come with mapper"):
        read_shipped(AreaType.OA)


def test_the_manifest_names_every_shipped_file() -> None:
    assert sorted(read_manifest()) == [
        "boundaries/lad_2025.parquet",
        "boundaries/lsoa_2011.parquet",
        "boundaries/ward_2025.parquet",
        "population/census_2011_lsoa.parquet",
        "postcodes/hips.parquet",
    ]
