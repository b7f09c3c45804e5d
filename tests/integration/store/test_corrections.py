"""Corrections by hand stand over the source; every change is in the history."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from mapper.domain.disclosure import Visibility
from mapper.domain.entry_change import ChangeHow
from mapper.domain.freshness import VerifiedHow
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation, OrganisationKind
from mapper.domain.pipeline import PipelineStatus, StatusChange
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.domain.vocabulary import Theme
from mapper.errors import InvalidValueError, NotFoundError
from mapper.store.corrections import by_hand, correct, release
from mapper.store.entries import entry
from mapper.store.entry_history import Written, entry_changes, set_status, status_history
from mapper.store.listings import contact_rows, organisation_rows
from mapper.store.merges import merge
from mapper.store.models import OrganisationRow
from mapper.store.models.base import now
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sheltered import strictest_by_place
from mapper.store.sources import add_source
from tests.factories import located, make_contact, make_organisation, make_place, make_source


def save(store: Store, *records: Located[Organisation], source: str = "list") -> list[int]:
    with store.writing() as session:
        source_id = add_source(session, make_source(name=source, loaded_by="loader"))
        save_organisations(session, source_id, records)
        keys = [each.record.source_key for each in records]
        ids = dict(session.execute(select(OrganisationRow.source_key, OrganisationRow.id)).all())
    return [ids[key] for key in keys]


def correct_it(store: Store, number: int, **corrections: Any) -> set[str]:
    with store.writing() as session:
        placed, _ = entry(session, number)
        written = Written(number, "Ann Alyst", ChangeHow.FORM)
        return correct(session, by_hand(corrections, placed.located), written)


def record_of(store: Store, number: int) -> Organisation:
    with store.reading() as session:
        return entry(session, number)[0].located.record


def full(**choices: Any) -> Organisation:
    """An entry with something in every field."""
    given = {
        "source_key": "1",
        "name": "Harbour Trust",
        "also_known_as": ("The Harbour", "HT"),
        "kind": OrganisationKind.CHARITY,
        "location": Location(address="1 Quay", postcode="PO1 0AX"),
        "themes": frozenset({Theme.KNIFE_CRIME}),
        "areas_served": ("E07000086",),
        "contacts": (make_contact(),),
        "further_sites": (Site(name="Annexe", location=Location(postcode="PO1 1AX")),),
        "opening": "Mondays 9 to 5",
        "funding": "a fund",
        "funding_ends_on": date(2027, 3, 31),
        "status": PipelineStatus.ENGAGED,
    }
    return make_organisation(**given | choices)


def placed(record: Organisation) -> Located[Organisation]:
    return Located(record, make_place(0), 2, tuple(make_place(1) for _ in record.further_sites))


def test_an_entry_reads_back_as_it_was_saved(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    assert record_of(ground, number) == full()


def test_a_correction_is_read_and_stands_over_the_next_edition(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    assert correct_it(ground, number, name="Harbour Trust CIO") == {"name"}
    save(ground, placed(full(name="HARBOUR TRUST", opening="Tuesdays")))
    assert record_of(ground, number).name == "Harbour Trust CIO"
    assert record_of(ground, number).opening == "Tuesdays"


def test_the_history_says_what_the_source_says_instead(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    correct_it(ground, number, name="Harbour Trust CIO")
    save(ground, placed(full(name="HARBOUR TRUST")))
    with ground.reading() as session:
        edition, form = entry_changes(session, [number])
    assert edition.how is ChangeHow.SOURCE
    assert edition.by == "loader"
    assert edition.fields["name"].after == "HARBOUR TRUST"
    assert not edition.fields["name"].is_taken
    assert form.fields["name"].before == "Harbour Trust"
    assert form.fields["name"].is_taken


def test_a_field_given_back_is_set_by_the_next_edition(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    correct_it(ground, number, name="Harbour Trust CIO")
    with ground.writing() as session:
        release(session, Written(number, "Ann Alyst", ChangeHow.RELEASE), {"name"})
    save(ground, placed(full()))
    assert record_of(ground, number).name == "Harbour Trust"


def test_a_field_that_is_not_set_by_hand_cannot_be_given_back(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    with pytest.raises(InvalidValueError, match="name"), ground.writing() as session:
        release(session, Written(number, "", ChangeHow.RELEASE), {"name"})


def test_a_corrected_place_stays_when_the_source_moves_it(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    with ground.writing() as session:
        before, _ = entry(session, number)
        moved = replace(
            before.located,
            record=replace(before.located.record, location=Location(postcode="PO1 3AX")),
            place=make_place(3),
        )
        correct(session, moved, Written(number, "", ChangeHow.FORM))
    save(ground, replace(placed(full()), place=make_place(2)))
    with ground.reading() as session:
        assert entry(session, number)[0].located.place == make_place(3)


def test_nothing_corrected_is_nothing_written(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    assert correct_it(ground, number, name="Harbour Trust") == set()
    with ground.reading() as session:
        assert entry_changes(session, [number]) == []


def test_the_history_holds_no_person(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    correct_it(ground, number, contacts=(make_contact(name="Zed Zebra", email="z@example.org"),))
    with ground.reading() as session:
        (change,) = entry_changes(session, [number])
    assert "Zebra" not in str(change)
    assert "example.org" not in str(change)
    assert set(change.fields) == {"contacts"}


def test_contacts_set_by_hand_take_those_of_merged_organisations_away(ground: Store) -> None:
    kept, merged = save(
        ground, placed(full()), placed(full(source_key="2", contacts=(make_contact(name="Other"),)))
    )
    with ground.writing() as session:
        merge(session, kept, merged, by="Ann Alyst")
    correct_it(ground, kept, contacts=())
    with ground.reading() as session:
        assert contact_rows(session).empty
    save(ground, placed(full(source_key="2", contacts=(make_contact(name="Other"),), name="New")))
    with ground.reading() as session:
        assert contact_rows(session).empty


def test_themes_set_by_hand_are_the_whole_of_them(ground: Store) -> None:
    kept, merged = save(
        ground,
        placed(full()),
        placed(full(source_key="2", themes=frozenset({Theme.EXPLOITATION}))),
    )
    with ground.writing() as session:
        merge(session, kept, merged, by="Ann Alyst")
    with ground.reading() as session:
        assert organisation_rows(session).loc[kept, "theme"] == "exploitation; knife crime"
    correct_it(ground, kept, themes=frozenset({Theme.EDUCATION}))
    with ground.reading() as session:
        assert organisation_rows(session).loc[kept, "theme"] == "education and inclusion"


def test_a_refuge_is_never_corrected_to_be_shown_exactly(ground: Store) -> None:
    (number,) = save(ground, placed(full(kind=OrganisationKind.REFUGE)))
    correct_it(ground, number, visibility=Visibility.EXACT, description="changed")
    assert record_of(ground, number).visibility is Visibility.AUTHORITY


def test_a_further_site_of_a_refuge_shelters_its_ground(ground: Store) -> None:
    save(ground, placed(full(kind=OrganisationKind.REFUGE)))
    with ground.reading() as session:
        found = strictest_by_place(session)
    assert set(found.values()) == {Visibility.AUTHORITY.value}
    assert len(found) == 2


def test_a_field_that_says_where_a_record_is_from_cannot_be_set() -> None:
    with pytest.raises(InvalidValueError, match="source_key"):
        by_hand({"source_key": "9"}, located(make_organisation()))


def test_an_entry_that_is_not_there_is_told(ground: Store) -> None:
    with pytest.raises(NotFoundError, match="77"), ground.reading() as session:
        entry(session, 77)


def test_the_status_a_source_gives_begins_the_history(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    with ground.reading() as session:
        (step,) = status_history(session, [number])
    assert step.status is PipelineStatus.ENGAGED
    assert step.since == now().date()


def test_a_step_told_late_does_not_change_where_the_entry_stands(ground: Store) -> None:
    (number,) = save(ground, placed(full(status=None)))
    today = now().date()
    with ground.writing() as session:
        step = StatusChange(status=PipelineStatus.ACTIVE, since=today)
        set_status(session, number, step)
        earlier = StatusChange(status=PipelineStatus.CONTACTED, since=today - timedelta(30))
        set_status(session, number, earlier)
    with ground.reading() as session:
        history = [step.status for step in status_history(session, [number])]
        assert organisation_rows(session).loc[number, "status"] == PipelineStatus.ACTIVE
    assert history == [PipelineStatus.ACTIVE, PipelineStatus.CONTACTED]


def test_a_step_of_a_day_to_come_is_refused(ground: Store) -> None:
    (number,) = save(ground, placed(full()))
    step = StatusChange(status=PipelineStatus.ACTIVE, since=now().date() + timedelta(2))
    with pytest.raises(InvalidValueError, match="yet to come"), ground.writing() as session:
        set_status(session, number, step)


def test_a_later_edition_confirms_what_it_lists(ground: Store) -> None:
    listed, other = save(ground, placed(full()), placed(full(source_key="2")))
    save(ground, placed(full()))
    with ground.reading() as session:
        rows = {row.id: row for row in session.scalars(select(OrganisationRow))}
        assert rows[listed].verified_on == now().date()
        assert rows[listed].verified_how == VerifiedHow.EDITION
        assert rows[other].verified_on is None


def test_what_the_source_says_of_its_confirmation_is_kept(ground: Store) -> None:
    (number,) = save(ground, placed(full(verified_on=date(2025, 2, 1))))
    with ground.reading() as session:
        assert organisation_rows(session).loc[number, "confirmed_on"] == date(2025, 2, 1)
