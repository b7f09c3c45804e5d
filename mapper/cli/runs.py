"""Commands that show the analysis runs that were kept."""

import json

import click

from mapper.cli.opening import opened
from mapper.store.runs import get_run, list_runs

_LARGEST_ID = 2**31 - 1


@click.group()
def runs() -> None:
    """Analysis runs that were kept."""


@runs.command("list")
def list_kept() -> None:
    """List the runs, the latest first."""
    with opened() as store, store.reading() as session:
        for run in list_runs(session):
            made = f"{run.made_at:%Y-%m-%d %H:%M} UTC" if run.made_at else ""
            click.echo(f"{run.id}  {run.name}  made {made} by {run.made_by or 'unknown'}")


@runs.command("show")
@click.argument("run_id", type=click.IntRange(1, _LARGEST_ID))
def show(run_id: int) -> None:
    """Show a run's parameters, inputs, versions and summary as JSON."""
    with opened() as store, store.reading() as session:
        run = get_run(session, run_id)
    shown = {
        "id": run.id,
        "name": run.name,
        "made_at": run.made_at.isoformat() if run.made_at else None,
        "made_by": run.made_by,
        "is_synthetic": run.is_synthetic,
        "parameters": run.parameters,
        "inputs": run.inputs,
        "versions": run.versions,
        "summary": run.summary,
    }
    click.echo(json.dumps(shown, indent=1))
