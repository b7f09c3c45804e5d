"""Cohort tables into records."""

import pytest

from mapper.errors import PersonLevelDataError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.cohorts import read_cohorts

Found = list[tuple[str, str, int | None, int | None, str, str, int | None]]


def read(ground: Ground, log: IssueLog, *lines: str) -> Found:
    """Measure, authority, ages, sex, ethnicity and count of each record."""
    source = SourceFile("cohorts.csv", "\n".join(lines).encode())
    return [
        (c.measure.value, c.lad_code, c.age_from, c.age_to, c.sex or "", c.ethnicity, c.count)
        for _, c in read_cohorts(source, ground, log).records
    ]


AFFECTED = "affected by violence"


def test_a_row_is_a_cohort(ground: Ground, log: IssueLog) -> None:
    rows = "Period,District,Age band,Sex,Ethnic group,Count", "2023/24,Hart,10-14,F,Asian,12"
    assert read(ground, log, *rows) == [(AFFECTED, "E07000089", 10, 14, "female", "Asian", 12)]


def test_any_of_the_dimensions_may_be_missing_or_all(ground: Ground, log: IssueLog) -> None:
    rows = "Victims 2023/24", "Age group,Sex,Count", "65+,All,30", "All,Male,<5", "Total,All,100"
    assert read(ground, log, *rows) == [
        (AFFECTED, "", 65, None, "", "", 30),
        (AFFECTED, "", None, None, "male", "", None),
        (AFFECTED, "", None, None, "", "", 100),
    ]


def test_columns_may_be_sexes_of_victims_and_residents(ground: Ground, log: IssueLog) -> None:
    rows = ("April 2023 to March 2024", "Age band,Victims,,Residents,", ",Male,Female,Male,Female",
            "10-14,7,12,900,800")  # fmt: skip
    assert read(ground, log, *rows) == [
        (AFFECTED, "", 10, 14, "male", "", 7),
        (AFFECTED, "", 10, 14, "female", "", 12),
        ("residents", "", 10, 14, "male", "", 900),
        ("residents", "", 10, 14, "female", "", 800),
    ]


def test_columns_may_be_age_bands(ground: Ground, log: IssueLog) -> None:
    rows = "Period,Ethnicity,0-17,18 and over", "2024,White,7,12"
    assert [each[2:4] for each in read(ground, log, *rows)] == [(0, 17), (18, None)]


@pytest.mark.parametrize(
    ("row", "message"),
    [("2024,young,Male,3", "not an age band"), ("2024,10-14,tall,3", "not a sex"),
     ("someday,10-14,Male,3", "not a period"), ("2024,10-14,Male,few", "not a number"),
     ("2024,15-17,Male,3", "same cohort")],
)  # fmt: skip
def test_a_row_at_fault_is_an_issue(row: str, message: str, ground: Ground, log: IssueLog) -> None:
    assert len(read(ground, log, "Period,Age,Sex,Count", "2024,15-17,Male,9", row)) == 1
    (issue,) = [issue for issue in log if issue.severity is Severity.ERROR]
    assert (issue.line, message in issue.message) == (3, True)


def test_cohorts_of_wards_are_not_kept(ground: Ground, log: IssueLog) -> None:
    assert read(ground, log, "Period,Area,Sex,Count", "2024,Baffins,Male,9") == []
    assert "local authorities" in next(iter(log)).message


def test_a_table_without_a_period_is_refused(ground: Ground, log: IssueLog) -> None:
    with pytest.raises(SourceError, match="which period"):
        read(ground, log, "Sex,Count", "Male,9", "Female,8")


def test_one_row_a_person_is_refused(ground: Ground, log: IssueLog) -> None:
    with pytest.raises(PersonLevelDataError, match="Age beside Ref"):
        read(ground, log, "Ref,Age,Sex,Count", "a1,15,Male,1", "a2,17,Male,1")
