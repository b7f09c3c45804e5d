"""Commands that run the analysis and show its runs."""

import json

import click

from mapper.analysis.dose import Dose
from mapper.cli.opening import chosen_period, opened, say, who
from mapper.domain.period import Month
from mapper.reports.choices import AnalysisChoices
from mapper.reports.run import analyse as run_analysis
from mapper.store.runs import get_run, list_runs


@click.command()
@click.option("--from", "start", required=True, metavar="MONTH", help="First month: 2025-01.")
@click.option("--to", "end", required=True, metavar="MONTH", help="First month after the period.")
@click.option("--exclude", multiple=True, metavar="MONTH", help="Leave a month of violence out.")
@click.option("--seed", default=1, show_default=True, help="Of everything random.")
@click.option(
    "--dose",
    type=click.Choice([unit.value for unit in Dose]),
    default=Dose.SESSIONS.value,
    show_default=True,
    help="The unit of engagement.",
)
def analyse(  # noqa: PLR0917  (one parameter an option, as click hands them over)
    start: str, end: str, exclude: tuple[str, ...], seed: int, dose: str
) -> None:
    """Measure need, provision, the gap and the network, and keep the run."""
    choices = AnalysisChoices(
        period=chosen_period(start, end),
        excluded=frozenset(Month.parse(month) for month in exclude),
        seed=seed,
        unit=Dose(dose),
    )
    with opened() as store:
        run_id = run_analysis(store, choices, who(), say)
        with store.reading() as session:
            run = get_run(session, run_id)
    network = run.summary["network"]
    click.echo(f"Run {run_id}: {run.name}")
    click.echo(
        f"  LSOA {run.inputs['lsoa_vintage']}, {run.inputs['population']}; "
        f"{run.inputs['activities']:,} activities; {network['organisations']:,} organisations "
        f"with {network['links']:,} ties"
    )
    months = sorted({odd["month"] for odd in run.summary["odd_months"]} - set(exclude))
    if months:
        click.echo(
            f"  Warning: {', '.join(months)} is out of line with the other months in some "
            "authorities; look, and leave it out with --exclude if it is wrong."
        )


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
@click.argument("run_id", type=int)
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
