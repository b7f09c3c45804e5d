import pytest

from mapper.errors import PersonLevelDataError
from mapper.ingest.privacy.persons import is_about_persons, refuse_person_columns


@pytest.mark.parametrize(
    "heading",
    ["Name", "First name", "forename", "Surname", "DOB", "Date of Birth", "D.O.B.", "NHS Number",
     "nhs_no", "Address", "Home address", "Victim name", "OffenderName", "suspect_dob",
     "Nominal ref", "Custody number", "custody_record", "PNC ID", "Mobile number", "Victim",
     "dateOfBirth", "Participant ID", "patient postcode"],
)  # fmt: skip
def test_a_heading_about_a_person_is_told(heading: str) -> None:
    assert is_about_persons(heading)


@pytest.mark.parametrize(
    "heading",
    ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
     "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context", "area_name",
     "LSOA21NM", "Number of victims", "victim count", "count", "Force name", "age_group",
     "usual_residents", "Station name", "Offenders per 1,000"],
)  # fmt: skip
def test_a_heading_about_areas_and_counts_is_let_be(heading: str) -> None:
    assert not is_about_persons(heading)


@pytest.mark.parametrize("heading", ["Name", "Address", "Email", "Participants", "Venue address"])
def test_a_return_of_activities_may_have_names_and_addresses(heading: str) -> None:
    assert not is_about_persons(heading, is_counts_only=False)


@pytest.mark.parametrize("heading", ["Date of birth", "Participant name", "Surname", "NHS no"])
def test_a_return_of_activities_may_not_have_participants(heading: str) -> None:
    assert is_about_persons(heading, is_counts_only=False)


def test_the_error_names_the_columns() -> None:
    with pytest.raises(PersonLevelDataError, match="about persons: Surname, DOB"):
        refuse_person_columns(["Month", "Surname", "DOB"], "crimes.csv")
