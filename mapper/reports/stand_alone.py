"""The gap report as one HTML file that opens from a folder."""

from dataclasses import replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mapper.reports.gap_report import GapReport
from mapper.reports.published import PublishedTable
from mapper.reports.report_contents import report_contents

_AT_ONCE = 10
"""Rows of a table that are seen at once; the others are opened."""


def stand_alone_report(report: GapReport, picture: str) -> str:
    """Write a gap report as one HTML page with its styles and picture in it.

    Parameters
    ----------
    report : as published.
    picture : address of the map's picture, best a data address.
    """
    return _template().render(
        report=report, contents=report_contents(report), picture=picture, parted=_parted
    )


def _parted(table: PublishedTable) -> tuple[PublishedTable, PublishedTable]:
    """Part the rows that are seen at once from the others; without others where few are left."""
    at_once = len(table.rows) if len(table.rows) <= _AT_ONCE + 1 else _AT_ONCE
    first, others = table.rows[:at_once], table.rows[at_once:]
    return replace(table, rows=first), replace(table, rows=others)


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
