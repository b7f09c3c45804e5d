"""One way to read each kind of source: file in, parsed and placed records out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from mapper.domain.located import Located
from mapper.domain.source import SourceKind
from mapper.errors import SourceError
from mapper.ingest.activities import read_activities
from mapper.ingest.bundles import gather_organisations
from mapper.ingest.by_postcode import Postcodes
from mapper.ingest.formats.police_uk import force_name
from mapper.ingest.geolocate import geolocate
from mapper.ingest.ground import Ground
from mapper.ingest.issues import IssueLog
from mapper.ingest.listing import Gather, each_alone
from mapper.ingest.organisations import read_organisations
from mapper.ingest.parsed import Parsed
from mapper.ingest.population import read_population
from mapper.ingest.scope import within_hips
from mapper.ingest.source import SourceFile
from mapper.ingest.violence import is_street_file, read_violence

Read = Callable[[SourceFile, Ground, IssueLog], Parsed[Any]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of source is read.

    Parameters
    ----------
    read : a file into records.
    is_wanted : whether a file of that name, in a folder or archive, is one to read.
    is_placed : whether its records have a location to be found.
    gather : joins the files that are one source.
    """

    read: Read
    is_wanted: Callable[[str], bool] = lambda _: True
    is_placed: bool = False
    gather: Gather = each_alone


_JSON: Final = (".json", ".geojson", ".json.gz", ".geojson.gz")


def _is_table(name: str) -> bool:
    return not name.lower().endswith(_JSON)


READERS: Final = {
    SourceKind.ORGANISATIONS: Reader(
        read_organisations, is_placed=True, gather=gather_organisations
    ),
    SourceKind.ACTIVITIES: Reader(read_activities, _is_table, is_placed=True),
    SourceKind.VIOLENCE: Reader(read_violence, is_street_file),
    SourceKind.POPULATION: Reader(read_population, _is_table),
}
"""How each kind is read. Boundaries are read elsewhere: they are shapes, not rows."""


def reader_of(kind: SourceKind, mapping: Mapping[str, str] | None = None) -> Reader:
    """Give the way to read a kind of source.

    Parameters
    ----------
    kind : of the source.
    mapping : field to heading, as confirmed for a list of organisations.

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
    if mapping and kind is SourceKind.ORGANISATIONS:
        return replace(READERS[kind], read=partial(read_organisations, mapping=mapping))
    return READERS[kind]


def default_name(kind: SourceKind, source: SourceFile) -> str:
    """Name a source by its file: the force for police.uk, otherwise the file's plain stem.

    Every month of a force has the same name, so that a corrected month replaces the first.

    Parameters
    ----------
    kind : of the source.
    source : the file.
    """
    force = force_name(source.name) if kind is SourceKind.VIOLENCE else ""
    if force:
        return f"police.uk {force}"
    return re.sub(r"[\W_]+", " ", source.stem).strip() or source.name


def placed(
    parsed: Parsed[Any], postcodes: Postcodes, ground: Ground, log: IssueLog
) -> list[Located[Any]]:
    """Give each record its place.

    Parameters
    ----------
    parsed : records with a `location`.
    postcodes : the directory.
    ground : the areas known.
    log : told of what could not be found.

    Raises
    ------
    SourceError
        When the file covers more than HIPS, and nothing of it belongs to HIPS.
    """
    if parsed.is_wider:
        kept = within_hips(parsed.records, postcodes, ground, log)
        if not kept:
            raise SourceError(
                f"Nothing of {log.file} is placed in HIPS or serves an area of it.",
                action="Check that it is the file that was meant.",
            )
        parsed = replace(parsed, records=kept, is_wider=False)
    locations = [(line, record.location) for line, record in parsed.records]
    places = geolocate(locations, postcodes, ground, log)
    return [
        Located(record, place, line)
        for (line, record), place in zip(parsed.records, places, strict=True)
    ]
