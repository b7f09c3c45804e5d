"""Tables in the shape of the annexes of needs assessments, every figure in them invented."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pandas as pd
import pytest
import xlsxwriter

from mapper.domain.area import AreaType
from mapper.domain.violence import AreaViolenceCount, ViolenceCount
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.needs_counts import NOT_STATED
from mapper.ingest.kinds.violence import read_violence

Found = list[tuple[str, str, str, int | None]]
Read = Callable[[SourceFile], Found]
Cells = Sequence[Sequence[object]]
LSOA, MSOA, BAFFINS, LAD = "E01017013", "E02003524", "E05002441", "E06000044"
YEAR = "2023-04 to 2024-04"


@pytest.fixture
def ground() -> Ground:
    """A district with one of each level, and a ward that two districts have."""
    rows = [
        (LSOA, "Portsmouth 012A", "lsoa", "2011", LAD),
        (MSOA, "Portsmouth 012", "msoa", "2011", LAD),
        (BAFFINS, "Baffins", "ward", "2025", LAD),
        ("E05002444", "All Saints", "ward", "2025", LAD),
        ("E05000001", "St Johns", "ward", "2025", "E07000090"),
        ("E05000002", "St Johns", "ward", "2025", "E06000046"),
        ("E05000003", "Hart", "ward", "2025", "E07000089"),
        ("E07000089", "Hart", "lad", "2025", "E07000089"),
    ]
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return Ground(pd.DataFrame(rows, columns=columns))


@pytest.fixture
def read(ground: Ground, log: IssueLog) -> Read:
    """Read a file by the door of every violence file, into area, period, group and count."""

    def reading(source: SourceFile) -> Found:
        counts = [count for _, count in read_violence(source, ground, log).records]
        assert all(isinstance(count, AreaViolenceCount) for count in counts)
        return [
            (c.area_code, f"{c.period.start} to {c.period.end}", c.offence_group, c.count)
            for c in counts
            if isinstance(c, AreaViolenceCount)
        ]

    return reading


def lines(*rows: str) -> SourceFile:
    """The rows as CSV."""
    return SourceFile("annex.csv", "\n".join(rows).encode())


def book(**sheets: Cells) -> SourceFile:
    """The sheets as a workbook."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for line, cells in enumerate(rows):
                sheet.write_row(line, 0, cells)
    return SourceFile("annex.xlsx", content.getvalue())


def test_a_long_table_of_wards_by_financial_year(read: Read) -> None:
    rows = (
        "Ward,Local authority,Financial year,Offence group,Count",
        "Baffins,Portsmouth,2023/24,VAP,12",
    )
    assert read(lines(*rows)) == [(BAFFINS, YEAR, "VAP", 12)]


@pytest.mark.parametrize(
    ("heading", "area", "code"),
    [("MSOA21NM", "Portsmouth 012", MSOA), ("District", "Hart", "E07000089"),
     ("Ward name", "Hart", "E05000003"), ("LAD24CD", LAD, LAD), ("Area", "Baffins", BAFFINS),
     ("LSOA code", LSOA, LSOA), ("Ward", "All Saints", "E05002444")],
)  # fmt: skip
def test_areas_of_any_level_by_code_or_name(heading: str, area: str, code: str, read: Read) -> None:
    assert read(lines(f"{heading},Period,Offence,Count", f"{area},2023/24,VAP,12"))[0][0] == code


@pytest.mark.parametrize(
    ("heading", "text", "period"),
    [("Quarter", "Q1 2024/25", "2024-04 to 2024-07"), ("Period", "Q1 2024", "2024-01 to 2024-04"),
     ("Year", "2024", "2024-01 to 2025-01"), ("Period", "year ending March 2024", YEAR),
     ("Period", "April 2022 to March 2024", "2022-04 to 2024-04"),
     ("Period", "01/04/2023 - 31/03/2024", YEAR), ("Period", "Jan-Mar 2024", "2024-01 to 2024-04"),
     ("Period", "2023-24", YEAR), ("Month", "January 2024", "2024-01 to 2024-02")],
)  # fmt: skip
def test_periods_of_any_length(heading: str, text: str, period: str, read: Read) -> None:
    assert read(lines(f"Ward,{heading},Offence,Count", f"Baffins,{text},VAP,12"))[0][1] == period


@pytest.mark.parametrize(
    ("headings", "cells"),
    [("From,To", "2023-04,2024-03"), ("Quarter,Year", "Q2,2024/25"), ("Month,Year", "July,2024")],
)
def test_a_period_may_stand_in_two_columns(headings: str, cells: str, read: Read) -> None:
    assert len(read(lines(f"Ward,{headings},Offence,Count", f"Baffins,{cells},VAP,12"))) == 1


@pytest.mark.parametrize("mark", ["<5", "*", "c", "-", "[c]", "fewer than 5", "1-4", "suppressed"])
def test_a_withheld_count_is_unknown_and_never_nothing(
    mark: str, read: Read, log: IssueLog
) -> None:
    rows = f"Baffins,2023/24,VAP,{mark}", "Hart,2023/24,VAP,0"
    assert [found[3] for found in read(lines("Ward,Period,Offence,Count", *rows))] == [None, 0]
    assert any("kept as unknown: 1" in issue.message for issue in log)


def test_one_withheld_count_keeps_a_table_of_months_out_of_the_analysis(read: Read) -> None:
    rows = f"2025-01,{LSOA},Robbery,3", f"2025-02,{LSOA},Robbery,<5"
    assert len(read(lines("month,area_code,crime_type,count", *rows))) == 2


def test_a_wide_table_of_lsoas_by_month_goes_to_the_analysis(ground: Ground, log: IssueLog) -> None:
    source = lines("LSOA code,Offence group,2024-01,2024-02", f"{LSOA},Robbery,3,0")
    ((_, found),) = read_violence(source, ground, log).records
    assert isinstance(found, ViolenceCount)
    assert (str(found.month), found.count) == ("2024-01", 3)


ANNEX: Cells = [
    ["Table 1: violence by ward"],
    [],
    ["Ward code", "Ward", "2022/23", "", "2023/24", ""],
    ["", "", "With injury", "Robbery", "With injury", "Robbery"],
    [BAFFINS, "Baffins", 12, "[c]", 1300, 6],
    ["", "Total", 1212, 10, 1330, 20],
    ["[c] Fewer than five: withheld."],
]


def test_headings_merged_over_others_make_periods_and_groups(read: Read, log: IssueLog) -> None:
    assert read(book(Table=ANNEX)) == [
        (BAFFINS, "2022-04 to 2023-04", "With injury", 12),
        (BAFFINS, "2022-04 to 2023-04", "Robbery", None),
        (BAFFINS, YEAR, "With injury", 1300),
        (BAFFINS, YEAR, "Robbery", 6),
    ]
    assert not log.count(Severity.ERROR)
    assert any("Rows of totals left out: 1." in issue.message for issue in log)


def test_every_sheet_with_a_table_is_read(read: Read) -> None:
    cover = [["Annex"], ["Contact", "sna@example.org"], ["Published", "May 2024"]]
    second = [
        ["Year ending March 2024"],
        ["MSOA", "VAP", "Rate per 1,000"],
        ["Portsmouth 012", 15, 3.1],
    ]
    found = read(book(Cover=cover, One=ANNEX, Two=second))
    assert len(found) == 5
    assert found[-1] == (MSOA, YEAR, "VAP", 15)


def test_a_merged_area_stands_for_the_rows_under_it(read: Read) -> None:
    rows = [["Ward", "Period", "Offence", "Count"], ["Baffins", "2023/24", "VAP", 9],
            ["", "", "Robbery", 6], ["Hart", "2023/24", "VAP", 7]]  # fmt: skip
    assert [found[0] for found in read(book(One=rows))] == [BAFFINS, BAFFINS, "E05000003"]


def test_groups_in_columns_and_the_period_in_the_title(read: Read) -> None:
    title = "Violence by ward: April 2023 to March 2024"
    found = read(lines(title, "Ward,VAP,Robbery,% change", "Baffins,12,6,3%"))
    assert found == [(BAFFINS, YEAR, "VAP", 12), (BAFFINS, YEAR, "Robbery", 6)]


def test_a_table_without_groups_says_so(read: Read) -> None:
    assert read(lines("Ward,2023/24,Total", "Baffins,12,12")) == [(BAFFINS, YEAR, NOT_STATED, 12)]


def test_a_table_without_a_period_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="which period"):
        read(lines("Ward,Offence group,Count", "Baffins,VAP,12"))


@pytest.mark.parametrize(
    ("row", "message"),
    [("St Johns,2023/24,VAP,3", "2 areas"), ("Nowhere,2023/24,VAP,3", "No area is called"),
     ("Baffins,someday,VAP,3", "not a period"), ("Baffins,2023/24,VAP,many", "not a number"),
     ("Baffins,2023/24,VAP,-1", "count is -1"), ("Baffins,2023/24,,3", "group is empty"),
     ("E05009999,2023/24,VAP,3", "not an area that is loaded"),
     ("Hart,2023/24,VAP,8", "not added up")],
)  # fmt: skip
def test_a_row_at_fault_is_an_issue_and_the_others_are_kept(
    row: str, message: str, read: Read, log: IssueLog
) -> None:
    assert len(read(lines("Ward,Period,Offence,Count", "Hart,2023/24,VAP,7", row))) == 1
    (issue,) = [issue for issue in log if issue.severity is Severity.ERROR]
    assert (issue.line, message in issue.message) == (3, True)


def test_a_ward_of_another_vintage_is_kept_beside_its_authority(
    ground: Ground, log: IssueLog
) -> None:
    source = lines("Ward code,Ward,District,Year,Offence,Count", "E05009999,Old,Havant,2023,VAP,9")
    ((_, found),) = read_violence(source, ground, log).records
    assert isinstance(found, AreaViolenceCount)
    assert (found.level, found.lad_code, found.vintage) == (AreaType.WARD, "E07000090", "")


def test_json_is_read_as_a_table(read: Read) -> None:
    text = '[{"ward": "Baffins", "period": "2023/24", "offence": "VAP", "count": 12}]'
    assert read(SourceFile("annex.json", text.encode())) == [(BAFFINS, YEAR, "VAP", 12)]
