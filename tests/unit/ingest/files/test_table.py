import io
from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import pytest
from openpyxl import Workbook

from mapper.errors import SourceError
from mapper.ingest.columns.heading_row import choose_table
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets

Make = Callable[..., SourceFile]
FIELDS = (Field("name", ("organisation",), is_required=True), Field("postcode", ("post code",)))


def _table(source: SourceFile, log: IssueLog) -> Table:
    return choose_table(read_sheets(source, log), FIELDS, source.name, log)


def _names(source: SourceFile, log: IssueLog) -> list[str]:
    table = _table(source, log)
    return [table.cell(row, "name") for row in table.rows]


def _workbook(*rows: list[object]) -> SourceFile:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SourceFile("list.xlsx", buffer.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_is_read_in_its_encoding(encoding: str, log: IssueLog) -> None:
    source = SourceFile("a.csv", "name\nCafé Élan\n".encode(encoding))
    assert _names(source, log) == ["Café Élan"]


def test_a_windows_file_is_read_with_a_warning(log: IssueLog) -> None:
    source = SourceFile("a.csv", "name\nplain\nCaf\xe9 \x96 here\n".encode("latin-1"))
    assert _names(source, log)[1] == "Café – here"  # noqa: RUF001  (Windows's dash)
    assert [(issue.severity, issue.line) for issue in log] == [(Severity.WARNING, 3)]


def test_utf_16_without_its_mark_is_refused(log: IssueLog) -> None:
    with pytest.raises(SourceError, match="zero bytes"):
        _names(SourceFile("a.csv", "name\nA\n".encode("utf-16-le")), log)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html><table><tr><td>name</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML><p>Sign in</p>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04junk", "archive or a workbook"),
        (b"PAR1 and no more", "Parquet"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(
    content: bytes, what: str, log: IssueLog
) -> None:
    with pytest.raises(SourceError, match=what):
        _names(SourceFile("list.xls", content), log)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_headings(
    delimiter: str, csv_file: Make, log: IssueLog
) -> None:
    text = f"name{delimiter}post code\nA{delimiter}PO1 3AX\n"
    table = _table(csv_file(text), log)
    assert table.cell(table.rows[0], "postcode") == "PO1 3AX"


def test_excels_hint_of_the_delimiter_is_taken(csv_file: Make, log: IssueLog) -> None:
    table = _table(csv_file("sep=;\nname;postcode\nA, B;PO1 3AX\n"), log)
    assert (table.cell(table.rows[0], "name"), table.rows[0].line) == ("A, B", 3)


def test_a_row_is_numbered_by_the_line_it_begins_on(csv_file: Make, log: IssueLog) -> None:
    table = _table(csv_file('name\n"A\nstill A"\n\nB\n'), log)
    assert [row.line for row in table.rows] == [2, 5]


def test_a_row_with_too_many_cells_is_an_error_and_left_out(csv_file: Make, log: IssueLog) -> None:
    assert _names(csv_file("name,postcode\nA,PO1 3AX,more\nB,\n"), log) == ["B"]
    assert [(issue.line, issue.severity) for issue in log] == [(2, Severity.ERROR)]


def test_a_row_with_too_few_cells_is_kept_with_a_warning(csv_file: Make, log: IssueLog) -> None:
    assert _names(csv_file("name,postcode\nA\n"), log) == ["A"]
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_empty_cells_past_the_headings_are_nothing(csv_file: Make, log: IssueLog) -> None:
    assert _names(csv_file("name,postcode,,\nA,,,\n"), log) == ["A"]
    assert not len(log)


def test_a_quotation_mark_never_closed_is_said_on_its_line(csv_file: Make, log: IssueLog) -> None:
    _names(csv_file('name\nA\n"B\n' + "C\n" * 300), log)
    assert [(issue.line, issue.severity) for issue in log] == [(3, Severity.ERROR)]


def test_a_cell_of_a_hundred_thousand_characters_is_read(csv_file: Make, log: IssueLog) -> None:
    assert len(_names(csv_file(f"name\n{'x' * 100_000}\n"), log)[0]) == 100_000


def test_headings_without_rows_are_refused(csv_file: Make, log: IssueLog) -> None:
    with pytest.raises(SourceError, match="headings and no rows"):
        _table(csv_file("name,postcode\n"), log)


def test_a_missing_heading_is_said_with_those_found(csv_file: Make, log: IssueLog) -> None:
    with pytest.raises(SourceError, match=r"no heading for name.*are: title of group, pc\."):
        _table(csv_file("title of group,pc\nA,B\n"), log)


def test_a_heading_that_stands_twice_is_refused(csv_file: Make, log: IssueLog) -> None:
    with pytest.raises(
        SourceError, match=r"stand twice: Post Code \(column 2\), postcode \(column 3\)"
    ):
        _table(csv_file("name,Post Code,postcode\nA,B,C\n"), log)


def test_headings_that_stand_again_below_are_passed_over_and_noted(
    csv_file: Make, log: IssueLog
) -> None:
    assert _names(csv_file("name,postcode,\nA,PO1 3AX\nname,postcode\nB,PO1 3AX\n"), log) == [
        "A",
        "B",
    ]
    assert [(issue.line, issue.severity) for issue in log] == [(3, Severity.NOTE)]


def test_lines_above_the_headings_are_passed_over(csv_file: Make, log: IssueLog) -> None:
    text = '"List of groups"\n"as of May"\n\nname,postcode\nA,PO1 3AX\n'
    assert _names(csv_file(text), log) == ["A"]


@pytest.mark.parametrize("heading", ["Post Code", "POST_CODE", "post-code*", "Postcode (venue)"])
def test_a_heading_is_known_whatever_its_case_and_punctuation(heading: str) -> None:
    assert plain_heading(heading) == "postcode"


def test_the_better_of_two_headings_for_a_field_is_taken(csv_file: Make, log: IssueLog) -> None:
    assert _names(csv_file("organisation,name\nParent,A\n"), log) == ["A"]


def test_a_workbook_is_read_as_a_csv_file_would_be(log: IssueLog) -> None:
    source = _workbook(["name", "postcode"], ["A", None], [12.0, datetime(2025, 1, 31)])  # noqa: DTZ001
    assert [row.cells for row in _table(source, log).rows] == [("A", ""), ("12", "2025-01-31")]


def test_a_workbook_pads_its_rows_without_a_warning(log: IssueLog) -> None:
    _table(_workbook(["name", "postcode"], ["A"]), log)
    assert not len(log)


def test_a_formula_never_worked_out_is_an_empty_cell_and_a_warning(log: IssueLog) -> None:
    source = _workbook(["name", "postcode"], ["A", '="PO1"&" 3AX"'])
    table = _table(source, log)
    assert table.cell(table.rows[0], "postcode") == ""
    assert [(issue.line, issue.severity) for issue in log] == [(2, Severity.WARNING)]


def test_a_failed_formula_is_an_empty_cell_and_a_warning(log: IssueLog) -> None:
    table = _table(_workbook(["name", "postcode"], ["A", "#N/A"]), log)
    assert table.cell(table.rows[0], "postcode") == ""
    assert [issue.value for issue in log] == ["#N/A"]


def test_the_sheet_with_the_headings_is_found(log: IssueLog) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["How to fill this in"])
    sheet = book.create_sheet("Groups")
    sheet.append(["name", "when"])
    sheet.append(["A", date(2025, 1, 31)])
    buffer = io.BytesIO()
    book.save(buffer)
    assert _names(SourceFile("a.xlsx", buffer.getvalue()), log) == ["A"]


def test_a_workbook_that_unpacks_too_large_is_refused(
    log: IssueLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.ingest.files.workbook.MOST_BYTES", 1_000)
    with pytest.raises(SourceError, match="once unpacked"):
        _table(_workbook(["name"], ["A"]), log)


def test_a_parquet_file_of_shapes_is_refused(log: IssueLog) -> None:
    buffer = io.BytesIO()
    pd.DataFrame({"name": ["A"], "geometry": [b"\x01\xf0\x28\x8c"]}).to_parquet(buffer)
    with pytest.raises(SourceError, match="table of text"):
        _table(SourceFile("a.parquet", buffer.getvalue()), log)


def test_a_parquet_file_is_read_as_text(log: IssueLog) -> None:
    buffer = io.BytesIO()
    pd.DataFrame({"name": ["A", "B"], "postcode": ["PO1 3AX", None]}).to_parquet(buffer)
    table = _table(SourceFile("a.parquet", buffer.getvalue()), log)
    assert [row.cells for row in table.rows] == [("A", "PO1 3AX"), ("B", "")]
