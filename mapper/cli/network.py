"""Commands for the network of organisations."""

from pathlib import Path

import click

from mapper.cli.opening import audience_option, opened, write_file
from mapper.domain.disclosure import Audience
from mapper.domain.tie import Layer
from mapper.reports.network_file import NetworkForm, network_file
from mapper.reports.network_layers import NetworkSlice
from mapper.store.areas import find_lad


@click.group()
def network() -> None:
    """The network of organisations."""


@network.command("export")
@click.option(
    "--format", "form", type=click.Choice([form.value for form in NetworkForm]), default="graphml"
)
@click.option(
    "--layer", type=click.Choice([layer.slug for layer in Layer]), default=Layer.JOINT.slug
)
@click.option("--quarter", default="", help="Ties of one quarter alone, such as 2025-1.")
@click.option(
    "--authority", default="", help="Organisations whose work reaches it, by name or code."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write.")
@audience_option
def export_network(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    form: str, layer: str, quarter: str, authority: str, out: Path, audience: Audience
) -> None:
    """Write the network of the latest run for other software."""
    with opened() as store, store.reading() as session:
        lad_code = find_lad(session, authority)[0] if authority else ""
        part = NetworkSlice(Layer.of_slug(layer), quarter, lad_code)
        content = network_file(session, audience, NetworkForm(form), part)
    write_file(out, content)
    click.echo(f"{out} was written as {form} for {audience.label} eyes.")
