"""Whatever is wrong with a file, each kind says so in words, or reads what can be read."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from mapper.domain.source import SourceKind
from mapper.errors import MapperError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files import workbook as workbook_module
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.readers import READERS

HEADINGS = {
    SourceKind.ORGANISATIONS: ["name", "postcode", "description"],
    SourceKind.ACTIVITIES: ["title", "lead", "date", "postcode", "description"],
    SourceKind.VIOLENCE: ["month", "lsoa code", "crime type", "count"],
    SourceKind.POPULATION: ["LSOA21CD", "LSOA21NM", "population"],
}
ROWS = {
    SourceKind.ORGANISATIONS: ["Café Club", "PO1 2AL", "What it does"],
    SourceKind.ACTIVITIES: ["Café football", "Mill", "31/01/2026", "PO1 2AL", "What happens"],
    SourceKind.VIOLENCE: ["2026-01", "E01017013", "Violence and sexual offences", "12"],
    SourceKind.POPULATION: ["E01017013", "Portsmouth 012A", "1500"],
}
KINDS = list(HEADINGS)
Records = list[object]
Read = Callable[[bytes], Records]

pytestmark = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def read(kind: SourceKind, ground: Ground, log: IssueLog) -> Read:
    def records(content: bytes) -> Records:
        parsed = READERS[kind].read(SourceFile("return 2021.csv", content), ground, log)
        return [record for _, record in parsed.records]

    return records


def text_of(kind: SourceKind, *more: list[str]) -> str:
    return "\n".join(",".join(cells) for cells in [HEADINGS[kind], ROWS[kind], *more]) + "\n"


def book_of(kind: SourceKind) -> Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADINGS[kind])
    book.active.append(ROWS[kind])
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Add a part to a workbook, as another program would have left it."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_each_encoding_that_says_so(
    encoding: str, kind: SourceKind, read: Read, log: IssueLog
) -> None:
    assert len(read(text_of(kind).encode(encoding))) == 1
    assert not log.count(Severity.WARNING)


def test_a_file_of_windows_is_read(kind: SourceKind, read: Read) -> None:
    assert len(read(text_of(kind).encode("cp1252"))) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old Excel file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table><tr><td>name</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><Workbook/>", "web page"),
        ("name,postcode\nA,PO1 2AL\n".encode("utf-16-le"), "zero bytes"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 cut short", "archive or a workbook"),
        (b",,,\n,,\n", "empty"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(content: bytes, said: str, read: Read) -> None:
    with pytest.raises(SourceError, match=said) as refusal:
        read(content)
    assert refusal.value.action


def test_an_open_document_spreadsheet_is_refused_with_what_to_do(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(SourceError, match=r"OpenDocument .*\.ods.* save it as \.xlsx"):
        read(buffer.getvalue())


def test_a_ragged_row_costs_no_other(kind: SourceKind, read: Read, log: IssueLog) -> None:
    long = [*ROWS[kind], "one", "more"]
    assert len(read(text_of(kind, long).encode())) == 1
    assert any(issue.line == 3 for issue in log)


def test_headings_that_stand_twice_are_refused(kind: SourceKind, read: Read) -> None:
    twice = [[*HEADINGS[kind], HEADINGS[kind][0]], [*ROWS[kind], "x"]]
    with pytest.raises(MapperError, match="twice"):
        read("\n".join(map(",".join, twice)).encode())


def test_a_cell_of_a_hundred_thousand_characters_costs_no_other_row(
    kind: SourceKind, read: Read
) -> None:
    # Of residents an area is read whole or not at all, so the long cell is in another area.
    other = "E01022553" if kind is SourceKind.POPULATION else ROWS[kind][0]
    long = [other, *ROWS[kind][1:-1], "x" * 100_000]
    assert 1 <= len(read(text_of(kind, long).encode())) <= 2


def test_control_characters_reach_no_record(kind: SourceKind, read: Read) -> None:
    odd = [f"{cell}\x07\x1b[2J" for cell in ROWS[kind]]
    found = read(text_of(kind, odd).encode())
    assert found
    assert "\x1b" not in "".join(map(str, found))
    assert "\\x1b" not in "".join(map(repr, found))


def test_a_workbook_is_read_as_a_csv_file_is(kind: SourceKind, read: Read) -> None:
    assert read(saved(book_of(kind))) == read(text_of(kind).encode())


def test_a_formula_without_a_stored_value_is_said(
    kind: SourceKind, read: Read, log: IssueLog
) -> None:
    book = book_of(kind)
    assert book.active is not None
    book.active.append(['=CONCATENATE("a","b")', *ROWS[kind][1:]])
    assert len(read(saved(book))) == 1
    assert any("formula" in issue.message and issue.line == 3 for issue in log)


def test_merged_cells_are_read_as_one_full_cell_and_empty_ones(
    kind: SourceKind, read: Read
) -> None:
    book = book_of(kind)
    assert book.active is not None
    book.active.append(ROWS[kind])
    book.active.merge_cells("A2:A3")
    assert len(read(saved(book))) == 1


def test_links_to_other_workbooks_are_not_followed(kind: SourceKind, read: Read) -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x" TargetMode="External" Target="http://192.0.2.1/a.xlsx"/>'
        b"</Relationships>"
    )
    content = with_part(saved(book_of(kind)), "xl/externalLinks/_rels/externalLink1.xml.rels", link)
    assert len(read(content)) == 1


def test_a_sheet_of_more_rows_than_are_read_is_refused(
    kind: SourceKind, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_module, "_MOST_ROWS", 50)
    book = book_of(kind)
    assert book.active is not None
    for _ in range(60):
        book.active.append(ROWS[kind])
    with pytest.raises(SourceError, match="more than 50 rows"):
        read(saved(book))


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(
    kind: SourceKind, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_module, "MOST_BYTES", 1_000)
    with pytest.raises(SourceError, match="once unpacked"):
        read(saved(book_of(kind)))


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
@pytest.mark.parametrize("day", [date(2026, 1, 31), datetime(2026, 1, 31)])  # noqa: DTZ001
def test_dates_of_either_calendar_of_excel_are_the_days_they_show(
    day: date, epoch: datetime | None, kind: SourceKind, read: Read
) -> None:
    if kind is not SourceKind.ACTIVITIES:
        assert read(saved(book_of(kind)))
        return
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    assert book.active is not None
    book.active.append(HEADINGS[kind])
    book.active.append([*ROWS[kind][:2], day, *ROWS[kind][3:]])
    (found,) = read(saved(book))
    assert getattr(found, "starts_on", None) == date(2026, 1, 31)
