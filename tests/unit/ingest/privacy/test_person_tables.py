"""Files about persons are refused by naming the columns that gave them away, never a value."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import PersonLevelDataError
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.privacy.person_values import is_nhs_number, kind_of_persons

Cells = Sequence[Sequence[object]]
AREAS = ("E01017013", "E01017014", "E01017015", "E01017016")
INNOCENT = [["Area", "Ref", "Count"], *([code, f"r{n}", n] for n, code in enumerate(AREAS, 1))]


def csv_of(rows: Cells) -> SourceFile:
    """The rows as CSV."""
    return SourceFile("sna.csv", "\n".join(",".join(map(str, row)) for row in rows).encode())


def workbook_of(
    rows: Cells, *others: Cells, hide: Callable[[Any], None] | None = None
) -> SourceFile:
    """The rows as the first sheet of a workbook, the others as further ones."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for index, each in enumerate((rows, *others)):
            sheet = book.add_worksheet()
            for line, cells in enumerate(each):
                sheet.write_row(line, 0, list(cells))
            if index and hide:
                hide(sheet)
    return SourceFile("sna.xlsx", content.getvalue())


def json_of(rows: Cells) -> SourceFile:
    """The rows as objects, within an object."""
    objects = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
    return SourceFile("sna.json", json.dumps({"rows": objects}).encode())


def refusal(source: SourceFile) -> str:
    """The message with which a file is refused."""
    with pytest.raises(PersonLevelDataError) as error:
        read_count_sheets(source, IssueLog(source.name))
    return str(error.value)


def with_column(heading: str, values: Sequence[object]) -> list[list[object]]:
    """The innocent table with one more column."""
    rows = [list(row) for row in INNOCENT]
    for row, value in zip(rows, [heading, *values], strict=True):
        row.append(value)
    return rows


STORIES = tuple(f"{each} was seen to {'run and ' * 20}" for each in ("A", "B", "C", "D"))
GIVEAWAYS = [
    ("NHS numbers", ("943 476 5919", "4010232137", "", "")),
    ("National Insurance numbers", ("AB 12 34 56 C", "", "", "")),
    ("e-mail addresses", ("sam.doe@example.org", "jo@example.org", "", "ann@example.net")),
    ("telephone numbers", ("023 9212 3456", "07700 900123", "+44 7700 900456", "")),
    ("dates of birth", ("12/05/1994", "1988-11-30", "3 March 2001", "17/08/2009")),
    ("dates of birth", ("12/05/2008", "2010-11-30", "3 March 2012", "17/08/2014")),
    ("postcodes", ("PO1 3AX", "SO14 7LW", "PO5 1AA", "")),
    ("free text about single cases", STORIES),
]


@pytest.mark.parametrize("make", [csv_of, workbook_of, json_of])
@pytest.mark.parametrize(("kind", "values"), GIVEAWAYS)
def test_values_give_a_column_away_whatever_its_heading(
    kind: str, values: tuple[str, ...], make: Callable[[Cells], SourceFile]
) -> None:
    message = refusal(make(with_column("Entry", values)))
    assert f"Entry (holds {kind})" in message
    assert not any(value and value in message for value in values)


@pytest.mark.parametrize("make", [csv_of, workbook_of, json_of])
@pytest.mark.parametrize(
    "heading",
    ["Name", "Surname", "DOB", "Date of birth", "NHS number", "Custody number", "Address",
     "Home postcode", "Offender details", "Victim ethnicity", "Narrative", "Modus operandi",
     "Case notes", "Age at time of offence", "Name of victim"],
)  # fmt: skip
def test_headings_give_a_column_away(heading: str, make: Callable[[Cells], SourceFile]) -> None:
    message = refusal(make(with_column(heading, ("secret",) * 4)))
    assert heading in message
    assert "secret" not in message


def test_a_heading_split_over_two_lines_is_read_as_one() -> None:
    rows = [["Area", "Date of", "Count"], ["code", "birth", ""], [AREAS[0], "x", 1]]
    assert "Date of birth" in refusal(csv_of(rows))


def test_a_heading_merged_over_several_is_read_with_each() -> None:
    rows = [["Area", "Person", "", "Count"], ["code", "Ward", "Age", ""], [AREAS[0], "x", 30, 1]]
    assert "Person Age" in refusal(workbook_of(rows))


def test_headings_below_titles_are_found() -> None:
    titles = [["Table 3"], ["Police, 2024"], ["Contact", "someone"], ["", "", ""]]
    assert "Surname" in refusal(csv_of([*titles, *with_column("Surname", "abcd")]))


def test_headings_in_a_line_with_months_are_found() -> None:
    rows = [["Surname", "2024-01", "2024-02", "2024-03"], ["Doe", 1, 2, 3]]
    assert "Surname" in refusal(csv_of(rows))


def test_an_age_beside_an_identifier_is_a_person() -> None:
    rows = [["Ref", "Age", "Ward"], ["a1", 15, "Baffins"], ["a2", 17, "Hart"], ["a3", 34, "Hart"]]
    assert "Age beside Ref" in refusal(csv_of(rows))


def test_a_file_without_headings_is_not_quoted() -> None:
    rows = [["Sam Doe", "1994-05-12", "Robbery"], ["Jo Bloggs", "1988-11-30", "Robbery"]]
    message = refusal(csv_of(rows))
    assert "column 2 (holds dates of birth)" in message
    assert not any(word in message for word in ("Sam", "Jo", "1994", "1988"))


@pytest.mark.parametrize("how", ["hide", "very_hidden"])
def test_a_hidden_sheet_is_looked_through(how: str) -> None:
    secret = [["Surname", "Offence"], ["Doe", "Robbery"]]
    book = workbook_of(INNOCENT, secret, hide=lambda sheet: getattr(sheet, how)())
    message = refusal(book)
    assert "Surname on sheet Sheet2" in message
    assert "Doe" not in message


def test_the_rows_behind_a_pivot_table_are_looked_through() -> None:
    book = workbook_of(INNOCENT)
    content = io.BytesIO(book.content)
    with zipfile.ZipFile(content, "a") as archive:
        part = '<pivotCacheDefinition><cacheFields><cacheField name="Offender name"/></cacheFields>'
        archive.writestr("xl/pivotCache/pivotCacheDefinition1.xml", part)
    assert "Offender name (behind a pivot table)" in refusal(
        SourceFile("sna.xlsx", content.getvalue())
    )


def test_objects_within_objects_are_looked_through() -> None:
    rows = [{"area": "x", "victim": {"name": "Sam Doe"}, "count": 1}]
    message = refusal(SourceFile("sna.json", json.dumps(rows).encode()))
    assert "victim name" in message
    assert "Sam" not in message


COUNTS: list[Cells] = [
    INNOCENT,
    [["Ward", "Victims", "Suspects"], ["Hart", 12, 9], ["Baffins", "<5", "[c]"], ["Copnor", 7, 8]],
    [["Age band", "Sex", "Count"], ["10-14", "Male", 12], ["15-17", "Female", 9]],
    [["Area", "Age", "Residents"], ["E01017013", 10, 12], ["E01017013", 11, 14]],
    [["Period", "Area code", "Offences"], ["01/04/2023", AREAS[0], 5], ["01/04/2024", AREAS[1], 6]],
    [["Day", "Area", "Count"], *([f"2024-01-{day:02d}", AREAS[0], day] for day in range(1, 29))],
    [["Contact", "sna@example.org"], ["Published", "12 May 2024"], *INNOCENT],
    [["Victim age band", "Victims"], ["10-14", 12], ["15-17", 30]],
]


@pytest.mark.parametrize("make", [csv_of, workbook_of])
@pytest.mark.parametrize("rows", COUNTS)
def test_a_table_of_counts_is_let_be(rows: Cells, make: Callable[[Cells], SourceFile]) -> None:
    assert read_count_sheets(make(rows), IssueLog("sna"))


@pytest.mark.parametrize("folder", ["police", "population", "deprivation"])
def test_real_files_of_counts_are_let_be(folder: str, real_data: Path) -> None:
    paths = [path for path in sorted((real_data / folder).iterdir()) if path.is_file()]
    for path in paths[:3]:
        assert read_count_sheets(Entry(path).open(), IssueLog(path.name))


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=50))
def test_counts_are_about_no_person(counts: list[int]) -> None:
    assert not kind_of_persons([str(count) for count in counts])


@given(st.integers(0, 999_999_999))
def test_one_last_digit_at_most_makes_an_nhs_number(first: int) -> None:
    valid = [digit for digit in range(10) if is_nhs_number(f"{first:09d}{digit}")]
    assert len(valid) <= 1
