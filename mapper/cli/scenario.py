"""The command that tries other activities, and keeps nothing unless asked."""

from pathlib import Path

import click

from mapper.cli.listings import show
from mapper.cli.opening import current_settings, form_options, opened, progress, say, who
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.ingest.faults.issues import Severity
from mapper.ingest.files.source import Entry
from mapper.ingest.options import Services
from mapper.ingest.outcome.report import FileReport
from mapper.reports.scenario import try_scenario
from mapper.reports.scenario_plan import Plan
from mapper.reports.shown_run import run_for

_WITH_ROW_ISSUES = 1
_LARGEST_ID = 2**31 - 1
_ID = click.IntRange(1, _LARGEST_ID)
_LEVELS = (AreaType.LAD.value, AreaType.LSOA.value)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lead", default="", help="The organisation that leads, where the file names none.")
@click.option("--count", multiple=True, type=_ID, help="Count a planned activity, by its number.")
@click.option("--withdraw", multiple=True, type=_ID, help="Leave an activity out, by its number.")
@click.option("--run", "run_id", type=_ID, help="Compare with this run.  [default: the one shown]")
@click.option("--by", type=click.Choice(_LEVELS), default=_LEVELS[0], show_default=True)
@click.option("--save", is_flag=True, help="Keep it as a run, marked as a scenario.")
@form_options
@click.pass_context
def scenario(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    context: click.Context,
    file: Path | None,
    lead: str,
    count: tuple[int, ...],
    withdraw: tuple[int, ...],
    run_id: int | None,
    by: str,
    form: str,
    *,
    save: bool,
) -> None:
    """Show the gap as it would be with the activities of FILE, beside what it is.

    FILE is read as any file of activities is, and nothing of it is saved. The figures are for
    analysts.
    """
    plan = Plan(
        file=Entry(file) if file else None,
        lead=lead.strip(),
        planned=frozenset(count),
        withdrawn=frozenset(withdraw),
    )
    services = Services(progress=progress, geocoder=current_settings().geocoder)
    with opened() as store:
        if run_id is None:
            with store.reading() as session:
                run_id = run_for(session, Audience.ANALYST).id
        kept_by = who() if save else None
        found = try_scenario(store, run_id, plan, services=services, kept_by=kept_by, say=say)
    show(found.authorities if by == AreaType.LAD else found.areas, form)
    if form == "text":
        for sentence in found.sentences:
            click.echo(sentence)
        if found.saved_id:
            click.echo(f"Kept as run {found.saved_id}: a scenario, which is never published.")
    context.exit(_WITH_ROW_ISSUES if _told(found.files) else 0)


def _told(files: tuple[FileReport, ...]) -> bool:
    """Say which rows of the file are at fault; tell whether any is."""
    issues = [
        issue for each in files for issue in each.issues if issue.severity is not Severity.NOTE
    ]
    for issue in issues:
        click.echo(f"  {issue.file}, line {issue.line}, {issue.field}: {issue.message}", err=True)
    return bool(issues)
