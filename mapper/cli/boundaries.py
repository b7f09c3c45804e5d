"""Commands for the areas on the ground."""

import tempfile
from pathlib import Path
from typing import Final

import click
import pandas as pd

from mapper.cli.opening import current_settings, opened, say, who, write_file
from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.errors import SourceError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.fetching.feature_service import Layer, download_layer
from mapper.ingest.reference import BoundaryReport, import_boundaries
from mapper.store.areas import area_frame, latest_vintage, layer_summary
from mapper.store.postcodes import postcode_directory
from mapper.store.session import Store

_LEVELS = [AreaType.LSOA, AreaType.MSOA, AreaType.WARD, AreaType.LAD]
_SERVICES: Final = {
    (AreaType.LSOA, "2011"): "boundary_service_lsoa_2011",
    (AreaType.LSOA, "2021"): "boundary_service_lsoa_2021",
    (AreaType.MSOA, "2021"): "boundary_service_msoa_2021",
}
"""The settings that name a service, where that depends on the year."""
_MARGIN_M: Final = 500.0


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
            store, file, _postcodes(store), layer=(chosen, vintage), loaded_by=who()
        )
    _show(report, file.name)


@boundaries.command()
@click.argument("level", type=click.Choice([level.value for level in _LEVELS]))
@click.option(
    "--vintage",
    default="",
    help="Year of the boundaries: 2011 or 2021 for LSOAs. Else the newest, or the service's own.",
)
@click.option("--address", default="", metavar="URL", help="Of a layer, instead of the settings'.")
@click.option(
    "--save", type=click.Path(path_type=Path), help="Keep what was downloaded in this file too."
)
def download(level: str, vintage: str, address: str, save: Path | None) -> None:
    """Download the areas of HIPS from the ONS Open Geography Portal, and load them.

    This is the only command that asks a server outside. Without one, `boundaries import` loads
    a file that somebody downloaded elsewhere.
    """
    chosen = AreaType(level)
    year = vintage or ("2021" if chosen in {AreaType.LSOA, AreaType.MSOA} else "")
    found = address or _address(chosen, year)
    with opened() as store, tempfile.TemporaryDirectory() as folder:
        say(f"Asking {found}")
        layer = Layer(address=found, level=chosen, vintage=year, bounds_m=_bounds_m(store))
        content = download_layer(layer)
        if save is not None:
            write_file(save, content)
        file = Path(folder) / f"{_file_stem(found, chosen)}.geojson"
        file.write_bytes(content)
        report = import_boundaries(store, file, _postcodes(store), loaded_by=who())
    _show(report, file.name)


def _address(level: AreaType, vintage: str) -> str:
    name = _SERVICES.get((level, vintage), f"boundary_service_{level.value}")
    service = getattr(current_settings(), name, "")
    if not service:
        years = ", ".join(year for of, year in _SERVICES if of is level)
        raise SourceError(
            f"No service of {level.value.upper()}s of {vintage} is known.",
            expected=f"One of the years: {years}.",
            action="Give the address of the layer with --address.",
        )
    return f"{current_settings().boundary_server.rstrip('/')}/{service}/FeatureServer/0"


def _postcodes(store: Store) -> PostcodeDirectory:
    with store.reading() as session:
        return postcode_directory(session)


def _bounds_m(store: Store) -> tuple[float, float, float, float]:
    """West, south, east and north of the districts loaded, on the National Grid."""
    with store.reading() as session:
        districts = area_frame(session, AreaType.LAD, latest_vintage(session, AreaType.LAD))
    west, south, east, north = (float(edge) for edge in districts.total_bounds)
    return west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M


def _file_stem(address: str, level: AreaType) -> str:
    """The name of the service, as the address has it."""
    before, _, _ = address.partition("/FeatureServer")
    return before.rsplit("/", 1)[-1] or level.value


def _show(report: BoundaryReport, file_name: str) -> None:
    name = f"{report.level.value.upper()} {report.vintage}"
    if report.is_unchanged:
        click.echo(f"{file_name}: {name} was loaded from this file before; nothing was changed.")
        return
    replaced = counted(report.replaced, "area")
    click.echo(f"{file_name}: {name}, {replaced} replaced, {report.added:,} added.")
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
