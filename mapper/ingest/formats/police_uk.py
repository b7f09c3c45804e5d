"""Street-level crime from data.police.uk, and tables of counts with the same headings."""

import re
from typing import Final

import numpy as np
import pandas as pd

from mapper.domain.period import Month
from mapper.domain.violence import ViolenceCount
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Table
from mapper.ingest.formats.police_rows import checked_rows
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("police.uk street-level crime", "data.police.uk")
PUBLISHED_HEADINGS: Final = frozenset(
    {"crimeid", "reportedby", "fallswithin", "location", "lastoutcomecategory", "context"}
)
"""Headings that the publisher gives and that are not read, in their plain form."""

_GROUP: Final = ["month", "crime_type", "lsoa_code", "lsoa_name", "longitude", "latitude"]


def police_counts(table: Table, ground: Ground, log: IssueLog) -> list[tuple[int, ViolenceCount]]:
    """Count the rows of a street-level file by month, type, area and published point.

    Every row is an incident: rows without a crime number that look alike are separate ones.
    A row outside HIPS, by its LSOA's name or else by its point, is noted and left out.

    Parameters
    ----------
    table : with the columns of `FIELDS`; a column `count` stands for so many rows.
    ground : the LSOAs known, for rows without an LSOA name.
    log : told of each fault.

    Returns
    -------
    One record a group with the line of its first row, in the order of the groups.
    """
    return _records(checked_rows(table, ground, log))


def force_name(name: str) -> str:
    """Tell the force that a file's name gives, empty where it gives none.

    Parameters
    ----------
    name : such as ``2025-01-hampshire-street.csv``.
    """
    match = re.match(r"\d{4}-\d{2}-(.+)-street\b", name)
    return match[1] if match else ""


def _records(frame: pd.DataFrame) -> list[tuple[int, ViolenceCount]]:
    groups = (
        frame.groupby(_GROUP, dropna=False, sort=True)
        .agg(line=("line", "min"), incidents=("incidents", "sum"))
        .reset_index()
    )
    months = {text: Month.parse(text) for text in groups["month"].unique()}
    return [
        (
            int(line),
            ViolenceCount(
                month=months[month],
                crime_type=crime_type,
                count=int(count),
                area_code=code,
                area_name=name,
                longitude=None if np.isnan(lon) else float(lon),
                latitude=None if np.isnan(lat) else float(lat),
            ),
        )
        for month, crime_type, code, name, lon, lat, line, count in groups.itertuples(index=False)
    ]
