"""Commands for the areas on the ground."""

from pathlib import Path

import click
import pandas as pd

from mapper.cli.opening import opened, who
from mapper.domain.area import AreaType
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.reference import import_boundaries
from mapper.store.areas import layer_summary

_LEVELS = [AreaType.LSOA, AreaType.MSOA, AreaType.WARD, AreaType.LAD]


@click.group()
def boundaries() -> None:
    """Areas: official boundary files over the shipped approximate ones."""


@boundaries.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=click.Choice([level.value for level in _LEVELS]),
    help="When the columns do not tell.",
)
@click.option("--vintage", help="Year of the boundaries, when the columns do not tell.")
def import_file(file: Path, level: str | None, vintage: str | None) -> None:
    """Load an official file of LSOAs, MSOAs, wards or local authorities."""
    chosen = AreaType(level) if level else None
    with opened() as store:
        report = import_boundaries(
            store, file, PostcodeDirectory.load(), layer=(chosen, vintage), loaded_by=who()
        )
    name = f"{report.level.value.upper()} {report.vintage}"
    if report.is_unchanged:
        click.echo(f"{file.name}: {name} was loaded from this file before; nothing was changed.")
        return
    click.echo(f"{file.name}: {name}, {report.replaced:,} areas replaced, {report.added:,} added.")
    for note in report.notes:
        click.echo(f"  {note}")


@boundaries.command("list")
def list_layers() -> None:
    """List the areas loaded, by level and vintage."""
    with opened() as store, store.reading() as session:
        layers = layer_summary(session)
    rows = [
        {
            "level": level.value,
            "vintage": vintage,
            "areas": count,
            "outlines": "approximate" if is_approximate else "official",
            "source": source,
        }
        for level, vintage, count, is_approximate, source in layers
    ]
    click.echo(pd.DataFrame(rows).to_string(index=False) if rows else "No areas are loaded.")
