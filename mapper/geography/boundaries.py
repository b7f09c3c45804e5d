"""Read boundary files of any vintage, refuse what cannot be right, repair what can."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pyogrio
import pyogrio.errors
import shapely

from mapper.domain.area import AreaType
from mapper.errors import BoundaryError, CoordinateError
from mapper.geography.boundary_checks import checked_codes, repaired, require_polygons
from mapper.geography.boundary_columns import BoundaryColumns, recognise_columns
from mapper.geography.boundary_content import fault_of_content
from mapper.geography.crs import require_national_grid, to_national_grid

SHIPPED: Final = Path(__file__).parents[2] / "data" / "boundaries"
FORMATS: Final = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".fgb")
_SHIPPED_LEVELS: Final = (AreaType.LSOA, AreaType.WARD, AreaType.LAD)
_IN_ANOTHER: Final = 0.1


@dataclass(frozen=True)
class Boundaries:
    """The areas of one level and vintage, fit to be measured.

    Parameters
    ----------
    frame : indexed by `area_code`, in order of code, in EPSG:27700: `area_name` (the code
        where the file has no names), `lad_code` (missing where the file has none), `geometry`
        (MultiPolygon, valid). Shipped areas have further columns.
    level : the type of area.
    vintage : the year the areas were in force.
    repairs : what was put right or left out, a sentence each.
    is_approximate : whether the outlines are estimates rather than the official ones.
    """

    frame: gpd.GeoDataFrame
    level: AreaType
    vintage: str
    repairs: tuple[str, ...] = ()
    is_approximate: bool = False


def read_boundaries(
    path: Path, level: AreaType | None = None, vintage: str | None = None
) -> Boundaries:
    """Read the areas of a GeoJSON, GeoPackage, Shapefile (zipped or not) or FlatGeobuf file.

    Areas of Northern Ireland in a file of the United Kingdom are left out, with a sentence.

    Parameters
    ----------
    path : the file.
    level : the type of area; by default what the name of the code column says.
    vintage : the year the areas were in force; by default likewise.

    Returns
    -------
    The areas on the National Grid, with what was repaired.

    Raises
    ------
    BoundaryError
        If the file cannot be read or is empty; has no code column; has codes that are
        missing, malformed, of another level or given twice; or has shapes that are missing,
        not polygons, outside Great Britain, swapped, or not in the CRS they are said to be in.
    """
    features, columns = _read_features(path, level, vintage)
    features, left_out = _without_northern_ireland(features, columns.code)
    if features.empty:
        raise _refusal(path, "it holds no areas", "Choose another file.")
    codes = checked_codes(features[columns.code], columns.level)
    names = codes if columns.name is None else features[columns.name].astype("str").fillna("")
    lads = None if columns.lad_code is None else features[columns.lad_code].astype("str")
    frame = gpd.GeoDataFrame(
        {"area_name": names.str.strip(), "lad_code": lads, "geometry": features.geometry},
        crs=features.crs,
    ).set_index(codes.rename("area_code"))
    require_polygons(frame)
    frame, before = repaired(frame)
    try:
        frame = to_national_grid(frame)
    except CoordinateError as cause:
        raise BoundaryError(
            f"{path.name}: {cause.found}", expected=cause.expected, action=cause.action
        ) from cause
    frame, after = repaired(frame)
    repairs = (*left_out, *before, *after)
    return Boundaries(frame.sort_index(), columns.level, columns.vintage, repairs)


def read_shipped(level: AreaType) -> Boundaries:
    """Read the approximate areas that come with mapper.

    Parameters
    ----------
    level : LSOA (2011), ward (2025) or district (2025).

    Returns
    -------
    The areas, with `centre_easting_m` and `centre_northing_m`, the mean point of live
    postcodes; LSOAs also with `msoa_code`, `msoa_name`, `ward_code` (best fit) and
    `is_urban_derived`.

    Raises
    ------
    BoundaryError
        If no such areas are shipped.
    """
    files = sorted(SHIPPED.glob(f"{level.value}_*.parquet"))
    if level not in _SHIPPED_LEVELS or not files:
        raise BoundaryError(
            f"No boundaries of level {level.value} come with mapper.",
            expected=f"One of {', '.join(_SHIPPED_LEVELS)} was expected.",
            action="Import an official file with `mapper boundaries import`.",
        )
    frame = gpd.read_parquet(files[-1]).set_index("area_code")
    vintage = files[-1].stem.removeprefix(f"{level.value}_")
    return Boundaries(frame, level, vintage, is_approximate=True)


def read_manifest() -> dict[str, dict[str, object]]:
    """Read what the manifest says of each shipped file: publisher, licence, attribution...

    Returns
    -------
    The entries by path below data/, such as boundaries/lsoa_2011.parquet.
    """
    text = (SHIPPED / "manifest.toml").read_text(encoding="utf-8")
    return {entry["path"]: entry for entry in tomllib.loads(text)["files"]}


def check_nesting(children: Boundaries, parents: Boundaries) -> list[str]:
    """Say which areas do not nest in the districts that the file says they nest in.

    Generalised outlines never match to the metre, and coasts differ: an area is named only
    where a tenth of it or more lies in a district that is not its own.

    Parameters
    ----------
    children : areas with `lad_code`; those without one are not checked.
    parents : districts.

    Returns
    -------
    A sentence for each area that does not nest, in order of code.

    Raises
    ------
    CoordinateError
        If either is not on the National Grid.
    """
    require_national_grid(children.frame)
    require_national_grid(parents.frame)
    frame = children.frame[children.frame["lad_code"].notna()]
    orphans = frame[~frame["lad_code"].isin(parents.frame.index)]
    astray = _partly_elsewhere(frame.drop(orphans.index), parents.frame)
    unknown = {
        str(code): f"{code} {area['area_name']}: its district {area['lad_code']} is not loaded."
        for code, area in orphans.iterrows()
    }
    sentences = unknown | astray
    return [sentences[code] for code in sorted(sentences)]


def _partly_elsewhere(frame: gpd.GeoDataFrame, parents: gpd.GeoDataFrame) -> dict[str, str]:
    shapes, districts = frame.geometry.to_numpy(), parents.geometry.to_numpy()
    child, parent = shapely.STRtree(districts).query(shapes, "intersects")
    is_other = frame["lad_code"].to_numpy()[child] != parents.index.to_numpy()[parent]
    child, parent = child[is_other], parent[is_other]
    shared = shapely.area(shapely.intersection(shapes[child], districts[parent]))
    shares = shared / shapely.area(shapes[child])
    return {
        str(frame.index[at]): (
            f"{frame.index[at]} {frame['area_name'].iloc[at]}: {share:.0%} of it lies in "
            f"{parents['area_name'].iloc[other]}, not in {frame['lad_code'].iloc[at]}."
        )
        for at, other, share in zip(child, parent, shares, strict=True)
        if share >= _IN_ANOTHER
    }


def _read_features(
    path: Path, level: AreaType | None, vintage: str | None
) -> tuple[gpd.GeoDataFrame, BoundaryColumns]:
    if path.suffix.lower() not in FORMATS:
        raise _refusal(path, f"files ending in {path.suffix!r} are not read", _FORMATS_WANTED)
    if not path.exists():
        raise _refusal(path, "there is no such file", "Check the path.")
    if fault := fault_of_content(path):
        raise _refusal(path, fault, _FORMATS_WANTED)
    try:
        layers = [str(name) for name in np.atleast_2d(pyogrio.list_layers(path))[:, 0]]
        columns, layer = _choose_layer(path, layers, level, vintage)
        features = pyogrio.read_dataframe(path, layer=layer, force_2d=True, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as cause:
        why = str(cause).replace(f"/vsizip/{path}", path.name).replace(str(path), path.name)
        raise _refusal(path, f"it cannot be read ({why})", _FORMATS_WANTED) from cause
    if not isinstance(features, gpd.GeoDataFrame):
        raise _refusal(path, "it holds no shapes", "Choose the file with the boundaries.")
    return features, columns


def _choose_layer(
    path: Path, layers: list[str], level: AreaType | None, vintage: str | None
) -> tuple[BoundaryColumns, str]:
    """Choose the first layer with a code column; the fault of the first, if none has."""
    faults = []
    for layer in layers:
        fields = [str(field) for field in pyogrio.read_info(path, layer=layer)["fields"]]
        try:
            return recognise_columns(fields, level, vintage), layer
        except BoundaryError as fault:
            faults.append(fault)
    if not faults:
        raise _refusal(path, "it holds no layer", "Choose another file.")
    first = faults[0]
    raise BoundaryError(f"{path.name}: {first.found}", expected=first.expected, action=first.action)


def _without_northern_ireland(
    features: gpd.GeoDataFrame, code: str
) -> tuple[gpd.GeoDataFrame, list[str]]:
    is_northern = features[code].astype("str").str.startswith("N", na=False)
    count = int(is_northern.sum())
    said = [f"Areas of Northern Ireland left out: {count}."] if count else []
    return features[~is_northern], said


_FORMATS_WANTED: Final = (
    "Give a GeoJSON, GeoPackage, Shapefile (zipped or not) or FlatGeobuf file of boundaries."
)


def _refusal(path: Path, found: str, action: str) -> BoundaryError:
    return BoundaryError(
        f"{path.name} cannot be used: {found}.",
        expected="A file of area boundaries was expected.",
        action=action,
    )
