"""The text index finds words and their forms, on both databases, and is kept by triggers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mapper.domain.organisation import Organisation
from mapper.domain.words import search_words
from mapper.store.activities import save_activities
from mapper.store.organisations import organisation_ids_by_name, save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.text_search import Subject, rows_with
from tests.factories import located, make_activity, make_organisation, make_source

HALL = make_organisation(
    source_key="hall",
    name="St Mary's Café-Hall",
    description="Mentoring and libraries for young people.",
)
TRUST = make_organisation(source_key="trust", name="All About Us", description="A hall for all.")


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two organisations."""
    _save(store, HALL, TRUST)
    return store


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cafe", {HALL.name}),
        ("CAFÉ", {HALL.name}),
        ("mary's", {HALL.name}),
        ("mentor x", {HALL.name}),
        ("library x", {HALL.name}),
        ("mento", {HALL.name}),
        ("about x", {TRUST.name}),
        ("hall", {HALL.name, TRUST.name}),
        ("ha", {HALL.name, TRUST.name}),
        ("h", set()),
        ("tarpaulin", set()),
    ],
)
def test_a_word_is_found_in_its_forms(filled: Store, typed: str, names: set[str]) -> None:
    assert _found(filled, typed) == names


def test_a_hit_in_a_name_is_better_than_one_in_a_description(filled: Store) -> None:
    with filled.reading() as session:
        ids = organisation_ids_by_name(session)
        (word,) = search_words("hall")
        hits = {hit.id: hit for hit in rows_with(session, Subject.ORGANISATIONS, word)}
    hall, trust = (hits[ids[key]] for key in ("st marys café hall", "all about us"))
    assert hall.rank > trust.rank
    assert (hall.is_in_name, trust.is_in_name) == (True, False)


def test_a_new_edition_is_found_by_its_new_words_only(filled: Store) -> None:
    _save(filled, replace(HALL, name="The Lantern", description=""), TRUST)

    assert _found(filled, "lantern") == {"The Lantern"}
    assert _found(filled, "cafe") == set()


def test_whatever_writes_the_rows_the_index_is_right(filled: Store) -> None:
    with filled.writing() as session:
        session.execute(text("UPDATE organisations SET name = 'Beacon' WHERE source_key = 'hall'"))

    assert _found(filled, "beacon") == {"Beacon"}


def test_activities_are_found_by_title_and_description(store: Store) -> None:
    _save(store, HALL)
    record = make_activity(
        title="Boxing nights", lead=HALL.name, description="Gloves lent", starts_on=date(2025, 1, 6)
    )
    with store.writing() as session:
        save_activities(session, add_source(session, make_source(name="r")), [located(record)])
    with store.reading() as session:
        counts = [
            len(rows_with(session, Subject.ACTIVITIES, search_words(typed)[0]))
            for typed in ("box", "glove", "hall")
        ]
    assert counts == [1, 1, 0]


@given(st.text(min_size=1, max_size=60))
def test_nothing_that_is_typed_is_taken_for_an_operator(filled: Store, typed: str) -> None:
    _found(filled, typed)


@pytest.mark.parametrize(
    "typed", ["'", '"', "a OR b", "NEAR(a b)", "name:x", "x*", "!&|():*", "%", "\x00", "a" * 10_000]
)
def test_signs_and_great_lengths_are_harmless(filled: Store, typed: str) -> None:
    _found(filled, typed)


def _save(store: Store, *records: object) -> None:
    with store.writing() as session:
        source_id = add_source(session, make_source(name="list"))
        save_organisations(session, source_id, [located(record) for record in records])


def _found(store: Store, typed: str) -> set[str]:
    """Names with the first word typed."""
    words = search_words(typed)
    with store.reading() as session:
        names = dict(session.execute(text("SELECT id, name FROM organisations")).all())
        hits = rows_with(session, Subject.ORGANISATIONS, words[0]) if words else []
    return {names[hit.id] for hit in hits}


def test_the_words_of_a_long_list_are_found_and_those_of_a_row_after_it(filled: Store) -> None:
    _save(filled, *_lanterns())
    _save(filled, make_organisation(name="Late Lantern"))
    names = {record.name for record in _lanterns()}
    assert _found(filled, "lantern x") == names | {"Late Lantern"}
    assert _found(filled, "cafe") == {HALL.name}


def test_a_long_list_that_fails_leaves_the_index_as_it_was(filled: Store) -> None:
    with pytest.raises(IntegrityError):
        _save(filled, *_lanterns(), *_lanterns()[:1])
    assert _found(filled, "lantern x") == set()
    _save(filled, make_organisation(name="Late Lantern"))
    assert _found(filled, "lantern x") == {"Late Lantern"}


def _lanterns() -> list[Organisation]:
    """A list long enough to be indexed together."""
    return [make_organisation(source_key=f"l{n}", name=f"Lantern {n}") for n in range(600)]
