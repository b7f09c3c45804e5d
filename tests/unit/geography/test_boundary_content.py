"""A file called boundaries has the server read no other file, and no address."""

import zipfile
from pathlib import Path

import pytest

from mapper.errors import BoundaryError
from mapper.geography.boundaries import read_boundaries

OTHER = (
    "LSOA21CD,LSOA21NM,WKT\n"
    'E01000001,Secret,"POLYGON((464000 100000,465000 100000,465000 101000,464000 100000))"\n'
)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page of GDAL that names another file of the server, as its boundaries."""
    other = tmp_path / "other.csv"
    other.write_text(OTHER)
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="other"><SrcDataSource>{other}</SrcDataSource>'
        "<GeometryType>wkbPolygon</GeometryType><LayerSRS>EPSG:27700</LayerSRS>"
        '<GeometryField encoding="WKT" field="WKT"/></OGRVRTLayer></OGRVRTDataSource>'
    )


@pytest.mark.parametrize("ending", ["geojson", "json", "gpkg", "shp", "fgb"])
def test_a_page_that_names_another_file_is_not_opened(
    ending: str, page: str, tmp_path: Path
) -> None:
    path = tmp_path / f"areas.{ending}"
    path.write_text(page)
    with pytest.raises(BoundaryError, match="not what its ending says"):
        read_boundaries(path)


def test_nor_is_one_behind_the_beginning_of_another_kind(page: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text("{" + " " * 1024 * 1024 + page)
    with pytest.raises(BoundaryError, match="names other files"):
        read_boundaries(path)


def test_nor_is_one_in_an_archive(page: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("areas.vrt", page)
        archive.writestr("areas.json", "{}")
    with pytest.raises(BoundaryError, match="names other files"):
        read_boundaries(path)


@pytest.mark.parametrize("name", ["areas.gml", "areas.kml", "areas.vrt"])
def test_an_archive_of_another_kind_of_file_is_not_opened(name: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "<FeatureCollection/>")
    with pytest.raises(BoundaryError, match="holds no file of boundaries"):
        read_boundaries(path)


def test_no_message_tells_where_on_the_server_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text('{"type": "Nothing"}')
    with pytest.raises(BoundaryError, match=r"areas\.geojson cannot be used") as refused:
        read_boundaries(path)
    assert str(tmp_path) not in str(refused.value)
