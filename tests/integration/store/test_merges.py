"""Merging organisations and undoing it: nothing is lost, and nothing is left behind."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind
from mapper.domain.period import Month, Period
from mapper.domain.place import Location
from mapper.domain.source import SourceKind
from mapper.domain.vocabulary import Theme
from mapper.errors import InvalidValueError, NotFoundError
from mapper.store import frames
from mapper.store.activities import save_activities
from mapper.store.counts import SaveCounts
from mapper.store.listings import activity_rows, contact_rows, organisation_rows, register_version
from mapper.store.merges import list_merges, merge, undo
from mapper.store.models import Base, OrganisationMergeRow
from mapper.store.organisations import (
    organisation_ids_by_name,
    organisation_names,
    save_organisations,
)
from mapper.store.registrations import alike
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.survivors import members, survivors
from tests.factories import (
    lay_ground,
    located,
    make_activity,
    make_contact,
    make_organisation,
    make_place,
    make_source,
)

JANUARY = Period(Month(2025, 1), Month(2025, 2))


def test_a_merged_organisation_is_listed_once(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with store.reading() as session:
        assert list(organisation_rows(session).index) == [first]
        assert list(frames.organisations(session).index) == [first]
        assert organisation_names(session) == ["Youth Trust"]


def test_what_the_one_that_goes_on_does_not_say_the_other_says_for_it(store: Store) -> None:
    first, second = _two(
        store,
        {"kind": OrganisationKind.OTHER},
        {"kind": OrganisationKind.CHARITY, "website": "www.example.org", "description": "Boxing"},
    )
    _merge(store, first, second)
    with store.reading() as session:
        row = organisation_rows(session).loc[first]
    assert (row["kind"], row["website"], row["description"]) == (
        "charity",
        "www.example.org",
        "Boxing",
    )


def test_what_the_one_that_goes_on_says_stands(store: Store) -> None:
    first, second = _two(store, {"website": "www.first.org"}, {"website": "www.second.org"})
    _merge(store, first, second)
    with store.reading() as session:
        assert organisation_rows(session).loc[first, "website"] == "www.first.org"


def test_a_place_is_taken_as_a_whole_from_the_one_that_has_one(store: Store) -> None:
    first, second = _two(store, {}, {"location": Location(address="2 Mill Lane")})
    with store.writing() as session:
        placed = located(make_organisation(source_key="9", name="Placed"), make_place(5))
        third = _saved(session, [placed], "third list")[0]
    _merge(store, first, second)
    _merge(store, first, third)
    with store.reading() as session:
        row = organisation_rows(session).loc[first]
    assert (row["postcode"], row["easting_m"]) == (make_place(5).postcode, make_place(5).easting_m)


def test_themes_of_both_are_the_organisations(store: Store) -> None:
    first, second = _two(
        store,
        {"themes": frozenset({Theme.KNIFE_CRIME, Theme.FAMILY})},
        {"themes": frozenset({Theme.KNIFE_CRIME, Theme.EMPLOYMENT})},
    )
    _merge(store, first, second)
    with store.reading() as session:
        themes = organisation_rows(session).loc[first, "theme"]
    assert themes == "employment and skills; family and parenting; knife crime"


def test_a_merge_shows_nobody_more_exactly(store: Store) -> None:
    first, second = _two(store, {}, {"kind": OrganisationKind.REFUGE})
    _merge(store, first, second)
    with store.reading() as session:
        assert organisation_rows(session).loc[first, "visibility"] == Visibility.AUTHORITY
        assert frames.organisations(session).loc[first, "visibility"] == Visibility.AUTHORITY


def test_contacts_of_both_stand_under_the_one_that_goes_on(store: Store) -> None:
    first, second = _two(
        store,
        {"contacts": (make_contact(name="Ann Example"),)},
        {"contacts": (make_contact(name="Bob Example"),), "visibility": Visibility.HIDDEN},
    )
    _merge(store, first, second)
    with store.reading() as session:
        contacts = contact_rows(session)
    assert list(contacts["name"]) == ["Ann Example", "Bob Example"]
    assert set(contacts["organisation_id"]) == {first}
    assert set(contacts["visibility"]) == {"hidden"}


def test_activities_are_led_by_the_one_that_goes_on(store: Store) -> None:
    first, second = _two(store)
    _with_activities(store)
    _merge(store, first, second)
    with store.reading() as session:
        rows = activity_rows(session)
        ground = frames.lsoas(session, "2011")
        counted = frames.activities(session, ground, JANUARY)
    assert set(rows["lead"]) == {"Youth Trust"}
    assert set(rows["lead_id"]) == set(counted["organisation_id"]) == {first}


def test_somebody_who_works_with_themselves_works_with_nobody(store: Store) -> None:
    first, second = _two(store)
    _with_activities(store)
    _merge(store, first, second)
    with store.reading() as session:
        rows = activity_rows(session)
        took_part = frames.participations(session, rows.index.tolist())
    assert set(rows["partners"]) == {""}
    assert list(took_part["organisation_id"]) == [first, first]


def test_a_name_leads_to_the_one_that_stands(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with store.reading() as session:
        found = organisation_ids_by_name(session)
    assert (found["youth trust"], found["yth trust ltd"]) == (first, first)


def test_a_registered_activity_is_found_under_either_name(store: Store) -> None:
    first, second = _two(store)
    _with_activities(store)
    _merge(store, first, second)
    with store.reading() as session:
        found = {name: alike(session, "Boxing", name, date(2025, 1, 6)) for name in _NAMES}
    assert len(found["Youth Trust"]) == 1
    assert found["Youth Trust"] == found["Yth Trust Ltd"]


def test_an_activity_that_names_a_merged_organisation_adds_nobody(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES, name="returns"))
        made = make_activity(lead="Yth Trust Ltd", partners=("Youth Trust",))
        counts = save_activities(session, source, [located(made)])
    assert counts == SaveCounts(new=1)


def test_loading_the_same_file_again_keeps_the_merge(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with store.writing() as session:
        assert _save(session, "second list", {}) == SaveCounts(unchanged=1)
    with store.reading() as session:
        assert survivors(session) == {second: first}


def test_loading_a_changed_file_keeps_the_merge_and_reads_the_change(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with store.writing() as session:
        changed = _save(session, "second list", {"website": "www.new.org"})
    assert changed == SaveCounts(changed=1)
    with store.reading() as session:
        assert organisation_rows(session).loc[first, "website"] == "www.new.org"


def test_who_is_merged_twice_stands_under_the_last(store: Store) -> None:
    first, second = _two(store)
    third = _third(store)
    _merge(store, second, first)
    _merge(store, third, second)
    with store.reading() as session:
        assert survivors(session) == {first: third, second: third}
        assert members(session, third) == [third, first, second]


def test_merging_somebody_merged_means_whoever_stands_for_them(store: Store) -> None:
    first, second = _two(store)
    third = _third(store)
    _merge(store, first, second)
    _merge(store, second, third)
    with store.reading() as session:
        assert survivors(session) == {second: first, third: first}


def test_two_that_are_one_cannot_be_merged(store: Store) -> None:
    first, second = _two(store)
    _merge(store, first, second)
    with pytest.raises(InvalidValueError, match="one already"):
        _merge(store, second, first)


def test_nobody_is_merged_with_somebody_who_is_not_there(store: Store) -> None:
    first, _ = _two(store)
    with pytest.raises(NotFoundError, match="no organisation 404"):
        _merge(store, first, 404)


def test_an_undone_merge_leaves_every_row_as_it_was(store: Store) -> None:
    first, second = _two(store, {"contacts": (make_contact(),)}, _FULL)
    _with_activities(store)
    before = _everything(store)
    number = _merge(store, first, second)
    _undo(store, number)
    assert _everything(store) == before


def test_undoing_the_earlier_of_two_merges_keeps_the_later(store: Store) -> None:
    first, second = _two(store)
    third = _third(store)
    earlier = _merge(store, second, first)
    _merge(store, third, second)
    _undo(store, earlier)
    with store.reading() as session:
        assert survivors(session) == {second: third}


def test_a_merge_is_undone_once(store: Store) -> None:
    number = _merge(store, *_two(store))
    _undo(store, number)
    with pytest.raises(InvalidValueError, match="undone by Una"):
        _undo(store, number)


def test_only_a_merge_can_be_undone(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no merge 404"):
        _undo(store, 404)


def test_who_merged_and_who_undid_is_kept(store: Store) -> None:
    _undo(store, _merge(store, *_two(store)))
    with store.reading() as session:
        assert list_merges(session) == []
        (made,) = list_merges(session, with_undone=True)
    assert (made.merged_by, made.undone_by) == ("Pat", "Una")
    assert (made.kept_name, made.merged_name) == ("Youth Trust", "Yth Trust Ltd")


def test_what_is_published_differs_after_a_merge_and_after_its_undoing(store: Store) -> None:
    first, second = _two(store)
    versions = [_version(store)]
    number = _merge(store, first, second)
    versions.append(_version(store))
    _undo(store, number)
    versions.append(_version(store))
    assert len(set(versions)) == 3


@pytest.fixture
def one_of_each_kind(store: Store) -> tuple[Store, list[int]]:
    with store.writing() as session:
        records = [located(make_organisation(source_key=str(i), name=f"N{i}")) for i in range(5)]
        return store, _saved(session, records, "list")


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] != pair[1]),
        st.integers(0, 5),
    ),
    max_size=10,
)


@given(steps=_STEPS)
@settings(max_examples=25)
def test_undoing_all_merges_in_any_order_brings_everybody_back(
    one_of_each_kind: tuple[Store, list[int]], steps: Sequence[tuple[int, int] | int]
) -> None:
    store, ids = one_of_each_kind
    standing: list[int] = []
    with store.writing() as session:
        for step in steps:
            if isinstance(step, tuple):
                into = survivors(session)
                kept, merged = (into.get(ids[at], ids[at]) for at in step)
                if kept != merged:
                    standing.append(merge(session, kept, merged, by="Pat"))
            elif standing:
                undo(session, standing.pop(step % len(standing)), by="Una")
            into = survivors(session)
            assert not set(into) & set(into.values()), "who stands is merged into nobody"
            assert len(into) == len(standing), "each merge that stands takes one away"
        for number in standing:
            undo(session, number, by="Una")
        assert survivors(session) == {}


_NAMES = ("Youth Trust", "Yth Trust Ltd")
_FULL = {
    "contacts": (make_contact(name="Bob Example"),),
    "identifiers": (Identifier("GB-CHC", "1234567"),),
    "themes": frozenset({Theme.KNIFE_CRIME}),
    "areas_served": ("E06000044",),
}


def _two(
    store: Store, first: dict[str, object] | None = None, second: dict[str, object] | None = None
) -> tuple[int, int]:
    """Two spellings of one organisation, from two lists."""
    with store.writing() as session:
        lay_ground(session)
        _save(session, "first list", first or {}, name=_NAMES[0])
        _save(session, "second list", second or {})
        found = organisation_ids_by_name(session)
    return found["youth trust"], found["yth trust ltd"]


def _third(store: Store) -> int:
    with store.writing() as session:
        return _saved(session, [located(make_organisation(name="Youth Trust UK"))], "third")[0]


def _save(
    session: Session, source: str, choices: dict[str, object], name: str = _NAMES[1]
) -> SaveCounts:
    record = located(Organisation(**{"source_key": "1", "name": name} | choices))  # type: ignore[arg-type]
    return save_organisations(session, add_source(session, make_source(name=source)), [record])


def _saved(session: Session, records: Sequence[object], source: str) -> list[int]:
    save_organisations(session, add_source(session, make_source(name=source)), records)  # type: ignore[arg-type]
    names = organisation_ids_by_name(session)
    return [names[one.record.name.casefold()] for one in records]  # type: ignore[attr-defined]


def _with_activities(store: Store) -> None:
    """Each leads one that the other takes part in."""
    with store.writing() as session:
        source = add_source(session, make_source(SourceKind.ACTIVITIES, name="returns"))
        made = [
            make_activity(title="Boxing", lead=_NAMES[0], partners=(_NAMES[1],)),
            make_activity(title="Chess", lead=_NAMES[1], partners=(_NAMES[0],)),
        ]
        save_activities(session, source, [located(one, make_place()) for one in made])


def _merge(store: Store, kept: int, merged: int) -> int:
    with store.writing() as session:
        return merge(session, kept, merged, by="Pat")


def _undo(store: Store, number: int) -> None:
    with store.writing() as session:
        undo(session, number, by="Una")


def _version(store: Store) -> tuple[object, ...]:
    with store.reading() as session:
        return register_version(session)


def _everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the merges themselves."""
    tables = [one for one in Base.metadata.sorted_tables if one.name not in _NOT_COMPARED]
    with store.reading() as session:
        return {one.name: [tuple(row) for row in session.execute(select(one))] for one in tables}


_NOT_COMPARED = {OrganisationMergeRow.__tablename__, "places", "areas"}  # these hold geometry
