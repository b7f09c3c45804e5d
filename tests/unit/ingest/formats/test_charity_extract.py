"""The whole charity register, as JSON and as tab-separated text."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.errors import SourceError
from mapper.geography.postcode_directory import SHIPPED, PostcodeDirectory
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.fetching.bundles import gather_organisations
from mapper.ingest.fetching.listing import list_sources
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.charity_extract import POSTCODE_AREAS
from mapper.ingest.formats.extract_rows import extract_rows
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.places.placing import Finders, placed
from mapper.ingest.records.parsed import Parsed

DATA = Path(__file__).parents[3] / "data"
REGISTER = DATA / "charity_register"


def _read(path: Path, log: IssueLog) -> Parsed[Organisation]:
    (entry,) = list_sources([path], lambda _: True, gather_organisations).entries
    return read_organisations(entry.open(), Ground(), log)


def _placed(path: Path, log: IssueLog) -> dict[str, Organisation]:
    found = placed(_read(path, log), Finders(PostcodeDirectory.load(), Ground()), log)
    return {each.record.source_key: each.record for each in found}


@pytest.fixture
def found(log: IssueLog) -> dict[str, Organisation]:
    return _placed(REGISTER, log)


def test_those_of_hips_are_kept_by_postcode_or_area_of_operation(
    found: dict[str, Organisation],
) -> None:
    assert set(found) == {
        "GB-CHC-9990001",
        "GB-CHC-9990001-1",
        "GB-CHC-9990003",
        "GB-CHC-9990004",
        "GB-CHC-9990007",
    }


def test_areas_of_operation_are_areas_served(found: dict[str, Organisation]) -> None:
    assert found["GB-CHC-9990001"].areas_served == ("E06000044",)
    assert len(found["GB-CHC-9990004"].areas_served) == 12


def test_a_removed_charity_is_kept_and_not_counted(found: dict[str, Organisation]) -> None:
    assert [key for key, each in found.items() if not each.is_active] == ["GB-CHC-9990003"]


def test_a_charity_is_read_whole(found: dict[str, Organisation]) -> None:
    charity = found["GB-CHC-9990001"]
    assert (charity.name, charity.visibility) == ("Invented Youth Trust", Visibility.WARD)
    assert charity.description == 'Boxing "and" mentoring for young people.'
    assert [str(each) for each in charity.identifiers] == ["GB-CHC-9990001", "GB-COH-01234567"]
    assert charity.contacts == ()


def test_a_refuge_is_recognised(found: dict[str, Organisation]) -> None:
    assert found["GB-CHC-9990007"].kind is OrganisationKind.REFUGE


def test_how_many_were_left_out_is_said_once(found: dict[str, Organisation], log: IssueLog) -> None:
    assert found
    assert [each.message for each in log if "left out" in each.message] == [
        "Neither placed in HIPS nor serving an area of it, and so left out: 1 organisation."
    ]
    assert log.count(Severity.ERROR) == 0


def test_tab_separated_text_says_the_same_as_json(log: IssueLog) -> None:
    text = _placed(DATA / "charity_register.txt", log)
    alone = _placed(REGISTER / "publicextract.charity.json", IssueLog("a"))
    assert text == alone


def test_a_row_that_goes_on_over_the_next_line_is_one_row(log: IssueLog) -> None:
    parsed = _read(DATA / "charity_register.txt", log)
    assert parsed.rows_read == 8


def test_the_archives_as_downloaded_are_joined(tmp_path: Path, log: IssueLog) -> None:
    for path in REGISTER.iterdir():
        with zipfile.ZipFile(tmp_path / f"{path.stem}.zip", "w") as archive:
            archive.write(path, path.name)
    with zipfile.ZipFile(tmp_path / "publicextract.charity_trustee.zip", "w") as archive:
        archive.writestr("publicextract.charity_trustee.json", "[]")
    listing = list_sources([tmp_path], lambda _: True, gather_organisations)
    assert listing.left_out == ("publicextract.charity_trustee.json",)
    (entry,) = listing.entries
    parsed = read_organisations(entry.open(), Ground(), log)
    assert parsed.records[0][1].areas_served == ("E06000044",)


def test_areas_of_operation_alone_are_not_read(tmp_path: Path) -> None:
    name = "publicextract.charity_area_of_operation.json"
    (tmp_path / name).write_bytes((REGISTER / name).read_bytes())
    (tmp_path / "list.csv").write_text("name\nA\n")
    listing = list_sources([tmp_path], lambda _: True, gather_organisations)
    assert listing.left_out == (name,)


def test_the_postcode_areas_are_those_of_the_directory() -> None:
    postcodes = pd.read_parquet(SHIPPED, columns=["postcode"])["postcode"].astype("str")
    assert set(postcodes.str.extract(r"^([A-Z]+)")[0]) == POSTCODE_AREAS


def test_the_same_headings_in_a_spreadsheet_are_read(log: IssueLog) -> None:
    text = (
        "registered_charity_number,charity_name,charity_registration_status,charity_contact_postcode"
        "\n9990001,INVENTED TRUST,Registered,PO1 3AX\n"
    )
    parsed = read_organisations(SourceFile("a.csv", text.encode()), Ground(), log)
    assert [each.source_key for _, each in parsed.records] == ["GB-CHC-9990001"]


def test_a_letter_cut_in_two_between_blocks_is_whole(log: IssueLog) -> None:
    text = json.dumps([{"name": "é" * 600_000}, {"name": "ŵ" * 600_000}], ensure_ascii=False)
    source = SourceFile("a.json", f" {text}".encode())
    assert [
        cells["name"][0] * 600_000 == cells["name"] for _, cells in extract_rows(source, log)
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize("end", ["", ",", ', {"name": "B"', "] x", ", 3]"])
def test_json_that_is_cut_short_is_refused(end: str, log: IssueLog) -> None:
    source = SourceFile("a.json", f'[{{"name": "A"}}{end}'.encode())
    with pytest.raises(SourceError, match="broken or cut short after object 1"):
        list(extract_rows(source, log))


def test_json_nested_without_end_is_refused(log: IssueLog) -> None:
    source = SourceFile("a.json", b'[{"a": ' + b"[" * 100_000)
    with pytest.raises(SourceError, match="broken or cut short"):
        list(extract_rows(source, log))


def test_a_row_that_never_fits_is_an_error_of_its_line(log: IssueLog) -> None:
    source = SourceFile("a.txt", b"a\tb\n1\t2\n1\t2\t3\n4\t5\n")
    rows = [cells["a"] for _, cells in extract_rows(source, log)]
    assert rows == ["1", "4"]
    assert [(each.line, each.severity) for each in log] == [(3, Severity.ERROR)]


def test_what_says_null_is_empty(log: IssueLog) -> None:
    source = SourceFile("a.txt", b"a\tb\r\nNULL\tx\r\n")
    assert list(extract_rows(source, log)) == [(2, {"a": "", "b": "x"})]
