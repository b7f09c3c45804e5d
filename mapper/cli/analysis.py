"""The command that runs the analysis."""

from pathlib import Path
from typing import Any

import click

from mapper.cli.opening import opened, recorder_option, say, who
from mapper.domain.counted import counted
from mapper.reports.parameters import DOSES, read_choices, read_parameters
from mapper.reports.publishing import overlap_warning, publish_as
from mapper.reports.run import analyse as run_analysis
from mapper.store.runs import Run, get_run


@click.command()
@click.option("--from", "start", metavar="MONTH", help="First month: 2025-01.")
@click.option("--to", "end", metavar="MONTH", help="First month after the period.")
@click.option("--exclude", multiple=True, metavar="MONTH", help="Leave a month of violence out.")
@click.option("--seed", type=int, help="Of everything random.  [default: 1]")
@click.option(
    "--dose", type=click.Choice(DOSES), help="The unit of engagement.  [default: sessions]"
)
@click.option("--draws", type=int, help="Draws behind every interval.  [default: 1000]")
@click.option(
    "--crime-type",
    "crime_types",
    multiple=True,
    metavar="TYPE",
    help="Count this type as violence, instead of those that are usual.",
)
@recorder_option(" Whose counts are used.", default=None)
@click.option(
    "--parameters",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the parameters from a file, TOML or JSON; options go before what it says.",
)
@click.option("--publish", is_flag=True, help="Show the run to partners and the public.")
@click.option("--name", default="", help="Name to publish it by: the quarter, unless given.")
def analyse(file: Path | None, *, publish: bool, name: str, **options: Any) -> None:  # noqa: ANN401  (as click hands them over)
    """Measure need, provision, the gap and the network, and keep the run.

    Only analysts see the run until it is published.
    """
    if name and not publish:
        raise click.UsageError("--name names a run that is published: give --publish too.")
    choices = read_choices((read_parameters(file) if file else {}) | _given(options))
    with opened() as store:
        run_id = run_analysis(store, choices, who(), say)
        with store.reading() as session:
            run = get_run(session, run_id)
        _tell(run)
        if publish:
            with store.writing() as session:
                warning = overlap_warning(session, run)
                chosen = publish_as(session, run_id, name, who())
            if warning:
                click.echo(f"  Warning: {warning}", err=True)
            click.echo(f"  Published as “{chosen}”.")
        else:
            click.echo(
                f"  Only analysts see it; `mapper runs publish {run_id}` shows it to partners and "
                "the public."
            )


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """What was given on the line, by the names of the parameters."""
    named = {"start": "from", "end": "to", "exclude": "excluded"}
    given = {named.get(key, key): value for key, value in options.items() if value}
    if options["seed"] is not None:
        given["seed"] = options["seed"]
    if options["draws"] is not None:
        given["draws"] = options["draws"]
    if options["recorder"] is not None:
        given["recorder"] = options["recorder"].value
    return given


def _tell(run: Run) -> None:
    network = run.summary["network"]
    click.echo(f"Run {run.id}: {run.name}")
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
    excluded = set(run.parameters["excluded"])
    months = sorted({odd["month"] for odd in run.summary["odd_months"]} - excluded)
    if months:
        click.echo(
            f"  Warning: {', '.join(months)} is out of line with the other months in some "
            "authorities; look, and leave it out with --exclude if it is wrong."
        )
