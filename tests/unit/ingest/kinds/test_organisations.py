from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.kinds.organisations import read_organisations
from mapper.ingest.records.parsed import Parsed

Make = Callable[..., SourceFile]
Read = Callable[[str], list[Organisation]]

CHARITY = (
    "org_id,reg_number,name,postcode,active,date_registered,activities,objects,web,company_number\n"
)


PLACED = ("postcode", "area served")


@pytest.fixture
def read(csv_file: Make, ground: Ground, log: IssueLog) -> Read:
    """Read a list; one whose headings say nothing of a place is of Havant."""

    def records(text: str) -> list[Organisation]:
        is_placed = any(each in text.splitlines()[0] for each in PLACED)
        whole = text if is_placed else _in_havant(text)
        return [each for _, each in read_organisations(csv_file(whole), ground, log).records]

    return records


def _in_havant(text: str) -> str:
    heading, *rows = text.splitlines()
    return "\n".join([f"area served,{heading}", *(f"Havant,{row}" for row in rows)])


def _real(real_data: Path, name: str) -> tuple[Parsed[Organisation], IssueLog]:
    entry = Entry(real_data / "organisations" / name)
    log = IssueLog(entry.name)
    return read_organisations(entry.open(), Ground(), log), log


def test_a_name_and_a_place_are_enough(read: Read) -> None:
    (found,) = read("Organisation name,postcode\nMill Youth,PO1 3AX\n")
    assert (found.name, found.kind) == ("Mill Youth", OrganisationKind.OTHER)


def test_an_area_served_does_for_a_place(read: Read) -> None:
    (found,) = read("Organisation name,area served\nMill Youth,Havant\n")
    assert (found.location.is_empty, found.areas_served) == (True, ("E07000090",))


@pytest.mark.parametrize("cells", ["Mill Youth,,", "Mill Youth,,Atlantis"])
def test_neither_a_place_nor_an_area_is_an_error(cells: str, read: Read, log: IssueLog) -> None:
    assert read(f"name,postcode,area served\n{cells}\n") == []
    assert "neither a place that could be found nor an area served" in log.all()[-1].message
    assert log.count(Severity.ERROR) == 1


@pytest.mark.parametrize(
    ("headings", "cells", "side_m"),
    [
        ("latitude,longitude", "50.8,-1.1", 10_000),
        ("lat,lon", "50.80,-1.09", 1_000),
        ("latitude,longitude", "50.8034,-1.0912", 0),
        ("x,y", "-1.09,50.8", 1_000),
        ("easting,northing", "442100,112300", 0),
    ],
)
def test_degrees_in_two_columns_are_as_exact_as_their_decimals(
    headings: str, cells: str, side_m: float, read: Read
) -> None:
    (found,) = read(f"name,area served,{headings}\nMill,Havant,{cells}\n")
    assert found.location.square_m == side_m


def test_a_row_without_a_name_is_an_error(read: Read, log: IssueLog) -> None:
    assert [each.name for each in read("name,postcode\n,PO1 3AX\nB,PO1 3AX\n")] == ["B"]
    assert [(issue.line, issue.severity) for issue in log] == [(2, Severity.ERROR)]


def test_a_name_past_three_hundred_characters_is_an_error(read: Read, log: IssueLog) -> None:
    assert [each.name for each in read(f"name\n{'x' * 301}\nB\n")] == ["B"]
    assert log.count(Severity.ERROR) == 1


def test_what_partners_call_a_kind_is_understood_and_a_doubt_told(
    read: Read, log: IssueLog
) -> None:
    found = read(
        "name,type,area served\nA,sport,Havant\nB,food bank,Havant\nC,club,Havant\nD,tram,Havant\n"
    )
    kinds = {each.name: each.kind for each in found}

    assert kinds == {
        "A": OrganisationKind.SPORTS_CLUB,
        "B": OrganisationKind.COMMUNITY_GROUP,
        "C": OrganisationKind.COMMUNITY_GROUP,
        "D": OrganisationKind.OTHER,
    }
    told = {issue.line: issue.message for issue in log if issue.field == "type"}
    assert sorted(told) == [2, 4, 5]
    assert "youth club, a sports club" in told[4]
    assert "is not a kind of organisation that mapper knows" in told[5]


@pytest.mark.parametrize("total", ["Total", "TOTALS:", "Grand total", "Sub-total"])
def test_a_row_of_totals_is_no_organisation(read: Read, log: IssueLog, total: str) -> None:
    found = read(f"name,area served\nTotal Fitness,Havant\n{total},Havant\n")

    assert [each.name for each in found] == ["Total Fitness"]
    assert [(issue.line, issue.severity) for issue in log] == [(3, Severity.NOTE)]


def test_an_area_nearly_spelt_is_suggested(read: Read, log: IssueLog) -> None:
    read("name,area served\nA,Portsmuth; Havant\n")

    assert any("Did you mean 'Portsmouth'?" in issue.message for issue in log)


def test_words_of_a_vocabulary_are_matched(read: Read) -> None:
    (found,) = read(
        "name,type,sector,themes,cohorts\n"
        "A,Mosque,VCSE,knife crime; Mental Health,adults aged 25 and over\n"
    )
    assert (found.kind, found.sector) == (OrganisationKind.FAITH_GROUP, Sector.VCSE)
    assert found.themes == {Theme.KNIFE_CRIME, Theme.MENTAL_HEALTH}
    assert found.cohorts == {Cohort.ADULTS}


def test_a_list_with_commas_only_is_split_at_them(read: Read) -> None:
    (found,) = read('name,themes\nA,"knife crime, mental health"\n')
    assert found.themes == {Theme.KNIFE_CRIME, Theme.MENTAL_HEALTH}


def test_an_unknown_word_is_left_out_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read("name,themes\nA,jousting; knife crime\n")
    assert found.themes == {Theme.KNIFE_CRIME}
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_the_same_organisation_twice_is_kept_once_with_a_warning(read: Read, log: IssueLog) -> None:
    assert len(read("name,postcode\nThe Mill,PO1 3AX\nMILL,po13ax\n")) == 1
    assert [(issue.line, issue.severity) for issue in log] == [(3, Severity.WARNING)]


def test_two_of_one_name_in_two_places_are_two(read: Read) -> None:
    assert len(read("name,postcode\nScouts,PO1 3AX\nScouts,SO14 7LW\n")) == 2


def test_a_charity_number_is_the_key_whatever_the_name(read: Read) -> None:
    (found,) = read("name,charity number\nMill Youth,1003275\n")
    assert found.source_key == "GB-CHC-1003275"


def test_areas_served_are_found_by_name(read: Read) -> None:
    (found,) = read('name,area served\nA,"Havant; St Johns, Havant"\n')
    assert found.areas_served == ("E07000090", "E05000001")


def test_a_plain_yes_with_its_date_is_consent(read: Read) -> None:
    (found,) = read(
        "name,contact name,consent,consent date,shown to\nA,Sam Doe,yes,1/2/2025,public\n"
    )
    consent = found.contacts[0].consent
    assert consent is not None
    assert consent.audience is Audience.PUBLIC


@pytest.mark.parametrize(
    "cells", ["yes,", "yes,soon", "perhaps,1/2/2025", ",1/2/2025", "no,1/2/2025"]
)
def test_anything_less_is_no_consent(cells: str, read: Read) -> None:
    (found,) = read(f"name,contact name,consent,consent date\nA,Sam Doe,{cells}\n")
    assert found.contacts[0].consent is None


def test_consent_without_its_date_is_a_warning(read: Read, log: IssueLog) -> None:
    read("name,contact name,consent\nA,Sam Doe,yes\n")
    assert "without the date" in log.all()[0].message


def test_a_visibility_that_cannot_be_read_hides_the_site(read: Read) -> None:
    (found,) = read("name,visibility\nA,only a bit\n")
    assert found.visibility is Visibility.HIDDEN


def test_a_refuge_is_recognised_and_never_shown_exactly(read: Read, log: IssueLog) -> None:
    (found,) = read("name,visibility\nMill Women's Refuge,exact\n")
    assert (found.kind, found.visibility) == (OrganisationKind.REFUGE, Visibility.AUTHORITY)
    assert [issue.severity for issue in log] == [Severity.NOTE]


def test_control_characters_are_taken_out_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read("name,description\nA,bell\x07 here\n")
    assert found.description == "bell here"
    assert log.count(Severity.WARNING) == 1


def test_a_very_long_description_is_cut_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read(f"name,description\nA,{'x' * 100_000}\n")
    assert len(found.description) == 5_000
    assert log.count(Severity.WARNING) == 1


def test_columns_not_read_are_named(read: Read, log: IssueLog) -> None:
    read("name,shoe size\nA,9\n")
    assert "shoe size" in log.all()[0].message


@pytest.mark.parametrize(
    ("written", "number"),
    [("2631435.0", "02631435"), ("904109", "00904109"), ("RC000733", "RC000733")],
)
def test_a_company_number_is_mended(written: str, number: str, read: Read) -> None:
    (found,) = read(f"{CHARITY}GB-CHC-1,1,A B,PO1 3AX,True,2001,,,,{written}\n")
    assert [each.value for each in found.identifiers if each.scheme == "GB-COH"] == [number]


def test_a_charity_is_shown_by_ward_since_its_postcode_may_be_a_home(read: Read) -> None:
    (found,) = read(f"{CHARITY}GB-CHC-1,1,A B,PO1 3AX,True,2001,,,,\n")
    assert found.visibility is Visibility.WARD


def test_a_list_without_a_name_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no heading for name"):
        read("who,where\nA,B\n")


def test_the_charities_are_read(real_data: Path) -> None:
    parsed, log = _real(real_data, "charities_sample_hips.csv")
    assert (len(parsed.records), parsed.rows_read) == (77, 78)
    assert [issue.value for issue in log if issue.severity is Severity.WARNING] == ["GB-CHC-307145"]


def test_the_larger_charities_are_read_and_one_is_removed(real_data: Path) -> None:
    parsed, _ = _real(real_data, "charities_top2000_hips.csv")
    assert len(parsed.records) == 35
    assert sum(not each.is_active for _, each in parsed.records) == 1


def test_a_real_crisis_centre_is_recognised_as_a_refuge(real_data: Path) -> None:
    parsed, _ = _real(real_data, "charities_sample_hips.csv")
    refuges = [each.name for _, each in parsed.records if each.kind is OrganisationKind.REFUGE]
    assert refuges == ["Andover Crisis and Support Centre"]


def test_the_libraries_are_read_with_what_they_are_in_their_names(real_data: Path) -> None:
    parsed, _ = _real(real_data, "public_libraries_2023_hampshire_southampton.csv")
    names = {each.name for _, each in parsed.records}
    assert len(parsed.records) == 68
    assert {"Aldershot Library", "Southampton Archives", "Winchester Library"} <= names


def test_closed_libraries_are_kept_and_marked(real_data: Path) -> None:
    parsed, _ = _real(real_data, "public_libraries_2023_hampshire_southampton.csv")
    assert sum(not each.is_active for _, each in parsed.records) == 4


def test_a_web_address_among_e_mails_is_the_website(real_data: Path) -> None:
    parsed, _ = _real(real_data, "public_libraries_2023_hampshire_southampton.csv")
    assert sum(bool(each.website) for _, each in parsed.records) == 9


def test_the_schools_are_read_with_their_grid_references(real_data: Path) -> None:
    parsed, _ = _real(real_data, "schools_gias_hampshire_southampton.csv")
    assert len(parsed.records) == 699
    assert all(each.location.easting_m for _, each in parsed.records)
