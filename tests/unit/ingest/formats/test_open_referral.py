"""Open Referral UK: one service, one organisation, a page, a folder."""

import json
from pathlib import Path

import pytest

from mapper.domain.disclosure import Audience
from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.fetching.bundles import Bundle, gather_organisations
from mapper.ingest.fetching.listing import list_sources
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.formats.referral_words import Ages, ages_of, plain_text, themes_of
from mapper.ingest.kinds.organisations import read_organisations

DATA = Path(__file__).parents[3] / "data"


def _made(document: object, log: IssueLog) -> list[Organisation]:
    source = SourceFile("a.json", json.dumps(document).encode())
    return [each for _, each in read_organisations(source, Ground(), log).records]


def _service(**fields: object) -> dict[str, object]:
    place = {"location": {"physical_addresses": [{"postal_code": "PO1 3AX"}]}}
    own = {"id": "o", "name": "A"}
    return {"id": "s", "name": "S", "organization": own, "service_at_locations": [place]} | fields


@pytest.fixture
def page(log: IssueLog) -> list[Organisation]:
    source = Entry(DATA / "referral_v1_page.json").open()
    return [each for _, each in read_organisations(source, Ground(), log).records]


@pytest.fixture
def centre(log: IssueLog) -> Organisation:
    listing = list_sources([DATA / "referral_folder"], lambda _: True, gather_organisations)
    (entry,) = listing.entries
    ((_, found),) = read_organisations(entry.open(), Ground(), log).records
    return found


def test_services_are_joined_to_their_organisation(page: list[Organisation]) -> None:
    assert [each.name for each in page] == ["Invented Youth Trust", "Invented Drop-in"]
    assert page[0].source_key == "invented-org-1"


def test_services_stand_in_the_description_with_their_ages(page: list[Organisation]) -> None:
    assert page[0].description == (
        "A trust that is invented. Services: Invented Boxing Club for Boys (ages 11 to 17); "
        "Knife Crime Workshops (ages 10 to 24)."
    )


def test_themes_come_from_names_and_categories(page: list[Organisation]) -> None:
    assert page[0].themes == {Theme.KNIFE_CRIME, Theme.POSITIVE_ACTIVITIES}


def test_cohorts_come_from_ages_and_eligibility(page: list[Organisation]) -> None:
    assert page[0].cohorts == {
        Cohort.AGED_10_TO_14,
        Cohort.AGED_15_TO_17,
        Cohort.AGED_18_TO_24,
        Cohort.MEN_AND_BOYS,
        Cohort.CARE_EXPERIENCED,
    }


def test_the_first_site_is_the_place_and_the_others_are_kept(page: list[Organisation]) -> None:
    location = page[0].location
    assert (location.postcode, location.latitude, location.longitude) == (
        "PO1 3AX",
        50.7989,
        -1.0912,
    )
    assert location.address == "Invented Hall, 1 Invented Street, Portsmouth, Hampshire"
    (further,) = page[0].further_sites
    assert further.location.postcode


def test_schedules_are_said_in_words(page: list[Organisation]) -> None:
    assert page[0].opening == "Monday 18:00 to 20:00"


def test_areas_are_told_by_code_or_name_and_others_left_out(
    page: list[Organisation], log: IssueLog
) -> None:
    assert page[0].areas_served == ("E06000044", "E07000090")
    warnings = [each.message for each in log if each.severity is Severity.WARNING]
    assert ["Atlantis" in each for each in warnings] == [True]


def test_named_contacts_are_kept_and_shown_to_nobody(
    page: list[Organisation], log: IssueLog
) -> None:
    (contact,) = page[0].contacts
    assert (contact.name, contact.role, contact.phone) == ("Sam Invented", "Coach", "01632 960001")
    assert not contact.may_be_shown_to(Audience.ANALYST)
    assert any("1 named contact was kept without consent" in each.message for each in log)


def test_an_organisation_whose_services_have_all_ended_is_not_counted(
    page: list[Organisation],
) -> None:
    assert [each.is_active for each in page] == [True, False]


def test_a_folder_of_files_is_one_source(centre: Organisation) -> None:
    assert centre.name == "Invented Family Centre"
    assert (centre.kind, centre.sector) == (OrganisationKind.CHARITY, Sector.VCSE)
    assert [str(each) for each in centre.identifiers] == ["GB-CHC-9990001"]
    assert centre.themes == {Theme.FAMILY, Theme.MENTAL_HEALTH}
    assert centre.cohorts == {Cohort.AGED_18_TO_24, Cohort.ADULTS}


def test_a_physical_address_is_taken_before_a_postal_one(centre: Organisation) -> None:
    assert centre.location.postcode == "PO16 7AW"
    assert "Leeds" not in centre.location.address


def test_of_a_service_told_twice_the_fuller_telling_is_kept(centre: Organisation) -> None:
    assert centre.description.count("Parenting Courses") == 1
    assert centre.areas_served == ("E07000087",)


def test_the_files_of_a_folder_are_named_after_it() -> None:
    listing = list_sources([DATA / "referral_folder"], lambda _: True, gather_organisations)
    assert [each.name for each in listing.entries] == ["referral_folder"]
    assert isinstance(listing.entries[0], Bundle)


def test_files_named_one_by_one_are_sources_of_their_own() -> None:
    paths = sorted((DATA / "referral_folder").iterdir())
    assert len(list_sources(paths, lambda _: True, gather_organisations).entries) == 3


def test_the_checksum_of_a_folder_changes_with_any_file() -> None:
    one = SourceFile("a", b"{}", (SourceFile("b", b"1"),))
    other = SourceFile("a", b"{}", (SourceFile("b", b"2"),))
    assert one.checksum != other.checksum


def test_a_service_without_an_organisation_stands_for_itself(log: IssueLog) -> None:
    (found,) = _made(_service(organization=None), log)
    assert (found.source_key, found.name) == ("service s", "S")


def test_neither_a_place_nor_an_area_is_an_error(log: IssueLog) -> None:
    assert _made([_service(service_at_locations=[])], log) == []
    assert "neither a place that could be found nor an area served" in log.all()[-1].message


def test_an_online_service_of_an_area_has_the_area_alone(log: IssueLog) -> None:
    (found,) = _made(_service(service_at_locations=[], service_areas=[{"name": "Hart"}]), log)
    assert (found.location.is_empty, found.areas_served) == (True, ("E07000089",))


def test_a_refuge_is_recognised(log: IssueLog) -> None:
    (found,) = _made(_service(organization={"id": "o", "name": "Invented Women's Refuge"}), log)
    assert found.kind is OrganisationKind.REFUGE


@pytest.mark.parametrize(
    ("ages", "cohorts"),
    [
        (Ages(), set()),
        (Ages(0, 9), {Cohort.UNDER_10}),
        (Ages(17, 18), {Cohort.AGED_15_TO_17, Cohort.AGED_18_TO_24}),
        (Ages(25, None), {Cohort.ADULTS}),
        (Ages(None, 14), {Cohort.UNDER_10, Cohort.AGED_10_TO_14}),
        (Ages(0, 100), {Cohort.EVERYONE}),
    ],
)
def test_ages_reach_into_cohorts(ages: Ages, cohorts: set[Cohort]) -> None:
    assert ages.cohorts == cohorts


def test_the_widest_ages_of_version_1_are_taken() -> None:
    told = {"eligibilitys": [{"minimum_age": 11, "maximum_age": 15}, {"minimum_age": 8.0}]}
    assert ages_of(told) == Ages(8, None)


def test_ages_that_are_none_are_nothing() -> None:
    assert ages_of({"minimum_age": "young", "maximum_age": -1}) == Ages()


def test_words_within_words_are_not_themes() -> None:
    assert themes_of([{"name": "Transport for the Drummers of Partsworth"}]) == frozenset()


def test_mark_up_is_taken_out() -> None:
    assert plain_text("<p>Fish &amp; chips<br/>daily</p>") == "Fish & chips daily"


@pytest.mark.real_data
def test_the_published_examples_are_read_and_say_that_they_are_nowhere(real_data: Path) -> None:
    for path in sorted((real_data / "openreferral").iterdir()):
        log = IssueLog(path.name)
        parsed = read_organisations(Entry(path).open(), Ground(), log)
        assert (list(parsed.records), parsed.rows_read) == ([], 1)
        assert log.count(Severity.ERROR) == 1
        assert any("neither a place that could be found" in each.message for each in log)


@pytest.mark.parametrize("document", [[], {"contents": []}, {"content": [None]}, [[[[[[]]]]]]])
def test_a_page_of_nothing_is_refused(document: object, log: IssueLog) -> None:
    with pytest.raises(SourceError):
        _made(document, log)
