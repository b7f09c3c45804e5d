"""Records to their places: whatever finds one is asked in turn, and none is kept for nowhere."""

from dataclasses import dataclass, field, replace
from typing import Any

from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.errors import SourceError
from mapper.ingest.by_postcode import Postcodes
from mapper.ingest.geolocate import geolocate
from mapper.ingest.ground import Ground
from mapper.ingest.issues import IssueLog
from mapper.ingest.layout import NOWHERE
from mapper.ingest.parsed import Parsed
from mapper.ingest.scope import within_hips


@dataclass(frozen=True, slots=True)
class Finders:
    """What places are found with.

    Parameters
    ----------
    postcodes : the directory.
    ground : the areas known.
    """

    postcodes: Postcodes
    ground: Ground = field(default_factory=Ground)


def placed(parsed: Parsed[Any], finders: Finders, log: IssueLog) -> list[Located[Any]]:
    """Give each record its place; one without a place that serves no area either is left out.

    Parameters
    ----------
    parsed : records with a `location` and `areas_served`.
    finders : what places are found with.
    log : told of what could not be found, and of each record left out.

    Raises
    ------
    SourceError
        When the file covers more than HIPS, and nothing of it belongs to HIPS.
    """
    if parsed.is_wider:
        kept = within_hips(parsed.records, finders.postcodes, finders.ground, log)
        if not kept:
            raise SourceError(
                f"Nothing of {log.file} is placed in HIPS or serves an area of it.",
                action="Check that it is the file that was meant.",
            )
        parsed = replace(parsed, records=kept, is_wider=False)
    places = iter(geolocate(_locations(parsed), finders.postcodes, finders.ground, log))
    located = [
        Located(record, next(places), line, tuple(next(places) for _ in _further_sites(record)))
        for line, record in parsed.records
    ]
    return [each for each in located if _is_somewhere(each, log)]


def _locations(parsed: Parsed[Any]) -> list[tuple[int, Location]]:
    """List every location of the records, those of further sites after the main one."""
    return [
        (line, location)
        for line, record in parsed.records
        for location in (record.location, *(site.location for site in _further_sites(record)))
    ]


def _further_sites(record: Any) -> tuple[Site, ...]:  # noqa: ANN401  (a record of any kind)
    return record.further_sites if isinstance(record, Organisation) else ()


def _is_somewhere(located: Located[Any], log: IssueLog) -> bool:
    if located.place or any(located.further_places) or located.record.areas_served:
        return True
    location = located.record.location
    log.add(
        located.line,
        NOWHERE,
        column="postcode" if location.postcode else "address",
        value=location.postcode or location.address,
        kind="nowhere",
    )
    return False
