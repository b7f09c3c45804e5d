"""Changing and cancelling an activity, by those whose it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mapper.domain.activity import Activity, ActivityStatus
from mapper.domain.disclosure import Visibility
from mapper.domain.entry_change import ChangeHow
from mapper.domain.place import Location
from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import PreventionTier
from mapper.store.activities import save_activities
from mapper.store.activity_entries import ActivityEntry, activity_entry
from mapper.store.activity_history import activity_changes
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.users import save_user
from mapper.web.people import hash_password
from tests.factories import located, make_activity, make_place, make_source, make_user, ward_of
from tests.integration.web.reader import Page, Reader
from tests.web_site import HIDDEN_ADDRESS, PASSWORD

FOOTBALL = 1
"""Led by the organisation of `officer`."""
OTHERS = 2
HIDDEN = 3


@pytest.fixture
def officer(site: Flask, store: Store) -> Iterator[Reader]:
    """A partner of the organisation that leads some of the activities."""
    with store.writing() as session:
        save_user(
            session,
            make_user(
                email="officer@example.org",
                role=Role.PARTNER,
                organisation_name="the Portsmouth Youth Trust",
                password_hash=hash_password(PASSWORD),
            ),
        )
    with Reader(site) as reader:
        reader.sign_in("officer@example.org", PASSWORD)
        yield reader


def address(number: int, page: str = "edit") -> str:
    return f"/activities/{number}/{page}"


def filled(reader: Reader, number: int = FOOTBALL, **changes: Any) -> dict[str, Any]:
    """The form as it is opened, with the kind that a list offers, but for the changes."""
    page = reader.get(address(number))
    kind = next(one.get("value") for one in page.all("option[@selected]"))
    return page.fields() | {"type": kind} | changes


def change(reader: Reader, number: int = FOOTBALL, **changes: Any) -> Page:
    """Send the form, confirm it, and read the page that one is led to."""
    page = reader.post(address(number), filled(reader, number, **changes))
    response = reader.send(address(number), page.fields() | {"step": "save"})
    return reader.get(response.location)


def held(store: Store, number: int = FOOTBALL) -> ActivityEntry:
    with store.reading() as session:
        return activity_entry(session, number)


def record_of(store: Store, number: int = FOOTBALL) -> Activity:
    return held(store, number).located.record


def test_what_is_changed_is_shown_before_it_is_saved(officer: Reader, store: Store) -> None:
    page = officer.post(address(FOOTBALL), filled(officer, sessions="14"))

    assert page.heading == "Check what you change"
    assert "Sessions 10 14" in page.text
    assert record_of(store).sessions == 10


def test_a_change_is_in_the_register_at_once(officer: Reader) -> None:
    officer.get("/activities")
    page = change(officer, title="Football on Fridays", wards_served=[ward_of(2)])

    assert "The activity is changed." in page.text
    assert "Area 2 ward, Portsmouth" in page.text
    assert "Football on Fridays" in officer.get("/activities").text


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(
    officer: Reader, store: Store
) -> None:
    before = held(store)
    page = officer.post(address(FOOTBALL), filled(officer))

    assert "Nothing differs" in page.text
    assert held(store) == before


def test_who_changed_what_is_kept(officer: Reader, store: Store) -> None:
    change(officer, sessions="14")
    with store.reading() as session:
        (kept,) = activity_changes(session, FOOTBALL)

    assert (kept.by, kept.how, list(kept.fields)) == (
        "officer@example.org",
        ChangeHow.FORM,
        ["sessions"],
    )
    assert "By you, through the form" in officer.get(address(FOOTBALL, "history")).text


def test_a_partner_is_told_the_organisation_of_whoever_changed_it(
    officer: Reader, loader: Reader
) -> None:
    change(loader, sessions="14")
    text = officer.get(address(FOOTBALL, "history")).text

    assert "analyst@example.org" not in text
    assert "By somebody at" in text


@pytest.mark.parametrize("page", ["edit", "cancel", "history"])
def test_a_partner_may_not_change_what_others_lead(page: str, officer: Reader) -> None:
    assert officer.fetch(address(OTHERS, page), 403)
    assert "Change this activity" not in officer.get(f"/activities/{OTHERS}").text


@pytest.mark.parametrize("page", ["edit", "cancel"])
def test_a_form_of_another_activity_is_refused_too(
    page: str, officer: Reader, store: Store
) -> None:
    officer.send(address(OTHERS, page), filled(officer) | {"step": "save"}, 403)

    assert record_of(store, OTHERS).title == "Quiet talks"


def test_a_partner_may_change_what_they_registered_whoever_leads_it(writer: Reader) -> None:
    answers = writer.get("/activities/new").fields() | {
        "title": "Boxing",
        "lead": "Southampton Library",
        "type": "other",
        "status": "delivered",
        "starts_on": ["3", "2", "2025"],
        "postcode": "PO1 3AX",
    }
    page = writer.get(writer.send("/activities/new", answers | {"step": "save"}).location)
    number = int(page.one("span[@class='govuk-caption-l']").text.split()[-1])

    assert "Boxing at noon" in change(writer, number, title="Boxing at noon").heading


def test_an_analyst_may_change_every_activity(loader: Reader, store: Store) -> None:
    change(loader, OTHERS, sessions="2")

    assert record_of(store, OTHERS).sessions == 2


def test_a_visitor_sees_no_way_to_change_an_activity(newcomer: Reader) -> None:
    assert "Change this activity" not in newcomer.get(f"/activities/{FOOTBALL}").text


def test_there_is_no_form_for_an_activity_that_is_not_there(loader: Reader) -> None:
    assert loader.fetch(address(999), 404)


def test_a_small_number_is_not_in_the_form_of_a_partner_and_stays(
    officer: Reader, loader: Reader, store: Store
) -> None:
    change(loader, participants="3")
    page = officer.get(address(FOOTBALL))
    change(officer, sessions="14")

    assert page.one("input[@id='participants']").get("value", "") == ""
    assert record_of(store).participants == 3
    assert "People taking part 120 fewer than 5" in officer.get(address(FOOTBALL, "history")).text


def test_a_hidden_venue_is_not_in_the_form_and_stays(loader: Reader, store: Store) -> None:
    before = held(store, HIDDEN).located
    page = loader.get(address(HIDDEN))
    change(loader, HIDDEN, sessions="3")

    assert HIDDEN_ADDRESS not in page.html
    assert "PO1 7AX" not in page.html
    assert held(store, HIDDEN).located.place == before.place
    assert record_of(store, HIDDEN).location.address == HIDDEN_ADDRESS


def test_a_hidden_venue_is_told_neither_in_the_check_nor_in_the_history(
    loader: Reader,
) -> None:
    sent = filled(loader, HIDDEN, postcode="PO1 3AX", address="3 New Quay")
    check = loader.post(address(HIDDEN), sent)
    loader.send(address(HIDDEN), check.fields() | {"step": "save"})
    history = loader.get(address(HIDDEN, "history"))

    for page in (check, history):
        assert "Venue not shown not shown" in page.text
        assert HIDDEN_ADDRESS not in page.html
    assert "3 New Quay" not in history.html


def test_a_venue_can_be_removed_where_areas_are_served(officer: Reader, store: Store) -> None:
    page = officer.post(address(FOOTBALL), filled(officer, forget_place="y"))
    assert "There is a problem" in page.text

    change(officer, forget_place="y", areas_served=["E06000044"])
    assert held(store).located.place is None
    assert record_of(store).location == Location()


def test_a_postcode_that_is_not_known_is_refused(officer: Reader) -> None:
    page = officer.post(address(FOOTBALL), filled(officer, postcode="PO1 3ZZ"))

    assert "is not a postcode in Hampshire" in page.text


def test_what_has_no_box_in_the_form_stays(loader: Reader, store: Store) -> None:
    number = load(store, make_activity(prevention_tier=PreventionTier.TERTIARY))
    change(loader, number, sessions="14")

    assert record_of(store, number).prevention_tier is PreventionTier.TERTIARY


def test_a_new_partner_joins_those_that_stay(officer: Reader, store: Store) -> None:
    change(officer, partners="southampton library\nA New Group")

    assert record_of(store).partners == ("A New Group", "Southampton Library")
    assert "Southampton Library" in officer.get(f"/activities/{FOOTBALL}").text


def test_a_lead_that_is_nearly_in_the_directory_is_asked_about(loader: Reader) -> None:
    page = loader.post(address(OTHERS), filled(loader, OTHERS, lead="Portsmuth Youth Trust"))

    assert "Did you mean one of these?" in page.text


def test_the_partner_that_was_meant_is_kept(officer: Reader, store: Store) -> None:
    page = officer.post(
        address(FOOTBALL), filled(officer, partners="Quite Else\nSouthampton Libary")
    )
    (meant, typed) = page.all("input[@type='radio'][@name='partner-1']")
    assert typed.get("value") == "Southampton Libary"
    answers = page.fields() | {"step": "save", "partner-1": str(meant.get("value"))}
    officer.send(address(FOOTBALL), answers)

    assert record_of(store).partners == ("Quite Else", "Southampton Library")


def test_two_who_change_it_at_once_do_not_overwrite_each_other(
    officer: Reader, loader: Reader, store: Store
) -> None:
    first = officer.post(address(FOOTBALL), filled(officer, title="Mine")).fields()
    change(loader, sessions="14")
    page = officer.post(address(FOOTBALL), first | {"step": "save"})

    assert "Somebody else changed this activity" in page.text
    assert (record_of(store).title, record_of(store).sessions) == ("Football on Thursdays", 14)
    assert page.one("input[@id='sessions']").get("value") == "14"
    assert page.one("input[@id='title']").get("value") == "Mine"

    sent = page.fields() | {"type": first["type"][0], "step": "save"}
    officer.send(address(FOOTBALL), sent)
    assert (record_of(store).title, record_of(store).sessions) == ("Mine", 14)


def test_a_cancelled_activity_stays_in_the_register_and_leaves_the_map(
    officer: Reader, store: Store
) -> None:
    assert "Football on Thursdays" in officer.fetch("/map/activities.geojson").text
    page = officer.get(address(FOOTBALL, "cancel"))
    assert record_of(store).status is ActivityStatus.DELIVERED

    done = officer.get(officer.send(address(FOOTBALL, "cancel"), page.fields()).location)
    assert "The activity is cancelled." in done.text
    assert "Football on Thursdays" in officer.get("/activities").text
    assert "Football on Thursdays" not in officer.fetch("/map/activities.geojson").text
    assert record_of(store).status is ActivityStatus.CANCELLED
    assert officer.send(address(FOOTBALL, "cancel"), page.fields()).location == "/activities/1"


def test_a_cancelled_activity_is_not_counted_on_the_first_page(officer: Reader) -> None:
    def count() -> int:
        told = officer.get("/").one("section[@aria-labelledby='question-provision']/p/span")
        return int(str(told.text))

    before = count()
    officer.send(address(FOOTBALL, "cancel"), officer.get(address(FOOTBALL, "cancel")).fields())

    assert count() == before - 1


def test_a_cancelled_activity_can_be_put_back(officer: Reader, store: Store) -> None:
    officer.send(address(FOOTBALL, "cancel"), officer.get(address(FOOTBALL, "cancel")).fields())
    assert officer.fetch(address(FOOTBALL, "cancel"), 302)
    assert filled(officer)["status"] == ["cancelled"]

    change(officer, status="delivered")
    assert record_of(store).status is ActivityStatus.DELIVERED


def test_what_somebody_changed_meanwhile_is_not_cancelled_unseen(
    officer: Reader, loader: Reader, store: Store
) -> None:
    opened = officer.get(address(FOOTBALL, "cancel")).fields()
    change(loader, sessions="14")
    page = officer.post(address(FOOTBALL, "cancel"), opened)

    assert "Somebody else changed this activity" in page.text
    assert record_of(store).status is ActivityStatus.DELIVERED
    officer.send(address(FOOTBALL, "cancel"), page.fields())
    assert record_of(store).status is ActivityStatus.CANCELLED


def load(store: Store, *records: Activity) -> int:
    """Load an edition of a list of activities, and give the number of the first."""
    with store.writing() as session:
        source = make_source(SourceKind.ACTIVITIES, name="list", loaded_by="loader")
        source_id = add_source(session, source)
        save_activities(session, source_id, [located(each, make_place(0)) for each in records])
    with store.reading() as session:
        numbers = range(1, 50)
        return next(
            number for number in reversed(numbers) if _is_of(session, number, records[0].source_key)
        )


def _is_of(session: Any, number: int, source_key: str) -> bool:
    try:
        return activity_entry(session, number).located.record.source_key == source_key
    except LookupError:
        return False


def test_a_change_stands_over_the_next_edition_of_the_file(loader: Reader, store: Store) -> None:
    record = make_activity(source_key="list:1", title="Swimming", sessions=4)
    number = load(store, record)
    assert "stands over what the file" in loader.get(address(number)).text
    change(loader, number, sessions="6")
    load(
        store,
        make_activity(
            source_key="list:1",
            title="Swimming club",
            sessions=5,
            starts_on=date(2025, 1, 1),
            visibility=Visibility.WARD,
        ),
    )

    now = record_of(store, number)
    assert (now.title, now.sessions, now.visibility) == ("Swimming club", 6, Visibility.WARD)
    history = loader.get(address(number, "history")).text
    assert "Sessions 4 5 no, set by hand stands over it" in history or (
        "Sessions 6 5 no, set by hand stands over it" in history
    )


@pytest.mark.parametrize("path", ["/", "/organisations"])
def test_a_partner_finds_the_way_to_the_entry_of_their_own_organisation(
    officer: Reader, newcomer: Reader, path: str
) -> None:
    (way,) = officer.get(path).all("p/a[@class='govuk-link'][.='Portsmouth Youth Trust']")

    assert officer.get(str(way.get("href"))).heading == "Portsmouth Youth Trust"
    assert "Your organisation" not in newcomer.get(path).text
