"""The gap report as one HTML file that opens from a folder."""

from dataclasses import replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mapper.reports.gap_report import GapReport

_LISTED = 30
"""Areas that the page lists; the files hold them all."""


def stand_alone_report(report: GapReport, picture: str) -> str:
    """Write a gap report as one HTML page with its styles and picture in it.

    Parameters
    ----------
    report : as published.
    picture : address of the map's picture, best a data address.
    """
    areas = report.areas.table
    return _template().render(
        report=report,
        picture=picture,
        widest=replace(areas, rows=areas.rows[:_LISTED]),
        not_listed=max(len(areas.rows) - _LISTED, 0),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mapper.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("gap_report.html")
