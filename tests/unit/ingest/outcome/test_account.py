"""Every row is accounted for."""

from typing import Any

from mapper.ingest.faults.issues import OUTSIDE, IssueLog, Severity
from mapper.ingest.outcome.account import row_account
from mapper.ingest.outcome.kept_report import file_as_kept, file_from
from mapper.ingest.outcome.report import FileReport, FileStatus


def report(**choices: Any) -> FileReport:
    """What became of one file in a dry run."""
    given = {"name": "a.csv", "source_name": "a", "status": FileStatus.DRY_RUN}
    return FileReport(**given | choices)


def test_rows_that_are_taken_left_out_and_at_fault_make_up_those_that_were_read() -> None:
    found = report(rows_read=10, new=4, as_before=1, rows_at_fault=2, left_out={OUTSIDE: 3})

    assert row_account([found]) == (
        "10 rows read; 5 rows will be loaded; 3 rows left out (3 outside HIPS); "
        "2 rows with errors, left out until mended."
    )


def test_records_are_counted_where_a_row_is_not_one() -> None:
    found = report(status=FileStatus.LOADED, rows_read=12_000, new=800)

    assert row_account([found]) == (
        "12,000 rows read; 800 records were loaded; 0 rows left out; 0 rows with errors."
    )


def test_files_are_added_up_and_those_refused_passed_over() -> None:
    one = report(rows_read=2, new=1, left_out={OUTSIDE: 1})
    two = report(rows_read=3, new=1, left_out={"totals": 2})
    refused = report(status=FileStatus.REFUSED, rows_read=0)

    assert "5 rows read; 2 rows will be loaded; 3 rows left out (2 totals, 1 outside HIPS)" in (
        row_account([one, refused, two])
    )
    assert row_account([refused]) == ""


def test_a_row_with_two_errors_is_one_row_at_fault() -> None:
    log = IssueLog("a.csv")
    for line, severity in ((2, Severity.ERROR), (2, Severity.ERROR), (3, Severity.WARNING)):
        log.add(line, "Wrong", severity=severity)
    log.leave_out(OUTSIDE, 0)
    log.leave_out(OUTSIDE, 2)
    other = IssueLog("a.csv")
    other.hear(log.told())

    assert (other.rows_at_fault, other.left_out) == (1, {OUTSIDE: 2})
    other.forget()
    assert (other.rows_at_fault, other.left_out) == (0, {})


def test_a_report_that_was_kept_says_the_same() -> None:
    found = report(rows_read=3, new=1, rows_at_fault=1, left_out={OUTSIDE: 1})

    assert row_account([file_from(file_as_kept(found))]) == row_account([found])
