"""Files of residents into counts by area and age."""

import re
from typing import Final

import pandas as pd

from mapper.domain.area import HIPS_LADS
from mapper.domain.counted import counted
from mapper.domain.population import ResidentCount
from mapper.domain.said_how import BY_SOURCE
from mapper.domain.source import Source
from mapper.errors import SourceError
from mapper.geography.place_counts import district_names
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.heading_row import choose_table
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats import ons
from mapper.ingest.formats.ons import AreaResidents
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.records.parsed import Parsed

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMES: Final = frozenset(name.casefold() for name in HIPS_LADS.values())


def read_population(source: SourceFile, ground: Ground, log: IssueLog) -> Parsed[ResidentCount]:
    """Read a file of residents by small area.

    Areas outside HIPS are left out, with one note for all of them: an area is in HIPS when its
    name begins with one of the fourteen districts, or its code is that of an LSOA loaded.

    Parameters
    ----------
    source : CSV, XLSX or Parquet: long by age band, wide by year of age, or a total an area.
    ground : the LSOAs known.
    log : told of each fault.

    Raises
    ------
    PersonLevelDataError
        When anything in the file is about persons.
    SourceError
        When the file cannot be read, or none of its areas is in HIPS.
    """
    table = choose_table(read_count_sheets(source, log), ons.FIELDS, source.name, log)
    areas = ons.area_residents(table, log)
    inside = _in_hips(areas, ground)
    if areas and not inside:
        raise SourceError(
            f"None of the {len(areas):,} areas of {source.name} is known to be in HIPS.",
            expected="LSOA names such as 'Havant 001A', or codes of LSOAs that are loaded.",
            action="Load the boundaries of its vintage first.",
        )
    if len(inside) < len(areas):
        log.add(
            0,
            counted(len(areas) - len(inside), "area outside HIPS was", "areas outside HIPS were")
            + " left out.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    records = tuple((area.line, count) for area in inside for count in area.counts)
    return Parsed(records, len(table.rows), ons.PROVENANCE, str(year_of(source.stem) or ""))


def _in_hips(areas: list[AreaResidents], ground: Ground) -> list[AreaResidents]:
    if not areas:
        return []
    known = ground.lsoa_codes
    districts = district_names(pd.Series([area.name for area in areas], dtype="str"))
    return [
        area
        for area, district in zip(areas, districts, strict=True)
        if area.code in known or district in _NAMES
    ]


def year_of(name: str) -> int | None:
    """Find the year in a name, None where there is none.

    Parameters
    ----------
    name : such as ``mid2020 single year of age``.
    """
    match = _YEAR.search(name)
    return int(match[0]) if match else None


def source_label(source: Source) -> tuple[str, int]:
    """Take the label and the year from the source's name, else from the file's.

    Parameters
    ----------
    source : of residents.

    Raises
    ------
    SourceError
        When neither has a year.
    """
    try:
        return population_label(source.name)
    except SourceError:
        return population_label(source.file_name.replace("_", " "))


def population_label(name: str) -> tuple[str, int]:
    """Give the words that go on every rate, and the year of the figures.

    Parameters
    ----------
    name : of the file or source, with its year in it.

    Raises
    ------
    SourceError
        When there is no year.
    """
    year = year_of(name)
    if year is None:
        raise SourceError(
            f"There is no year in the name {name!r}.",
            expected="The year of the figures, which goes on every rate.",
            action=f"Give it {BY_SOURCE} 'mid-2022 residents'.",
        )
    if "census" in name.casefold():
        return f"Census {year} usual residents", year
    if re.search(r"\bmid", name.casefold()):
        return f"Mid-{year} resident estimate", year
    return f"Residents {year}", year
