"""Commands that write reports and maps to files."""

from pathlib import Path

import click

from mapper.cli.opening import audience_option, opened, write_file
from mapper.config import settings
from mapper.domain.disclosure import Audience
from mapper.maps.pictures import data_address, report_picture
from mapper.maps.stand_alone import stand_alone_map
from mapper.reports.engagement_map import published_map
from mapper.reports.export import to_csv
from mapper.reports.gap_report import GapReport, gap_report
from mapper.reports.stand_alone import stand_alone_report
from mapper.reports.whole_report import report_json

_NUMBERED = 10


@click.command()
@click.argument("lad", metavar="LAD")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "json", "csv"]),
    default="html",
    show_default=True,
)
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder to write to.")
@audience_option
def report(lad: str, form: str, out: Path, audience: Audience) -> None:
    """Write the gap report of a local authority, by GSS code or name."""
    with opened() as store, store.reading() as session:
        found = gap_report(session, lad, audience)
    # One for few eyes is never saved under the name of one for everybody.
    eyes = "" if audience is Audience.PUBLIC else f"-{audience.label}"
    path = out / f"gap-report-{found.lad_code}{eyes}.{form}"
    write_file(path, _written(found, form))
    click.echo(f"{path} was written for {audience.label} eyes.")


def _written(found: GapReport, form: str) -> str:
    if form == "json":
        return report_json(found)
    if form == "csv":
        return to_csv(found.areas.table)
    top = [str(row["area_code"].value) for row in found.areas.table.records()[:_NUMBERED]]
    return stand_alone_report(found, data_address(report_picture(found.areas, top)))


@click.command("map")
@click.option("--out", type=click.Path(path_type=Path), default=Path("map.html"), show_default=True)
@audience_option
def draw_map(out: Path, audience: Audience) -> None:
    """Write the interactive map as one file that opens without a server."""
    with opened() as store, store.reading() as session:
        published = published_map(session, audience)
    chosen = settings()
    write_file(out, stand_alone_map(published, chosen.tile_url, chosen.tile_attribution))
    click.echo(f"{out} was written for {audience.label} eyes.")
