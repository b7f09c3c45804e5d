"""Rows that are read anew each time are the same each time, and complained of once."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Row
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.streamed import RowLog, StreamedRows
from mapper.ingest.files.table import read_sheets
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.long_files.spool import CHUNK


def _numbered(count: int) -> list[Row]:
    return [Row(line, (f"Name {line}",)) for line in range(1, count + 1)]


@given(count=st.integers(0, 600), start=st.integers(0, 20), stop=st.integers(0, 600))
def test_streamed_rows_are_cut_as_a_list_is(count: int, start: int, stop: int) -> None:
    rows = _numbered(count)
    streamed = StreamedRows(lambda: iter(rows))
    assert list(streamed[start:stop]) == rows[start:stop]
    assert list(streamed[start:]) == rows[start:]
    assert len(streamed[start:]) == len(rows[start:])
    assert bool(streamed) == bool(rows)


def test_streamed_rows_can_be_gone_through_twice() -> None:
    rows = _numbered(600)
    streamed = StreamedRows(lambda: iter(rows))
    assert list(streamed) == list(streamed) == rows
    assert (len(streamed), streamed[0], streamed[599], streamed[-1]) == (
        600,
        rows[0],
        rows[599],
        rows[599],
    )


def test_what_is_wrong_with_a_row_is_filed_once() -> None:
    log = IssueLog("a.csv")
    told = RowLog(log)
    for _ in range(2):
        for line in (3, 7):
            told.add(line, f"Line {line} is wrong.")
    assert [issue.line for issue in log] == [3, 7]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=1))
def test_a_streamed_file_has_the_rows_of_one_that_is_not(lines: list[str]) -> None:
    file = SourceFile("a.csv", "\n".join(["A,B", *lines]).encode())
    whole_log, streamed_log = IssueLog(file.name), IssueLog(file.name)
    (whole,) = read_sheets(file, whole_log)
    (streamed,) = read_sheets(file, streamed_log, is_streamed=True)
    assert list(streamed.rows) == list(whole.rows)
    assert list(streamed_log) == list(whole_log)


def test_a_long_list_is_read_whole_each_fault_once(
    csv_file: Callable[..., SourceFile], log: IssueLog
) -> None:
    rows = [f"Group {number},PO1 3AX" for number in range(CHUNK + 500)]
    rows[CHUNK] = "Too,many,cells"
    rows[CHUNK + 1] = "Group 1,PO1 3AX"
    parsed = read_organisations(csv_file("\n".join(["Name,Postcode", *rows])), Ground(), log)
    assert len(parsed.records) == parsed.rows_read - 1 == len(rows) - 2
    assert [issue.line for issue in log] == [CHUNK + 2, CHUNK + 3]
