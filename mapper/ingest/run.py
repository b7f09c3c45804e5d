"""Loading files: read, checked, placed and saved, each file as a whole or not at all."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from mapper.domain.area import AreaType
from mapper.domain.source import Source, SourceKind
from mapper.errors import MapperError, PersonLevelDataError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.areas.hips_rows import NoGroundError
from mapper.ingest.columns.mapped_table import UnfitColumnsError
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.fetching.listing import list_sources
from mapper.ingest.files.source import Entry, Openable, SourceFile
from mapper.ingest.kinds.lookups import lsoas_named, with_more
from mapper.ingest.kinds.readers import default_name, reader_of
from mapper.ingest.long_files.collecting import collecting_seldom
from mapper.ingest.long_files.read_ahead import Records, first_of
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.joining import refuse_mended, tell_of_mended
from mapper.ingest.outcome.mending import faulty_rows
from mapper.ingest.outcome.report import (
    AllRefusedError,
    FileReport,
    FileStatus,
    IngestReport,
    issue_counts,
)
from mapper.ingest.outcome.sample import sample_of
from mapper.ingest.outcome.source_of import denominator, source_of
from mapper.ingest.places.by_postcode import Postcodes
from mapper.ingest.places.online import Online
from mapper.ingest.places.placing import Finders, There, may_place_ahead, placed, placed_ahead
from mapper.ingest.places.venues import Venues
from mapper.ingest.records.parsed import Parsed, nothing_saved
from mapper.store.areas import area_frame, area_names, lsoa_vintages
from mapper.store.counts import SaveCounts
from mapper.store.digest import with_digest
from mapper.store.lookups import linked_lsoas
from mapper.store.mappings import keep_mapping, kept_mapping
from mapper.store.postcodes import postcode_directory
from mapper.store.saving import Beside, Grants, save_records
from mapper.store.session import Store
from mapper.store.sheltered_words import sheltered_words
from mapper.store.sources import LoadedSource, find_same
from mapper.store.venues import venue_places


class _NothingKept(Exception):  # noqa: N818  (no error: it ends a dry run)
    """Rolls a dry run back."""


@dataclass(frozen=True)
class _Run:
    """One command: what its files share."""

    store: Store
    kind: SourceKind
    options: IngestOptions
    services: Services
    refusals: list[MapperError] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    linked: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def postcodes(self) -> Postcodes:
        """The postcode directory, read when first asked for."""
        if self.services.postcodes is not None:
            return self.services.postcodes
        with self.store.reading() as session:
            return postcode_directory(session)

    @cached_property
    def ground(self) -> Ground:
        """The areas that are loaded, read when first asked for."""
        with self.store.reading() as session:
            shapes = [
                area_frame(session, AreaType.LSOA, vintage).geometry.to_numpy()
                for vintage in lsoa_vintages(session)
            ]
            lsoa_shapes = np.concatenate(shapes) if shapes else np.empty(0, dtype=object)
            linked = with_more(linked_lsoas(session), self.linked)
            return Ground(area_names(session), lsoa_shapes, linked)

    def learn(self, links: Sequence[Any]) -> None:
        """Let the other files be told by what this one says, in a dry run too."""
        self.linked.update(with_more(self.linked, lsoas_named(links)))
        self.__dict__.pop("ground", None)

    @cached_property
    def venues(self) -> Venues:
        """The sites of the directory that may be named, read when first asked for."""
        with self.store.reading() as session:
            return Venues(venue_places(session))

    @cached_property
    def online(self) -> Online | None:
        """The online geocoder, where one may be asked; one for all files, to keep its pace."""
        geocoder = self.services.geocoder
        return None if geocoder is None else Online(geocoder, self._sheltered)

    def _sheltered(self) -> list[str]:
        with self.store.reading() as session:
            return sheltered_words(session)


def ingest(
    store: Store,
    kind: SourceKind,
    paths: Sequence[Path | str | Entry],
    options: IngestOptions | None = None,
    *,
    services: Services | None = None,
) -> IngestReport:
    """Load files of one kind.

    A row with a fault is left out and reported; the others are saved. A file that cannot be
    read at all is refused, and the others go on. Each file is one transaction. A file whose
    content is in the store already, under the same source name, is left alone.

    Parameters
    ----------
    store : where to keep the records; the schema must be current.
    kind : what the files hold.
    paths : files, folders, archives, or addresses of feeds (``https://``); a file that the
        disk has under another name than its own as an `Entry`.
    options : choices of whoever loads.
    services : what loading leans on.

    Returns
    -------
    What became of each file, with every issue.

    Raises
    ------
    AllRefusedError
        When every file was refused; it carries the report.
    PersonLevelDataError
        When every file was, and the first for columns about persons.
    SourceError
        When a path does not exist, or there is nothing to read.
    """
    run = _Run(store, kind, options or IngestOptions(), services or Services())
    listing = list_sources(paths, reader_of(kind).is_wanted, reader_of(kind).gather)
    description = f"Loading {kind.value}"
    with collecting_seldom():
        progress = run.services.progress
        files = tuple(_load(run, entry) for entry in progress(listing.entries, description))
        if run.linked:  # what one of them says may be what others wait for
            found = zip(listing.entries, files, strict=True)
            files = tuple(_load(run, e) if e.name in run.waiting else file for e, file in found)
    report = IngestReport(kind=kind, files=files, left_out=listing.left_out)
    if all(file.status is FileStatus.REFUSED for file in files):
        _raise_refusal(run, report)
    return report


def _raise_refusal(run: _Run, report: IngestReport) -> None:
    first = run.refusals[0]
    if isinstance(first, PersonLevelDataError):
        raise first
    raise AllRefusedError(report) from first


def _load(run: _Run, entry: Openable) -> FileReport:
    log = IssueLog(entry.name, run.services.tell)
    run.services.tell(f"Reading {entry.name}", 0, 0)
    try:
        file = entry.open()
    except MapperError as error:
        return _refused(run, log, error)
    try:
        report = _load_file(run, file, log)
    except PersonLevelDataError as error:
        # Of such a file not even what was wrong with a cell is kept.
        return _refused(run, IssueLog(entry.name), error)
    except MapperError as error:
        report = _refused(run, log, error)
    keeps_faulty = run.options.keeps_rows and reader_of(run.kind).is_row_by_row
    name = report.source_name or default_name(run.kind, file)
    return replace(report, faulty=faulty_rows(file, log, name) if keeps_faulty else None)


def _refused(run: _Run, log: IssueLog, error: MapperError) -> FileReport:
    run.refusals.append(error)
    if isinstance(error, NoGroundError):
        run.waiting.append(log.file)
    return FileReport(
        name=log.file,
        source_name=run.options.source_name,
        status=FileStatus.REFUSED,
        message=str(error),
        issues=tuple(log),
        issue_counts=issue_counts(log),
        is_about_persons=isinstance(error, PersonLevelDataError),
    )


def _load_file(run: _Run, file: SourceFile, log: IssueLog) -> FileReport:
    name = run.options.source_name or default_name(run.kind, file)
    with run.store.reading() as session:
        same = find_same(session, run.kind, name, file.checksum)
        kept = kept_mapping(session, run.kind, name)
    if same is not None and run.options.mapping in ({}, kept):
        return _unchanged(file, name, same)
    parsed = _parsed(run, file, log, kept)
    tell_of_mended(name, log)
    records = _placed(run, file, parsed, log)
    if not records:
        raise nothing_saved(file.name, parsed)
    counts = _save(run, source_of(run.kind, run.options, file, parsed), records, parsed.grants)
    if run.kind is SourceKind.LOOKUPS:
        run.learn([record for _, record in parsed.records])
    return FileReport(
        name=file.name,
        source_name=name,
        status=FileStatus.DRY_RUN if run.options.dry_run else FileStatus.LOADED,
        rows_read=parsed.rows_read + log.lines_passed_over,
        new=counts.new,
        changed=counts.changed,
        as_before=counts.unchanged,
        unmatched_names=counts.unmatched_names,
        issues=tuple(log),
        issue_counts=issue_counts(log),
        rows_at_fault=log.rows_at_fault,
        left_out=log.left_out,
        sample=sample_of(first_of(records)) if run.options.keeps_rows else None,
    )


def _parsed(run: _Run, file: SourceFile, log: IssueLog, kept: Mapping[str, str]) -> Parsed[Any]:
    """Read by the columns just confirmed, else by those confirmed before where they are there."""
    mapping = run.options.mapping or kept
    try:
        parsed = reader_of(run.kind, mapping, run.options.choices).read(file, run.ground, log)
    except UnfitColumnsError:
        if run.options.mapping:
            raise
        log.forget()
        reader = reader_of(run.kind, choices=run.options.choices)
        parsed = reader.read(file, run.ground, log)
    if not reader_of(run.kind).is_row_by_row:
        refuse_mended(run.kind, log)
    return parsed


def _unchanged(file: SourceFile, name: str, same: LoadedSource) -> FileReport:
    return FileReport(
        name=file.name,
        source_name=name,
        status=FileStatus.UNCHANGED,
        message=f"The same content was loaded on {same.loaded_at:%d %B %Y}; nothing was changed.",
    )


def _placed(run: _Run, file: SourceFile, parsed: Parsed[Any], log: IssueLog) -> Records[Any]:
    """Give each record its place, where it has one; of a long list while others are saved."""
    if not reader_of(run.kind).is_placed:
        return [record for _, record in parsed.records]
    finders = Finders(run.postcodes, run.ground, lambda: run.venues, run.online)
    if may_place_ahead(parsed, finders, len(file.content)):
        return placed_ahead(parsed, finders, log, There(run.store.leave_to_the_first, with_digest))
    return placed(parsed, finders, log)


def _save(run: _Run, source: Source, records: Records[Any], grants: Grants) -> SaveCounts:
    """Save in one transaction; a dry run does the same and rolls it back."""
    step = "Comparing with what is there" if run.options.dry_run else "Saving"
    if isinstance(records, Sequence):  # of the others the process that reads them tells
        run.services.tell(step, 0, len(records))
    counts = SaveCounts()
    with suppress(_NothingKept), run.store.writing() as session:
        counts = save_records(session, source, records, Beside(denominator(source), grants))
        if run.options.mapping:
            keep_mapping(session, source, run.options.mapping)
        if run.options.dry_run:
            run.services.trial(session)
            raise _NothingKept
    return counts
