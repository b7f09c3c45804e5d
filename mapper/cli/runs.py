"""Commands that show the analysis runs that were kept, and publish one."""

import json

import click

from mapper.cli.listings import show as show_table
from mapper.cli.opening import form_options, opened, who
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience
from mapper.reports.comparing import LEVELS, compare_runs
from mapper.reports.publishing import overlap_warning, publish_as
from mapper.store.areas import find_lad
from mapper.store.publications import list_publications, published_run
from mapper.store.runs import get_run, list_runs

_LARGEST_ID = 2**31 - 1
_LEVELS = [level.value for level in LEVELS]
_RUN_ID = click.IntRange(1, _LARGEST_ID)


@click.group(invoke_without_command=True)
@click.pass_context
def runs(context: click.Context) -> None:
    """List, show, publish and compare the analysis runs that were kept."""
    if context.invoked_subcommand is None:
        context.invoke(list_kept)


@runs.command("list")
def list_kept() -> None:
    """List the runs, the latest first."""
    with opened() as store, store.reading() as session:
        names = {each.run_id: each.name for each in list_publications(session)}
        shown = published_run(session)
        for run in list_runs(session):
            made = f"{run.made_at:%Y-%m-%d %H:%M} UTC" if run.made_at else ""
            line = f"{run.id}  {run.name}  made {made} by {run.made_by or 'unknown'}"
            if run.id in names:
                line += f"  published as {names[run.id]}"
            if shown is not None and run.id == shown.id:
                line += " (shown)"
            click.echo(line + ("  scenario" if run.is_scenario else ""))


@runs.command("show")
@click.argument("run_id", type=_RUN_ID)
def show(run_id: int) -> None:
    """Show a run's parameters, inputs, versions and summary as JSON."""
    with opened() as store, store.reading() as session:
        run = get_run(session, run_id)
        published = [each for each in list_publications(session) if each.run_id == run_id]
    shown = {
        "id": run.id,
        "name": run.name,
        "published_as": published[0].name if published else None,
        "published_at": published[0].published_at.isoformat() if published else None,
        "made_at": run.made_at.isoformat() if run.made_at else None,
        "made_by": run.made_by,
        "is_synthetic": run.is_synthetic,
        "is_scenario": run.is_scenario,
        "parameters": run.parameters,
        "inputs": run.inputs,
        "versions": run.versions,
        "summary": run.summary,
    }
    click.echo(json.dumps(shown, indent=1))


@runs.command("publish")
@click.argument("run_id", type=_RUN_ID)
@click.option("--name", default="", help="Name to go by: the quarter it ends with, unless given.")
def publish(run_id: int, name: str) -> None:
    """Show a run to partners and the public, in the place of the one they see now."""
    with opened() as store, store.writing() as session:
        warning = overlap_warning(session, get_run(session, run_id))
        chosen = publish_as(session, run_id, name, who())
    if warning:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(f"Run {run_id} is shown to everybody who may see figures, as “{chosen}”.")


@runs.command("compare")
@click.argument("before", type=_RUN_ID)
@click.argument("after", type=_RUN_ID)
@click.option("--by", type=click.Choice(_LEVELS), default=_LEVELS[0], show_default=True)
@click.option("--lad", default="", help="One local authority, by code or name.")
@form_options
def compare(  # noqa: PLR0917  (one parameter an option, as click hands them over)
    before: int, after: int, by: str, lad: str, form: str
) -> None:
    """Show what moved between two runs, and whether that is beyond both intervals.

    The figures are for analysts: one run can be subtracted from another.
    """
    with opened() as store, store.reading() as session:
        lad_code = find_lad(session, lad)[0] if lad else ""
        table = compare_runs(
            session, (before, after), Audience.ANALYST, level=AreaType(by), lad_code=lad_code
        )
    show_table(table, form)
    if form == "text":
        for note in table.provenance.notes:
            click.echo(note)
