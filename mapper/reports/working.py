"""The working of every area of a gap report, as rows of sentences."""

from mapper.reports.gap_report import GapReport
from mapper.reports.published import Column, PublishedTable
from mapper.reports.wording import number_cell, text_cell

_COLUMNS = (
    Column("area_code", "Code", "Code of the area (GSS)."),
    Column("area_name", "Area"),
    Column("step", "Step", "Place of the sentence in the working.", is_number=True),
    Column("sentence", "Working"),
)


def working_table(report: GapReport) -> PublishedTable:
    """Lay the working of the areas of a report out as a table, the widest gap first.

    The figures that the sentences name are those of the report's areas.

    Parameters
    ----------
    report : as published.
    """
    areas = report.areas.table
    rows = tuple(
        (area["area_code"], area["area_name"], number_cell(step), text_cell(sentence))
        for area in areas.records()
        for step, sentence in enumerate(
            report.explanations.get(str(area["area_code"].value), ()), start=1
        )
    )
    return PublishedTable(
        areas.audience, f"Working: {report.lad_name}", _COLUMNS, rows, areas.provenance
    )
