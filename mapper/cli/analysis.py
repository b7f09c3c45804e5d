"""The command that runs the analysis."""

import click

from mapper.analysis.dose import Dose
from mapper.cli.opening import chosen_period, opened, recorder_option, say, who
from mapper.domain.counted import counted
from mapper.domain.period import Month
from mapper.domain.violence import RecordingSource
from mapper.reports.choices import AnalysisChoices
from mapper.reports.run import analyse as run_analysis
from mapper.store.runs import get_run


@click.command()
@click.option("--from", "start", required=True, metavar="MONTH", help="First month: 2025-01.")
@click.option("--to", "end", required=True, metavar="MONTH", help="First month after the period.")
@click.option("--exclude", multiple=True, metavar="MONTH", help="Leave a month of violence out.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Of everything random.",
)
@click.option(
    "--dose",
    type=click.Choice([unit.value for unit in Dose]),
    default=Dose.SESSIONS.value,
    show_default=True,
    help="The unit of engagement.",
)
@recorder_option(" Whose counts are used.")
def analyse(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    start: str, end: str, exclude: tuple[str, ...], seed: int, dose: str, recorder: RecordingSource
) -> None:
    """Measure need, provision, the gap and the network, and keep the run."""
    choices = AnalysisChoices(
        period=chosen_period(start, end),
        excluded=frozenset(Month.parse(month) for month in exclude),
        seed=seed,
        unit=Dose(dose),
        recorder=recorder,
    )
    with opened() as store:
        run_id = run_analysis(store, choices, who(), say)
        with store.reading() as session:
            run = get_run(session, run_id)
    network = run.summary["network"]
    click.echo(f"Run {run_id}: {run.name}")
    click.echo(
        f"  LSOA {run.inputs['lsoa_vintage']}, {run.inputs['population']}; "
        f"{counted(run.inputs['activities'], 'activity', 'activities')}; "
        f"{counted(network['organisations'], 'organisation')} "
        f"with {counted(network['links'], 'tie')}"
    )
    missing = run.summary["priorities_not_found"]
    if missing:
        click.echo(
            f"  Warning: on a priority list, and not among the areas loaded: {', '.join(missing)}."
        )
    months = sorted({odd["month"] for odd in run.summary["odd_months"]} - set(exclude))
    if months:
        click.echo(
            f"  Warning: {', '.join(months)} is out of line with the other months in some "
            "authorities; look, and leave it out with --exclude if it is wrong."
        )
