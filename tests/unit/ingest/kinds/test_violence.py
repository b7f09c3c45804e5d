from collections import Counter
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapper.domain.period import Month
from mapper.domain.source import SourceKind
from mapper.domain.violence import ViolenceCount
from mapper.errors import PersonLevelDataError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.fetching.listing import list_sources
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.readers import default_name
from mapper.ingest.kinds.violence import is_street_file, read_violence

Make = Callable[..., SourceFile]
Read = Callable[[str], list[ViolenceCount]]

HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
ROBBERY = "x1,2025-01,F,F,-1.09,50.8,On or near A,E01017013,Portsmouth 012A,Robbery,,\n"
DISORDER = (
    ",2025-01,F,F,-1.09,50.8,On or near A,E01017013,Portsmouth 012A,Anti-social behaviour,,\n"
)
# A square round the point above, on the National Grid.
SQUARE = shapely.box(463_500, 99_500, 465_500, 101_500)


@pytest.fixture
def read(csv_file: Make, ground: Ground, log: IssueLog) -> Read:
    def records(text: str, name: str = "2025-01-hampshire-street.csv") -> list[ViolenceCount]:
        return [each for _, each in read_violence(csv_file(text, name), ground, log).records]

    return records


def test_a_row_is_an_incident(read: Read) -> None:
    assert read(HEADINGS + ROBBERY) == [
        ViolenceCount(
            month=Month(2025, 1),
            crime_type="Robbery",
            count=1,
            area_code="E01017013",
            area_name="Portsmouth 012A",
            longitude=-1.09,
            latitude=50.8,
        )
    ]


def test_identical_rows_without_a_number_are_separate_incidents(read: Read) -> None:
    (found,) = read(HEADINGS + DISORDER * 3)
    assert found.count == 3


def test_every_crime_type_is_kept(read: Read) -> None:
    found = read(HEADINGS + ROBBERY + DISORDER)
    assert {each.crime_type for each in found} == {"Robbery", "Anti-social behaviour"}


def test_a_row_outside_hips_is_a_note_and_not_saved(read: Read, log: IssueLog) -> None:
    outside = ROBBERY.replace("E01017013,Portsmouth 012A", "E01030612,Waverley 001D")
    assert len(read(HEADINGS + ROBBERY + outside)) == 1
    assert [(issue.line, issue.value, issue.severity) for issue in log] == [
        (3, "Waverley 001D", Severity.NOTE)
    ]


def test_a_code_of_a_vintage_not_loaded_is_in_hips_by_its_name(read: Read) -> None:
    newer = ROBBERY.replace("E01017013,Portsmouth 012A", "E01033333,Test Valley 003F")
    assert len(read(HEADINGS + newer)) == 1


@pytest.mark.parametrize(("shapes", "kept"), [([SQUARE], 1), ([], 0)])
def test_a_row_without_lsoa_is_in_hips_by_its_point(
    shapes: list[shapely.Polygon], kept: int, csv_file: Make, log: IssueLog
) -> None:
    ground = Ground(lsoa_shapes=gpd.GeoSeries(shapes).to_numpy())
    nameless = ROBBERY.replace("E01017013,Portsmouth 012A", ",")
    found = read_violence(csv_file(HEADINGS + nameless), ground, log)
    assert len(found.records) == kept


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2025-01,", "January,", "Month"),
        ("2025-01,", "2025-02,", "Month"),
        ("Robbery", "", "Crime type"),
    ],
)
def test_a_row_that_cannot_be_counted_is_an_error(
    old: str, new: str, field: str, read: Read, log: IssueLog
) -> None:
    assert len(read(HEADINGS + DISORDER + ROBBERY.replace(old, new, 1))) == 1
    assert [(issue.line, issue.field, issue.severity) for issue in log] == [
        (3, field, Severity.ERROR)
    ]


@pytest.mark.parametrize("point", ["nowhere,50.8", "0,0", "-1.09,5080", "-1.09,"])
def test_a_bad_point_is_dropped_with_a_warning_and_the_code_kept(
    point: str, read: Read, log: IssueLog
) -> None:
    (found,) = read(HEADINGS + ROBBERY.replace("-1.09,50.8", point))
    assert (found.longitude, found.area_code) == (None, "E01017013")
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_no_point_at_all_is_nothing_to_warn_of(read: Read, log: IssueLog) -> None:
    read(HEADINGS + ROBBERY.replace("-1.09,50.8", ","))
    assert not len(log)


def test_swapped_coordinates_are_swapped_back_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read(HEADINGS + ROBBERY.replace("-1.09,50.8", "50.8,-1.09"))
    assert (found.longitude, found.latitude) == (-1.09, 50.8)
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_a_malformed_code_is_dropped_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read(HEADINGS + ROBBERY.replace("E01017013", "E0101701"))
    assert (found.area_code, found.area_name) == ("", "Portsmouth 012A")
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_an_unknown_column_is_a_note(read: Read, log: IssueLog) -> None:
    read(HEADINGS.replace("Context", "Shoe size") + ROBBERY)
    assert [(issue.severity, "Shoe size" in issue.message) for issue in log] == [
        (Severity.NOTE, True)
    ]


def test_a_table_of_persons_is_refused_by_its_columns(read: Read) -> None:
    text = HEADINGS.replace("Context", "Victim name") + ROBBERY.replace(",,\n", ",,Sam Doe\n")
    with pytest.raises(PersonLevelDataError, match="Victim name") as refusal:
        read(text)
    assert "Sam Doe" not in str(refusal.value)


def test_a_table_of_persons_is_refused_even_without_the_other_headings(read: Read) -> None:
    with pytest.raises(PersonLevelDataError, match="Surname, DOB"):
        read("Surname,DOB,Offence\nDoe,1/1/2000,Robbery\n")


def test_a_missing_heading_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no heading for crime type"):
        read("Month,LSOA code\n2025-01,E01017013\n")


def test_a_table_of_counts_is_read(read: Read) -> None:
    (found,) = read("month,crime_type,area_code,count\n2025-01,Robbery,E01017013,12\n")
    assert found.count == 12


@pytest.mark.parametrize("count", ["-1", "2.5", "few", "", "1e20", "inf"])
def test_a_count_that_is_none_is_an_error(count: str, read: Read, log: IssueLog) -> None:
    assert read(f"month,crime_type,area_code,count\n2025-01,Robbery,E01017013,{count}\n") == []
    assert log.count(Severity.ERROR) == 1


@pytest.mark.parametrize(
    ("name", "is_street"),
    [
        ("2025-01/2025-01-hampshire-street.csv", True),
        ("2025-01-hampshire-street.csv.gz", True),
        ("2025-01/2025-01-hampshire-outcomes.csv", False),
        ("2025-01/2025-01-hampshire-stop-and-search.csv", False),
        ("readme.txt", False),
    ],
)
def test_only_street_files_of_an_archive_are_read(name: str, is_street: bool) -> None:
    assert is_street_file(name) is is_street


def test_a_source_is_named_for_its_force_whatever_the_month() -> None:
    file = SourceFile("2025-01-hampshire-street.csv", b"x")
    assert default_name(SourceKind.VIOLENCE, file) == "police.uk hampshire"


@pytest.mark.slow
def test_every_real_month_is_counted_as_published(real_data: Path) -> None:
    districts = pd.read_csv(real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv")
    codes = set(districts["LSOA11CD"]) | set(districts["LSOA21CD"])
    entries = list_sources([real_data / "police"], is_street_file).entries
    assert len(entries) == 13
    for entry in entries:
        published = pd.read_csv(entry.path, usecols=["LSOA code", "Crime type"])
        direct = Counter(published.loc[published["LSOA code"].isin(codes), "Crime type"])
        found: Counter[str] = Counter()
        for _, record in read_violence(entry.open(), Ground(), IssueLog(entry.name)).records:
            found[record.crime_type] += record.count
        assert found == direct, entry.name
