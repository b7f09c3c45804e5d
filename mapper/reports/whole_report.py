"""A whole gap report as plain values, with the same figures and words as its page."""

import json
from dataclasses import asdict
from typing import Any

from mapper.reports.export import as_plain
from mapper.reports.gap_report import GapReport
from mapper.reports.published import PublishedTable
from mapper.reports.report_contents import report_contents


def report_json(report: GapReport) -> str:
    """Write a whole report as JSON: summary, areas with their working, sections and tables.

    Parameters
    ----------
    report : as published.
    """
    areas = as_plain(report.areas.table)
    for row in areas["rows"]:
        row["working"] = list(report.explanations.get(str(row["area_code"]), ()))
    whole = {
        "title": report.title,
        "audience": report.areas.table.audience.label,
        "lad_code": report.lad_code,
        "lad_name": report.lad_name,
        "summary": list(report.summary),
        "contents": [asdict(each) for each in report_contents(report)],
        "areas": _table(areas),
        "sections": [
            {
                "name": each.name,
                "heading": each.heading,
                "finding": each.in_short,
                "sentences": list(each.sentences),
                "table": None if each.table is None else _plain(each.table),
            }
            for each in report.sections
        ],
        "wards": _plain(report.wards),
        "providers": _plain(report.providers),
        "links": _plain(report.links),
        "network": list(report.network),
        "context": as_plain(report.context),
        "provenance": areas["provenance"],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _plain(table: PublishedTable) -> dict[str, Any]:
    return _table(as_plain(table))


def _table(plain: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the whole report says once."""
    return {key: value for key, value in plain.items() if key not in {"audience", "provenance"}}
