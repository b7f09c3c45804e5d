"""The command that tells whether enough sessions were held."""

from pathlib import Path

import click

from mapper.reports.heard import enough_heard, read_sessions


@click.command("enough-heard")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--base", type=click.IntRange(1, 100), default=4, help="Sessions of the base set.")
@click.option(
    "--run", type=click.IntRange(1, 100), default=2, help="Sessions looked at together after it."
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    default=5.0,
    help="New themes for every 100 of the base set that are nothing much.",
)
def enough(file: Path, base: int, run: int, threshold: float) -> None:
    """Say whether more interviews or groups would still bring new themes.

    FILE has a line for each session, in the order they were held, with commas between themes.
    """
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    heard = enough_heard(read_sessions(text), base=base, run=run, threshold_percent=threshold)
    click.echo(heard.finding)
    for sentence in heard.sentences:
        click.echo(sentence)
    for each in heard.runs:
        click.echo(f"  {each.sessions}: {each.new_themes} new ({each.percent} per 100)")
