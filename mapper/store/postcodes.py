"""Postcodes of look-ups that were loaded, over those of the shipped directory."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mapper.domain.lookup import PostcodeAreas
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.store.counts import SaveCounts
from mapper.store.models import PostcodeRow
from mapper.store.renewal import renew_rows

_COLUMNS = (
    "postcode",
    "easting_m",
    "northing_m",
    "lad_code",
    "ward_code",
    "lsoa11_code",
    "msoa11_code",
    "is_terminated",
)


def save_postcodes(
    session: Session, source_id: int, postcodes: Sequence[PostcodeAreas]
) -> SaveCounts:
    """Keep the postcodes of a look-up; what it says of one replaces what an earlier one said.

    Parameters
    ----------
    source_id : of the source they come from.
    postcodes : each once.
    """
    return renew_rows(session, PostcodeRow, source_id, [asdict(each) for each in postcodes])


def postcode_directory(session: Session, path: Path | None = None) -> PostcodeDirectory:
    """Read the directory with the postcodes that were loaded in it.

    Parameters
    ----------
    path : of the directory, where it is not the shipped one.
    """
    query = select(*(getattr(PostcodeRow, name) for name in _COLUMNS))
    rows = pd.DataFrame(session.execute(query).all(), columns=list(_COLUMNS))
    return PostcodeDirectory.load(path, rows)


def postcodes_version(session: Session) -> int:
    """Number what is loaded of postcodes: another number, another directory."""
    return session.scalar(select(func.max(PostcodeRow.source_id))) or 0
