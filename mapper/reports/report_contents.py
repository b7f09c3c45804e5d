"""The parts of a gap report in order, each with what it says in one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from mapper.domain.counted import counted
from mapper.reports.gap_report import GapReport
from mapper.reports.published import PublishedTable
from mapper.reports.wording import listed


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a report.

    Parameters
    ----------
    name : for addresses, such as ``where-next``.
    heading : of the part.
    finding : what it says in one sentence; where it says nothing, why.
    """

    name: str
    heading: str
    finding: str


def report_contents(report: GapReport) -> tuple[Entry, ...]:
    """List the parts of a report below its summary, in order of reading.

    Everything said is taken from what was published, so that no entry tells more than its part.

    Parameters
    ----------
    report : as published.
    """
    return tuple(_entries(report))


def _entries(report: GapReport) -> Iterator[Entry]:
    yield Entry("areas", "Areas in order of gap", _widest(report.areas.table, "small areas"))
    for section in report.sections:
        yield Entry(section.name, section.heading, section.in_short)
    yield Entry("providers", "Who works there", _providers(report.providers))
    yield Entry("links", "How they are linked", _links(report))
    yield Entry("wards", "Wards", _widest(report.wards, "wards"))
    if report.context.rows:
        yield Entry("context", "Other counts of violence, for context", _context(report.context))


def _widest(table: PublishedTable, what: str) -> str:
    if not table.rows:
        return f"No {what} are known here."
    first = table.records()[0]
    if first["rank"].value is None:
        return f"Which of the {what} has the widest gap cannot be said."
    ward = first["ward_name"].value if "ward_name" in first else None
    name = f"{first['area_name'].text} ({ward})" if ward else first["area_name"].text
    return f"Of {counted(len(table.rows), what[:-1], what)}, {name} has the widest gap."


def _providers(table: PublishedTable) -> str:
    if not table.rows:
        return "No organisation is registered as working here."
    most = table.records()[0]["name"].text
    return (
        f"{counted(len(table.rows), 'organisation works', 'organisations work')} here; the most "
        f"is done by {most}."
    )


def _links(report: GapReport) -> str:
    alone = sum(row["degree"].value == 0 for row in report.measures.records())
    return (
        f"{counted(len(report.links.rows), 'tie')} between them; "
        f"{counted(alone, 'works', 'work')} with nobody else."
    )


def _context(table: PublishedTable) -> str:
    recorders = listed(sorted({row["recorder"].text for row in table.records()}))
    return f"Counts of {recorders}, which no figure of this report is made from."
