import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ingest.faults.issues import Issue, IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.faults.issues_csv import write_issues_csv


def _written(path: Path, value: str) -> list[str]:
    write_issues_csv(path, [Issue(file="a.csv", line=2, value=value, message="m")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_the_issues_file_begins_as_a_formula(tmp_path: Path, start: str) -> None:
    cell = _written(tmp_path / "issues.csv", f"{start}HYPERLINK()")[3]
    assert cell.lstrip(" ")[0] not in "=+-@\t\r"


@given(text=st.text(max_size=200))
def test_a_shown_value_is_short_and_on_one_line(text: str) -> None:
    value = shown(text)
    assert len(value.splitlines()) <= 1
    assert "\0" not in value


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    assert len(_written(tmp_path / "issues.csv", "x" * 100_000)[3]) == 81


def test_the_issues_file_opens_in_excel_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "issues.csv"
    write_issues_csv(path, [])
    assert (
        path.read_bytes() == b"\xef\xbb\xbffile,line,field,value,severity,message,who_can_fix\r\n"
    )


def test_severity_and_who_can_fix_are_written_in_words(tmp_path: Path) -> None:
    row = _written(tmp_path / "issues.csv", "")
    assert (row[4], row[6]) == ("error", "the person who filled it in")


def test_a_log_keeps_a_thousand_alike_and_counts_the_rest() -> None:
    log = IssueLog("a.csv")
    for line in range(1, 1_501):
        log.add(line, "The postcode is wrong.", severity=Severity.WARNING)
    assert (len(list(log)), log.count(Severity.WARNING)) == (1_001, 1_500)


def test_the_last_issue_says_how_many_more_there_were() -> None:
    log = IssueLog("a.csv")
    for line in range(1_005):
        log.add(line, "Wrong.", who_can_fix=WhoCanFix.ANALYST)
    assert log.all()[-1].message.startswith("5 more")


def test_issues_come_in_the_order_of_their_lines() -> None:
    log = IssueLog("a.csv")
    log.add(9, "late")
    log.add(2, "early")
    assert [issue.line for issue in log] == [2, 9]
