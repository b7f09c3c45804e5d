"""Rows at fault: listed, mended in a spreadsheet, loaded again, and nothing else changed."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mapper.domain.formula import FORMULA_BEGINNINGS, neutralised
from mapper.domain.source import SourceKind
from mapper.errors import PersonLevelDataError
from mapper.ingest.faults.issues import Severity
from mapper.ingest.files.mended import MENDING_HEADINGS, as_it_was, made_harmless
from mapper.ingest.options import IngestOptions
from mapper.ingest.outcome.mending import FaultyRows, write_faulty
from mapper.ingest.outcome.report import AllRefusedError, FileReport, FileStatus
from mapper.ingest.run import ingest
from mapper.store.session import Store
from mapper.store.sources import list_sources
from tests.factories import lay_ground

HEADINGS = "Ref,Title,Lead organisation,First date,Longitude,Latitude,Areas served,Description"
ROWS = (
    'T-1,Boxing,Invented Youth Trust,06/01/2026,-1.0912,50.7989,,"=cmd|""/c calc""!A1"',
    "T-2,Chess,Pretend Library,31/02/2026,-1.0912,50.7989,,'=quoted",
    "T-3,Football,Made-up Club,08/01/2026,,,Portsmouth,@home",
    "T-4,Swimming,,09/01/2026,,,Portsmouth,+44 is a number",
)
KIND = SourceKind.ACTIVITIES
NAMED = IngestOptions(source_name="returns", keeps_rows=True)


@pytest.fixture
def grounded(store: Store) -> Store:
    """A store with areas."""
    with store.writing() as session:
        lay_ground(session)
    return store


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A return of which two rows are at fault."""
    path = tmp_path / "returns.csv"
    path.write_text("\n".join(["Returns of January", "", HEADINGS, *ROWS]), encoding="utf-8")
    return path


def load(store: Store, path: Path) -> FileReport:
    """Load one file of activities under the same name."""
    (report,) = ingest(store, KIND, [path], NAMED).files
    return report


def faulty_of(report: FileReport) -> FaultyRows:
    """The rows at fault, which there must be."""
    assert report.faulty is not None
    return report.faulty


def mend_in_a_spreadsheet(path: Path) -> None:
    """Put both rows right, as somebody would who opened the list in Excel."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("First date") + 1).value = "28/02/2026"
    sheet.cell(3, headings.index("Lead organisation") + 1).value = "Invented Youth Trust"
    book.save(path)


def mend_as_text(path: Path) -> None:
    """Put both rows right, as somebody would who opened the list in a text editor."""
    text = path.read_text(encoding="utf-8-sig").replace(",31/02/2026,", ",28/02/2026,")
    path.write_text(text.replace("Swimming,,", "Swimming,Invented Youth Trust,"), "utf-8-sig")


def test_the_rows_at_fault_stand_under_the_headings_of_the_file(
    grounded: Store, returned: Path
) -> None:
    faulty = faulty_of(load(grounded, returned))

    assert ",".join(faulty.headings) == HEADINGS
    assert [(row.line, row.cells[1]) for row in faulty.rows] == [(5, "Chess"), (7, "Swimming")]
    assert "First date: " in faulty.rows[0].what


def test_mended_rows_are_saved_and_nothing_else_changes(
    grounded: Store, returned: Path, tmp_path: Path
) -> None:
    report = load(grounded, returned)
    write_faulty(tmp_path / "mend.xlsx", faulty_of(report))
    mend_in_a_spreadsheet(tmp_path / "mend.xlsx")
    mended = load(grounded, tmp_path / "mend.xlsx")
    again = load(grounded, returned)

    assert (report.new, mended.new, mended.changed, mended.as_before) == (2, 2, 0, 0)
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.parametrize("name", ["mend.xlsx", "mend.csv"])
def test_mended_rows_join_the_source_they_came_from(
    grounded: Store, returned: Path, tmp_path: Path, name: str
) -> None:
    write_faulty(tmp_path / name, faulty_of(load(grounded, returned)))
    mend = mend_in_a_spreadsheet if name.endswith(".xlsx") else mend_as_text
    mend(tmp_path / name)
    (report,) = ingest(grounded, KIND, [tmp_path / name], IngestOptions(keeps_rows=True)).files

    assert (report.source_name, report.new) == ("returns", 2)
    assert "given out from the source returns" in " ".join(one.message for one in report.issues)
    with grounded.reading() as session:
        found = [each.source for each in list_sources(session)]
    assert {each.name for each in found if each.kind is KIND} == {"returns"}


def test_mended_rows_loaded_under_another_name_are_warned_of(
    grounded: Store, returned: Path, tmp_path: Path
) -> None:
    write_faulty(tmp_path / "mend.xlsx", faulty_of(load(grounded, returned)))
    mend_in_a_spreadsheet(tmp_path / "mend.xlsx")
    other = IngestOptions(source_name="other")
    (report,) = ingest(grounded, KIND, [tmp_path / "mend.xlsx"], other).files

    told = [one.message for one in report.issues if one.severity is Severity.WARNING]
    assert any("they do not join the others" in message for message in told)


def test_a_list_given_out_before_it_said_its_source_is_still_read(
    grounded: Store, tmp_path: Path
) -> None:
    path = tmp_path / "mend.csv"
    path.write_text(f"{','.join(MENDING_HEADINGS[:3])},{HEADINGS}\n5,wrong,you,{ROWS[0]}\n")
    (report,) = ingest(grounded, KIND, [path], IngestOptions()).files

    assert (report.source_name, report.new) == ("mend", 1)


def test_a_source_whose_name_begins_like_a_formula_is_found_again(
    grounded: Store, returned: Path, tmp_path: Path
) -> None:
    named = IngestOptions(source_name="=returns", keeps_rows=True)
    (first,) = ingest(grounded, KIND, [returned], named).files
    write_faulty(tmp_path / "mend.xlsx", faulty_of(first))
    mend_in_a_spreadsheet(tmp_path / "mend.xlsx")
    (report,) = ingest(grounded, KIND, [tmp_path / "mend.xlsx"], IngestOptions()).files

    assert report.source_name == "=returns"


def test_a_list_that_comes_back_as_it_was_has_the_same_faults(
    grounded: Store, returned: Path, tmp_path: Path
) -> None:
    first = faulty_of(load(grounded, returned))
    write_faulty(tmp_path / "mend.csv", first)
    with pytest.raises(AllRefusedError) as refused:
        load(grounded, tmp_path / "mend.csv")
    second = faulty_of(refused.value.report.files[0])

    assert [row.cells for row in second.rows] == [row.cells for row in first.rows]
    assert [row.what for row in second.rows] == [row.what for row in first.rows]


def test_no_cell_of_a_list_would_be_run_by_a_spreadsheet(
    grounded: Store, returned: Path, tmp_path: Path
) -> None:
    returned.write_text(returned.read_text().replace("06/01/2026", "yesterday"))
    faulty = faulty_of(load(grounded, returned))
    write_faulty(tmp_path / "mend.csv", faulty)
    write_faulty(tmp_path / "mend.xlsx", faulty)
    with (tmp_path / "mend.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    book = load_workbook(tmp_path / "mend.xlsx")
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}

    assert cells == [neutralised(cell) for cell in cells]
    assert "f" not in kinds


def test_a_list_of_rows_is_refused_where_only_whole_files_are_loaded(
    grounded: Store, tmp_path: Path
) -> None:
    path = tmp_path / "mend.csv"
    first = ",".join(MENDING_HEADINGS)
    path.write_text(
        f"{first},Month,Crime type,LSOA code,Count\n5,wrong,you,it,2025-01,Robbery,E01000000,4\n"
    )
    with pytest.raises(AllRefusedError, match="loaded only whole"):
        ingest(grounded, SourceKind.VIOLENCE, [path])

    with grounded.reading() as session:
        assert "mend.csv" not in {each.source.file_name for each in list_sources(session)}


def test_columns_once_confirmed_are_read_so_for_every_file_of_that_source(
    grounded: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Wot,Run by,Kick-off,Where\nBoxing,A Trust,06/01/2026,Portsmouth\n")
    second.write_text("Wot,Run by,Kick-off,Where\nChess,A Trust,07/01/2026,Portsmouth\n")
    mapping = {"title": "Wot", "lead": "Run by", "starts_on": "Kick-off", "areas_served": "Where"}
    confirmed = IngestOptions(source_name="returns", mapping=mapping, loaded_by="me")
    ingest(grounded, KIND, [first], confirmed)

    assert load(grounded, second).new == 1


def test_a_file_with_other_columns_is_read_by_its_own(grounded: Store, tmp_path: Path) -> None:
    first = tmp_path / "first.csv"
    first.write_text("Wot,Run by,Kick-off,Where\nBoxing,A Trust,06/01/2026,Portsmouth\n")
    mapping = {"title": "Wot", "lead": "Run by", "starts_on": "Kick-off", "areas_served": "Where"}
    ingest(grounded, KIND, [first], IngestOptions(source_name="returns", mapping=mapping))
    other = tmp_path / "other.csv"
    other.write_text("\n".join([HEADINGS, *ROWS]))

    assert load(grounded, other).new == 2


def test_the_first_records_are_shown_without_contacts_or_sheltered_sites(
    grounded: Store, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,Kind,Postcode,Contact,Email\n"
        "A Club,sports club,PO1 3AX,Sam Doe,sam@example.org\n"
        "Safe House,refuge,PO1 7AX,Jo Roe,jo@example.org\n"
    )
    (report,) = ingest(
        grounded,
        SourceKind.ORGANISATIONS,
        [path],
        IngestOptions(dry_run=True, keeps_rows=True),
    ).files
    shown = str(report.sample)

    assert report.status is FileStatus.DRY_RUN
    assert "PO1 3AX" in shown
    assert [
        word for word in ("PO1 7AX", "Sam Doe", "Jo Roe", "@example.org") if word in shown
    ] == []


@given(st.text(alphabet=f"'{FORMULA_BEGINNINGS} a1"))
def test_what_was_made_harmless_comes_back_as_it_was(text: str) -> None:
    assert as_it_was(made_harmless(text)) == text
    assert neutralised(made_harmless(text)) == made_harmless(text)


def test_no_issue_quotes_where_a_sheltered_site_is(grounded: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,Kind,Address,Postcode,Show location,Areas served\n"
        "Haven Refuge,refuge,7 Secret Street,ZZ1 1ZZ,,\n"
        "Quiet House,charity,8 Secret Street,ZZ1 2ZZ,hidden,Portsmouth\n"
        "Quiet Home,charity,9 Secret Street,ZZ1 3ZZ,perhaps,\n"
        "Open Club,charity,1 High Street,ZZ1 4ZZ,exact,Portsmouth\n",
        encoding="utf-8",
    )

    (report,) = ingest(grounded, SourceKind.ORGANISATIONS, [path], IngestOptions()).files

    told = " ".join(f"{each.value} {each.message}" for each in report.issues)
    assert "ZZ1 4ZZ" in told
    assert [text for text in ("Secret", "ZZ1 1ZZ", "ZZ1 2ZZ", "ZZ1 3ZZ") if text in told] == []


@pytest.mark.parametrize("heading", ["Date of birth", "Victim name", "NHS_Number", "Offender ref"])
def test_a_list_of_cases_is_not_taken_for_organisations(
    grounded: Store, tmp_path: Path, heading: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Name,Postcode,{heading}\nZebedee,PO1 3AX,Quagmire\n", encoding="utf-8")

    with pytest.raises(PersonLevelDataError) as caught:
        ingest(grounded, SourceKind.ORGANISATIONS, [path], IngestOptions())

    assert "Quagmire" not in str(caught.value)
    assert "Zebedee" not in str(caught.value)
