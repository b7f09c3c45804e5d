"""Commands that load files."""

from datetime import datetime
from pathlib import Path

import click

from mapper.cli.opening import (
    current_settings,
    opened,
    progress,
    recorder_option,
    who,
    write_file,
)
from mapper.domain.counted import counted
from mapper.domain.disclosure import Sensitivity
from mapper.domain.source import SourceKind
from mapper.domain.violence import RecordingSource
from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import Severity
from mapper.ingest.faults.issues_csv import write_issues_csv
from mapper.ingest.kinds.readers import READERS
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.account import row_account
from mapper.ingest.outcome.mending import write_faulty
from mapper.ingest.outcome.report import AllRefusedError, IngestReport
from mapper.ingest.run import ingest as load
from mapper.ingest.template import activities_csv, activities_workbook

_ISSUES_SHOWN = 20
WITH_ROW_ISSUES = 1


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in READERS]))
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATHS...",
    callback=lambda _context, _option, paths: _named(paths),
)
@click.option("--dry-run", is_flag=True, help="Report, and save nothing.")
@click.option("--source", default="", metavar="NAME", help="The name of the source.")
@click.option("--issues", type=click.Path(path_type=Path), help="Write the issues to this CSV.")
@click.option(
    "--mend",
    type=click.Path(path_type=Path),
    help="Write the rows at fault to this .xlsx or .csv, to be mended and loaded again.",
)
@click.option(
    "--sensitivity",
    type=click.Choice([each.value for each in Sensitivity]),
    callback=lambda _context, _option, value: value and Sensitivity(value),
    help="How carefully the figures are to be treated. By default restricted for cohorts, partner "
    "for priorities and for violence that another than the police recorded, otherwise open.",
)
@click.option("--lead", default="", metavar="NAME", help="Who leads activities that do not say.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    help="The last day to which weekly activities are counted. [default: a year from today]",
)
@recorder_option(" Sources are kept apart and never added up.")
@click.pass_context
def ingest(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    context: click.Context,
    kind: str,
    paths: tuple[str, ...],
    source: str,
    issues: Path | None,
    mend: Path | None,
    sensitivity: Sensitivity | None,
    recorder: RecordingSource,
    lead: str,
    until: datetime | None,
    *,
    dry_run: bool,
) -> None:
    """Load files, folders, archives or feeds (https://) of one kind.

    Good rows are saved, others reported.
    """
    options = IngestOptions(
        dry_run=dry_run,
        source_name=source,
        loaded_by=who(),
        sensitivity=sensitivity,
        recorder=recorder,
        keeps_rows=mend is not None,
        lead=lead.strip(),
        until=until.date() if until else None,
    )
    if issues is not None:
        write_issues_csv(issues, ())  # a path that cannot be written is told before loading
    try:
        with opened() as store:
            services = Services(progress=progress, geocoder=current_settings().geocoder)
            report = load(store, SourceKind(kind), paths, options, services=services)
    except AllRefusedError as error:
        _show_issues(error.report, issues, shows_notes=True)
        _write_rows_to_mend(error.report, mend)
        raise
    _show(report, issues)
    _write_rows_to_mend(report, mend)
    context.exit(WITH_ROW_ISSUES if report.has_row_issues else 0)


def _named(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a path without a name, which would stand for every file of the present folder."""
    if any(not path.strip() for path in paths):
        raise InvalidValueError(
            "A file to load has no name: one of the paths is empty.",
            expected="Files, folders, archives or addresses of feeds.",
            action="Name it; a dot stands for the present folder.",
        )
    return paths


def _write_rows_to_mend(report: IngestReport, mend: Path | None) -> None:
    """Write one list a file, since each has its own headings: OUT.xlsx, OUT-2.xlsx and so on."""
    if mend is None:
        return
    found = [file.faulty for file in report.files if file.faulty is not None]
    for number, faulty in enumerate(found, start=1):
        path = mend if number == 1 else mend.with_stem(f"{mend.stem}-{number}")
        write_faulty(path, faulty)
        click.echo(f"{counted(len(faulty.rows), 'row')} to mend: {path}.", err=True)


def _show(report: IngestReport, issues: Path | None) -> None:
    for line in report.lines():
        click.echo(line)
    if account := row_account(report.files):
        click.echo(account)
    _show_issues(report, issues)


def _show_issues(report: IngestReport, issues: Path | None, *, shows_notes: bool = False) -> None:
    """List the first issues of rows, or write all of them where that was asked for."""
    if issues is not None:
        write_issues_csv(issues, report.issues)
    if not report.has_row_issues:
        return
    counts = ", ".join(
        counted(report.count(severity), severity.value)
        for severity in Severity
        if report.count(severity)
    )
    if not counts:
        return  # a file was refused, and no row of it was read
    click.echo(f"Rows with issues: {counts}", err=True)
    if issues is not None:
        click.echo(f"They are listed in {issues}.", err=True)
        return
    worth_showing = [
        issue for issue in report.issues if shows_notes or issue.severity is not Severity.NOTE
    ]
    for issue in worth_showing[:_ISSUES_SHOWN]:
        where = f"{issue.file}, line {issue.line}" if issue.line else issue.file
        field = f", {issue.field}" if issue.field else ""
        click.echo(f"  {where}{field}: {issue.message}", err=True)
    if len(worth_showing) > _ISSUES_SHOWN:
        left = len(worth_showing) - _ISSUES_SHOWN
        click.echo(f"  and {left:,} more; --issues OUT.csv lists them all.", err=True)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("activities.xlsx"),
    show_default=True,
    help="File to write: .xlsx or .csv.",
)
def template(out: Path) -> None:
    """Write the template in which partners return their activities."""
    if out.suffix.lower() not in {".csv", ".xlsx"}:
        raise InvalidValueError(
            f"{out.name} ends in neither .xlsx nor .csv.",
            expected="A name that says which of the two to write.",
            action="Name it so with --out, such as activities.xlsx.",
        )
    is_csv = out.suffix.lower() == ".csv"
    write_file(out, activities_csv() if is_csv else activities_workbook())
    click.echo(f"{out} was written.")
