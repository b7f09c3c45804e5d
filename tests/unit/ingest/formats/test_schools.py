"""Schools under the publisher's own headings, which name a code and its name in brackets."""

import csv
import io
from collections.abc import Callable

import pytest

from mapper.domain.organisation import Organisation
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.headings import Field, column_spelt, match_headings
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.organisations import read_organisations

HEADINGS = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName"),
    *("TypeOfEstablishment (code)", "TypeOfEstablishment (name)"),
    *("EstablishmentTypeGroup (code)", "EstablishmentTypeGroup (name)"),
    *("EstablishmentStatus (code)", "EstablishmentStatus (name)"),
    *("ReasonEstablishmentClosed (code)", "ReasonEstablishmentClosed (name)"),
    *("OpenDate", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)"),
    *("StatutoryLowAge", "StatutoryHighAge", "Gender (code)", "Gender (name)"),
    *("NumberOfPupils", "PercentageFSM", "TrustSchoolFlag (code)", "TrustSchoolFlag (name)"),
    *("Trusts (code)", "Trusts (name)", "UKPRN", "Street", "Locality", "Address3", "Town"),
    *("County (name)", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)"),
    *("HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "GOR (code)", "GOR (name)"),
    *("DistrictAdministrative (code)", "DistrictAdministrative (name)"),
    *("AdministrativeWard (code)", "AdministrativeWard (name)", "UrbanRural (code)"),
    *("UrbanRural (name)", "Easting", "Northing", "MSOA (name)", "LSOA (name)", "MSOA (code)"),
    *("LSOA (code)", "PropsName"),
)
MADE = {
    "URN": "990001",
    "LA (code)": "850",
    "LA (name)": "Hampshire",
    "EstablishmentName": "Invented Lane School",
    "TypeOfEstablishment (code)": "1",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary",
    "Street": "1 Invented Lane",
    "Town": "Portsmouth",
    "Postcode": "PO1 3AX",
    "SchoolWebsite": "https://invented.example.org",
    "HeadTitle (name)": "Mx",
    "HeadFirstName": "Invented",
    "HeadLastName": "Head",
    "Easting": "464000",
    "Northing": "100000",
}

Read = Callable[..., list[Organisation]]


@pytest.fixture
def read(ground: Ground, log: IssueLog) -> Read:
    """Read made schools, each given as what is different about it."""

    def records(*rows: dict[str, str], headings: tuple[str, ...] = HEADINGS) -> list[Organisation]:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(headings)
        for row in rows:
            cells = MADE | row
            writer.writerow([cells.get(each, "") for each in HEADINGS])
        source = SourceFile("edubasealldata.csv", text.getvalue().encode("cp1252"))
        return [each for _, each in read_organisations(source, ground, log).records]

    return records


def test_the_publishers_own_headings_are_read(read: Read) -> None:
    (school,) = read({})
    assert (school.name, school.source_key) == ("Invented Lane School", "GB-EDU-990001")
    assert (school.description, school.is_active) == ("Community school, Primary", True)
    assert (school.location.easting_m, school.location.postcode) == (464000, "PO1 3AX")
    assert school.website == "https://invented.example.org"


def test_a_closed_school_is_told_by_the_name_of_its_status(read: Read) -> None:
    closed = {"EstablishmentStatus (code)": "2", "EstablishmentStatus (name)": "Closed"}
    assert [each.is_active for each in read(closed)] == [False]


def test_the_same_file_without_brackets_is_read_alike(read: Read) -> None:
    bare = tuple(each.replace(" (", "").replace(")", "") for each in HEADINGS)
    assert read({}, headings=bare) == read({})


def test_the_name_of_the_head_is_no_contact(read: Read) -> None:
    assert [each.contacts for each in read({})] == [()]


@pytest.mark.parametrize("headings", [("Kind (code)", "Kind (name)"), ("Kind (name)", "Kind")])
def test_of_a_code_and_its_name_a_field_takes_the_name(headings: tuple[str, str]) -> None:
    field = Field("kind", ("sort",))
    expected = 1
    assert match_headings(headings, [field]) == {"kind": expected}


def test_a_heading_is_found_as_it_is_spelt_before_any_other() -> None:
    headings = ("LA (name)", "LA (code)")
    assert column_spelt(headings, "la (CODE)") == 1
    assert column_spelt(headings, "LA") == 0
    assert column_spelt(headings, "County") is None


def test_two_columns_for_one_field_are_still_refused(
    csv_file: Callable[..., SourceFile], ground: Ground, log: IssueLog
) -> None:
    source = csv_file("name,postcode (home),postcode (work)\nA,PO1 3AX,PO1 3AX\n")
    with pytest.raises(
        SourceError, match=r"stand twice: postcode \(home\) \(column \d+\), postcode \(work\)"
    ):
        read_organisations(source, ground, log)


def test_columns_alike_that_nobody_reads_are_passed_over(ground: Ground) -> None:
    source = SourceFile("a.csv", b"name,area served,Fee (child),Fee (adult)\nA,Havant,1,2\n")
    parsed = read_organisations(source, ground, IssueLog("a.csv"))
    assert [each.name for _, each in parsed.records] == ["A"]


def test_a_confirmed_column_may_have_a_twin(ground: Ground, log: IssueLog) -> None:
    text = b"Group,area served,Postcode (home),Postcode (venue)\nA,Havant,PO1 3AX,PO1 3AY\n"
    mapping = {"name": "Group", "postcode": "Postcode (venue)", "areas_served": "area served"}
    parsed = read_organisations(SourceFile("a.csv", text), ground, log, mapping)
    assert [each.location.postcode for _, each in parsed.records] == ["PO1 3AY"]
