"""Adding an organisation and correcting an entry, from the form to the directory."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mapper.domain.contact import Consent
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.entry_change import ChangeHow
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind
from mapper.domain.pipeline import PipelineStatus
from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.domain.site import Site
from mapper.domain.vocabulary import Cohort, Theme
from mapper.store.corrections import by_hand, correct
from mapper.store.entries import entry
from mapper.store.entry_history import Written, entry_changes
from mapper.store.merges import merge
from mapper.store.session import Store
from mapper.web.entry_saving import FORM_NAME
from tests.factories import make_contact, make_organisation
from tests.integration.web.reader import Page, Reader, text_of
from tests.integration.web.test_profile import save
from tests.web_site import HIDDEN_ADDRESS, HOSTILE, PASSWORD

TRUST, LIBRARY, REFUGE = 1, 2, 4
SECRET_STREET = "9 Hush Street"  # noqa: S105  (a place that may not be told)
EVERYTHING: dict[str, Any] = {
    "name": "Kite Flyers",
    "also_known_as": "The Kites\n KF ",
    "kind": "youth club",
    "sector": "voluntary, community and social enterprise",
    "is_active": "open",
    "website": "www.example.org",
    "identifiers": "charity 1234567",
    "description": "Kites are flown.",
    "themes": ["knife crime"],
    "cohorts": ["aged 10 to 14"],
    "prevention_tiers": ["primary"],
    "evaluation": "evaluated internally",
    "postcode": "po13ax",
    "address": "1 High Street",
    "visibility": "ward",
    "areas_served": ["E06000045"],
    "opening": "Mondays",
    "accessibility": "a ramp",
    "referral_route": "by telephone",
    "funding": "a fund",
    "funding_ends_on": ["31", "3", "2027"],
    "sites-0-name": "Annexe",
    "sites-0-postcode": "SO14 0AA",
    "sites-0-visibility": "exact",
    "contacts-0-name": "Kit Flyer",
    "contacts-0-email": "kit@example.org",
    "contacts-0-audience": "partner",
    "contacts-0-given_on": ["1", "2", "2025"],
    "contacts-0-basis": "e-mail",
}


@pytest.fixture
def editor(site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


def fields(page: Page) -> dict[str, Any]:
    """What the form would send, the choices from lists that open among it."""
    chosen = {
        box.get("name", ""): next(
            (one.get("value", "") for one in box.iter("option") if one.get("selected") is not None),
            "",
        )
        for box in page.one("main").iter("select")
    }
    return page.fields() | chosen


def send(reader: Reader, path: str, step: str = "check", **changes: Any) -> Page:
    """Fill in a form, and look at what comes back."""
    return reader.post(path, fields(reader.get(path)) | {"step": step} | changes)


def saved(reader: Reader, path: str, **changes: Any) -> Page:
    """Fill in a form, confirm it, and open the page of the organisation."""
    checked = send(reader, path, **changes)
    response = reader.send(path, checked.fields() | {"step": "save"})
    return reader.get(response.location)


def record_of(store: Store, number: int) -> Organisation:
    with store.reading() as session:
        return entry(session, number)[0].located.record


def number_of(page: Page) -> int:
    return int(text_of(page.one("span[@class='govuk-caption-l']")).removeprefix("Organisation "))


def test_a_partner_adds_an_organisation_with_everything(writer: Reader, store: Store) -> None:
    page = saved(writer, "/organisations/new", **EVERYTHING)
    record = record_of(store, number_of(page))

    assert record.name == "Kite Flyers"
    assert record.also_known_as == ("The Kites", "KF")
    assert record.kind is OrganisationKind.YOUTH_CLUB
    assert record.website == "https://www.example.org"
    assert record.identifiers == (Identifier("GB-CHC", "1234567"),)
    assert record.themes == {Theme.KNIFE_CRIME}
    assert record.cohorts == {Cohort.AGED_10_TO_14}
    assert record.location.postcode == "PO1 3AX"
    assert record.visibility is Visibility.WARD
    assert [site.name for site in record.further_sites] == ["Annexe"]
    assert record.funding_ends_on == date(2027, 3, 31)
    assert record.status is PipelineStatus.IDENTIFIED
    assert record.contacts == (
        make_contact(
            name="Kit Flyer",
            email="kit@example.org",
            consent=Consent(Audience.PARTNER, date(2025, 2, 1), "e-mail"),
        ),
    )


def test_who_added_an_organisation_is_in_its_history(writer: Reader, store: Store) -> None:
    number = number_of(saved(writer, "/organisations/new", name="New One", postcode="PO1 3AX"))
    with store.reading() as session:
        (change,) = entry_changes(session, [number])

    assert (change.by, change.how) == ("partner@example.org", ChangeHow.ADDED)


def test_the_same_form_sent_twice_adds_one_organisation(writer: Reader) -> None:
    checked = send(writer, "/organisations/new", name="Only Once", postcode="PO1 3AX").fields()
    places = [
        writer.send("/organisations/new", checked | {"step": "save"}).location for _ in range(2)
    ]

    assert places[0] == places[1]


def test_whoever_adds_an_organisation_is_asked_about_likely_ones(writer: Reader) -> None:
    page = send(writer, "/organisations/new", name="Portsmouth Youth Trust Ltd", postcode="PO1 3AX")

    assert "Is it one of these" in page.text
    assert f"/organisations/{TRUST}" in {link.get("href") for link in page.all("a")}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"name": ""}, "Enter what the organisation is called"),
        ({"postcode": ""}, "Enter the postcode of the main site, or choose an area served"),
        ({"postcode": "nowhere"}, "is not a postcode"),
        ({"website": "not one"}, "Enter a website such as"),
        ({"identifiers": "just words"}, "is not a register and a number"),
        ({"contacts-0-name": "Kit", "contacts-0-audience": "public"}, "Enter the day on which"),
        ({"contacts-0-email": "kit@example.org"}, "Enter the name of the person"),
        ({"sites-0-name": "Annexe"}, "Enter the postcode of the site"),
        ({"funding_ends_on": ["31", "2", "2027"]}, "must be a real date"),
        ({"kind": "castle"}, "Not a valid choice"),
        ({"sites-0-known": "../etc", "sites-0-postcode": "PO1 3AX"}, "Load the page again"),
    ],
)
def test_a_fault_is_told_at_its_field(fault: dict[str, Any], words: str, writer: Reader) -> None:
    page = send(writer, "/organisations/new", **{"name": "A", "postcode": "PO1 3AX"} | fault)

    assert "There is a problem" in page.text
    assert words in page.text


def test_another_site_and_another_person_are_added_without_scripts(writer: Reader) -> None:
    page = send(writer, "/organisations/new", "add-site", name="Kept Meanwhile")
    page = writer.post("/organisations/new", fields(page) | {"step": "add-contact"})

    assert page.one("input[@id='name']").get("value") == "Kept Meanwhile"
    assert page.all("input[@id='sites-0-postcode']")
    assert page.all("input[@id='contacts-0-name']")


def test_script_in_every_field_stays_text(writer: Reader) -> None:
    names = ("name", "also_known_as", "description", "address", "opening", "accessibility")
    more = ("referral_route", "funding", "sites-0-name", "contacts-0-name", "contacts-0-role")
    typed = dict.fromkeys((*names, *more), HOSTILE)
    page = saved(writer, "/organisations/new", **EVERYTHING | typed | {"visibility": "exact"})

    assert page.heading == HOSTILE
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("path", [f"/organisations/{TRUST}/edit"])
def test_only_analysts_correct_entries(path: str, visitor: Reader, partner: Reader) -> None:
    partner.get(path, 403)
    visitor.fetch(path, 302)


def test_a_form_that_nobody_changed_changes_nothing(editor: Reader) -> None:
    for number in (TRUST, LIBRARY, 3, REFUGE):
        page = send(editor, f"/organisations/{number}/edit")

        assert "Nothing differs" in page.text


def test_what_is_corrected_is_shown_before_and_kept_by_hand(editor: Reader, store: Store) -> None:
    path = f"/organisations/{LIBRARY}/edit"
    checked = send(editor, path, opening="Mondays", kind="library")
    page = saved(editor, path, opening="Mondays", kind="library")
    with store.reading() as session:
        _, hand_fields = entry(session, LIBRARY)

    assert "Opening nothing Mondays" in checked.text
    assert "The entry is corrected." in page.text
    assert "Mondays" in page.text
    assert set(hand_fields) == {"opening", "kind"}
    assert "Set by hand: it stands over" in editor.get(path).text


def test_every_field_can_be_corrected(editor: Reader, store: Store) -> None:
    saved(editor, f"/organisations/{LIBRARY}/edit", **EVERYTHING)
    record = record_of(store, LIBRARY)

    assert record.name == "Kite Flyers"
    assert record.areas_served == ("E06000045",)
    assert record.location.postcode == "PO1 3AX"
    assert len(record.further_sites) == len(record.contacts) == 1


def test_a_refuge_is_never_shown_more_exactly_than_its_authority(
    editor: Reader, store: Store
) -> None:
    saved(editor, f"/organisations/{REFUGE}/edit", visibility="exact", opening="by day")

    assert record_of(store, REFUGE).visibility is Visibility.AUTHORITY
    assert record_of(store, REFUGE).location.address == HIDDEN_ADDRESS


def test_the_form_shows_neither_sheltered_sites_nor_people_who_did_not_agree(
    editor: Reader, store: Store
) -> None:
    hidden = Site(
        name=SECRET_STREET, location=Location(address=SECRET_STREET), visibility=Visibility.HIDDEN
    )
    number = save(
        store,
        make_organisation(
            visibility=Visibility.WARD,
            location=Location(postcode="PO1 2AX", address=SECRET_STREET),
            description=f"At {SECRET_STREET}",
            further_sites=(hidden,),
            contacts=(make_contact(name="Silent Person", consent=None),),
        ),
    )
    path = f"/organisations/{number}/edit"
    page = editor.get(path)
    checked = send(editor, path, funding="a fund")
    before = record_of(store, number)
    saved(editor, path, funding="a fund")
    after = record_of(store, number)

    for html in (page.html, checked.html):
        assert "Hush Street" not in html
        assert "PO1 2AX" not in html
        assert "Silent Person" not in html
    assert after.location == before.location
    assert after.description == before.description
    assert after.further_sites == before.further_sites
    assert after.contacts == before.contacts
    assert after.funding == "a fund"


def test_a_hidden_person_and_a_hidden_site_can_be_removed(editor: Reader, store: Store) -> None:
    hidden = Site(location=Location(address=SECRET_STREET), visibility=Visibility.HIDDEN)
    people = (make_contact(name="Silent Person", consent=None), make_contact())
    number = save(store, make_organisation(further_sites=(hidden,), contacts=people))
    saved(
        editor,
        f"/organisations/{number}/edit",
        **{"sites-0-removed": "y", "contacts-0-removed": "y"},
    )
    record = record_of(store, number)

    assert record.further_sites == ()
    assert [person.name for person in record.contacts] == ["Sam Example"]


def test_what_another_changed_meanwhile_is_shown_and_not_lost(editor: Reader, store: Store) -> None:
    path = f"/organisations/{LIBRARY}/edit"
    opened = fields(editor.get(path))
    with store.writing() as session:
        placed, _ = entry(session, LIBRARY)
        changed = by_hand({"opening": "Tuesdays", "funding": "theirs"}, placed.located)
        correct(session, changed, Written(LIBRARY, "Otto Ther", ChangeHow.FORM))
    page = editor.post(path, opened | {"funding": "mine", "step": "save"})

    assert "Somebody else changed this entry while you had it open" in page.text
    assert "Opening nothing Tuesdays Otto Ther" in page.text
    assert text_of(page.one("textarea[@id='opening']")) == "Tuesdays"
    assert text_of(page.one("textarea[@id='funding']")) == "mine"
    checked = editor.post(path, fields(page) | {"step": "check"})
    editor.send(path, checked.fields() | {"step": "save"})
    record = record_of(store, LIBRARY)
    assert (record.opening, record.funding) == ("Tuesdays", "mine")


def test_a_merged_organisation_keeps_the_people_of_both_when_one_is_added(
    editor: Reader, store: Store
) -> None:
    one, other = (
        save(store, make_organisation(contacts=(make_contact(name=name),)))
        for name in ("First Person", "Second Person")
    )
    with store.writing() as session:
        merge(session, one, other, by="somebody")
    path = f"/organisations/{one}/edit"
    with_room = send(editor, path, "add-contact")
    third = {"contacts-2-name": "Third Person", "contacts-2-audience": "nobody"}
    checked = editor.post(path, fields(with_room) | third | {"step": "check"})
    editor.send(path, checked.fields() | {"step": "save"})

    names = [person.name for person in record_of(store, one).contacts]
    assert names == ["First Person", "Second Person", "Third Person"]
    assert record_of(store, other).contacts == ()


def test_organisations_added_by_form_have_a_source_of_their_own(writer: Reader) -> None:
    page = saved(writer, "/organisations/new", name="Sourced", postcode="PO1 3AX")

    assert FORM_NAME in page.text
