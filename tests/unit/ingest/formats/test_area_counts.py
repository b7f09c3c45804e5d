"""Tables of counts by area into records."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.period import Month
from mapper.errors import InvalidValueError, PersonLevelDataError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.area_counts import is_area_count_table, read_month
from mapper.ingest.kinds.violence import read_violence

HEADINGS = "month,area_code,area_name,crime_type,count"
ROW = "2025-01,E01017013,Portsmouth 012A,Robbery,3"
Read = Callable[..., list[tuple[str, str, str, int]]]


@pytest.fixture
def ground() -> Ground:
    rows = [
        ("E01017013", "Portsmouth 012A", "lsoa", "2011", "E06000044"),
        ("E01017014", "Portsmouth 008A", "lsoa", "2011", "E06000044"),
    ]
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return Ground(pd.DataFrame(rows, columns=columns))


@pytest.fixture
def read(ground: Ground, log: IssueLog) -> Read:
    """Read rows through the door every violence file comes by."""

    def reading(*rows: str, headings: str = HEADINGS) -> list[tuple[str, str, str, int]]:
        source = SourceFile("counts.csv", "\n".join([headings, *rows]).encode())
        counts = [count for _, count in read_violence(source, ground, log).records]
        return [(str(c.month), c.area_code, c.crime_type, c.count) for c in counts]

    return reading


def test_a_row_is_a_count(read: Read) -> None:
    assert read(ROW) == [("2025-01", "E01017013", "Robbery", 3)]


def test_headings_may_be_called_otherwise(read: Read) -> None:
    headings = "Period,LSOA11CD,LSOA11NM,Offence group,Number of offences"
    assert read(ROW, headings=headings) == [("2025-01", "E01017013", "Robbery", 3)]


def test_the_record_keeps_its_line(ground: Ground, log: IssueLog) -> None:
    source = SourceFile("counts.csv", f"{HEADINGS}\n{ROW}\n".encode())
    assert [line for line, _ in read_violence(source, ground, log).records] == [2]


def test_a_table_of_counts_is_not_credited_to_the_police(ground: Ground, log: IssueLog) -> None:
    source = SourceFile("counts.csv", f"{HEADINGS}\n{ROW}\n".encode())
    assert read_violence(source, ground, log).provenance.publisher == ""


def test_a_count_of_nothing_is_no_record_and_no_fault(read: Read, log: IssueLog) -> None:
    assert read(ROW, "2025-02,E01017013,Portsmouth 012A,Robbery,0") == [
        ("2025-01", "E01017013", "Robbery", 3)
    ]
    assert len(log) == 0


@pytest.mark.parametrize("count", ["-3", "2.5", "many", ""])
def test_a_count_that_is_none_is_an_error(read: Read, log: IssueLog, count: str) -> None:
    assert len(read(ROW, f"2025-02,E01017013,,Robbery,{count}")) == 1
    assert [(issue.line, issue.field) for issue in log] == [(3, "count")]


def test_a_thousands_separator_is_understood(read: Read) -> None:
    assert read('2025-01,E01017013,,Robbery,"1,200"')[0][3] == 1200


def test_the_same_month_area_and_type_twice_is_not_added_up(read: Read, log: IssueLog) -> None:
    assert read(ROW, "Jan 2025,e01017013,,Robbery,4") == [("2025-01", "E01017013", "Robbery", 3)]
    assert "Line 2" in next(iter(log)).message


def test_an_lsoa_of_a_vintage_that_is_not_loaded_is_refused(read: Read, log: IssueLog) -> None:
    read(ROW, "2025-01,E01035000,Portsmouth 012F,Robbery,4")
    assert "Load the boundaries of its vintage" in next(iter(log)).message


def test_a_row_outside_hips_is_only_noted(read: Read, log: IssueLog) -> None:
    read(ROW, "2025-01,E01031000,Chichester 001A,Robbery,4")
    assert [issue.severity for issue in log] == [Severity.NOTE]


def test_a_table_of_persons_is_refused_by_name(read: Read) -> None:
    with pytest.raises(PersonLevelDataError, match="Victim name"):
        read("2025-01,E01017013,x,Robbery,1,A", headings=f"{HEADINGS},Victim name")


def test_a_file_with_published_points_is_not_one_of_area_counts() -> None:
    headings = ("Month", "LSOA code", "Crime type", "count", "Longitude", "Latitude")
    assert not is_area_count_table([Sheet("", (Row(1, headings),))])


@pytest.mark.parametrize(
    "text", ["2025-01", "January 2025", "Jan 2025", "Jan-25", "01/2025", "202501", "31/01/2025"]
)
def test_a_month_may_be_written_in_many_ways(text: str) -> None:
    assert read_month(text) == Month(2025, 1)


@pytest.mark.parametrize("text", ["2024/25", "Q1 2025", "2025", "13/2025"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="not a month"):
        read_month(text)


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_every_month_reads_as_it_is_written(year: int, number: int) -> None:
    month = Month(year, number)
    assert read_month(str(month)) == read_month(month.label) == month
