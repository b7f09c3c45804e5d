"""Records to their places: whatever finds one is asked in turn, and none is kept for nowhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity, Told, WhoCanFix
from mapper.ingest.files.streamed import StreamedRows
from mapper.ingest.long_files.read_ahead import ReadAhead, can_read_ahead
from mapper.ingest.long_files.spool import Pending, chunks, is_pending, laid_aside
from mapper.ingest.places.by_postcode import Postcodes
from mapper.ingest.places.geolocate import geolocate
from mapper.ingest.places.online import Online, OnlinePlaces
from mapper.ingest.places.scope import within_hips
from mapper.ingest.places.venues import Venues
from mapper.ingest.privacy.refuges import is_sheltered
from mapper.ingest.records.layout import NOWHERE
from mapper.ingest.records.parsed import Parsed

_WORTH_A_PROCESS = 4_000_000
Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class Finders:
    """What places are found with.

    Parameters
    ----------
    postcodes : the directory.
    ground : the areas known.
    venues : sites of the directory, read only when a record needs them.
    online : a geocoder to ask for what nothing else could place; None to ask none.
    """

    postcodes: Postcodes
    ground: Ground = field(default_factory=Ground)
    venues: Callable[[], Venues] = Venues
    online: Online | None = None


def placed(parsed: Parsed[Any], finders: Finders, log: IssueLog) -> Sequence[Located[Any]]:
    """Give each record its place, and lay them aside; otherwise as `located`."""
    return laid_aside(located(parsed, finders, log))


def may_place_ahead(parsed: Parsed[Any], finders: Finders, file_bytes: int) -> bool:
    """Tell whether records may be read and placed while those before them are saved.

    Parameters
    ----------
    parsed, finders : as for `located`. A file that is wider than HIPS has to be read whole
        first, and a geocoder is too slow to hold up whoever else would write.
    file_bytes : of the file: a short one is read sooner than a process starts.
    """
    may_pass_by = is_pending(parsed.records) and not parsed.is_wider
    is_worth_it = file_bytes >= _WORTH_A_PROCESS
    return is_worth_it and may_pass_by and finders.online is None and can_read_ahead()


@dataclass(frozen=True, slots=True)
class There:
    """What another process does beside placing records.

    Parameters
    ----------
    begin : called first.
    finish : called with each record that has its place; its answer is what comes here.
    """

    begin: Callable[[], None]
    finish: Callable[[Located[Any]], Located[Any]]


def placed_ahead(
    parsed: Parsed[Any], finders: Finders, log: IssueLog, there: There
) -> ReadAhead[Located[Any]]:
    """Have each record read and placed in another process; otherwise as `located`.

    Parameters
    ----------
    parsed : with records that are not read yet.
    finders : as for `located`, without a geocoder.
    log : as for `located`; told when the last record is taken.
    there : what else is done in the other process.
    """

    def learn(is_whole: bool) -> tuple[int | None, Told]:  # noqa: FBT001  (asked by position)
        return (parsed.rows_read if is_whole else None, log.told())

    def hear(learnt: tuple[int | None, Told]) -> None:
        rows_read, told = learnt
        log.hear(told)
        if rows_read is not None and isinstance(parsed.rows, StreamedRows):
            parsed.rows.are(rows_read)

    records = map(there.finish, located(parsed, finders, log))
    return ReadAhead(records, learn, hear, there.begin)


def located(parsed: Parsed[Any], finders: Finders, log: IssueLog) -> Iterator[Located[Any]]:
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
    if parsed.is_wider and parsed.records:
        kept = within_hips(parsed.records, finders.postcodes, finders.ground, log)
        if not kept:
            raise SourceError(
                f"Nothing of {log.file} is placed in HIPS or serves an area of it.",
                action="Check that it is the file that was meant.",
            )
        parsed = replace(parsed, records=kept, is_wider=False)
    if not is_pending(parsed.records):  # or the reading of the rows is told of meanwhile
        log.tell("Finding places", 0, len(parsed.records))
    last = None if finders.online is None else finders.online.for_file(log)
    records = parsed.records.once() if isinstance(parsed.records, Pending) else parsed.records
    found = (each for some in chunks(records) for each in _found(some, finders, last, log))
    yield from (_about_a_place(each, log) for each in found if _is_somewhere(each, log))
    if last is not None:
        last.end()


def _at_venue(located: Located[Any], finders: Finders, log: IssueLog) -> Located[Any]:
    """Find by the name of its venue what has nothing better to be found by."""
    record = located.record
    # A sheltered record at a public site would take that site from the map.
    may_be_named = record.location.is_empty and record.visibility is Visibility.EXACT
    if located.place is not None or not may_be_named or not record.location.address:
        return located
    found = finders.venues().find(record.location.address)
    if found is None:
        return located
    doubt = "" if found.is_sure else "The name is only nearly the same: look at it. "
    log.add(
        located.line,
        f"Placed at {found.name}, which the directory knows. {doubt}".strip(),
        column="address",
        value=record.location.address,
        severity=Severity.NOTE if found.is_sure else Severity.WARNING,
        who_can_fix=WhoCanFix.NOBODY if found.is_sure else WhoCanFix.FILLER,
        kind=f"venue {found.is_sure}",
    )
    return replace(located, place=found.place)


def _about_a_place(located: Located[Any], log: IssueLog) -> Located[Any]:
    """Leave out a radius that is about no place."""
    if located.place is not None or located.record.served_radius_m is None:
        return located
    log.add(
        located.line,
        "There is no place for the radius to be about: it was left out, and the areas named are "
        "what is served.",
        column="radius",
        severity=Severity.WARNING,
    )
    return replace(located, record=replace(located.record, served_radius_m=None))


def _found(
    records: Numbered, finders: Finders, last: OnlinePlaces | None, log: IssueLog
) -> Sequence[Located[Any]]:
    places = iter(geolocate(_locations(records), finders.postcodes, finders.ground, log))
    for line, record in records:
        if any(map(is_sheltered, (record, *_further_sites(record)))):
            log.shelter(line)
    located = [
        Located(record, next(places), line, tuple(next(places) for _ in _further_sites(record)))
        for line, record in records
    ]
    found = [_at_venue(each, finders, log) for each in located]
    return found if last is None else last.place(found, finders.postcodes, finders.ground)


def _locations(records: Numbered) -> list[tuple[int, Location]]:
    """List every location of the records, those of further sites after the main one."""
    return [
        (line, location)
        for line, record in records
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
