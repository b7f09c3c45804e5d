"""What is done with an upload, in a process of its own so as to hold up none."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from mapper.cli.upload_boundaries import check_boundaries, load_boundaries
from mapper.cli.upload_steps import LOADED, REFUSED, Work, file_figures, keep, whole
from mapper.domain.disclosure import Sensitivity
from mapper.domain.said_how import on_page
from mapper.domain.source import SourceKind
from mapper.domain.violence import RecordingSource
from mapper.errors import MapperError, PersonLevelDataError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.likeness import likely_kind
from mapper.ingest.kinds.readers import READERS, default_name
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.kept_report import file_as_kept
from mapper.ingest.outcome.report import AllRefusedError, IngestReport
from mapper.ingest.places.geocoder import Geocoder
from mapper.ingest.run import ingest
from mapper.ingest.uploads import Stage, Upload
from mapper.store.loads import Load, LoadStatus
from mapper.store.mappings import kept_mapping
from mapper.store.session import Store

_VALUES_SHOWN = 3


def do_upload(store: Store, said: Mapping[str, Any]) -> None:
    """Do the next step of an upload.

    Parameters
    ----------
    store : the database.
    said : by the site: the folder, the file of postcodes and the geocoder.
    """
    geocoder = Geocoder(**said["geocoder"]) if said["geocoder"] else None
    work = Work(store, Upload(Path(said["folder"])), Path(said["postcodes"]), geocoder)
    try:
        _do(work)
    except PersonLevelDataError as error:
        likely = _likely_of_first(work)
        work.upload.drop_files()
        work.upload.forget("columns.json", "mend.json")  # they quote cells
        _refuse(work, error, "persons", likely)
    except MapperError as error:
        _refuse(work, error, "refused")
    except Exception:
        work.upload.drop_files()
        raise


def _do(work: Work) -> None:
    stage = work.order.stage
    if work.order.kind is SourceKind.BOUNDARIES:
        (load_boundaries if stage is Stage.LOAD else check_boundaries)(work)
    elif stage is Stage.LOAD:
        _load(work)
    elif stage is Stage.CHECK or not _has_columns_to_confirm(work):
        _check(work)


def _refuse(work: Work, error: MapperError, state: str, likely: str = "") -> None:
    order = work.order
    if order.load_id:
        keep(work, Load(**whole(work), status=LoadStatus.REFUSED, message=on_page(str(error))))
        work.upload.drop_files()
        state = LOADED
    else:
        _drop_unless_columns_may_be_changed(work)
    said = {"state": state, "message": on_page(str(error)), "likely": likely}
    work.upload.write("outcome.json", said)


def _drop_unless_columns_may_be_changed(work: Work) -> None:
    """Remove files that were refused, unless they are read otherwise with other columns."""
    if work.upload.read("columns.json") is None:
        work.upload.drop_files()


def _has_columns_to_confirm(work: Work) -> bool:
    """Guess the columns of a file alone; tell whether somebody has to look at them."""
    entries, propose = work.upload.entries(), READERS[work.order.kind].propose
    is_one_table = len(entries) == 1 and entries[0].path.suffix != ".zip"
    if propose is None or not is_one_table or ".json" in entries[0].path.suffixes:
        return False
    work.tell("Looking at the columns", 0, 0)
    file = entries[0].open()
    try:
        table, guesses = propose(file, IssueLog(file.name))
    except PersonLevelDataError:
        raise
    except MapperError:
        return False  # loading it for trial says what is wrong with it
    if not guesses:
        return False
    name = work.order.source_name or default_name(work.order.kind, file)
    with work.store.reading() as session:
        kept = kept_mapping(session, work.order.kind, name)
    columns = {
        "source_name": name,
        "headings": [each.strip() for each in table.headings],
        "values": [_first_values(table.rows, at) for at in range(len(table.headings))],
        "guesses": [asdict(guess) for guess in guesses],
        "kept": kept,
        "likely": _likely(work, file),
    }
    work.upload.write("columns.json", columns)
    if kept and set(kept.values()) <= set(columns["headings"]):
        return False
    work.upload.write("outcome.json", {"state": "columns"})
    return True


def _first_values(rows: Any, at: int) -> list[str]:  # noqa: ANN401  (rows of a table)
    texts = (row.cells[at].strip() for row in rows[:200])
    return [text[:80] for text in texts if text][:_VALUES_SHOWN]


def _likely(work: Work, file: SourceFile) -> str:
    kind = likely_kind(file)
    return kind.value if kind and kind is not work.order.kind else ""


def _likely_of_first(work: Work) -> str:
    first = work.upload.entries()[0]
    return "" if first.path.suffix == ".zip" else _likely(work, first.open())


def _check(work: Work) -> None:
    work.upload.change(stage=Stage.CHECK)
    report = _ingested(work, dry_run=True)
    likely = ""
    if isinstance(report, AllRefusedError):
        likely = _likely_of_first(work)
    _say(work, report, "report", likely)
    if isinstance(report, AllRefusedError):
        _drop_unless_columns_may_be_changed(work)


def _load(work: Work) -> None:
    report = _ingested(work, dry_run=False)
    files = (report.report if isinstance(report, AllRefusedError) else report).files
    kept = [file_as_kept(file) for file in files]
    figures = file_figures(work, files)
    outlines = [_without_issues(each) for each in kept]
    issues = [issue for each in kept for issue in each["issues"]]
    keep(work, replace(figures, files=outlines, issues=issues))
    _say(work, report, LOADED, "")
    work.upload.drop_files()
    work.upload.forget("columns.json")


def _without_issues(kept: dict[str, Any]) -> dict[str, Any]:
    return {**kept, "issues": [], "sample": None}


def _say(work: Work, report: IngestReport | AllRefusedError, state: str, likely: str) -> None:
    is_refused = isinstance(report, AllRefusedError)
    whole_report = report.report if isinstance(report, AllRefusedError) else report
    files = whole_report.files
    faulty = [[file.name, asdict(file.faulty)] for file in files if file.faulty]
    work.upload.forget("mend.json")
    if faulty:
        work.upload.write("mend.json", faulty)
    work.upload.write(
        "outcome.json",
        {
            "state": REFUSED if is_refused and state != LOADED else state,
            "message": on_page(str(report)) if is_refused else "",
            "files": [file_as_kept(file) for file in files],
            "left_out": list(whole_report.left_out),
            "likely": likely,
        },
    )


def _ingested(work: Work, *, dry_run: bool) -> IngestReport | AllRefusedError:
    order = work.order
    options = IngestOptions(
        dry_run=dry_run,
        source_name=order.source_name,
        loaded_by=order.loaded_by,
        is_synthetic=order.is_synthetic,
        sensitivity=Sensitivity(order.sensitivity) if order.sensitivity else None,
        recorder=RecordingSource(order.recorder) if order.recorder else None,
        mapping=order.mapping,
        keeps_rows=True,
        lead=order.lead,
        until=date.fromisoformat(order.until) if order.until else None,
    )
    postcodes = PostcodeDirectory.load(work.postcodes) if READERS[order.kind].is_placed else None
    services = Services(postcodes=postcodes, tell=work.tell, geocoder=work.geocoder)
    found: IngestReport | AllRefusedError
    try:
        found = ingest(work.store, order.kind, work.upload.entries(), options, services=services)
    except AllRefusedError as error:
        found = error
    if dry_run:
        _refuse_persons(found.report if isinstance(found, AllRefusedError) else found)
    return found


def _refuse_persons(report: IngestReport) -> None:
    """Refuse a whole upload when one file of it is about persons: it must not stay on disk."""
    for file in report.files:
        if file.is_about_persons:
            raise PersonLevelDataError(file.message)
