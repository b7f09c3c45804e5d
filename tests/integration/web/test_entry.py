"""The link in a letter: an entry's contact looks, answers, changes, and takes out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from mapper.config import Settings
from mapper.domain.contact import Consent
from mapper.domain.disclosure import Audience
from mapper.domain.entry_change import ChangeHow
from mapper.domain.freshness import VerifiedHow
from mapper.domain.organisation import OrganisationKind
from mapper.domain.place import Location
from mapper.domain.source import SourceKind
from mapper.domain.verification import Answer, LawfulBasis
from mapper.store.activities import save_activities
from mapper.store.corrections import correct
from mapper.store.entries import entry
from mapper.store.entry_history import Written, entry_changes
from mapper.store.listings import contact_rows, organisation_rows
from mapper.store.merges import merge
from mapper.store.models import ActivityRow
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.verifications import due_entries, list_requests
from mapper.web import create_app
from mapper.web.already_here import likely_organisations
from tests.factories import located, make_activity, make_contact, make_place, make_source
from tests.integration.web.conftest import SECRET
from tests.integration.web.reader import Page, Reader, text_of
from tests.letters import ADDRESS, open_link, rename, save_entry
from tests.web_site import HIDDEN_ADDRESS, HOSTILE

TODAY = datetime.now(UTC).date()


@pytest.fixture
def number(store: Store) -> int:
    """An entry that is due, with two contacts."""
    other = make_contact(name="Other Person", email="other@example.org")
    sam = make_contact(name="Sam Example", email=ADDRESS, phone="023 9200 0000")
    return save_entry(
        store,
        name="Kitewing Youth",
        description="Boxing on Mondays",
        location=Location(postcode="PO1 3AX", address="1 High Street"),
        place=make_place(2, postcode="PO1 3AX"),
        contacts=(sam, other),
    )


@pytest.fixture
def token(store: Store, number: int) -> str:
    """The word of the link to it."""
    return open_link(store, number, SECRET)


def test_the_page_says_what_is_held_and_who_sees_it(newcomer: Reader, token: str) -> None:
    text = newcomer.get(f"/entry/{token}").text

    for words in ("Kitewing Youth", "Boxing on Mondays", "Sam Example", "023 9200 0000"):
        assert words in text
    assert "Everybody, the public too" in text
    assert "Partners and analysts who sign in: agreed on 1 January 2025, by e-mail reply" in text


def test_the_page_says_where_it_works_and_how_far(newcomer: Reader, store: Store) -> None:
    number = save_entry(
        store,
        name="Roaming Youth",
        place=make_place(2, postcode="PO1 3AX"),
        areas_served=("E06000044",),
        served_radius_m=2_500.0,
    )
    page = newcomer.get(f"/entry/{open_link(store, number, SECRET)}")
    said = dict(zip(map(text_of, page.all("dt")), map(text_of, page.all("dd")), strict=True))

    assert said["Areas served"] == "Portsmouth"
    assert said["How far it serves"] == "2.5 km about it"


def test_another_contact_and_what_is_internal_are_not_on_the_page(
    newcomer: Reader, token: str
) -> None:
    html = newcomer.get(f"/entry/{token}").html + newcomer.get(f"/entry/{token}/change").html

    assert "Other Person" not in html
    assert "other@example.org" not in html
    assert "ann@example.org" not in html


def test_opening_every_page_changes_nothing(newcomer: Reader, store: Store, token: str) -> None:
    for page in ("", "/change", "/withdraw"):
        newcomer.get(f"/entry/{token}{page}")
    newcomer.client.head(f"/entry/{token}")

    assert _latest(store).answered_at is None


def test_no_page_of_a_link_is_kept_listed_or_told_to_others(newcomer: Reader, token: str) -> None:
    for path in (f"/entry/{token}", f"/entry/{token}/change", "/entry/no-link"):
        headers = newcomer.client.get(path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "strict-origin"


def test_still_right_confirms_the_entry_today(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _press(newcomer, f"/entry/{token}")

    row = _row(store, number)
    assert (row["verified_on"], row["verified_how"]) == (TODAY, VerifiedHow.CONTACT)
    request = _latest(store)
    assert (request.answer, request.basis) == (Answer.STILL_RIGHT, LawfulBasis.CONSENT)


def test_still_right_renews_the_consent_of_whoever_answers_and_of_nobody_else(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    page = newcomer.get(f"/entry/{token}")
    assert "you still agree to be shown" in page.text
    _press(newcomer, f"/entry/{token}")

    with store.reading() as session:
        sam, other = entry(session, number)[0].located.record.contacts
        latest = entry_changes(session, [number])[0]
    assert (sam.name, other.name) == ("Sam Example", "Other Person")
    assert sam.consent == Consent(Audience.PARTNER, TODAY, "answer by e-mail link")
    assert other.consent is not None
    assert other.consent.given_on < TODAY
    assert (latest.how, set(latest.fields)) == (ChangeHow.CONTACT, {"contacts"})
    assert "Sam" not in str(latest)


def test_still_right_gives_no_consent_for_whoever_gave_none(newcomer: Reader, store: Store) -> None:
    silent = make_contact(name="Sam Silent", email=ADDRESS, consent=None)
    number = save_entry(store, name="Quiet Trust", contacts=(silent,))
    token = open_link(store, number, SECRET)
    assert "you still agree to be shown" not in newcomer.get(f"/entry/{token}").text
    _press(newcomer, f"/entry/{token}")

    with store.reading() as session:
        held, hand_fields = entry(session, number)
    assert held.located.record.contacts == (silent,)
    assert hand_fields == ()
    assert _latest(store).basis is LawfulBasis.PUBLIC_TASK


def test_a_renewed_consent_stands_over_the_next_edition_of_the_list(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _press(newcomer, f"/entry/{token}")
    with store.writing() as session:
        held = entry(session, number)[0].located
        older = replace(held.record, description="Newer words", contacts=())
        source = make_source(name=f"list with {held.record.source_key}")
        save_organisations(session, add_source(session, source), [replace(held, record=older)])

    with store.reading() as session:
        record = entry(session, number)[0].located.record
    assert record.description == "Newer words"
    assert next(one.consent and one.consent.given_on for one in record.contacts) == TODAY


def test_an_answer_is_thanked_for_and_ends_the_link(newcomer: Reader, token: str) -> None:
    _press(newcomer, f"/entry/{token}")

    assert "counts as confirmed today" in newcomer.get("/entry/answered").text
    ended = newcomer.get(f"/entry/{token}", 410)
    assert "Kitewing" not in ended.html


def test_a_change_is_seen_before_it_is_saved(newcomer: Reader, store: Store, token: str) -> None:
    page = _change(newcomer, token, name="Kitewing Trust", audience="public")

    assert page.heading == "Check your changes"
    assert "Kitewing Trust" in page.text
    assert _latest(store).answered_at is None


def test_a_change_is_saved_with_history_consent_and_basis(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _save(newcomer, token, _change(newcomer, token, opening="9 to 5", audience="public"))

    with store.reading() as session:
        record = entry(session, number)[0].located.record
        latest = entry_changes(session, [number])[0]
    sam = next(one for one in record.contacts if one.name == "Sam Example")
    assert record.opening == "9 to 5"
    assert sam.consent == Consent(Audience.PUBLIC, TODAY, "answer by e-mail link")
    assert {one.name for one in record.contacts} == {"Sam Example", "Other Person"}
    assert latest.how is ChangeHow.CONTACT
    assert set(latest.fields) == {"opening", "contacts"}
    assert "Sam" not in str(latest)
    assert (_latest(store).answer, _latest(store).basis) == (Answer.CHANGED, LawfulBasis.CONSENT)


def test_a_change_is_in_the_directory_at_once(newcomer: Reader, token: str) -> None:
    _save(newcomer, token, _change(newcomer, token, name="Kitewing Trust"))

    assert "Kitewing Trust" in newcomer.get("/organisations?q=Kitewing").text


def test_what_is_not_changed_is_left_to_its_source(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _save(newcomer, token, _change(newcomer, token, opening="9 to 5"))

    with store.reading() as session:
        hand_fields = entry(session, number)[1]
    assert set(hand_fields) == {"contacts", "opening"}


def test_whoever_says_no_is_shown_to_nobody(newcomer: Reader, store: Store, token: str) -> None:
    _save(newcomer, token, _change(newcomer, token, audience="nobody"))

    with store.reading() as session:
        rows = contact_rows(session).set_index("name")
    assert rows["consent_audience"].isna()["Sam Example"]
    assert _latest(store).basis is LawfulBasis.PUBLIC_TASK


def test_a_new_postcode_moves_the_site(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _save(newcomer, token, _change(newcomer, token, postcode="SO14 7DU"))

    with store.reading() as session:
        place = entry(session, number)[0].located.place
    assert place is not None
    assert place.postcode == "SO14 7DU"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter what the organisation is called"),
        ("contact_name", "", "Enter your name"),
        ("email", "sam", "Enter an e-mail address"),
        ("postcode", "rubbish", "is not a postcode"),
        ("website", "java script", "Enter a website"),
        ("audience", "all the world", "Not a valid choice"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_saved(
    newcomer: Reader, store: Store, token: str, field: str, value: str, words: str
) -> None:
    page = _change(newcomer, token, **{field: value})

    assert page.heading == "Change the entry"
    assert words in page.text
    assert _latest(store).answered_at is None


def test_script_in_a_field_is_text(newcomer: Reader, token: str) -> None:
    page = _change(newcomer, token, name=HOSTILE, practice_note=HOSTILE)

    assert HOSTILE in page.text


def test_taking_the_name_out_leaves_the_entry_and_nothing_of_the_person(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _take_out(newcomer, token, Answer.WITHDREW_NAME)

    with store.reading() as session:
        record = entry(session, number)[0].located.record
        changes = entry_changes(session, [number])
        due = {each.organisation_id: each for each in due_entries(session, TODAY)}
    assert [one.name for one in record.contacts] == ["Other Person"]
    assert record.is_active
    assert changes[0].how is ChangeHow.WITHDRAWAL
    assert (_latest(store).contact, _latest(store).email) == ("", "")
    assert due[number].email == "other@example.org"


def test_taking_the_entry_out_removes_it_from_every_view(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    _take_out(newcomer, token, Answer.WITHDREW_ENTRY)

    with store.reading() as session:
        record = entry(session, number)[0].located.record
        due = [each.organisation_id for each in due_entries(session, TODAY)]
    assert (record.is_active, record.contacts) == (False, ())
    assert number not in due
    newcomer.get(f"/organisations/{number}", 404)
    for path in ("/organisations", "/organisations.csv", "/organisations.json"):
        assert "Kitewing" not in newcomer.fetch(path).get_data(as_text=True)
    assert "Kitewing" not in newcomer.fetch("/map/organisations.geojson").get_data(as_text=True)


def test_stored_runs_do_not_name_an_entry_that_was_taken_out(
    newcomer: Reader, store: Store
) -> None:
    with store.reading() as session:
        number = organisation_ids_by_name(session)["portsmouth youth trust"]
    pages = ("/network", "/network/organisations.csv", "/network/links.csv", "/gaps/E06000044")
    before = [newcomer.fetch(path).get_data(as_text=True) for path in pages]
    _take_out(newcomer, open_link(store, number, SECRET), Answer.WITHDREW_ENTRY)
    after = [newcomer.fetch(path).get_data(as_text=True) for path in pages]

    assert all("Portsmouth Youth Trust" in text for text in before)
    assert not any("Portsmouth Youth Trust" in text for text in after)


WHERE_ACTIVITIES_ARE = (
    *("/activities", "/activities.csv", "/activities.json", "/map/activities.geojson"),
    *("/activities?q=Kitewing", "/activities?q=boxing"),
)


@pytest.mark.parametrize("role", ["newcomer", "writer", "loader"])
def test_activities_do_not_name_an_entry_that_was_taken_out(
    request: pytest.FixtureRequest, store: Store, token: str, number: int, role: str
) -> None:
    reader: Reader = request.getfixturevalue(role)
    ids = _register_with(store, "Kitewing Youth")
    pages = (*WHERE_ACTIVITIES_ARE, *(f"/activities/{each}" for each in ids))
    before = [_told(reader, path) for path in pages]
    _take_out(reader, token, Answer.WITHDREW_ENTRY)
    after = [_told(reader, path) for path in pages]

    assert all("Kitewing Youth" in text for text in before)
    assert not any("Kitewing Youth" in text for text in after)
    assert "an organisation that is not named" in reader.get(f"/activities/{ids[0]}").text
    assert "Boxing with an organisation that is not named" in reader.get("/activities").text
    listed = reader.fetch("/activities.json?q=Kitewing").get_data(as_text=True)
    assert "not named" not in listed
    assert "Southampton Library" in reader.get(f"/activities/{ids[1]}").text
    assert f"/organisations/{number}" not in reader.get(f"/activities/{ids[0]}").html
    assert "/organisations/0" not in reader.get(f"/activities/{ids[1]}").html


def test_activities_name_an_entry_again_that_an_analyst_puts_back(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    ids = _register_with(store, "Kitewing Youth")
    _take_out(newcomer, token, Answer.WITHDREW_ENTRY)
    with store.writing() as session:
        held = entry(session, number)[0].located
        back = replace(held, record=replace(held.record, is_active=True))
        correct(session, back, Written(number, "ann@example.org", ChangeHow.FORM))

    assert "Kitewing Youth" in newcomer.get(f"/activities/{ids[0]}").text


def test_whoever_registers_is_not_told_of_an_entry_that_was_taken_out(
    writer: Reader, store: Store, token: str, number: int
) -> None:
    merged = save_entry(store, name="Kitewing Youth Southsea", contacts=())
    with store.writing() as session:
        merge(session, number, merged, by="ann@example.org")
    _take_out(writer, token, Answer.WITHDREW_ENTRY)

    with writer.app.test_request_context():
        assert likely_organisations("Kitewing Youth Southse") == []


def test_what_was_changed_meanwhile_is_looked_at_again(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    stale = newcomer.get(f"/entry/{token}").fields()
    rename(store, number, "Kitewing of Southsea")
    response = newcomer.send(f"/entry/{token}", stale)

    assert "was changed while you were looking" in newcomer.get(response.location).text
    assert _latest(store).answered_at is None


def test_a_change_over_a_newer_one_is_looked_at_again(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    page = _change(newcomer, token, opening="9 to 5")
    rename(store, number, "Kitewing of Southsea")
    again = newcomer.post(f"/entry/{token}/change", {**page.fields(), "step": "save"})

    assert "was changed while you had the form open" in again.text
    assert _latest(store).answered_at is None
    newcomer.send(f"/entry/{token}/change", {**again.fields(), "step": "save"})
    assert _latest(store).answer is Answer.CHANGED


def test_a_refuge_is_not_told_where_it_is(newcomer: Reader, store: Store) -> None:
    number = save_entry(
        store,
        name="Safe House",
        kind=OrganisationKind.REFUGE,
        description=f"At {HIDDEN_ADDRESS}",
        location=Location(postcode="PO1 1AX", address=HIDDEN_ADDRESS),
        place=make_place(1, postcode="PO1 1AX"),
    )
    token = open_link(store, number, SECRET)
    html = newcomer.get(f"/entry/{token}").html + newcomer.get(f"/entry/{token}/change").html

    assert "PO1 1AX" not in html
    assert HIDDEN_ADDRESS not in html
    sent = {"postcode": "PO1 3AX", "description": "x", "visibility": "exact"}
    _save(newcomer, token, _change(newcomer, token, role="Chair", **sent))
    with store.reading() as session:
        record = entry(session, number)[0].located.record
    assert record.description == f"At {HIDDEN_ADDRESS}"
    assert record.location.postcode == "PO1 1AX"


@pytest.mark.parametrize("word", ["x", "WzEsIm4iXQ.aaaa.bbbb", "..", "%00", "a" * 4_000])
def test_a_word_that_was_never_signed_leads_nowhere(newcomer: Reader, word: str) -> None:
    for page in ("", "/change", "/withdraw"):
        assert newcomer.client.get(f"/entry/{word}{page}").status_code == 404


def test_a_link_signed_with_another_key_leads_nowhere(
    newcomer: Reader, store: Store, number: int
) -> None:
    newcomer.get(f"/entry/{open_link(store, number, 'o' * 40)}", 404)


def test_a_link_that_is_too_old_leads_nowhere(newcomer: Reader, store: Store, number: int) -> None:
    newcomer.get(f"/entry/{open_link(store, number, SECRET, days=-1)}", 410)


def test_a_newer_letter_ends_the_link_of_the_one_before(
    newcomer: Reader, store: Store, token: str, number: int
) -> None:
    newer = open_link(store, number, SECRET)

    newcomer.get(f"/entry/{token}", 410)
    newcomer.get(f"/entry/{newer}")


def test_whoever_is_its_contact_no_longer_cannot_answer(
    newcomer: Reader, store: Store, number: int
) -> None:
    first = open_link(store, number, SECRET)
    _take_out(newcomer, first, Answer.WITHDREW_NAME)

    newcomer.get(f"/entry/{first}", 410)


def test_an_answer_without_the_token_of_the_form_is_refused(
    newcomer: Reader, store: Store, token: str
) -> None:
    for page in ("", "/change", "/withdraw"):
        newcomer.send(f"/entry/{token}{page}", {"choice": Answer.WITHDREW_ENTRY.value}, 400)

    assert _latest(store).answered_at is None


def test_requests_are_limited(store: Store, token: str) -> None:
    app = create_app(Settings(secret_key=SECRET, entry_limit="3 per hour"), store)
    app.testing = True
    client = app.test_client()
    codes = [client.get(f"/entry/{token}").status_code for _ in range(4)]

    assert codes == [200, 200, 200, 429]


def _press(reader: Reader, path: str) -> None:
    reader.send(path, reader.get(path).fields())


def _change(reader: Reader, token: str, **answers: str) -> Page:
    path = f"/entry/{token}/change"
    return reader.post(path, {**reader.get(path).fields(), **answers, "step": "check"})


def _save(reader: Reader, token: str, page: Page) -> None:
    assert page.heading == "Check your changes", page.text
    reader.send(f"/entry/{token}/change", {**page.fields(), "step": "save"})


def _take_out(reader: Reader, token: str, choice: Answer) -> None:
    path = f"/entry/{token}/withdraw"
    reader.send(path, {**reader.get(path).fields(), "choice": choice.value})


def _told(reader: Reader, path: str) -> str:
    """What an address tells, less the words that were looked for."""
    text = reader.fetch(path).get_data(as_text=True)
    return text.replace('value="Kitewing"', "")


def _register_with(store: Store, name: str) -> list[int]:
    """Register an activity that an organisation leads, and one that it takes part in."""
    led = make_activity(title=f"Boxing with {name}", lead=name, description=f"{name} and more")
    joined = make_activity(
        title="Boxing for all", lead="Southampton Library", partners=(name,), description=""
    )
    with store.writing() as session:
        source = make_source(SourceKind.ACTIVITIES, name="the test's own")
        records = [located(each, make_place(3)) for each in (led, joined)]
        save_activities(session, add_source(session, source), records)
        query = select(ActivityRow.id).where(ActivityRow.source_name == "the test's own")
        return sorted(session.scalars(query))


def _row(store: Store, number: int) -> Any:
    with store.reading() as session:
        return organisation_rows(session, [number]).loc[number]


def _latest(store: Store) -> Any:
    with store.reading() as session:
        return list_requests(session)[0]
