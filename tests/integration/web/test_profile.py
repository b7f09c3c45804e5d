"""The page of one organisation: to each audience what it may see, and to nobody more."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from mapper.domain.disclosure import Visibility
from mapper.domain.entry_change import ChangeHow
from mapper.domain.grant import Grant
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.pipeline import PipelineStatus, StatusChange
from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.domain.site import Site
from mapper.domain.source import SourceKind
from mapper.store.corrections import by_hand, correct
from mapper.store.entries import entry
from mapper.store.entry_history import Written, set_status
from mapper.store.grants import save_grants
from mapper.store.merges import merge
from mapper.store.models import OrganisationRow
from mapper.store.organisations import ids_by_key, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_contact, make_organisation, make_place, make_source
from tests.integration.web.reader import Reader, text_of
from tests.web_site import HIDDEN_ADDRESS, HOSTILE, PASSWORD

TRUST, LIBRARY, HOSTILE_NUMBER, REFUGE = 1, 2, 3, 4
EVERYBODY = ["visitor", "partner", "analyst"]
SECRET_STREET = "9 Hush Street"  # noqa: S105  (a place that may not be told)


@pytest.fixture
def editor(site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


def save(store: Store, record: Organisation, square: int = 2) -> int:
    further = tuple(make_place(square + 1) for _ in record.further_sites)
    placed = located(record, make_place(square))
    with store.writing() as session:
        source = make_source(SourceKind.ORGANISATIONS, name=f"list of {record.name}")
        source_id = add_source(session, source)
        save_organisations(session, source_id, [type(placed)(record, placed.place, 2, further)])
        return ids_by_key(session, source.name, [record.source_key])[record.source_key]


@pytest.mark.parametrize("number", [TRUST, LIBRARY, HOSTILE_NUMBER, REFUGE])
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_organisation_has_a_sound_page(
    number: int, who: str, request: pytest.FixtureRequest
) -> None:
    reader: Reader = request.getfixturevalue(who)

    page = reader.get(f"/organisations/{number}")

    assert page.heading
    assert HIDDEN_ADDRESS not in page.html
    assert "Silent Person" not in page.html


def test_people_are_shown_to_those_they_agreed_to_be_shown_to(
    visitor: Reader, partner: Reader
) -> None:
    open_to_all, to_partners = (
        reader.get(f"/organisations/{TRUST}").text for reader in (visitor, partner)
    )

    assert "Public Person" in open_to_all
    assert "Asked Person" not in open_to_all
    assert "Asked Person" in to_partners


def test_activities_and_partners_are_there_with_links(visitor: Reader) -> None:
    page = visitor.get(f"/organisations/{TRUST}")
    addresses = {link.get("href") for link in page.all("a")}

    assert "Football on Thursdays" in page.text
    assert f"/organisations/{LIBRARY}" in addresses
    assert "/activities/1" in addresses


@pytest.mark.parametrize("path", ["/organisations", "/activities", "/network", "/gaps/E06000044"])
def test_names_of_organisations_lead_to_their_pages(path: str, visitor: Reader) -> None:
    addresses = {link.get("href") for link in visitor.get(path).all("a")}

    assert f"/organisations/{TRUST}" in addresses


def test_the_people_to_ask_lead_to_their_organisations(partner: Reader) -> None:
    addresses = {link.get("href") for link in partner.get("/practice").all("a")}

    assert f"/organisations/{TRUST}" in addresses


def test_the_page_says_which_areas_are_served_and_how_far(newcomer: Reader, store: Store) -> None:
    number = save(
        store, make_organisation(areas_served=("E06000044", "E06000045"), served_radius_m=8_000.0)
    )
    page = newcomer.get(f"/organisations/{number}")
    said = dict(zip(map(text_of, page.all("dt")), map(text_of, page.all("dd")), strict=True))

    assert said["Areas served"] == "Portsmouth; Southampton"
    assert said["How far it serves"] == "8 km about it"


def test_a_name_on_the_page_is_never_taken_for_markup(visitor: Reader) -> None:
    page = visitor.get(f"/organisations/{HOSTILE_NUMBER}")

    assert page.heading == HOSTILE
    assert "<script>alert" not in page.html


def test_the_public_is_told_nothing_of_funding_or_the_pipeline(
    newcomer: Reader, writer: Reader, store: Store
) -> None:
    number = save(
        store,
        make_organisation(
            funding="A fund that ends",
            funding_ends_on=date(2027, 3, 31),
            status=PipelineStatus.ENGAGED,
        ),
    )
    inner = ("A fund that ends", "31 March 2027", "Engaged")

    to_all, to_partners = (
        reader.get(f"/organisations/{number}").text for reader in (newcomer, writer)
    )

    assert [words for words in inner if words in to_all] == []
    assert [words for words in inner if words not in to_partners] == []


@pytest.mark.parametrize("visibility", [Visibility.WARD, Visibility.AUTHORITY, Visibility.HIDDEN])
def test_words_that_could_tell_where_a_site_is_are_told_to_nobody(
    visibility: Visibility, newcomer: Reader, editor: Reader, store: Store
) -> None:
    number = save(
        store,
        make_organisation(
            visibility=visibility,
            location=Location(postcode="PO1 2AX", address=SECRET_STREET),
            description=f"Find us at {SECRET_STREET}",
            opening=f"Ring the bell at {SECRET_STREET}",
            referral_route=f"Come to {SECRET_STREET}",
            accessibility=f"Steps at {SECRET_STREET}",
        ),
    )

    for reader in (newcomer, editor):
        for path in (f"/organisations/{number}", "/organisations"):
            html = reader.get(path).html
            assert SECRET_STREET not in html
            assert "PO1 2AX" not in html


def test_each_site_is_shown_as_exactly_as_it_may_be(newcomer: Reader, store: Store) -> None:
    hidden = Site(
        name="Annexe in Hush Street",
        location=Location(postcode="PO1 3AX", address=SECRET_STREET),
        visibility=Visibility.WARD,
    )
    number = save(
        store,
        make_organisation(
            location=Location(postcode="PO1 2AX", address="1 Open Road"), further_sites=(hidden,)
        ),
    )
    page = newcomer.get(f"/organisations/{number}")

    assert "1 Open Road" in page.text
    assert "Area 2 ward, Portsmouth" in page.text
    assert "Hush Street" not in page.html
    assert "PO1 3AX" not in page.html


def test_a_merged_refuge_hides_every_site_of_who_stands_for_it(
    editor: Reader, store: Store
) -> None:
    number = save(
        store,
        make_organisation(
            further_sites=(Site(name="Annexe", location=Location(address=SECRET_STREET)),)
        ),
    )
    refuge = save(store, make_organisation(kind=OrganisationKind.REFUGE), square=4)
    with store.writing() as session:
        merge(session, number, refuge, by="somebody")

    assert SECRET_STREET not in editor.get(f"/organisations/{number}").html


def test_a_merged_number_leads_to_who_stands_for_it(editor: Reader, store: Store) -> None:
    first, second = (save(store, make_organisation()) for _ in range(2))
    with store.writing() as session:
        number = merge(session, first, second, by="somebody")

    assert editor.send(f"/organisations/{second}", {}, 405)
    assert editor.fetch(f"/organisations/{second}", 302).location == f"/organisations/{first}"
    page = editor.get(f"/organisations/{first}")
    assert f"/duplicates/merged/{number}" in {link.get("href") for link in page.all("a")}


def test_a_closed_organisation_says_so_and_little_else(newcomer: Reader, store: Store) -> None:
    number = save(
        store,
        make_organisation(
            name="Gone Group",
            is_active=False,
            description="Kite making",
            contacts=(make_contact(),),
        ),
    )
    text = newcomer.get(f"/organisations/{number}").text

    assert "This organisation closed" in text
    assert "Kite making" not in text


def test_what_is_not_there_is_not_found(visitor: Reader) -> None:
    visitor.get("/organisations/999", 404)


def test_an_entry_not_confirmed_in_time_is_marked_and_not_for_the_public(
    newcomer: Reader, writer: Reader, store: Store
) -> None:
    number = save(store, make_organisation())
    with store.writing() as session:
        session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == number)
            .values(verified_on=date(2020, 1, 1), verified_how="an analyst")
        )

    newcomer.get(f"/organisations/{number}", 404)
    text = writer.get(f"/organisations/{number}").text
    assert "Nobody has confirmed this entry for over 12 months" in text
    assert "no longer shown to the public" in text


def test_the_public_is_led_to_no_page_that_it_may_not_open(
    newcomer: Reader, writer: Reader, store: Store
) -> None:
    with store.writing() as session:
        session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == TRUST)
            .values(verified_on=date(2020, 1, 1), verified_how="an analyst")
        )

    assert f'href="/organisations/{TRUST}"' not in newcomer.get("/activities").html
    assert f'href="/organisations/{TRUST}"' in writer.get("/activities").html


def test_grants_are_told_with_their_funder(newcomer: Reader, store: Store) -> None:
    number = save(store, make_organisation(source_key="paid", name="Paid Group"))
    grant = Grant(
        source_key="g",
        funder="A Funder",
        recipient_key="paid",
        recipient="Paid Group",
        awarded_on=date(2025, 2, 3),
        amount=Decimal(5000),
        title="Boxing gloves",
    )
    with store.writing() as session:
        source = make_source(SourceKind.ORGANISATIONS, name="list of Paid Group")
        save_grants(session, add_source(session, source), [(2, grant)])
    text = newcomer.get(f"/organisations/{number}").text

    assert "A Funder" in text
    assert "£5,000" in text
    assert "Boxing gloves" in text


def test_the_analyst_sees_where_values_come_from_and_the_partner_does_not(
    partner: Reader, analyst: Reader
) -> None:
    assert "Where each value comes from" not in partner.get(f"/organisations/{TRUST}").text
    assert "directory" in text_of(
        analyst.get(f"/organisations/{TRUST}").one("table[@id='origins']")
    )


def test_the_history_is_for_analysts_alone(visitor: Reader, partner: Reader) -> None:
    partner.get(f"/organisations/{TRUST}/history", 403)
    visitor.fetch(f"/organisations/{TRUST}/history", 302)


def test_the_history_tells_who_changed_what_before_and_after(editor: Reader, store: Store) -> None:
    _correct(store, LIBRARY, opening="Mondays")
    with store.writing() as session:
        step = StatusChange(
            status=PipelineStatus.CONTACTED, since=date(2025, 5, 6), note="rang", by="Ann Alyst"
        )
        set_status(session, LIBRARY, step)
    text = editor.get(f"/organisations/{LIBRARY}/history").text

    assert "By Ann Alyst, through the form" in text
    assert "nothing Mondays" in text
    assert "contacted 6 May 2025 rang Ann Alyst" in text


def test_the_history_keeps_where_a_refuge_is_to_itself(editor: Reader, store: Store) -> None:
    number = save(
        store, make_organisation(location=Location(postcode="PO1 2AX", address=SECRET_STREET))
    )
    _correct(store, number, location=Location(address="10 Hush Street"))
    _correct(store, number, kind=OrganisationKind.REFUGE)
    _correct(store, number, kind=OrganisationKind.CHARITY, visibility=Visibility.EXACT)
    page = editor.get(f"/organisations/{number}/history")

    assert "Hush Street" not in page.html
    assert "Main site" in page.text


def _correct(store: Store, number: int, **corrections: object) -> None:
    with store.writing() as session:
        placed, _ = entry(session, number)
        written = Written(number, "Ann Alyst", ChangeHow.FORM)
        correct(session, by_hand(corrections, placed.located), written)


@pytest.mark.parametrize(
    ("who", "is_told"), [("visitor", False), ("partner", True), ("analyst", False)]
)
def test_whoever_cannot_correct_an_entry_reads_who_does(
    who: str, is_told: bool, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(who).get(f"/organisations/{TRUST}")

    assert ("An analyst of the Violence Reduction Unit corrects it" in page.text) is is_told
