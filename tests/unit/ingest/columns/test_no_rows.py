"""Totals and headings that stand again are told as what they are."""

import pytest

from mapper.ingest.columns.heading_row import choose_table
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets

FIELDS = (Field("name", ("organisation",), is_required=True), Field("postcode", ("post code",)))


def read(*rows: str, is_streamed: bool = False) -> tuple[list[str], IssueLog]:
    """The names of a list's rows, and what was said of the others."""
    source = SourceFile("list.csv", "\n".join(("name,postcode,members", *rows)).encode())
    log = IssueLog("list.csv")
    sheets = read_sheets(source, log, is_streamed=is_streamed)
    table = choose_table(sheets, FIELDS, source.name, log)
    for _ in range(2):  # what is read again is noted once
        names = [table.cell(row, "name") for row in table.rows]
    return names, log


@pytest.mark.parametrize(
    "total", ["Total,,40", 'Grand total,,"1,240"', "TOTALS:,,40", ",Sub-total,40", "Total,,"]
)
@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_line_of_totals_is_noted_and_left_out(total: str, is_streamed: bool) -> None:
    names, log = read("A Club,PO1 3AX,20", "B Club,PO1 3AX,20", total, is_streamed=is_streamed)

    assert names == ["A Club", "B Club"]
    (note,) = log
    assert (note.line, note.severity) == (4, Severity.NOTE)
    assert "Line 4 looks like a total" in note.message
    assert (log.lines_passed_over, log.left_out, log.rows_at_fault) == (1, {"of totals": 1}, 0)


@pytest.mark.parametrize(
    "row", ["Total Football,,40", "Total,PO1 3AX,40", "Totally Us,,", "A Club,,total"]
)
def test_what_is_only_called_so_stays(row: str) -> None:
    names, log = read(row)

    assert names == [row.split(",", maxsplit=1)[0]]
    assert list(log) == []


@pytest.mark.parametrize("again", ["name,postcode,members", " NAME ,Postcode,", "name,,members"])
def test_headings_that_stand_again_are_noted_and_left_out(again: str) -> None:
    names, log = read("A Club,PO1 3AX,20", again, "B Club,PO1 3AX,20")

    assert names == ["A Club", "B Club"]
    (note,) = log
    assert (note.line, note.severity) == (3, Severity.NOTE)
    assert "The headings stand here again" in note.message
    assert log.left_out == {"of headings again": 1}


def test_a_row_that_says_one_heading_by_chance_stays() -> None:
    assert read("Name,PO1 3AX,2")[0] == ["Name"]
