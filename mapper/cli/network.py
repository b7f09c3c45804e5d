"""Commands for the network of organisations."""

from pathlib import Path

import click

from mapper.cli.opening import audience_option, opened, write_file
from mapper.domain.disclosure import Audience
from mapper.reports.network_file import network_graphml


@click.group()
def network() -> None:
    """The network of organisations."""


@network.command("export")
@click.option("--format", "form", type=click.Choice(["graphml"]), default="graphml")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write.")
@audience_option
def export_network(form: str, out: Path, audience: Audience) -> None:
    """Write the network of the latest run for other software."""
    with opened() as store, store.reading() as session:
        content = network_graphml(session, audience)
    write_file(out, content)
    click.echo(f"{out} was written as {form} for {audience.label} eyes.")
