"""One way to read each kind of source: file in, parsed and placed records out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, cast

from mapper.domain.source import SourceKind
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.headings import Field
from mapper.ingest.columns.mapping import Propose
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.fetching.bundles import gather_organisations
from mapper.ingest.fetching.listing import Gather, each_alone
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import mended_source
from mapper.ingest.formats.police_uk import force_name
from mapper.ingest.kinds import activities, organisations
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.kinds.activity_rows import FIELDS
from mapper.ingest.kinds.cohorts import read_cohorts
from mapper.ingest.kinds.deprivation import read_deprivation
from mapper.ingest.kinds.lookups import read_lookups
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.kinds.population import read_population
from mapper.ingest.kinds.priorities import read_priorities
from mapper.ingest.kinds.violence import is_street_file, read_violence
from mapper.ingest.records.parsed import Parsed
from mapper.ingest.records.sessions import Choices

Read = Callable[[SourceFile, Ground, IssueLog], Parsed[Any]]
TABLES: Final = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt", ".csv.gz", ".zip")
"""The endings of tables, alone or in an archive."""

_COUNTS: Final = (*TABLES, ".json", ".json.gz")
_ANY: Final = (*TABLES, ".json", ".geojson", ".json.gz", ".geojson.gz")


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of source is read.

    Parameters
    ----------
    read : a file into records.
    is_wanted : whether a file of that name, in a folder or archive, is one to read.
    is_placed : whether its records have a location to be found.
    gather : joins the files that are one source.
    label : what the kind is called where somebody chooses it; its own word when empty.
    hint : what such a file is, in a sentence.
    endings : of the names of such files, the first the usual one.
    columns : that somebody may say the columns of; none where the headings have to be known.
    propose : guesses the columns, for somebody to confirm; `read` then takes a ``mapping``.
    is_row_by_row : whether some rows of a source may be loaded again without the others.
    """

    read: Read
    is_wanted: Callable[[str], bool] = lambda _: True
    is_placed: bool = False
    gather: Gather = each_alone
    label: str = ""
    hint: str = ""
    endings: tuple[str, ...] = TABLES
    columns: tuple[Field, ...] = ()
    propose: Propose | None = None
    is_row_by_row: bool = False


_JSON: Final = (".json", ".geojson", ".json.gz", ".geojson.gz")
_CALENDARS: Final = (".ics", ".ics.gz")


def _is_no_calendar(name: str) -> bool:
    return not name.lower().endswith(_CALENDARS)


def _is_no_document(name: str) -> bool:
    return not name.lower().endswith(_JSON)


def _is_table(name: str) -> bool:
    return _is_no_calendar(name) and _is_no_document(name)


READERS: Final = {
    SourceKind.ORGANISATIONS: Reader(
        read_organisations,
        _is_no_calendar,
        is_placed=True,
        gather=gather_organisations,
        hint="A list with any headings, an extract of a charity register, schools, libraries, "
        "OpenStreetMap, Open Referral UK or 360Giving.",
        endings=_ANY,
        columns=organisations.COLUMNS,
        propose=organisations.propose_mapping,
        is_row_by_row=True,
    ),
    SourceKind.ACTIVITIES: Reader(
        read_activities,
        _is_no_document,
        is_placed=True,
        hint="The activities template filled in, a table with a title, a lead organisation and a "
        "date, a weekly timetable, or a calendar.",
        endings=(*TABLES, *_CALENDARS),
        columns=FIELDS,
        propose=activities.propose_mapping,
        is_row_by_row=True,
    ),
    SourceKind.VIOLENCE: Reader(
        read_violence,
        is_street_file,
        label="Recorded violence",
        hint="Street-level crime from data.police.uk, or a table of counts by area, period and "
        "offence group. Counts only: a file about persons is refused.",
        endings=_COUNTS,
    ),
    SourceKind.PRIORITIES: Reader(
        read_priorities,
        label="Priority areas",
        hint="The areas that the strategic needs assessment names, by code or name, with a rank "
        "and a reason where it gives them.",
        endings=_COUNTS,
    ),
    SourceKind.COHORTS: Reader(
        read_cohorts,
        label="Cohorts",
        hint="People counted by age band, sex or ethnicity and period. Counts only: a file about "
        "persons is refused.",
        endings=_COUNTS,
    ),
    SourceKind.POPULATION: Reader(
        read_population,
        _is_table,
        label="Residents",
        hint="Residents by small area from ONS. The year must be in the name of the file or "
        "of the source.",
        endings=(*TABLES, ".parquet"),
    ),
    SourceKind.DEPRIVATION: Reader(
        read_deprivation,
        _is_table,
        hint="The Indices of Deprivation by LSOA, 2019 or 2025: ranks, deciles and scores, or "
        "the indicators.",
        endings=(*TABLES, ".parquet"),
    ),
    SourceKind.LOOKUPS: Reader(
        read_lookups,
        _is_table,
        label="Look-ups",
        hint="From ONS: LSOA 2011 to 2021, LSOA to ward, rural-urban class, names of MSOAs, "
        "community safety partnerships, or postcodes with their areas.",
        endings=(*TABLES, ".parquet"),
    ),
}
"""How each kind is read. Boundaries are read elsewhere: they are shapes, not rows."""


def reader_of(
    kind: SourceKind,
    mapping: Mapping[str, str] | None = None,
    choices: Choices | None = None,
) -> Reader:
    """Give the way to read a kind of source.

    Parameters
    ----------
    kind : of the source.
    mapping : field to heading, as confirmed; of no account where columns cannot be.
    choices : what is said of a file of activities.

    Raises
    ------
    SourceError
        For boundaries, which have a command of their own.
    """
    if kind not in READERS:
        raise SourceError(
            f"Files of {kind.value} are not loaded this way.",
            expected=f"One of: {', '.join(READERS)}.",
            action="Use `mapper boundaries import FILE`.",
        )
    reader = READERS[kind]
    said: dict[str, object] = {}
    if mapping and reader.propose is not None:
        said["mapping"] = mapping
    if choices and kind is SourceKind.ACTIVITIES:
        said["choices"] = choices
    # Only readers that have such an argument are given it.
    read = cast("Callable[..., Parsed[Any]]", reader.read)
    return replace(reader, read=partial(read, **said)) if said else reader


def default_name(kind: SourceKind, source: SourceFile) -> str:
    """Name a source by its file: the force for police.uk, otherwise the file's plain stem.

    Every month of a force has the same name, so that a corrected month replaces the first.
    Rows that were given out to be mended say themselves which source they are of.

    Parameters
    ----------
    kind : of the source.
    source : the file.
    """
    mended = mended_source(source) if READERS[kind].is_row_by_row else ""
    if mended:
        return mended
    force = force_name(source.name) if kind is SourceKind.VIOLENCE else ""
    if force:
        return f"police.uk {force}"
    return re.sub(r"[\W_]+", " ", source.stem).strip() or source.name
