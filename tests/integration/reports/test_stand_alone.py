"""The gap report as one file, and the list of what its sections found."""

from dataclasses import replace

import html5lib

from mapper.domain.disclosure import Audience
from mapper.reports.gap_report import GapReport, gap_report
from mapper.reports.published import PublishedTable
from mapper.reports.report_contents import report_contents
from mapper.reports.stand_alone import stand_alone_report
from mapper.store.session import Store
from tests.factories import PORTSMOUTH


def read(store: Store) -> GapReport:
    """One report with every table, of many wards."""
    with store.reading() as session:
        report = gap_report(session, PORTSMOUTH, Audience.PARTNER)
    return replace(report, wards=replace(report.wards, rows=report.wards.rows * 30))


def section_tables(report: GapReport) -> list[PublishedTable]:
    return [each.table for each in report.sections if each.table]


def test_the_page_in_one_file_holds_every_row_and_what_each_section_found(world: Store) -> None:
    report = read(world)
    page = html5lib.parse(stand_alone_report(report, "data:,"), namespaceHTMLElements=False)
    words = "".join(next(page.iter("nav")).itertext())
    anchors = {each.get("id") for each in page.iter()}
    for entry in report_contents(report):
        assert entry.heading in words
        assert entry.finding in words
        assert entry.name in anchors
    for table in (report.areas.table, report.wards, report.providers, *section_tables(report)):
        shown = [
            each
            for each in page.iter("table")
            if "".join(each.find("caption").itertext()) == table.title
        ]
        assert sum(len(each.findall("tbody/tr")) for each in shown) == len(table.rows), table.title


def test_a_section_of_whom_nothing_was_counted_does_not_say_that_none_is_missed(
    world: Store,
) -> None:
    report = read(world)
    found = {each.name: each.finding for each in report_contents(report)}
    assert found["cohort-gap"].startswith("Cannot say")
    assert found["sampling"].startswith("Cannot say")
