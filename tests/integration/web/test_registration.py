"""Registering an activity, from the empty form to the register."""

from typing import Any

import pytest
from flask import Flask

from mapper.domain.period import Month, Period
from mapper.store.frames import activities, lsoas
from mapper.store.session import Store
from tests.factories import lsoa, ward_of
from tests.integration.web.reader import Page, Reader
from tests.web_site import PASSWORD

GOOD = {
    "title": "Boxing at the Guildhall",
    "lead": "Portsmouth Youth Trust",
    "partners": "Southampton Library\n\nsouthampton library\nA New Group",
    "type": "sport or arts session",
    "status": "delivered",
    "starts_on": ["3", "2", "2025"],
    "ends_on": ["", "", ""],
    "sessions": "12",
    "participants": "",
    "hours_per_session": "1.5",
    "postcode": "po13ax",
    "visibility": "ward",
    "themes": ["knife crime", "positive activities"],
    "description": "Gloves are lent.",
}

WRONG_NUMBER = {"token": "../../etc"}


def filled(reader: Reader, **changes: Any) -> dict[str, Any]:
    """A form filled in without fault, but for the changes."""
    return reader.get("/activities/new").fields() | GOOD | changes


def check(reader: Reader, **changes: Any) -> Page:
    """Send the form, and look at what comes back."""
    return reader.post("/activities/new", filled(reader, **changes))


def register(reader: Reader, **changes: Any) -> Page:
    """Send the form, confirm it, and read the page that one is led to."""
    answers = check(reader, **changes).fields()
    response = reader.send("/activities/new", answers | {"step": "save"})
    return reader.get(response.location)


def test_answers_are_shown_before_anything_is_saved(writer: Reader) -> None:
    page = check(writer)

    assert page.heading == "Check your answers before registering the activity"
    assert "Boxing at the Guildhall" not in writer.get("/activities").text


def test_the_postcode_is_shown_resolved(writer: Reader) -> None:
    assert "PO1 3AX Portsmouth" in check(writer).text


def test_a_registered_activity_is_confirmed_with_its_reference(writer: Reader) -> None:
    page = register(writer)

    assert page.heading == "Boxing at the Guildhall"
    assert "The activity is registered. Its reference is 5." in page.text


def test_a_registered_activity_is_in_the_register_at_once(writer: Reader) -> None:
    writer.get("/activities")
    register(writer)

    assert "Boxing at the Guildhall" in writer.get("/activities").text


def test_a_registered_activity_is_on_the_map_at_once(writer: Reader) -> None:
    writer.fetch("/map/activities.geojson")
    register(writer)

    assert "Boxing at the Guildhall" in writer.fetch("/map/activities.geojson").text


def test_a_venue_is_shown_no_more_exactly_than_asked(writer: Reader) -> None:
    register(writer, visibility="hidden")

    assert "Boxing at the Guildhall" in writer.get("/activities").text
    assert "Boxing at the Guildhall" not in writer.fetch("/map/activities.geojson").text


def test_a_form_sent_twice_registers_one_activity(writer: Reader) -> None:
    answers = check(writer).fields() | {"step": "save"}
    first = writer.send("/activities/new", answers)
    second = writer.send("/activities/new", answers)

    assert first.location == second.location
    assert writer.get("/activities").text.count("Boxing at the Guildhall") == 1


def test_a_second_form_with_the_same_activity_is_warned_of(writer: Reader) -> None:
    register(writer)
    page = check(writer, title="boxing at the guildhall!")

    assert "registered already: activity 5" in page.text


def test_one_persons_form_cannot_overwrite_another_ones(writer: Reader, site: Flask) -> None:
    answers = check(writer).fields() | {"step": "save"}
    writer.send("/activities/new", answers)
    with Reader(site) as other:
        other.sign_in("analyst@example.org", PASSWORD)
        mine = answers | {"csrf_token": other.token("/activities/new"), "title": "Taken over"}
        other.send("/activities/new", mine)
        text = other.get("/activities").text

    assert "Boxing at the Guildhall" in text
    assert "Taken over" in text


def test_something_can_be_changed_before_saving(writer: Reader) -> None:
    page = writer.post("/activities/new", check(writer).fields() | {"step": "change"})

    assert page.heading == "Register an activity"
    assert page.one("input[@id='title']").get("value") == "Boxing at the Guildhall"
    assert page.one("input[@id='starts_on-day']").get("value") == "3"


def test_what_was_changed_on_the_way_is_checked_again(writer: Reader) -> None:
    answers = check(writer).fields() | {"step": "save", "sessions": "0"}

    assert "There is a problem" in writer.post("/activities/new", answers).text


def test_partners_become_links_each_once(writer: Reader) -> None:
    text = register(writer).text

    assert "A New Group; Southampton Library" in text


def test_work_without_a_venue_is_registered_by_its_areas(writer: Reader) -> None:
    page = register(writer, postcode="", areas_served=["E06000044", "E06000045"])

    assert "Portsmouth; Southampton" in page.text


def test_a_grid_reference_is_placed_and_said_to_be_rough(writer: Reader) -> None:
    page = check(writer, postcode="SU 64 00")

    assert "grid reference given" in page.text
    assert "Known by its 1 km square only" in page.text


def test_a_radius_is_registered_with_its_venue(writer: Reader) -> None:
    assert "Within 3.22 km of the venue" in register(writer, radius="2 miles").text


@pytest.mark.parametrize(
    ("changes", "message", "target"),
    [
        ({"title": ""}, "Enter what the activity is called", "#title"),
        ({"title": "x" * 201}, "The title has 201 characters", "#title"),
        ({"lead": ""}, "Enter the organisation that leads", "#lead"),
        ({"lead": " "}, "The lead organisation is empty", "#lead"),
        ({"type": ""}, "Choose what kind of activity it is", "#type"),
        ({"type": "burglary"}, "Not a valid choice", "#type"),
        ({"status": []}, "Choose whether the activity has happened", "#status"),
        ({"starts_on": ["31", "2", "2025"]}, "must be a real date", "#starts_on-day"),
        ({"starts_on": ["1"]}, "must be a real date", "#starts_on-day"),
        ({"starts_on": ["1", "2", "27"]}, "four figures of the year", "#starts_on-day"),
        ({"starts_on": ["", "", ""]}, "Enter the first day", "#starts_on-day"),
        ({"starts_on": ["1", "1", "0025"]}, "must be between 2000 and 2099", "#starts_on-day"),
        ({"ends_on": ["1", "1", "2025"]}, "before it starts", "#ends_on-day"),
        ({"sessions": "0"}, "between 1 and 5,000", "#sessions"),
        ({"sessions": "several"}, "Sessions must be a whole number", "#sessions"),
        ({"participants": "-1"}, "The number of participants is -1", "#participants"),
        ({"hours_per_session": "25"}, "at most 24", "#hours_per_session"),
        ({"hours_per_session": "NaN"}, "must be a number", "#hours_per_session"),
        ({"postcode": "12345"}, "is not a postcode", "#postcode"),
        ({"postcode": "TQ 30 80"}, "lies outside Hampshire", "#postcode"),
        ({"postcode": "AA 1234"}, "not in Great Britain", "#postcode"),
        ({"radius": "500 km"}, "at most 100 km", "#radius"),
        ({"radius": "near by"}, "is not a distance", "#radius"),
        ({"postcode": "PO1 3ZZ"}, "is not a postcode in Hampshire", "#postcode"),
        ({"postcode": ""}, "or choose the areas served", "#postcode"),
        ({"postcode": "", "address": "The hall"}, "or choose the areas served", "#postcode"),
        ({"starts_on": ["1", "1", "2090"]}, "still to come", "#starts_on-day"),
        ({"visibility": "everywhere"}, "Not a valid choice", "#visibility"),
        ({"areas_served": ["E09000001"]}, "not a valid choice", "#areas_served"),
        ({"wards_served": ["E05999999"]}, "not a valid choice", "#wards_served"),
        (
            {"areas_served": ["E06000044"], "wards_served": [ward_of(0)]},
            "all of Portsmouth and some of its wards",
            "#wards_served",
        ),
        ({"description": "x" * 2001}, "2,000 characters or fewer", "#description"),
        ({"partners": "\n".join(map(str, range(21)))}, "20 partners or fewer", "#partners"),
    ],
)
def test_a_fault_is_said_at_the_top_and_linked_to_its_field(
    changes: dict[str, Any], message: str, target: str, partner: Reader
) -> None:
    page = check(partner, **changes)
    summary = page.one("div[@class='govuk-error-summary']")
    links = {link.get("href"): "".join(link.itertext()) for link in summary.iter("a")}

    assert message in links[target]
    assert target[1:] in {element.get("id") for element in page.root.iter()}


def test_every_fault_is_said_at_once(partner: Reader) -> None:
    page = check(partner, title="x" * 201, sessions="0", ends_on=["1", "1", "2025"])
    summary = page.one("div[@class='govuk-error-summary']")

    assert len(list(summary.iter("a"))) == 3


def test_what_was_typed_stays_when_something_is_wrong(partner: Reader) -> None:
    page = check(partner, title="", starts_on=["3", "13", "2025"])

    assert page.one("input[@id='starts_on-month']").get("value") == "13"
    assert page.one("textarea[@id='description']").text.strip() == "Gloves are lent."


def test_a_number_that_no_form_has_is_refused(partner: Reader) -> None:
    assert "There is a problem" in check(partner, **WRONG_NUMBER).text


def test_a_form_that_is_too_large_is_refused(partner: Reader) -> None:
    page = partner.post("/activities/new", filled(partner, description="x" * 1_000_001), 413)

    assert page.heading == "What you sent is too large"


def test_what_no_keyboard_types_is_left_out(writer: Reader) -> None:
    assert register(writer, title="Nul\0 byte\x1b").heading == "Nul byte"


def test_a_lead_that_is_nearly_in_the_directory_is_asked_about(writer: Reader) -> None:
    page = check(writer, lead="Portsmuth Youth Trust")

    assert "Did you mean one of these?" in page.text
    assert page.all("input[@type='radio'][@name='lead']")[0].get("value") == GOOD["lead"]


def test_the_lead_that_was_meant_is_saved(writer: Reader) -> None:
    answers = check(writer, lead="Portsmuth Youth Trust").fields()
    sent = answers | {"step": "save", "lead": GOOD["lead"]}
    page = writer.get(writer.send("/activities/new", sent).location)

    assert "Portsmuth" not in page.text


def test_a_lead_is_saved_as_typed_unless_another_is_chosen(writer: Reader) -> None:
    assert "Portsmuth Youth Trust" in register(writer, lead="Portsmuth Youth Trust").text


def test_a_partner_that_is_nearly_in_the_directory_is_asked_about(writer: Reader) -> None:
    page = check(writer, partners=f"Quite Else\nPortsmuth Youth Trust\n{GOOD['lead']}")

    asked = page.all("input[@type='radio']")
    assert {each.get("name") for each in asked} == {"partner-1"}
    assert asked[0].get("value") == GOOD["lead"]
    assert asked[-1].get("checked") is not None


def test_the_partner_that_was_meant_is_saved_in_its_own_place(writer: Reader) -> None:
    answers = check(writer, partners="Quite Else\nPortsmuth Youth Trust").fields()
    sent = answers | {"step": "save", "partner-1": GOOD["lead"]}
    page = writer.get(writer.send("/activities/new", sent).location)

    assert "Portsmuth" not in page.text
    assert "Quite Else" in page.text


def test_the_partner_that_was_meant_stands_in_the_form_when_something_is_changed(
    writer: Reader,
) -> None:
    answers = check(writer, partners="Portsmuth Youth Trust").fields()
    sent = answers | {"step": "change", "partner-0": GOOD["lead"]}
    page = writer.post("/activities/new", sent)

    assert str(page.one("textarea[@name='partners']").text).strip() == GOOD["lead"]


@pytest.mark.parametrize("lead", [GOOD["lead"], "THE Portsmouth Youth Trust!", "Quite Else"])
def test_a_lead_that_is_known_or_like_no_other_is_not_asked_about(
    writer: Reader, lead: str
) -> None:
    assert "Did you mean" not in check(writer, lead=lead).text


def test_wards_are_offered_by_their_authority_and_registered_with_its_name(writer: Reader) -> None:
    form = writer.get("/activities/new")
    box = form.one(f"input[@name='wards_served'][@value='{ward_of(2)}']")
    page = register(writer, postcode="", wards_served=[ward_of(2), ward_of(4)])

    assert box.get("type") == "checkbox"
    assert "Wards of Portsmouth" in form.text
    assert "Area 2 ward, Portsmouth; Area 3 ward, Southampton" in page.text


def test_an_activity_of_a_ward_counts_in_that_wards_areas_alone(
    writer: Reader, store: Store
) -> None:
    register(writer, postcode="", wards_served=[ward_of(4)])
    with store.reading() as session:
        areas = lsoas(session, "2011")
        period = Period(Month(2025, 1), Month(2025, 4))
        served = activities(session, areas, period)["area_codes"].tolist()

    assert (lsoa(4), lsoa(5)) in served


def test_chosen_wards_stay_chosen_and_unfolded_when_something_is_wrong(partner: Reader) -> None:
    page = check(partner, title="", wards_served=[ward_of(2)])

    assert page.one(f"input[@id='wards_served-{ward_of(2)}']").get("checked") is not None
    assert [one.get("open") is not None for one in page.all("details[@open]")] == [True]


def test_wards_are_named_before_they_are_saved(writer: Reader) -> None:
    assert "Area 2 ward, Portsmouth" in check(writer, wards_served=[ward_of(2)]).text
