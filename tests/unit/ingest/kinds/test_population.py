from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.domain.population import ResidentCount
from mapper.errors import InvalidValueError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.formats.age_bands import read_band
from mapper.ingest.kinds.population import population_label, read_population

Make = Callable[..., SourceFile]
Read = Callable[[str], list[ResidentCount]]


@pytest.fixture
def read(csv_file: Make, ground: Ground, log: IssueLog) -> Read:
    def records(text: str) -> list[ResidentCount]:
        return [each for _, each in read_population(csv_file(text), ground, log).records]

    return records


def _bands(counts: list[ResidentCount]) -> dict[tuple[int, int | None], int]:
    return {(each.age_from, each.age_to): each.residents for each in counts}


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Aged 15 years and under", (0, 15)),
        ("Aged 16 to 24 years", (16, 24)),
        ("65 years and over", (65, None)),
        ("90+", (90, None)),
        ("0-4", (0, 4)),
        ("Aged under 1 year", (0, 0)),
        ("Age 7", (7, 7)),
        ("Total", (0, None)),
        ("All ages", (0, None)),
    ],
)
def test_an_age_band_is_read(text: str, band: tuple[int, int | None]) -> None:
    assert read_band(text) == band


def test_a_band_of_words_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="age band"):
        read_band("teenagers")


def test_a_long_table_gives_a_count_a_band(read: Read) -> None:
    found = read(
        "LSOA11CD,age_group,usual_residents\nE01017013,Aged 15 years and under,300\n"
        'E01017013,16 years and over,"1,200"\n'
    )
    assert _bands(found) == {(0, 15): 300, (16, None): 1200}


def test_a_wide_table_gives_a_count_a_year_and_not_the_total(read: Read) -> None:
    found = read("LSOA11CD,total_population,0,1,2+\nE01017013,30,10,11,9\n")
    assert _bands(found) == {(0, 0): 10, (1, 1): 11, (2, None): 9}


def test_a_total_alone_is_all_ages(read: Read) -> None:
    assert _bands(read("area_code,residents\nE01017013,1500\n")) == {(0, None): 1500}


def test_ages_that_do_not_sum_to_the_total_are_a_warning(read: Read, log: IssueLog) -> None:
    read("LSOA11CD,total_population,0,1+\nE01017013,31,10,20\n")
    assert [issue.severity for issue in log] == [Severity.WARNING]


def test_a_total_among_bands_is_checked_and_not_added(read: Read, log: IssueLog) -> None:
    found = read(
        "LSOA11CD,age,residents\nE01017013,Total,31\nE01017013,0-15,10\nE01017013,16+,20\n"
    )
    assert _bands(found) == {(0, 15): 10, (16, None): 20}
    assert [issue.severity for issue in log] == [Severity.WARNING]


@pytest.mark.parametrize("count", ["-1", "few", "", "1.5", "99999999999999999999"])
def test_an_area_with_a_bad_count_is_left_out_as_a_whole(
    count: str, read: Read, log: IssueLog
) -> None:
    text = f"LSOA11CD,0,1+\nE01017013,{count},20\nE01022553,10,20\n"
    assert {each.area_code for each in read(text)} == {"E01022553"}
    assert [(issue.line, issue.severity) for issue in log] == [(2, Severity.ERROR)]


def test_an_area_without_one_of_the_bands_is_left_out(read: Read, log: IssueLog) -> None:
    text = "LSOA11CD,age,residents\nE01017013,0-15,10\nE01017013,16+,20\nE01022553,0-15,10\n"
    assert {each.area_code for each in read(text)} == {"E01017013"}
    assert "1 of 2 age bands" in log.all()[0].message


def test_an_area_that_stands_twice_is_left_out(read: Read, log: IssueLog) -> None:
    assert read("area_code,residents\nE01017013,1\nE01017013,2\n") == []
    assert "first on line 2" in log.all()[0].message


def test_bands_that_overlap_are_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="overlap at age 15"):
        read("LSOA11CD,age,residents\nE01017013,0-15,10\nE01017013,15+,20\n")


def test_no_column_of_residents_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no column of residents"):
        read("LSOA11CD,rank\nE01017013,10\n")


def test_areas_outside_hips_are_left_out_with_one_note(read: Read, log: IssueLog) -> None:
    rows = "E01000001,City of London 001A,1400\nE01000002,City of London 001B,1500\n"
    found = read(f"LSOA21CD,LSOA21NM,residents\nE01033333,Havant 001A,1500\n{rows}")
    assert {each.area_code for each in found} == {"E01033333"}
    assert [issue.message for issue in log] == ["2 areas outside HIPS were left out."]


def test_a_file_of_elsewhere_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="None of the 1 areas"):
        read("LSOA21CD,LSOA21NM,residents\nE01000001,City of London 001A,1400\n")


def test_a_nomis_table_is_read_past_its_preamble_and_footnotes(read: Read, log: IssueLog) -> None:
    found = read(
        '"TS001 - Number of usual residents"\n"ONS Crown Copyright Reserved"\n\n'
        '"2021 super output area - lower layer","mnemonic","2021"\n'
        '"Portsmouth 012A","E01017013",1500\n\n'
        '"In order to protect against disclosure, figures are perturbed."\n'
    )
    assert _bands(found) == {(0, None): 1500}
    assert log.count(Severity.ERROR) == 0


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("census2021 usual residents", ("Census 2021 usual residents", 2021)),
        ("mid2020 single year of age", ("Mid-2020 resident estimate", 2020)),
        ("residents 2022", ("Residents 2022", 2022)),
    ],
)
def test_the_label_of_every_rate_is_told_from_the_name(name: str, label: tuple[str, int]) -> None:
    assert population_label(name) == label


def test_a_name_without_a_year_is_refused() -> None:
    with pytest.raises(SourceError, match="no year"):
        population_label("residents")


@pytest.mark.parametrize(
    ("name", "areas", "bands", "residents"),
    [
        ("census2021_usual_residents_6_age_bands_lsoa21_hips.csv", 1231, 6, 1_998_091),
        ("mid2020_single_year_age_lsoa11_hips.csv", 1194, 91, 1_999_066),
    ],
)
def test_a_real_file_sums_as_published(
    name: str, areas: int, bands: int, residents: int, real_data: Path, log: IssueLog
) -> None:
    parsed = read_population(Entry(real_data / "population" / name).open(), Ground(), log)
    by_area: defaultdict[str, list[ResidentCount]] = defaultdict(list)
    for _, each in parsed.records:
        by_area[each.area_code].append(each)
    assert len(by_area) == areas
    assert {len(counts) for counts in by_area.values()} == {bands}
    assert sum(each.residents for _, each in parsed.records) == residents
    assert not len(log)
