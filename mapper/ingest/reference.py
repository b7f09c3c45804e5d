"""Loading the ground: the shipped reference data, and official boundaries over them."""

import hashlib
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.population import ResidentCount
from mapper.domain.source import Source, SourceKind
from mapper.errors import NotReadyError, SourceError
from mapper.geography.area_attributes import Surroundings
from mapper.geography.boundaries import read_boundaries
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.files.source import Entry
from mapper.ingest.kinds.boundaries import (
    LAYER_COLUMNS,
    Layer,
    live_postcodes,
    make_layer,
    msoa_links,
    ward_links,
)
from mapper.store import areas as area_store
from mapper.store.lookups import settle_areas
from mapper.store.places import reassign_places
from mapper.store.population import save_population
from mapper.store.session import Store
from mapper.store.sources import add_source, find_same, replace_editions

Say = Callable[[str], None]
_SHIPPED_LAYERS = (
    ("boundaries/lad_2025.parquet", AreaType.LAD, "2025"),
    ("boundaries/ward_2025.parquet", AreaType.WARD, "2025"),
    ("boundaries/lsoa_2011.parquet", AreaType.LSOA, "2011"),
)
_SHIPPED_RESIDENTS = "population/census_2011_lsoa.parquet"


@dataclass(frozen=True, slots=True)
class BoundaryReport:
    """What importing a boundary file did.

    Parameters
    ----------
    level, vintage : of the areas.
    replaced, added : areas.
    is_unchanged : True when the same file was loaded before and nothing was done.
    notes : sentences: repairs, areas left out, areas that do not nest, places moved.
    """

    level: AreaType
    vintage: str
    replaced: int
    added: int
    is_unchanged: bool
    notes: tuple[str, ...]


def load_reference(store: Store, folder: Path, say: Say = lambda _: None) -> bool:
    """Load the shipped areas and residents, unless they are loaded already.

    Parameters
    ----------
    folder : of the shipped data, with ``boundaries/manifest.toml``.
    say : told what is being done.

    Returns
    -------
    Whether anything was loaded.

    Raises
    ------
    SourceError
        When a shipped file is missing or is not the one the manifest describes.
    """
    manifest = _manifest(folder)
    wanted = [path for path, _, _ in _SHIPPED_LAYERS] + [_SHIPPED_RESIDENTS]
    sources = {path: _shipped_source(folder, path, manifest) for path in wanted}
    with store.writing() as session:
        if all(find_same(session, s.kind, s.name, s.checksum) for s in sources.values()):
            return False
        for path, level, vintage in _SHIPPED_LAYERS:
            say(f"Areas: {sources[path].name}")
            areas = _shipped_areas(folder / path)
            source_id = add_source(session, sources[path])
            _keep(session, source_id, Layer(level, vintage, areas, ()))
            if level is AreaType.LSOA:
                msoas = _merged_msoas(folder / path, areas)
                _keep(session, source_id, Layer(AreaType.MSOA, vintage, msoas, ()))
        say(f"Residents: {sources[_SHIPPED_RESIDENTS].name}")
        settle_areas(session)
        _load_residents(session, folder / _SHIPPED_RESIDENTS, sources[_SHIPPED_RESIDENTS])
    return True


def import_boundaries(
    store: Store,
    path: Path | Entry,
    directory: PostcodeDirectory,
    *,
    layer: tuple[AreaType | None, str | None] = (None, None),
    loaded_by: str = "",
) -> BoundaryReport:
    """Load an official boundary file over what is there, and place everything anew.

    Parameters
    ----------
    path : GeoJSON, GeoPackage, Shapefile or FlatGeobuf; as an `Entry` where the disk has it
        under another name than its own.
    directory : gives the population-weighted middle and best-fit ward of each area.
    layer : level and vintage, where the file's columns do not tell.
    loaded_by : who loads it.

    Raises
    ------
    BoundaryError, CoordinateError
        When the file cannot be used; nothing is changed then.
    """
    entry = path if isinstance(path, Entry) else Entry(path)
    boundaries = read_boundaries(entry.path, *layer)
    source = Source(
        kind=SourceKind.BOUNDARIES,
        name=f"{boundaries.level.value} {boundaries.vintage}",
        file_name=entry.name,
        checksum=_checksum(entry.path),
        publisher="Office for National Statistics",
        licence="OGL-UK-3.0",
        attribution="Source: Office for National Statistics licensed under the Open Government "
        "Licence v3.0. Contains OS data © Crown copyright and database right.",
        period=boundaries.vintage,
        loaded_by=loaded_by,
    )
    with store.writing() as session:
        if find_same(session, source.kind, source.name, source.checksum):
            return BoundaryReport(
                boundaries.level, boundaries.vintage, 0, 0, is_unchanged=True, notes=()
            )
        surroundings = _surroundings(session, directory)
        made = make_layer(boundaries, surroundings)
        source_id = add_source(session, source)
        replaced, added = _keep(session, source_id, made)
        replace_editions(session, source_id)
        _relink(session, made.level, made.vintage, surroundings)
        settle_areas(session)
        placed = reassign_places(session, made.level, made.vintage)
    notes = (*made.notes, f"{counted(placed, 'place was', 'places were')} assigned to these areas.")
    return BoundaryReport(
        made.level, made.vintage, replaced, added, is_unchanged=False, notes=notes
    )


def _keep(session: Session, source_id: int, layer: Layer) -> tuple[int, int]:
    return area_store.save_areas(session, source_id, layer.areas, (layer.level, layer.vintage))


def _surroundings(session: Session, directory: PostcodeDirectory) -> Surroundings:
    loaded = area_store.loaded_layers(session)
    if not any(level is AreaType.LAD for level, _ in loaded):
        raise NotReadyError(
            "No local authorities are loaded yet.",
            expected="The shipped areas, to relate the file's to.",
            action="Run `mapper init` first.",
        )
    latest = {
        level: area_store.area_frame(session, level, area_store.latest_vintage(session, level))
        for level in (AreaType.WARD, AreaType.LAD)
    }
    oldest = min(vintage for level, vintage in loaded if level is AreaType.LSOA)
    urban = area_store.area_frame(session, AreaType.LSOA, oldest)
    return Surroundings(
        latest[AreaType.WARD], latest[AreaType.LAD], urban, live_postcodes(directory)
    )


def _relink(session: Session, level: AreaType, vintage: str, around: Surroundings) -> None:
    """Set anew what LSOAs nest in, after a layer that holds them, or they themselves, changed."""
    loaded = area_store.loaded_layers(session)
    for found, lsoa_vintage in loaded:
        if found is not AreaType.LSOA:
            continue
        layer = (AreaType.LSOA, lsoa_vintage)
        lsoas = area_store.area_frame(session, *layer)
        is_same_vintage = lsoa_vintage == vintage
        if level in {AreaType.LSOA, AreaType.MSOA} and is_same_vintage:
            if (AreaType.MSOA, lsoa_vintage) in loaded:
                msoas = area_store.area_frame(session, AreaType.MSOA, lsoa_vintage)
                area_store.link_areas(session, layer, msoa_links(lsoas, msoas))
        elif level is AreaType.WARD:
            area_store.link_areas(session, layer, ward_links(lsoas, around.wards, around))


def _shipped_areas(path: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(path).rename(columns={"is_urban_derived": "is_urban"})
    for column, default in (("msoa_code", ""), ("ward_code", ""), ("is_urban", True)):
        if column not in frame:
            frame[column] = default
    frame["is_approximate"] = True
    return frame.set_index("area_code")[list(LAYER_COLUMNS)]


def _merged_msoas(path: Path, lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    names = pd.read_parquet(path, columns=["msoa_code", "msoa_name"]).drop_duplicates("msoa_code")
    first = {"lad_code": "first", "is_urban": "max", "is_approximate": "first"}
    centres = {"centre_easting_m": "mean", "centre_northing_m": "mean"}
    merged = lsoas.dissolve(by="msoa_code", aggfunc=first | centres)
    merged["area_name"] = names.set_index("msoa_code")["msoa_name"]
    merged["msoa_code"], merged["ward_code"] = "", ""
    return merged.rename_axis("area_code")[list(LAYER_COLUMNS)]


def _load_residents(session: Session, path: Path, source: Source) -> None:
    rows = pd.read_parquet(path)
    residents = [
        ResidentCount(area_code=code, age_from=0, age_to=None, residents=int(count))
        for code, count in zip(rows["area_code"], rows["residents"], strict=True)
    ]
    source_id = add_source(session, source)
    save_population(session, source_id, residents, label="Census 2011 usual residents", year=2011)


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "boundaries" / "manifest.toml"
    if not path.is_file():
        raise SourceError(
            "The shipped reference data have no manifest.",
            expected="A file boundaries/manifest.toml in the data folder.",
            action="Restore the data folder, or set MAPPER_DATA_DIR to it.",
        )
    entries: Iterable[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["files"]
    return {str(entry["path"]): entry for entry in entries}


def _shipped_source(folder: Path, path: str, manifest: dict[str, dict[str, Any]]) -> Source:
    entry = manifest.get(path, {})
    file = folder / path
    if not file.is_file() or _checksum(file) != entry.get("sha256"):
        raise SourceError(
            f"The shipped file {path} is missing, or is not the one in the manifest.",
            expected="The file with the checksum that boundaries/manifest.toml gives.",
            action="Restore it, or run `make reference-data`.",
        )
    is_residents = path == _SHIPPED_RESIDENTS
    return Source(
        kind=SourceKind.POPULATION if is_residents else SourceKind.BOUNDARIES,
        name=entry["product"],
        file_name=file.name,
        checksum=entry["sha256"],
        publisher=entry["publisher"],
        licence=entry["licence"],
        attribution=entry["attribution"],
        period=entry["vintage"],
        loaded_by="mapper",
    )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
