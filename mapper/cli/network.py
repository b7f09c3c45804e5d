"""Commands for the network of organisations."""

from datetime import datetime
from pathlib import Path

import click

from mapper.cli.opening import audience_option, opened, who, write_file
from mapper.domain.disclosure import Audience
from mapper.domain.tie import DECLARED, DeclaredLink, Layer
from mapper.reports.network_file import NetworkForm, network_file
from mapper.reports.network_layers import NetworkSlice
from mapper.store.areas import find_lad
from mapper.store.declared_links import list_declared_links, save_declared_link


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


_DAY = click.DateTime(["%Y-%m-%d"])


@network.command("declare")
@click.argument("from_id", metavar="FROM", type=int)
@click.argument("to_id", metavar="TO", type=int)
@click.option("--kind", type=click.Choice(sorted(one.slug for one in DECLARED)), required=True)
@click.option("--by", type=int, required=True, help="Which of the two said so, by its number.")
@click.option("--on", type=_DAY, required=True, help="The day it was declared: 2025-01-31.")
@click.option("--confirmed", type=_DAY, default=None, help="The day the other side confirmed it.")
@click.option("--ended", type=_DAY, default=None, help="The last day it held.")
def declare(  # noqa: PLR0913, PLR0917  (one parameter an option, as click hands them over)
    from_id: int,
    to_id: int,
    kind: str,
    by: int,
    on: datetime,
    confirmed: datetime | None,
    ended: datetime | None,
) -> None:
    """Write down a link that an organisation declared, by the numbers of the directory.

    It leads from FROM to TO. The same link again takes the place of the one before; it is in
    the network from the next analysis on.
    """
    link = DeclaredLink(
        layer=Layer.of_slug(kind),
        from_id=from_id,
        to_id=to_id,
        declared_by_id=by,
        declared_on=on.date(),
        confirmed_on=confirmed.date() if confirmed else None,
        ended_on=ended.date() if ended else None,
    )
    with opened() as store, store.writing() as session:
        save_declared_link(session, link, who())
    click.echo(f"The {link.layer} from {from_id} to {to_id} is written down.")


@network.command("declared")
def list_declared() -> None:
    """List the links that were declared."""
    with opened() as store, store.reading() as session:
        found = list_declared_links(session)
    click.echo("kind\tfrom\tto\tdeclared by\tdeclared on\tconfirmed on\tended on")
    for link in found:
        days = (link.declared_on, link.confirmed_on, link.ended_on)
        cells = (link.layer, link.from_id, link.to_id, link.declared_by_id, *days)
        click.echo("\t".join("" if cell is None else str(cell) for cell in cells))
