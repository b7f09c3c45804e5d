"""Files made to do harm, or cut to pieces, end in one plain refusal that tells nothing of them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.table import read_sheets

_SHEET = "xl/worksheets/sheet1.xml"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: str = "", part: str = _SHEET, content: str = "") -> SourceFile:
    """A workbook with one of its parts replaced."""
    sheet = f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'
    whole, changed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, (content or sheet) if name == part else old.read(name))
    return SourceFile("book.xlsx", changed.getvalue())


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>Private Person</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>Private Person</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_a_workbook_with_a_broken_cell_is_refused_without_quoting_it(
    rows: str, log: IssueLog
) -> None:
    with pytest.raises(SourceError, match="cannot be read") as refusal:
        read_sheets(workbook(rows), log)
    assert "Private" not in str(refusal.value)


def test_a_workbook_without_a_workbook_part_is_refused(log: IssueLog) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_sheets(workbook(part="[Content_Types].xml", content="<a/>"), log)


def test_a_cell_far_to_the_right_does_not_widen_every_row(log: IssueLog) -> None:
    with pytest.raises(SourceError, match="column 16,384"):
        read_sheets(workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'), log)


def test_empty_cells_at_the_end_of_a_row_are_dropped(log: IssueLog) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row>'
    (sheet,) = read_sheets(workbook(rows), log)
    assert sheet.rows[0].cells == ("1",)


def test_an_issue_met_before_the_headings_are_known_quotes_no_cell(
    csv_file: Callable[..., SourceFile], log: IssueLog
) -> None:
    read_sheets(csv_file('A,B\n"Private Person,\n' + "x\n" * 300 + '"\n'), log)
    assert [issue.value for issue in log] == [""]
